#include "collector/config/places_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "collector/config/csv_words.hpp"
#include "collector/config/encoding.hpp"
#include "connectors/engine/classify.hpp"
#include "core/csv.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"
#include "core/yaml.hpp"

namespace akashi {

namespace {

// The first five are attributes of a case, which say which place is meant, and so is a column "cf.NAME". "a.b" is the member b of the entry's a.
constexpr std::size_t attributes = 5;
constexpr std::string_view custom_field_prefix = "cf.";
constexpr std::array place_columns{CsvWord{"place", "place"},
                                   CsvWord{"type", "type"},
                                   CsvWord{"category", "category"},
                                   CsvWord{"title", "title"},
                                   CsvWord{"label", "label"},
                                   CsvWord{"matter", "matter"},
                                   CsvWord{"services", "services"},
                                   CsvWord{"asked", "asked"},
                                   CsvWord{"working", "working"},
                                   CsvWord{"done", "done"},
                                   CsvWord{"refused", "refused"},
                                   CsvWord{"drill", "drill"},
                                   CsvWord{"works_from", "works_from"},
                                   CsvWord{"performed", "performed"},
                                   CsvWord{"agreed", "agreed"},
                                   CsvWord{"severity", "severity.from"},
                                   CsvWord{"critical", "severity.critical"},
                                   CsvWord{"high", "severity.high"},
                                   CsvWord{"medium", "severity.medium"},
                                   CsvWord{"low", "severity.low"},
                                   CsvWord{"note", "review.note"},
                                   CsvWord{"checked", "review.checked"},
                                   CsvWord{"outcome", "review.outcome"},
                                   CsvWord{"met", "review.met"},
                                   CsvWord{"missed", "review.missed"},
                                   CsvWord{"場所", "place"},
                                   CsvWord{"種類", "type"},
                                   CsvWord{"分類", "category"},
                                   CsvWord{"件名", "title"},
                                   CsvWord{"ラベル", "label"},
                                   CsvWord{"用途", "matter"},
                                   CsvWord{"サービス", "services"},
                                   CsvWord{"未着手", "asked"},
                                   CsvWord{"対応中", "working"},
                                   CsvWord{"完了", "done"},
                                   CsvWord{"却下", "refused"},
                                   CsvWord{"訓練", "drill"},
                                   CsvWord{"手順書", "works_from"},
                                   CsvWord{"実施日", "performed"},
                                   CsvWord{"対応期限", "agreed"},
                                   CsvWord{"重大度", "severity.from"},
                                   CsvWord{"緊急", "severity.critical"},
                                   CsvWord{"高", "severity.high"},
                                   CsvWord{"中", "severity.medium"},
                                   CsvWord{"低", "severity.low"},
                                   CsvWord{"所見", "review.note"},
                                   CsvWord{"照合", "review.checked"},
                                   CsvWord{"評価", "review.outcome"},
                                   CsvWord{"期待どおり", "review.met"},
                                   CsvWord{"期待未達", "review.missed"}};
// Columns that name a field of the case.
constexpr std::array field_columns{std::string_view("performed"), std::string_view("severity.from"), std::string_view("review.note"),
                                   std::string_view("review.checked"), std::string_view("review.outcome")};
constexpr std::array matter_words{CsvWord{"受付", "intake"},           CsvWord{"アラート", "alert"},
                                  CsvWord{"注意喚起", "advisory"},     CsvWord{"インシデント", "incident"},
                                  CsvWord{"問い合わせ", "enquiry"},    CsvWord{"調査", "investigation"},
                                  CsvWord{"封じ込め", "containment"},  CsvWord{"復旧", "recovery"},
                                  CsvWord{"通知", "notification"},     CsvWord{"報告書", "closing_report"},
                                  CsvWord{"運用", "operation"},        CsvWord{"ツール検証", "tool_check"},
                                  CsvWord{"ツール評価", "tool_trial"}, CsvWord{"手順", "procedure"},
                                  CsvWord{"承認", "approval"},         CsvWord{"委託先報告", "provider_report"},
                                  CsvWord{"対象外", "ignored"}};
constexpr std::array place_truths{CsvWord{"○", "true"},  CsvWord{"〇", "true"},      CsvWord{"はい", "true"}, CsvWord{"yes", "true"},
                                  CsvWord{"×", "false"}, CsvWord{"いいえ", "false"}, CsvWord{"no", "false"}};

std::string meant(std::span<const CsvWord> words, std::string_view written) {
  const CsvWord* found = find_word(words, written);
  return std::string(found == nullptr ? written : found->meant);
}

// "a; b" as ["a", "b"]; the full-width semicolon separates, too.
std::string list(std::string_view field) {
  constexpr std::string_view wide = "；";
  std::string plain(field);
  for (auto at = plain.find(wide); at != std::string::npos; at = plain.find(wide)) plain.replace(at, wide.size(), ";");
  std::string out;
  for (const auto value : split(plain, ';'))
    if (!trim(value).empty()) out += (out.empty() ? "" : ", ") + in_quotes(trim(value));
  return "[" + out + "]";
}

// "4h", or "critical=1h; high=4h" as {critical: "1h", high: "4h"}.
std::string by_severity(std::string_view field) {
  if (field.find('=') == std::string_view::npos) return in_quotes(field);
  std::string out;
  for (const auto part : split(field, ';')) {
    const auto at = part.find('=');
    if (trim(part).empty()) continue;
    const auto word = trim(part.substr(0, at));
    out +=
        fmt::format("{}{}: {}", out.empty() ? "" : ", ", in_quotes(word), in_quotes(at == std::string_view::npos ? "" : trim(part.substr(at + 1))));
  }
  return "{" + out + "}";
}

std::string value_of(const std::string& column, std::string_view field) {
  if (column == "matter") return in_quotes(meant(matter_words, field));
  if (column == "drill") return meant(place_truths, field);
  if (column == "works_from") return in_quotes(field);
  if (column == "agreed") return by_severity(field);
  if (std::ranges::find(field_columns, column) != field_columns.end()) {
    const bool whole = field.starts_with(custom_field_prefix) || (column == "severity.from" && field == "severity");
    return in_quotes(whole ? std::string(field) : std::string(custom_field_prefix) + std::string(field));
  }
  return list(field);
}

bool is_attribute(const std::string& column) {
  return column.starts_with(custom_field_prefix) ||
         std::any_of(place_columns.begin(), place_columns.begin() + attributes, [&](const CsvWord& word) { return word.meant == column; });
}

// A row as an entry of `classify:` on one line.
std::string entry(const std::vector<std::string>& names, const CsvRow& row) {
  std::string when, says;
  std::map<std::string, std::string> parts;  // "severity" → its members
  for (std::size_t i = 0; i < std::min(names.size(), row.fields.size()); ++i) {
    const auto field = trim(row.fields[i]);
    if (names[i].empty() || field.empty()) continue;
    const bool attribute = is_attribute(names[i]);
    const auto dot = attribute ? std::string::npos : names[i].find('.');
    auto& into = attribute ? when : dot == std::string::npos ? says : parts[names[i].substr(0, dot)];
    const auto key = attribute ? in_quotes(names[i]) : dot == std::string::npos ? names[i] : names[i].substr(dot + 1);
    into += fmt::format("{}{}: {}", into.empty() ? "" : ", ", key, value_of(names[i], field));
  }
  for (const auto& [part, members] : parts) says += fmt::format("{}{}: {{{}}}", says.empty() ? "" : ", ", part, members);
  return fmt::format("- {{when: {{{}}}{}{}}}", when, says.empty() ? "" : ", ", says);
}

std::vector<std::string> head(const CsvRow& row, const std::string& file, std::vector<Error>& errors) {
  std::vector<std::string> names;
  const auto wrong = [&](std::string what, std::string mend) {
    errors.push_back({ErrorKind::config, file + ":" + std::to_string(row.line), std::move(what), std::move(mend)});
  };
  for (const auto& written : row.fields) {
    const std::string title(trim(written));
    const auto known = std::ranges::find_if(place_columns, [&](const CsvWord& word) { return same_word(word.written, title); });
    const bool custom = title.starts_with(custom_field_prefix) && title.size() > custom_field_prefix.size();
    if (known == place_columns.end() && !custom && !title.empty()) {
      std::vector<std::string_view> all;
      all.reserve(place_columns.size());
      for (const CsvWord& word : place_columns) all.push_back(word.written);
      const auto near = nearest(title, all);
      wrong("unknown column \"" + title + "\"",
            near.empty() ? fmt::format("known here: {}", fmt::join(all, ", ")) : "did you mean \"" + near + "\"?");
    }
    std::string name(custom ? std::string_view(title) : known == place_columns.end() ? std::string_view() : known->meant);
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
