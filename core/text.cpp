#include "core/text.hpp"

#include <algorithm>

namespace akashi {

namespace {

constexpr std::string_view ideographic_space = "\u3000";
constexpr std::string_view ascii_space = " \t\r\n\f\v";

char lower_char(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Bytes of the character that starts at `at`; a stray byte is a character of its own.
std::size_t character_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && end < at + 4 && continues(text[end])) ++end;
  return end - at;
}

// Length of the well-formed character at the start of text; 0 when there is none.
std::size_t well_formed(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto tail = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) { return byte(i) >= low && byte(i) <= high; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) return tail(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
  if (first >= 0xF0 && first <= 0xF4) return tail(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4 : 0;
  return 0;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  if (character == "\u2028" || character == "\u2029") return true;                                   // line and paragraph separator
  return character.size() == 2 && first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;  // C1
}

// U+202A … U+202E and U+2066 … U+2069: text that shows otherwise than it reads.
bool turns_direction(std::string_view character) {
  return (character >= "\u202A" && character <= "\u202E" && character.size() == 3) ||
         (character >= "\u2066" && character <= "\u2069" && character.size() == 3);
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower_char);
  return out;
}

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::ranges::equal(a, b, [](char x, char y) { return lower_char(x) == lower_char(y); });
}

std::string_view trim(std::string_view text) {
  for (;;) {
    const auto before = text.size();
    text.remove_prefix(std::min(text.find_first_not_of(ascii_space), text.size()));
    if (text.starts_with(ideographic_space)) text.remove_prefix(ideographic_space.size());
    while (!text.empty() && ascii_space.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    if (text.ends_with(ideographic_space)) text.remove_suffix(ideographic_space.size());
    if (text.size() == before) return text;
  }
}

std::string half_width(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    if (text.substr(i).starts_with(ideographic_space)) {
      out += ' ';
      i += ideographic_space.size();
      continue;
    }
    // U+FF01 … U+FF5E are EF BC 81 … EF BD 9E and stand for 0x21 … 0x7E.
    const bool first_row = byte(i) == 0xEF && byte(i + 1) == 0xBC && byte(i + 2) >= 0x81 && byte(i + 2) <= 0xBF;
    const bool second_row = byte(i) == 0xEF && byte(i + 1) == 0xBD && byte(i + 2) >= 0x80 && byte(i + 2) <= 0x9E;
    if (first_row || second_row) {
      out += static_cast<char>(byte(i + 2) - (first_row ? 0x60U : 0x20U));
      i += 3;
    } else {
      out += text[i++];
    }
  }
  return out;
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool fits_wildcards(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0;
  std::size_t star = std::string_view::npos, from = 0;  // where to go on after the last '*' when what follows does not fit
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      t += character_at(text, t);
      ++p;
    } else if (p < pattern.size() && lower_char(pattern[p]) == lower_char(text[t])) {
      ++t;
      ++p;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      from += character_at(text, from);
      t = from;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && bytes_max - end < 3 && continues(text[end])) --end;
  return text.substr(0, end);
}

std::string clean_line(std::string_view text, std::size_t bytes_max) {
  std::string out;
  while (!text.empty() && out.size() < bytes_max) {
    const auto length = well_formed(text);
    const auto character = text.substr(0, std::max<std::size_t>(length, 1));
    text.remove_prefix(character.size());
    if (length == 0) out += "\uFFFD";
    else if (is_control(character)) out += ' ';
    else if (!turns_direction(character)) out += character;
  }
  return std::string(trim(cut(out, bytes_max)));
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto length = well_formed(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace akashi
