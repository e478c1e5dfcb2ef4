#include "connectors/engine/placeholders.hpp"

#include <algorithm>

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
        if (const auto found = with.find(name); found != with.end()) out += dress(found->second);
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
  return filled(text, with, [](const std::string& value) { return value; });
}

std::string fill_path(std::string_view text, const Fillings& with) { return filled(text, with, percent_encode); }

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
