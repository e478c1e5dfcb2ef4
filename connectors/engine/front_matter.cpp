#include "connectors/engine/front_matter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "connectors/engine/html_lines.hpp"
#include "core/catalogue.hpp"
#include "core/document_ref.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"
#include "core/written_day.hpp"
#include "core/yaml.hpp"

namespace akashi {

namespace {

constexpr std::size_t head_bytes_max = 16u << 10;
constexpr std::size_t head_lines_max = 60;
constexpr std::size_t key_bytes_max = 60;
constexpr std::size_t head_value_bytes_max = 500;
constexpr std::size_t owner_bytes_max = 200;
constexpr int lines_before_head_max = 5;  // a title and a sentence or two may stand before the head

constexpr auto service_words = std::to_array<std::string_view>({"services", "service", "cdc services", "cdc service", "x.1060", "対象サービス",
                                                                "サービス", "cdcサービス", "該当サービス", "適用サービス", "サービス番号"});
constexpr auto owner_words = std::to_array<std::string_view>(
    {"owner", "document owner", "owned by", "担当", "担当者", "主管", "主管部署", "責任者", "管理者", "文書管理者", "オーナー", "所有者"});
constexpr auto version_words =
    std::to_array<std::string_view>({"version", "ver", "ver.", "rev", "rev.", "revision", "版", "版数", "バージョン", "現行版"});
constexpr auto reviewed_words =
    std::to_array<std::string_view>({"reviewed", "last reviewed", "last review", "review date", "reviewed on", "見直し日", "最終見直し日",
                                     "最終見直し", "見直し", "レビュー日", "最終レビュー日", "最終確認日"});
constexpr auto status_words = std::to_array<std::string_view>({"status", "state", "状態", "ステータス", "文書状態"});
constexpr auto not_in_force = std::to_array<std::string_view>({"draft", "obsolete", "retired", "deprecated", "withdrawn", "superseded", "archived",
                                                               "草案", "ドラフト", "案", "下書き", "下書", "廃止", "失効", "旧版"});

constexpr auto code_words = std::to_array<std::string_view>(
    {"id", "document id", "document number", "document no", "doc id", "no", "no.", "文書番号", "文書id", "管理番号", "文書コード"});

constexpr auto role_words = std::to_array<std::string_view>({"role", "document type", "document kind", "種別", "文書種別", "文書の種別", "文書区分"});
constexpr auto procedures = std::to_array<std::string_view>({"procedure", "runbook", "playbook", "手順書", "手順", "要領"});
constexpr auto descriptions = std::to_array<std::string_view>(
    {"service_description", "service description", "sla", "statement of work", "サービス仕様書", "委託仕様書", "業務仕様書", "サービス記述書"});
constexpr auto expectations =
    std::to_array<std::string_view>({"expectation", "expectations", "expected result", "期待値", "期待水準", "要求水準", "期待する水準"});

enum class HeadKey : std::uint8_t { none, code, services, owner, version, reviewed, status, role };

bool has(std::span<const std::string_view> words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }
bool has(const std::vector<std::string>& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

HeadKey key_of(std::string_view word, const HeadWords& more) {
  if (has(service_words, word) || has(more.services, word)) return HeadKey::services;
  if (has(owner_words, word) || has(more.owner, word)) return HeadKey::owner;
  if (has(version_words, word) || has(more.version, word)) return HeadKey::version;
  if (has(reviewed_words, word) || has(more.reviewed, word)) return HeadKey::reviewed;
  if (has(status_words, word)) return HeadKey::status;
  if (has(code_words, word)) return HeadKey::code;
  if (has(role_words, word) || has(more.role, word)) return HeadKey::role;
  return HeadKey::none;
}

// Marks of lists, quotes, emphasis and table cells around what is meant: "* ", "- ", "**", "_.", "`".
std::string_view unmarked(std::string_view text) {
  constexpr std::string_view marks = "*_`>+ \t";
  text = trim(text);
  if (text.starts_with("- ")) text.remove_prefix(2);
  for (const std::string_view cell : {"_.", "=.", "<.", ">."})
    if (text.starts_with(cell)) text.remove_prefix(cell.size());
  while (!text.empty() && marks.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  while (!text.empty() && marks.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return trim(text);
}

struct Pair {
  std::string key, value;  // key folded, value as written but for width
};

// "| key | value |"; nothing for rows of other sizes, and for the rule under a Markdown header.
std::optional<Pair> table_row(std::string_view line) {
  line.remove_prefix(1);
  if (line.ends_with("|")) line.remove_suffix(1);
  const auto cells = split(line, '|');
  if (cells.size() != 2) return std::nullopt;
  return Pair{lower(unmarked(cells[0])), std::string(unmarked(cells[1]))};
}

std::optional<Pair> key_and_value(std::string_view line) {
  if (line.starts_with("|")) return table_row(line);
  const auto at = line.find_first_of(":=\t");
  if (at == std::string_view::npos || at > key_bytes_max) return std::nullopt;
  auto key = lower(unmarked(line.substr(0, at)));
  if (key.empty()) return std::nullopt;
  return Pair{std::move(key), std::string(unmarked(line.substr(at + 1)))};
}

bool is_heading(std::string_view line) {
  if (line.starts_with("#") || line.starts_with("==")) return true;
  return line.size() > 3 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' && line[2] == '.';
}

// Lines that are neither head nor text: rules, macros, table rows of other sizes.
bool is_furniture(std::string_view line) {
  return line.starts_with("|") || line.starts_with("{{") || line.starts_with("[[") || line.find_first_not_of("-=_* ") == std::string_view::npos;
}

// "" for a word that is none of ours: then the place says what the document is for, or it is a procedure.
std::string_view role_of(std::string_view word) {
  if (has(procedures, word)) return procedure_role;
  if (has(descriptions, word)) return description_role;
  return has(expectations, word) ? expectation_role : std::string_view();
}

class HeadReader {
 public:
  explicit HeadReader(const HeadWords& more) : more_(more) {}

  // False for a key that is none of ours.
  bool take(std::string_view key, std::string_view value) {
    const auto what = key_of(key, more_);
    if (what == HeadKey::none) return false;
    value = cut(trim(value), head_value_bytes_max);
    if (value.empty()) return true;
    if (what == HeadKey::code && head_.code.empty() && is_document_code(value)) head_.code = value;
    if (what == HeadKey::services && head_.services.empty()) head_.services = services_named(value);
    if (what == HeadKey::owner && head_.owner.empty()) head_.owner = clean_line(value, owner_bytes_max);
    if (what == HeadKey::version && head_.version.empty()) head_.version = version_word(clean_line(value, owner_bytes_max));
    if (what == HeadKey::reviewed && !head_.reviewed) head_.reviewed = parse_day(value);
    if (what == HeadKey::role && head_.role.empty()) head_.role = role_of(lower(trim(value)));
    if (what == HeadKey::status && has(not_in_force, lower(trim(value)))) head_.in_force = false;
    return true;
  }
  // A word that says by itself what the document is.
  void take_word(std::string_view word) {
    const auto said = lower(trim(word));
    if (head_.role.empty()) head_.role = role_of(said);
    if (has(not_in_force, said)) head_.in_force = false;
  }
  DocumentHead done() {
    if (!head_.in_force) head_.services.clear();
    return std::move(head_);
  }

 private:
  const HeadWords& more_;
  DocumentHead head_;
};

std::string joined(const Yaml& value) {
  if (value.is_scalar()) return value.text();
  std::string text;
  for (const auto& item : value.items())
    if (item.is_scalar()) text += (text.empty() ? "" : ", ") + item.text();
  return text;
}

void read_lines(std::span<const std::string_view> lines, HeadReader& reader) {
  bool seen = false;
  int before = 0;
  for (const auto& raw : lines) {
    const auto line = trim(raw);
    if (line.empty()) continue;
    const auto pair = key_and_value(line);
    if (pair && reader.take(pair->key, pair->value)) {
      seen = true;
      continue;
    }
    if (is_heading(line) ? seen : !is_furniture(line) && !pair && (seen || ++before > lines_before_head_max)) return;
  }
}

// The lines between --- and --- (or ...); empty when the text does not begin so.
std::span<const std::string_view> front_matter(std::span<const std::string_view> lines) {
  const auto first = std::ranges::find_if(lines, [](std::string_view line) { return !trim(line).empty(); });
  if (first == lines.end() || trim(*first) != "---") return {};
  const auto last = std::find_if(first + 1, lines.end(), [](std::string_view line) { return trim(line) == "---" || trim(line) == "..."; });
  if (last == lines.end()) return {};
  return {first + 1, last};
}

std::string one_line(std::string_view several) {
  std::string line = half_width(several);
  std::ranges::replace(line, '\n', ',');
  return line;
}

// Of labels the services are those of all together.
void read_labels(const std::vector<std::string>& labels, HeadReader& reader) {
  std::string services;
  for (const auto& raw : labels) {
    const auto label = half_width(raw);
    const auto pair = key_and_value(label);
    if (pair && reader.take(pair->key, pair->value)) continue;
    const auto named = services_named(label);
    if (named.empty()) reader.take_word(label);
    for (const auto& service : named) services += (services.empty() ? "" : ", ") + service;
  }
  reader.take(service_words.front(), services);
}

bool read_front_matter(std::span<const std::string_view> lines, HeadReader& reader) {
  const auto matter = front_matter(lines);
  if (matter.empty()) return false;
  const auto yaml = Yaml::parse(fmt::format("{}\n", fmt::join(matter, "\n")), "");
  if (!yaml || !yaml->is_map()) {
    read_lines(matter, reader);  // not quite YAML: its lines still say what they say
    return true;
  }
  for (const auto& [key, value] : yaml->members()) reader.take(lower(trim(key)), joined(value));
  return true;
}

}  // namespace

DocumentHead read_head(std::string_view text, const HeadWords& more, const DocumentMarks& marks) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = cut(text, head_bytes_max);
  const auto plain = half_width(looks_like_html(text) ? html_to_lines(text) : std::string(text));
  auto lines = split(plain, '\n');
  if (lines.size() > head_lines_max) lines.resize(head_lines_max);
  HeadReader reader(more);
  for (const auto& [name, value] : marks.fields) reader.take(lower(trim(half_width(name))), one_line(value));
  if (!read_front_matter(lines, reader)) read_lines(lines, reader);
  read_labels(marks.labels, reader);
  return reader.done();
}

}  // namespace akashi
