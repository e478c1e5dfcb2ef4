#include "connectors/engine/references.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/document_ref.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t reference_bytes_max = 200;
constexpr std::size_t title_bytes_max = 160;  // a title of 80 characters in two bytes each; longer ones are sentences

using Found = std::vector<std::string>;

bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

void keep(Found& found, std::string_view reference) {
  auto line = clean_line(reference, reference_bytes_max);
  if (!line.empty() && found.size() < references_max && std::ranges::find(found, line) == found.end()) found.push_back(std::move(line));
}

// Where a word stands alone in a line, from `from` on; letters and digits of other words do not touch it.
std::size_t find_word(std::string_view low, std::string_view word, std::size_t from) {
  for (auto at = low.find(word, from); at != std::string_view::npos; at = low.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool touches = (at > 0 && is_alphanumeric(word.front()) && is_alphanumeric(low[at - 1])) ||
                         (end < low.size() && is_alphanumeric(word.back()) && is_alphanumeric(low[end]));
    if (!touches) return at;
  }
  return std::string_view::npos;
}

// Names of documents are short and carry no sentence, no address of a person, no long number, no steps.
bool looks_like_title(std::string_view text) {
  constexpr auto nothing =
      std::to_array<std::string_view>({"none", "n/a", "na", "no", "not", "-", "--", "tbd", "unknown", "なし", "無し", "無", "不明", "未定"});
  if (text.empty() || text.size() > title_bytes_max || std::ranges::find(nothing, lower(text)) != nothing.end()) return false;
  for (const std::string_view mark : {"。", "！", "？", "!", "?", "@", "://", "[[", ". ", "、"})
    if (text.find(mark) != std::string_view::npos) return false;
  std::size_t run = 0;
  for (const char c : text)
    if ((run = is_digit(c) || (run > 0 && c == '-') ? run + 1 : 0) > 8) return false;
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  return digits == 0 || digits == text.size() || (text[digits] != ')' && text[digits] != '.');
}

// An address may carry a credential in its query; then only what stands before is kept.
std::string_view without_secrets(std::string_view url) {
  const auto query = url.find('?');
  if (query == std::string_view::npos) return url;
  const auto low = lower(url.substr(query));
  for (const std::string_view word : {"token", "key", "secret", "pass", "session", "auth", "sig"})
    if (low.find(word) != std::string::npos) return url.substr(0, query);
  return url;
}

bool is_under(std::string_view url, std::string_view prefix) {
  if (!same_word(url.substr(0, prefix.size()), prefix)) return false;
  const auto rest = url.substr(prefix.size());
  return prefix.ends_with("/") || rest.empty() || rest.front() == '/' || rest.front() == '?' || rest.front() == '#';
}

void addresses_in(std::string_view line, std::span<const std::string> addresses, Found& found) {
  for (auto at = line.find("http"); at != std::string_view::npos; at = line.find("http", at + 4)) {
    auto url = line.substr(at, reference_bytes_max + 1);
    if (!url.starts_with("http://") && !url.starts_with("https://")) continue;
    url = url.substr(0, url.find_first_of(" \t\"'<>()[]|{}\\^`"));
    for (const std::string_view close : {"　", "」", "』", "）", "。", "、"}) url = url.substr(0, url.find(close));
    while (!url.empty() && std::string_view(".,;:!?*_").find(url.back()) != std::string_view::npos) url.remove_suffix(1);
    if (url.size() <= reference_bytes_max && std::ranges::any_of(addresses, [&](const std::string& prefix) { return is_under(url, prefix); }))
      keep(found, without_secrets(url));
  }
}

void wiki_links_in(std::string_view line, Found& found) {
  for (auto at = line.find("[["); at != std::string_view::npos; at = line.find("[[", at + 2)) {
    auto inside = line.substr(at + 2, reference_bytes_max);
    const auto end = inside.find("]]");
    if (end == std::string_view::npos) continue;
    inside = trim(inside.substr(0, end));
    inside = trim(inside.substr(0, inside.find_first_of("|#")));
    const auto low = lower(inside);
    if (low.starts_with("file:") || low.starts_with("image:") || low.starts_with("user:") || low.starts_with("category:")) continue;
    keep(found, inside);
  }
}

constexpr auto words =
    std::to_array<std::string_view>({"procedure", "procedures", "playbook", "runbook", "sop", "手順書", "手順", "プレイブック", "ランブック"});
constexpr auto quotes = std::to_array<std::pair<std::string_view, std::string_view>>({{"「", "」"}, {"『", "』"}, {"\"", "\""}, {"“", "”"}});

// What stands in quotes at the start of text; empty when nothing does.
std::string_view name_in_quotes(std::string_view text) {
  for (const auto& [open, close] : quotes) {
    if (!text.starts_with(open)) continue;
    const auto inside = text.substr(open.size(), reference_bytes_max);
    const auto end = inside.find(close);
    if (end != std::string_view::npos) return trim(inside.substr(0, end));
  }
  return {};
}

void names_after_words_in(std::string_view line, std::string_view low, Found& found) {
  for (const auto word : words) {
    for (auto at = find_word(low, word, 0); at != std::string_view::npos; at = find_word(low, word, at + word.size())) {
      auto rest = trim(line.substr(at + word.size()));
      if (const auto name = name_in_quotes(rest); !name.empty()) {
        keep(found, name);
        continue;
      }
      if (!rest.starts_with(":")) continue;
      rest = trim(rest.substr(1));
      if (const auto name = name_in_quotes(rest); !name.empty()) {
        keep(found, name);
        continue;
      }
      for (const auto part : split(rest.substr(0, reference_bytes_max + 1), ';'))
        if (looks_like_title(trim(part))) keep(found, trim(part));
    }
  }
}

// 「フィッシング対応」の手順
void names_before_words_in(std::string_view line, Found& found) {
  for (auto at = line.find("手順"); at != std::string_view::npos; at = line.find("手順", at + 1)) {
    auto before = line.substr(0, at);
    if (before.ends_with("の")) before.remove_suffix(std::string_view("の").size());
    for (const auto& [open, close] : quotes) {
      if (open == close || !before.ends_with(close)) continue;
      auto inside = before.substr(0, before.size() - close.size());
      if (inside.size() > reference_bytes_max) inside.remove_prefix(inside.size() - reference_bytes_max);
      const auto start = inside.rfind(open);
      if (start != std::string_view::npos) keep(found, inside.substr(start + open.size()));
    }
  }
}

// "article 12", "article #12"; not "Article 12 of the law".
void articles_in(std::string_view low, Found& found) {
  constexpr std::string_view word = "article";
  for (auto at = low.find(word); at != std::string_view::npos; at = low.find(word, at + word.size())) {
    if (at > 0 && is_alphanumeric(low[at - 1])) continue;
    auto rest = low.substr(at + word.size());
    if (!rest.starts_with(" ") && !rest.starts_with("#") && !rest.starts_with("/")) continue;
    rest = trim(rest);
    if (rest.starts_with("#") || rest.starts_with("/")) rest.remove_prefix(1);
    std::size_t digits = 0;
    while (digits < rest.size() && is_digit(rest[digits])) ++digits;
    const auto after = rest.substr(digits);
    if (digits == 0 || digits > 9 || rest.front() == '0' || (!after.empty() && (is_alphanumeric(after.front()) || after.front() == '('))) continue;
    if (find_word(after.substr(0, 8), "of", 0) == 1) continue;
    keep(found, "article/" + std::string(rest.substr(0, digits)));
  }
}

// The version written behind a number: "IR-01 1.1", "IR-01 version 2", "IR-01 第3版". A bare number without a point may count anything.
std::string version_behind(std::string_view rest) {
  rest = trim(rest.substr(0, 40));
  const auto low = lower(rest);
  bool marked = false;
  for (const std::string_view mark : {"version", "ver.", "ver", "v.", "v", "rev.", "rev", "第"}) {
    if (!low.starts_with(mark)) continue;
    rest = trim(rest.substr(mark.size()));
    marked = true;
    break;
  }
  std::size_t end = 0;
  while (end < rest.size() && (is_digit(rest[end]) || (rest[end] == '.' && end > 0))) ++end;
  while (end > 0 && rest[end - 1] == '.') --end;
  const auto number = rest.substr(0, end), after = rest.substr(end);
  const auto points = std::ranges::count(number, '.');
  if (number.empty() || number.find("..") != std::string_view::npos || points > 2 || (!after.empty() && is_alphanumeric(after.front()))) return {};
  return marked || points > 0 || after.starts_with("版") ? std::string(number) : std::string();
}

void numbers_in(std::string_view line, Found& found) {
  constexpr std::string_view before_none = "-_/.@:#\\=&";  // parts of addresses, paths, names of hosts
  for (std::size_t at = 0; at < line.size();) {
    if (!is_alphanumeric(line[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < line.size() && (is_alphanumeric(line[end]) || line[end] == '-')) ++end;
    const auto word = line.substr(at, end - at), rest = line.substr(end);
    const bool part_of_more = (at > 0 && before_none.find(line[at - 1]) != std::string_view::npos) ||
                              (!rest.empty() && std::string_view("_@/\\=").find(rest.front()) != std::string_view::npos) ||
                              (rest.size() > 1 && rest.front() == '.' && is_alphanumeric(rest[1]));
    if (!part_of_more && is_document_code(word)) {
      const auto version = version_behind(rest);
      keep(found, version.empty() ? std::string(word) : std::string(word) + " v" + version);
    }
    at = end;
  }
}

}  // namespace

std::vector<std::string> references_in(std::string_view written, std::span<const std::string> addresses) {
  Found found;
  for (const auto line : split(written, '\n')) {
    const auto low = lower(line);
    addresses_in(line, addresses, found);
    wiki_links_in(line, found);
    names_after_words_in(line, low, found);
    names_before_words_in(line, found);
    articles_in(low, found);
    numbers_in(line, found);
    if (found.size() >= references_max) break;
  }
  return found;
}

}  // namespace akashi
