#include "collector/config/people_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "collector/config/csv_words.hpp"
#include "collector/config/encoding.hpp"
#include "core/csv.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::array people_columns{
    CsvWord{"name", "name"},     CsvWord{"kind", "kind"},         CsvWord{"team", "team"},          CsvWord{"head", "head"},
    CsvWord{"joined", "joined"}, CsvWord{"left", "left"},         CsvWord{"accounts", "accounts"},  CsvWord{"氏名", "name"},
    CsvWord{"名前", "name"},     CsvWord{"種別", "kind"},         CsvWord{"所属", "team"},          CsvWord{"チーム", "team"},
    CsvWord{"承認者", "head"},   CsvWord{"権限を持つ長", "head"}, CsvWord{"着任日", "joined"},      CsvWord{"入社日", "joined"},
    CsvWord{"離任日", "left"},   CsvWord{"退職日", "left"},       CsvWord{"アカウント", "accounts"}};
constexpr std::array kind_of_actor{CsvWord{"", "human"},
                                   CsvWord{"human", "human"},
                                   CsvWord{"automation", "automation"},
                                   CsvWord{"provider", "provider"},
                                   CsvWord{"shared", "shared"},
                                   CsvWord{"人", "human"},
                                   CsvWord{"自動", "automation"},
                                   CsvWord{"委託先", "provider"},
                                   CsvWord{"委託", "provider"},
                                   CsvWord{"共用", "shared"},
                                   CsvWord{"共有", "shared"}};
constexpr std::array people_truths{CsvWord{"", "false"},   CsvWord{"true", "true"}, CsvWord{"false", "false"},  CsvWord{"yes", "true"},
                                   CsvWord{"no", "false"}, CsvWord{"1", "true"},    CsvWord{"0", "false"},      CsvWord{"○", "true"},
                                   CsvWord{"〇", "true"},  CsvWord{"はい", "true"}, CsvWord{"いいえ", "false"}, CsvWord{"×", "false"}};

class Roll {
 public:
  Roll(const std::string& file, const std::vector<std::string>& sources, std::vector<Error>& errors)
      : file_(file), sources_(sources), errors_(errors) {}

  void head(const CsvRow& row) {
    for (std::size_t i = 0; i < row.fields.size(); ++i) column(row, std::string(trim(row.fields[i])));
    if (std::ranges::find(columns_, "name") == columns_.end())
      error(row, "the first line names no column \"name\" (氏名)", "the first line names the columns: name, team, accounts, ...");
  }
  [[nodiscard]] bool usable() const { return std::ranges::find(columns_, "name") != columns_.end(); }

  Person person(const CsvRow& row) {
    Person one;
    one.file = file_;
    one.line = row.line;
    if (row.fields.size() > columns_.size())
      error(row, fmt::format("there are {} fields under {} columns", row.fields.size(), columns_.size()), "quote a field that holds a comma");
    for (std::size_t i = 0; i < std::min(row.fields.size(), columns_.size()); ++i) field(row, columns_[i], std::string(trim(row.fields[i])), one);
    if (one.name.empty()) error(row, "a person without a name", "fill the column name");
    return one;
  }

 private:
  void error(const CsvRow& row, std::string what, std::string mend) {
    errors_.push_back({ErrorKind::config, file_ + ":" + std::to_string(row.line), std::move(what), std::move(mend)});
  }

  // Kept as "name", …, "@rt" for a source's own column, "" for one that is left out.
  void column(const CsvRow& row, const std::string& title) {
    std::string meant;
    if (const auto* word = find_word(people_columns, title)) meant = word->meant;
    else if (std::ranges::find(sources_, title) != sources_.end()) meant = "@" + title;
    else if (!title.empty()) unknown(row, title);
    if (!meant.empty() && std::ranges::find(columns_, meant) != columns_.end()) error(row, "two columns say \"" + title + "\"", "keep one of them");
    columns_.push_back(std::move(meant));
  }

  void unknown(const CsvRow& row, const std::string& title) {
    std::vector<std::string_view> names(sources_.begin(), sources_.end());
    for (const CsvWord& word : people_columns) names.push_back(word.written);
    const std::string near = nearest(title, names);
    error(row, "\"" + title + "\" is neither a column of the roster nor a source",
          near.empty() ? "the columns are name, kind, team, head, joined, left, accounts and the sources" : "did you mean \"" + near + "\"?");
  }

  void field(const CsvRow& row, const std::string& column, std::string text, Person& one) {
    if (column == "name") one.name = std::move(text);
    else if (column == "team") one.team = std::move(text);
    else if (column == "kind") kind(row, text, one);
    else if (column == "head") truth(row, text, one);
    else if (column == "joined") day(row, text, false, one.tenure.from);
    else if (column == "left") day(row, text, true, one.tenure.until);
    else if (column == "accounts") accounts(row, text, one);
    else if (column.starts_with('@')) account(column.substr(1), text, one);
  }

  void kind(const CsvRow& row, const std::string& text, Person& one) {
    const auto* word = find_word(kind_of_actor, text);
    if (word == nullptr) return error(row, "\"" + text + "\" is no kind of actor", "write human, automation, provider or shared");
    one.kind = actor_kind(word->meant).value_or(ActorKind::unknown);
  }
  void truth(const CsvRow& row, const std::string& text, Person& one) {
    const auto* word = find_word(people_truths, text);
    if (word == nullptr) return error(row, "\"" + text + "\" under head is neither true nor false", "write true, or leave it empty");
    one.head = word->meant == "true";
  }
  void day(const CsvRow& row, const std::string& text, bool last, std::optional<Instant>& into) {
    if (text.empty()) return;
    into = day_or_time(text, last);
    if (!into) error(row, "\"" + text + "\" is no date", "write 2026-03-31");
  }

  // "rt=asato; redmine=Aiko Sato"; a word without a source is the same everywhere.
  void accounts(const CsvRow& row, const std::string& text, Person& one) {
    for (const auto part : split(text, ';')) {
      const auto equals = part.find('=');
      if (equals == std::string_view::npos) {
        account("*", part, one);
        continue;
      }
      const std::string source(trim(part.substr(0, equals)));
      if (source.empty() || trim(part.substr(equals + 1)).empty())
        error(row, "\"" + std::string(trim(part)) + "\" is no account", "write source=account");
      else account(source, part.substr(equals + 1), one);
    }
  }
  // A source's own column may hold several.
  static void account(const std::string& source, std::string_view text, Person& one) {
    for (const auto part : split(text, ';'))
      if (!trim(part).empty()) one.accounts.emplace(source, trim(part));
  }

  const std::string& file_;
  const std::vector<std::string>& sources_;
  std::vector<Error>& errors_;
  std::vector<std::string> columns_;
};

// "2026/3/1" as a spreadsheet shows days, "2026-03-01" otherwise.
std::string with_dashes(std::string_view text) {
  const auto parts = split(text, '/');
  const bool slashed = parts.size() == 3 && parts[0].size() == 4;
  if (!slashed) return std::string(text);
  const auto two = [](std::string_view number) { return number.size() == 1 ? "0" + std::string(number) : std::string(number); };
  return std::string(parts[0]) + "-" + two(parts[1]) + "-" + two(parts[2]);
}

}  // namespace

std::optional<Instant> day_or_time(std::string_view text, bool whole_day) {
  const std::string written = with_dashes(trim(text));
  const auto at = parse_time(written);
  return at && whole_day && written.size() == 10 ? std::optional(*at + days(1)) : at;
}

std::vector<Person> people_of_csv(std::string_view bytes, const std::string& file, const std::vector<std::string>& sources,
                                  std::vector<Error>& errors) {
  const auto text = as_utf8(bytes, file);
  if (!text) return errors.push_back(text.error()), std::vector<Person>();
  const auto rows = parse_csv(*text, file);
  if (!rows) return errors.push_back(rows.error()), std::vector<Person>();
  if (rows->empty()) {
    errors.push_back({ErrorKind::config, file, "is empty", "the first line names the columns: name, team, accounts, ..."});
    return {};
  }
  Roll roll(file, sources, errors);
  roll.head(rows->front());
  std::vector<Person> people;
  if (!roll.usable()) return people;
  for (std::size_t i = 1; i < rows->size(); ++i) people.push_back(roll.person((*rows)[i]));
  return people;
}

}  // namespace akashi
