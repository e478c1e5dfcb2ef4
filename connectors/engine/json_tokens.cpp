#include "connectors/engine/json_tokens.hpp"

namespace akashi {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

int value_of_digit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

// Four hexadecimal digits at the front of the text, or -1.
std::int32_t unit(std::string_view text) {
  if (text.size() < 4) return -1;
  std::int32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    const int digit = value_of_digit(c);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

char simple_escape(char letter) {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter;  // the quote, the backslash and the slash stand for themselves
  }
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto tail = [&out, point](unsigned shift) { out += static_cast<char>(0x80U | (point >> shift & 0x3FU)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0U | point >> 6U);
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0U | point >> 12U);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | point >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

// rest stands behind "\u"; gives the code point and takes what it used, the second half of a pair included.
std::uint32_t take_code_point(std::string_view& rest) {
  const auto first = static_cast<std::uint32_t>(unit(rest));
  rest.remove_prefix(4);
  if (first < 0xD800 || first > 0xDFFF) return first;
  if (first > 0xDBFF || !rest.starts_with("\\u")) return replacement;
  const std::int32_t second = unit(rest.substr(2));
  if (second < 0xDC00 || second > 0xDFFF) return replacement;
  rest.remove_prefix(6);
  return 0x10000 + ((first - 0xD800) << 10U) + (static_cast<std::uint32_t>(second) - 0xDC00);
}

}  // namespace

std::string json_unescape(std::string_view rest) {
  std::string out;
  out.reserve(rest.size());
  while (!rest.empty()) {
    const std::size_t plain = std::min(rest.find('\\'), rest.size());
    out.append(rest.substr(0, plain));
    rest.remove_prefix(plain);
    if (rest.empty()) break;
    const char letter = rest[1];
    rest.remove_prefix(2);
    if (letter == 'u') {
      append_utf8(out, take_code_point(rest));
    } else {
      out += simple_escape(letter);
    }
  }
  return out;
}

std::size_t json_escape_length(std::string_view text) {
  constexpr std::string_view letters = "\"\\/bfnrtu";
  if (text.size() < 2 || letters.find(text[1]) == std::string_view::npos) return 0;
  if (text[1] != 'u') return 2;
  return unit(text.substr(2)) < 0 ? 0 : 6;
}

std::string_view JsonTokens::resolved(std::uint32_t token) const {
  const auto [entry, is_new] = unescaped.try_emplace(token);
  if (is_new) entry->second = json_unescape(between_quotes(token));
  return entry->second;
}

}  // namespace akashi
