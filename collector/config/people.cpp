#include "collector/config/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "collector/config/people_csv.hpp"
#include "collector/config/reader.hpp"

namespace akashi {

namespace {

constexpr std::size_t file_max = std::size_t{8} << 20;  // bytes of a CSV file; 100 000 people need less

constexpr std::array person{
    Setting{"name", "", "one person, one name", "一人に一つの名前"},
    Setting{"kind", "human",
            "human, automation (service accounts, bots), provider (staff of a contractor) or shared (an account that several people use)",
            "human / automation(サービスアカウント・ボット)/ provider(委託先の要員)/ shared(複数人で使う共用アカウント)"},
    Setting{"team", "", "the team the person works in", "所属チーム"},
    Setting{"head", "false", "true: an authorised head (CISO or alike); their approval of a procedure counts",
            "true: 権限を持つ長(CISOなど)。手順の承認が有効になる"},
    Setting{"joined", "", "first day of work; what the accounts did before is not this person's", "着任日。それより前のアカウントの作業は数えない"},
    Setting{"left", "", "last day of work; what the accounts did after does not count, and the person stands in for nobody",
            "離任日(最終日)。以後のアカウントの作業は数えず、代行とも認めない"},
    Setting{"accounts", "", "account in each source, e.g. {rt: asato, redmine: Aiko Sato}; one word = the same everywhere, a list = several",
            "接続先ごとのアカウント。例 {rt: asato, redmine: Aiko Sato}。一語なら全接続先で共通、リストなら複数"},
};

class PeopleReader : public SectionReader {
 public:
  using SectionReader::SectionReader;
  void section(const Yaml& root);

 private:
  void entry(const Yaml& node);
  void accounts(const Yaml& node, Person& one);
  void day(const Yaml& node, std::string_view key, bool last, std::optional<Instant>& into);
  void file(const Yaml& node);
  void add(Person one);
  void accounts_fit_sources();
  void accounts_are_unique();
  // Where an entry stands: "FILE:LINE people" in the config, "FILE:LINE" in a CSV file.
  [[nodiscard]] std::string where(const Person& one) const {
    return fmt::format("{}:{}{}", one.file, one.line, one.file == read_.config.file ? " people" : "");
  }
  void wrong(const Person& one, std::string what, std::string mend) { error(Error{ErrorKind::config, where(one), std::move(what), std::move(mend)}); }
  // "line 3", or with its file where that is another.
  static std::string place_of(const Person& other, const Person& seen_from) {
    return other.file == seen_from.file ? fmt::format("line {}", other.line) : fmt::format("{}:{}", other.file, other.line);
  }

  std::vector<Person> people_;
};

// One word or a list of words for every source, or a map of them by source.
void PeopleReader::accounts(const Yaml& node, Person& one) {
  const auto take_all = [&](const std::string& source, const Yaml& words) {
    if (auto list = words.as_strings()) {
      for (std::string& account : *list) one.accounts.emplace(source, std::move(account));
    } else {
      error(list.error());
    }
  };
  if (!node.is_map()) return take_all("*", node);
  for (const auto& [source, words] : node.members()) take_all(source, words);
}

void PeopleReader::day(const Yaml& node, std::string_view key, bool last, std::optional<Instant>& into) {
  take(node, key, into, [&](const Yaml& value) -> Result<std::optional<Instant>> {
    if (const auto at = day_or_time(value.text(), last)) return at;
    return std::unexpected(value.wrong("\"" + value.text() + "\" is no date", "write 2026-03-31"));
  });
}

void PeopleReader::entry(const Yaml& node) {
  if (!known(node, person)) return;
  Person one;
  one.file = read_.config.file;
  one.line = node.line();
  text(node, "name", one.name);
  text(node, "team", one.team);
  std::string kind = "human";
  one_of(node, "kind", kind, person_kinds);
  one.kind = actor_kind(kind).value_or(ActorKind::unknown);
  take(node, "head", one.head, [](const Yaml& value) { return value.as_bool(); });
  day(node, "joined", false, one.tenure.from);
  day(node, "left", true, one.tenure.until);
  if (const Yaml* list = node.find("accounts")) accounts(*list, one);
  if (one.name.empty()) return error(node.wrong("a person without a name", "add name: to this entry"));
  add(std::move(one));
}

// What holds of every person, wherever the entry stands.
void PeopleReader::add(Person one) {
  if (one.name.empty()) return;  // was said
  for (const Person& other : people_)
    if (other.name == one.name)
      return wrong(one, fmt::format("\"{}\" is on the roster twice, first on {}", one.name, place_of(other, one)),
                   "one person is one entry with several accounts");
  if (one.head && one.kind != ActorKind::human) wrong(one, "an authorised head has to be a human", "remove head: true or mend kind:");
  if (one.tenure.from && one.tenure.until && *one.tenure.until <= *one.tenure.from)
    wrong(one, fmt::format("\"{}\" left before joining", one.name), "mend joined: or left:");
  people_.push_back(std::move(one));
}

void PeopleReader::file(const Yaml& node) {
  const auto name = node.as_string();
  if (!name) return error(name.error());
  read_.config.people_file = path(*name);
  std::ifstream in(read_.config.people_file, std::ios::binary);
  std::ostringstream bytes;
  if (!in || !(bytes << in.rdbuf())) return error(node.wrong("\"" + *name + "\" cannot be read", "look at its name and its permissions"));
  if (bytes.view().size() > file_max) return error(node.wrong("\"" + *name + "\" is larger than 8 MiB", "it should hold one row a person"));
  std::vector<std::string> sources;
  sources.reserve(read_.config.sources.size());
  for (const SourceConfig& source : read_.config.sources) sources.push_back(source.name);
  const std::string shown = folder_ == "." || name->starts_with('/') ? *name : folder_ + "/" + *name;
  for (Person& one : people_of_csv(bytes.view(), shown, sources, read_.errors)) add(std::move(one));
}

// One account is one person's; whoever came first on the roster would silently get the other's work.
void PeopleReader::accounts_are_unique() {
  std::map<std::pair<std::string, std::string>, const Person*> owner;
  for (const Person& one : people_) {
    for (const auto& [source, account] : one.accounts) {
      const auto [at, fresh] = owner.emplace(std::pair{source, account}, &one);
      if (fresh || at->second == &one) continue;
      wrong(one, fmt::format("account \"{}\" is {}'s already ({})", account, at->second->name, place_of(*at->second, one)),
            "an account that several people use counts for nobody: give it an entry of its own with kind: shared");
    }
  }
}

void PeopleReader::accounts_fit_sources() {
  std::vector<std::string_view> names;
  names.reserve(read_.config.sources.size());
  for (const SourceConfig& one : read_.config.sources) names.push_back(one.name);
  for (const Person& one : people_) {
    for (const auto& [source, account] : one.accounts) {
      if (source == "*" || std::find(names.begin(), names.end(), source) != names.end()) continue;
      const std::string near = nearest(source, names);
      wrong(one, fmt::format("\"{}\" has an account in \"{}\", which is no source", one.name, source),
            near.empty() ? "name one of the sources" : "did you mean \"" + near + "\"?");
    }
  }
}

void PeopleReader::section(const Yaml& root) {
  each(root, "people", [&](const Yaml& item) { entry(item); });
  if (const Yaml* node = root.find("people_file"); node != nullptr && !node->is_null()) file(*node);
  accounts_fit_sources();
  accounts_are_unique();
  read_.config.roster = Roster(std::move(people_));
}

}  // namespace

std::span<const Setting> person_settings() { return person; }

void read_people(ConfigRead& read, const std::string& folder, const Yaml& root) { PeopleReader(read, folder).section(root); }

}  // namespace akashi
