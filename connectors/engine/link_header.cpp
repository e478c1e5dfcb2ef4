#include "connectors/engine/link_header.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace akashi {

namespace {

// The length of a parameter's value: a token, or a string in quotes with its escapes.
std::size_t value_length(std::string_view text) {
  if (!text.starts_with('"')) return std::min(text.find_first_of(",;"), text.size());
  std::size_t at = 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

// Whether the parameters that begin here say rel=next; they are taken off the text.
bool is_next(std::string_view& text) {
  bool next = false;
  for (text = trim(text); text.starts_with(';'); text = trim(text)) {
    text = trim(text.substr(1));
    const auto end = std::min(text.find_first_of("=,;"), text.size());
    const auto name = trim(text.substr(0, end));
    text.remove_prefix(end);
    if (!text.starts_with('=')) continue;
    text = trim(text.substr(1));
    const auto length = value_length(text);
    auto value = trim(text.substr(0, length));
    text.remove_prefix(length);
    if (value.size() >= 2 && value.front() == '"') value = value.substr(1, value.size() - 2);
    if (!same_word(name, "rel")) continue;
    for (const auto word : split(value, ' ')) next = next || same_word(word, "next");
  }
  return next;
}

}  // namespace

std::string next_link(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (!same_word(name, "Link")) continue;
    std::string_view text = value;
    for (auto begin = text.find('<'); begin != std::string_view::npos; begin = text.find('<')) {
      const auto end = text.find('>', begin);
      if (end == std::string_view::npos) break;
      const std::string target(text.substr(begin + 1, end - begin - 1));
      text.remove_prefix(end + 1);
      if (is_next(text)) return target;
    }
  }
  return {};
}

}  // namespace akashi
