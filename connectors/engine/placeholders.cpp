#include "connectors/engine/placeholders.hpp"

#include <algorithm>
#include <array>

#include "connectors/engine/json_line.hpp"

namespace akashi {

namespace {

// The word of a placeholder that begins at text[at] == '{'; empty when it is none.
std::string_view word_at(std::string_view text, std::size_t at) {
  const auto end = text.find('}', at);
  if (end == std::string_view::npos || end == at + 1) return {};
  const auto word = text.substr(at + 1, end - at - 1);
  const bool plain = std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  return plain ? word : std::string_view{};
}

template <class Literal, class Word>
void walk(std::string_view text, Literal literal, Word word) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto name = text[at] == '{' ? word_at(text, at) : std::string_view{};
    if (name.empty()) {
      literal(text[at++]);
    } else {
      word(name);
      at += name.size() + 2;
    }
  }
}

template <class Dress>
std::string filled(std::string_view text, const Fillings& with, Dress dress) {
  std::string out;
  walk(
      text, [&](char c) { out += c; },
      [&](std::string_view name) {
        if (const auto found = with.find(name); found != with.end()) out += dress(name, found->second);
      });
  return out;
}

}  // namespace

std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> words;
  walk(
      text, [](char) {}, [&](std::string_view name) { words.emplace_back(name); });
  return words;
}

std::string fill(std::string_view text, const Fillings& with) {
  return filled(text, with, [](std::string_view, const std::string& value) { return value; });
}

std::string fill_path(std::string_view text, const Fillings& with) {
  return filled(text, with, [](std::string_view, const std::string& value) { return percent_encode(value); });
}

std::string fill_json(std::string_view text, const Fillings& with) {
  constexpr std::array<std::string_view, 5> already_json{"search_after", "search_after_member", "pit", "ids", "token_json"};
  return filled(text, with, [&](std::string_view name, const std::string& value) {
    if (std::ranges::find(already_json, name) != already_json.end()) return value;
    const auto quoted = json_text(value);
    return quoted.substr(1, quoted.size() - 2);
  });
}

std::string fill_each(std::string_view each, const std::string& id, std::string_view body) {
  Fillings with;
  with["id"] = id;
  return body.find("{ids}") == std::string_view::npos ? fill(each, with) : fill_json(each, with);
}

std::string percent_decode(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  const auto digit = [&](char c) {
    const auto at = digits.find(c);
    return static_cast<int>(at < 16 ? at : at - 6);
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && digits.find(text[i + 1]) < digits.size() && digits.find(text[i + 2]) < digits.size();
    out += coded ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (coded) i += 2;
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

}  // namespace akashi
