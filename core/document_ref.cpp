#include "core/document_ref.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t reference_max = 2000;  // bytes; longer ones are no names of documents

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool take_back(std::string_view& text, std::string_view word) {
  if (word.size() > text.size() || !same_word(text.substr(text.size() - word.size()), word)) return false;
  text.remove_suffix(word.size());
  return true;
}

// "3", "3.0.1" off the end; empty when there is none.
std::string take_number(std::string_view& text) {
  std::size_t start = text.size();
  while (start > 0 && (is_digit(text[start - 1]) || (text[start - 1] == '.' && start < text.size()))) --start;
  while (start < text.size() && text[start] == '.') ++start;
  std::string number(text.substr(start));
  text.remove_suffix(number.size());
  return number;
}

// 一 … 九十九 off the end, as digits.
std::string take_kanji_number(std::string_view& text) {
  constexpr std::array<std::string_view, 9> digits{"一", "二", "三", "四", "五", "六", "七", "八", "九"};
  const auto take_digit = [&] {
    for (std::size_t i = 0; i < digits.size(); ++i)
      if (take_back(text, digits[i])) return static_cast<int>(i) + 1;
    return 0;
  };
  const int ones = take_digit();
  if (!take_back(text, "十")) return ones == 0 ? std::string() : std::to_string(ones);
  const int tens = take_digit();
  return std::to_string((tens == 0 ? 1 : tens) * 10 + ones);
}

// "第3版" "3版" "3.0版" off the end.
std::optional<std::string> take_edition(std::string_view& text) {
  auto rest = text;
  if (!take_back(rest, "版")) return std::nullopt;
  if (take_back(rest, "初")) {
    text = rest;
    return "1";
  }
  rest = trim(rest);
  auto number = take_number(rest);
  const bool kanji = number.empty();
  if (kanji) number = take_kanji_number(rest);
  rest = trim(rest);
  const bool marked = take_back(rest, "第");
  if (number.empty() || (kanji && !marked)) return std::nullopt;
  text = rest;
  return number;
}

// "v3" "ver. 3" "version 3.1" "rev 2" off the end; the word has to stand alone.
std::optional<std::string> take_marked_number(std::string_view& text) {
  constexpr auto marks = std::to_array<std::string_view>({"version", "ver.", "ver", "v.", "v", "revision", "rev.", "rev", "版"});
  auto rest = text;
  const auto number = take_number(rest);
  if (number.empty()) return std::nullopt;
  rest = trim(rest);
  for (const auto mark : marks) {
    auto before = rest;
    if (!take_back(before, mark) || (!before.empty() && (is_letter(before.back()) || is_digit(before.back())))) continue;
    text = before;
    return number;
  }
  return std::nullopt;
}

std::string without_trailing_zeros(std::string number) {
  while (number.ends_with(".0")) number.erase(number.size() - 2);
  return number;
}

std::optional<std::string> take_version(std::string_view& text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> brackets{{{"(", ")"}, {"[", "]"}, {"【", "】"}}};
  for (const auto& [open, close] : brackets) {
    auto inside = text;
    if (!take_back(inside, close)) continue;
    const auto start = inside.rfind(open);
    if (start == std::string_view::npos) continue;
    auto held = trim(inside.substr(start + open.size()));
    const auto version = take_version(held);
    if (!version || !trim(held).empty()) continue;
    text = inside.substr(0, start);
    return version;
  }
  if (auto edition = take_edition(text)) return edition;
  return take_marked_number(text);
}

// One spelling for a name: half-width, lower case, quotes off, runs of spaces and underscores one space.
std::string plain(std::string_view text) {
  const auto folded = lower(half_width(text));
  std::string_view rest = trim(folded);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> quotes{{{"\"", "\""}, {"「", "」"}, {"『", "』"}, {"[[", "]]"}}};
  for (const auto& [open, close] : quotes)
    if (rest.size() >= open.size() + close.size() && rest.starts_with(open) && rest.ends_with(close))
      rest = trim(rest.substr(open.size(), rest.size() - open.size() - close.size()));
  std::string out;
  for (const char c : rest) {
    const char one = c == '_' || c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    if (one != ' ' || (!out.empty() && out.back() != ' ')) out += one;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// An address without scheme, fragment and closing slash; empty when text is none.
std::string address(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!same_word(text.substr(0, scheme.size()), scheme)) continue;
    text = text.substr(scheme.size(), text.find('#', scheme.size()) - scheme.size());
    while (text.ends_with("/")) text.remove_suffix(1);
    return std::string(text);
  }
  return {};
}

bool names_id(std::string reference, const Document& document) {
  const auto id = plain(document.id);
  if (reference == id) return true;
  std::ranges::replace(reference, ':', '/');  // "csirt:Phishing" of a wiki link is "csirt/Phishing"
  if (reference.empty() || std::ranges::all_of(reference, is_digit)) return false;
  const auto path = "/" + id.substr(id.find(':') + 1);
  return path.ends_with("/" + reference);
}

bool names_plainly(std::string_view reference, const Document& document) {
  const auto wanted = plain(reference);
  if (wanted.empty()) return false;
  return wanted == plain(document.title) || names_id(wanted, document);
}

// Things with a number of their own that are no documents of the organisation.
constexpr auto other_numbers =
    std::to_array<std::string_view>({"CVE", "CWE", "CVSS", "GHSA", "RFC", "ISO", "IEC",  "SHA", "UTF", "TLS", "SSL",   "MS",  "KB",    "JVN", "JVNDB",
                                     "AES", "RSA", "MD",   "IP",   "TCP", "UDP", "HTTP", "TLP", "ID",  "TA",  "CAPEC", "USB", "COVID", "VLAN"});

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

std::string_view without_code(std::string_view title) {
  auto rest = trim(title.substr(document_code(title).size()));
  while (rest.starts_with(":") || rest.starts_with("-") || rest.starts_with("_")) rest = trim(rest.substr(1));
  return rest;
}

}  // namespace

bool is_document_code(std::string_view word) {
  const auto parts = split(word, '-');
  if (parts.size() < 2 || parts.size() > 3 || parts[0].size() < 2 || parts[0].size() > 6) return false;
  if (!std::ranges::all_of(parts[0], is_capital) || std::ranges::find(other_numbers, parts[0]) != other_numbers.end()) return false;
  return std::all_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
    return !part.empty() && part.size() <= 8 && std::ranges::all_of(part, [](char c) { return is_capital(c) || is_digit(c); });
  });
}

std::string_view document_code(std::string_view title) {
  title = trim(title);
  // "IR-01 Handling", "IR-01: Handling", a wiki's "IR-01_Handling", "IR-01　対応" and "IR-01対応": no number holds anything but ASCII.
  const auto ends = [](char c) { return c == ' ' || c == '_' || c == ':' || c == '\t' || static_cast<unsigned char>(c) >= 0x80; };
  const auto word = title.substr(0, static_cast<std::size_t>(std::ranges::find_if(title, ends) - title.begin()));
  return is_document_code(word) ? word : std::string_view();
}

NamedVersion split_version(std::string_view text) {
  const auto folded = half_width(cut(text, reference_max));
  std::string_view rest = trim(folded);
  auto version = take_version(rest);
  if (!version) return {std::string(rest), ""};
  constexpr std::string_view joins = " \t-:,/";
  while (!rest.empty() && joins.find(rest.back()) != std::string_view::npos) rest.remove_suffix(1);
  return {std::string(trim(rest)), without_trailing_zeros(std::move(*version))};
}

std::string version_word(std::string_view text) {
  auto split = split_version(text);
  if (split.name.empty() && !split.version.empty()) return split.version;
  const auto folded = half_width(cut(text, reference_max));
  std::string_view rest = trim(folded);
  auto number = take_number(rest);
  if (!number.empty() && rest.empty()) return without_trailing_zeros(std::move(number));
  return lower(trim(folded));
}

bool names(std::string_view reference, const Document& document) {
  reference = trim(reference);
  if (reference.empty() || reference.size() > reference_max) return false;
  if (const auto wanted = address(reference); !wanted.empty()) return wanted == address(document.url);
  if (names_plainly(reference, document)) return true;
  const auto asked = split_version(reference);
  if (!asked.version.empty() && asked.version != version_word(document.version)) return false;
  const auto title = split_version(half_width(document.title)).name;
  if (const auto code = document_code(title); !code.empty() && asked.name == code) return true;
  Document bare = document;
  bare.title = title;
  if (names_plainly(asked.name, bare)) return true;
  bare.title = without_code(title);
  return bare.title != title && !bare.title.empty() && names_plainly(asked.name, bare);
}

}  // namespace akashi
