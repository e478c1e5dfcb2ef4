#include "collector/config/places_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "collector/config/encoding.hpp"
#include "connectors/engine/classify.hpp"
#include "core/csv.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"
#include "core/yaml.hpp"

namespace akashi {

namespace {

struct Word {
  std::string_view written, meant;
};

// The first five are attributes of a case, which say which place is meant.
constexpr std::size_t attributes = 5;
constexpr std::array columns{Word{"place", "place"},
                             Word{"type", "type"},
                             Word{"category", "category"},
                             Word{"title", "title"},
                             Word{"label", "label"},
                             Word{"matter", "matter"},
                             Word{"services", "services"},
                             Word{"asked", "asked"},
                             Word{"working", "working"},
                             Word{"done", "done"},
                             Word{"refused", "refused"},
                             Word{"drill", "drill"},
                             Word{"works_from", "works_from"},
                             Word{"performed", "performed"},
                             Word{"agreed", "agreed"},
                             Word{"場所", "place"},
                             Word{"種類", "type"},
                             Word{"分類", "category"},
                             Word{"件名", "title"},
                             Word{"ラベル", "label"},
                             Word{"用途", "matter"},
                             Word{"サービス", "services"},
                             Word{"未着手", "asked"},
                             Word{"対応中", "working"},
                             Word{"完了", "done"},
                             Word{"却下", "refused"},
                             Word{"訓練", "drill"},
                             Word{"手順書", "works_from"},
                             Word{"実施日", "performed"},
                             Word{"対応期限", "agreed"}};
constexpr std::array matter_words{
    Word{"受付", "intake"},           Word{"アラート", "alert"},        Word{"注意喚起", "advisory"},    Word{"インシデント", "incident"},
    Word{"問い合わせ", "enquiry"},    Word{"調査", "investigation"},    Word{"封じ込め", "containment"}, Word{"復旧", "recovery"},
    Word{"通知", "notification"},     Word{"報告書", "closing_report"}, Word{"運用", "operation"},       Word{"ツール検証", "tool_check"},
    Word{"ツール評価", "tool_trial"}, Word{"手順", "procedure"},        Word{"承認", "approval"},        Word{"委託先報告", "provider_report"},
    Word{"対象外", "ignored"}};
constexpr std::array truths{Word{"○", "true"},  Word{"〇", "true"},      Word{"はい", "true"}, Word{"yes", "true"},
                            Word{"×", "false"}, Word{"いいえ", "false"}, Word{"no", "false"}};

template <std::size_t Size>
std::string meant(const std::array<Word, Size>& words, std::string_view written) {
  const auto found = std::ranges::find_if(words, [&](const Word& word) { return same_word(word.written, written); });
  return std::string(found == words.end() ? written : found->meant);
}

// A value that YAML reads back as the same text.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

// "a; b" as ["a", "b"]; the full-width semicolon separates, too.
std::string list(std::string_view field) {
  constexpr std::string_view wide = "；";
  std::string plain(field);
  for (auto at = plain.find(wide); at != std::string::npos; at = plain.find(wide)) plain.replace(at, wide.size(), ";");
  std::string out;
  for (const auto value : split(plain, ';'))
    if (!trim(value).empty()) out += (out.empty() ? "" : ", ") + quoted(trim(value));
  return "[" + out + "]";
}

std::string value_of(const std::string& column, std::string_view field) {
  if (column == "matter") return quoted(meant(matter_words, field));
  if (column == "drill") return meant(truths, field);
  if (column == "works_from" || column == "agreed") return quoted(field);
  if (column == "performed") return quoted(field.starts_with("cf.") ? std::string(field) : "cf." + std::string(field));
  return list(field);
}

bool is_attribute(const std::string& column) {
  return std::any_of(columns.begin(), columns.begin() + attributes, [&](const Word& word) { return word.meant == column; });
}

// A row as an entry of `classify:` on one line.
std::string entry(const std::vector<std::string>& names, const CsvRow& row) {
  std::string when, says;
  for (std::size_t i = 0; i < std::min(names.size(), row.fields.size()); ++i) {
    const auto field = trim(row.fields[i]);
    if (names[i].empty() || field.empty()) continue;
    auto& into = is_attribute(names[i]) ? when : says;
    into += fmt::format("{}{}: {}", into.empty() ? "" : ", ", names[i], value_of(names[i], field));
  }
  return fmt::format("- {{when: {{{}}}{}{}}}", when, says.empty() ? "" : ", ", says);
}

std::vector<std::string> head(const CsvRow& row, const std::string& file, std::vector<Error>& errors) {
  std::vector<std::string> names;
  const auto wrong = [&](std::string what, std::string mend) {
    errors.push_back({ErrorKind::config, file + ":" + std::to_string(row.line), std::move(what), std::move(mend)});
  };
  for (const auto& written : row.fields) {
    const std::string title(trim(written));
    const auto known = std::ranges::find_if(columns, [&](const Word& word) { return same_word(word.written, title); });
    if (known == columns.end() && !title.empty()) {
      std::vector<std::string_view> all;
      all.reserve(columns.size());
      for (const Word& word : columns) all.push_back(word.written);
      const auto near = nearest(title, all);
      wrong("unknown column \"" + title + "\"",
            near.empty() ? fmt::format("known here: {}", fmt::join(all, ", ")) : "did you mean \"" + near + "\"?");
    }
    std::string name(known == columns.end() ? std::string_view() : known->meant);
    if (!name.empty() && std::ranges::find(names, name) != names.end()) wrong("two columns say \"" + title + "\"", "keep one of them");
    names.push_back(std::move(name));
  }
  if (std::ranges::none_of(names, is_attribute))
    wrong("no column says which cases are meant", "the first line names the columns: place (場所), matter (用途), services (サービス), ...");
  return names;
}

}  // namespace

std::vector<PlaceEntry> places_of_csv(std::string_view bytes, const std::string& file, std::vector<Error>& errors) {
  const auto text = as_utf8(bytes, file);
  const auto rows = text ? parse_csv(*text, file) : Result<std::vector<CsvRow>>(std::unexpected(text.error()));
  if (!rows || rows->empty()) {
    errors.push_back(!rows ? rows.error() : Error{ErrorKind::config, file, "is empty", "the first line names the columns"});
    return {};
  }
  const auto before = errors.size();
  const auto names = head(rows->front(), file, errors);
  if (errors.size() > before || rows->size() == 1) return {};
  // Each row stands on its own line, so that mistakes are told where they are.
  std::string yaml;
  int line = 1;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    for (; line < (*rows)[i].line; ++line) yaml += '\n';
    yaml += entry(names, (*rows)[i]);
  }
  const auto parsed = Yaml::parse(yaml + "\n", file);
  auto entries = parsed ? parse_classify(*parsed) : Result<std::vector<PlaceEntry>>(std::unexpected(parsed.error()));
  if (entries) return std::move(*entries);
  errors.push_back(entries.error());
  return {};
}

}  // namespace akashi
