// The roster from a spreadsheet, in every shape in which spreadsheets save it.
#include "collector/config/people.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "collector/config/encoding.hpp"
#include "collector/config/people_csv.hpp"
#include "collector/report/people_list.hpp"
#include "store_samples.hpp"

using namespace akashi;
namespace fs = std::filesystem;

namespace {

struct PeopleRead {
  std::vector<Person> people;
  std::vector<Error> errors;
  [[nodiscard]] std::string wrong() const {
    std::string text;
    for (const Error& error : errors) text += sentence(error) + "\n";
    return text;
  }
};

PeopleRead read_people(std::string_view bytes) {
  PeopleRead found;
  found.people = people_of_csv(bytes, "people.csv", {"rt", "redmine"}, found.errors);
  return found;
}

// "name kind team head from until source=account …"
std::string told(const Person& one) {
  std::string text = one.name + " " + std::string(name(one.kind)) + " " + one.team + (one.head ? " head" : "");
  if (one.tenure.from) text += " from " + format_time(*one.tenure.from);
  if (one.tenure.until) text += " until " + format_time(*one.tenure.until);
  for (const auto& [source, account] : one.accounts) text += " " + source + "=" + account;
  return text;
}

// 氏名,所属,アカウント / 佐藤愛子,分析,asato as a Japanese spreadsheet saves it.
const std::string shift_jis =
    "\x8e\x81\x96\xbc,\x8f\x8a\x91\xae,\x83\x41\x83\x4a\x83\x45\x83\x93\x83\x67\r\n"
    "\x8d\xb2\x93\xa1\x88\xa4\x8e\x71,\x95\xaa\x90\xcd,asato\r\n";

// A config with a CSV file beside it.
struct PeopleFolder {
  fs::path path = fs::temp_directory_path() / ("akashi-people-" + std::to_string(getpid()));
  PeopleFolder() { fs::create_directories(path); }
  ~PeopleFolder() { fs::remove_all(path); }
  [[nodiscard]] ConfigRead config(const std::string& text, const std::string& csv) const {
    std::ofstream(path / "people.csv", std::ios::binary) << csv;
    std::ofstream(path / "akashi.yaml") << text;
    return read_config((path / "akashi.yaml").string());
  }
};

constexpr const char* sources =
    "sources:\n"
    "  - {name: rt, connector: rt, url: https://rt.example, auth: {scheme: bearer, env: T}}\n"
    "  - {name: redmine, connector: redmine, url: https://redmine.example, auth: {scheme: header, env: T}}\n";

}  // namespace

TEST_CASE("a roster from CSV: every column, a column for a source, several accounts of one person") {
  const PeopleRead found = read_people(
      "name,kind,team,head,joined,left,accounts,redmine\n"
      "Aiko Sato,,csirt,,,,rt=asato;rt=aiko,Aiko Sato\n"
      "Chiyo Ueda,human,,true,2024-04-01,2026-03-31,cueda,\n"
      "nightly,automation,,,,,bot,\n"
      "\"Vendor, Inc. night shift\",provider,,,,,rt=vendor1,\n"
      "SOC desk,shared,csirt,no,,2026/3/1,rt=soc,\n");
  CHECK(found.wrong().empty());
  REQUIRE(found.people.size() == 5);
  CHECK(told(found.people[0]) == "Aiko Sato human csirt redmine=Aiko Sato rt=asato rt=aiko");
  CHECK(told(found.people[1]) == "Chiyo Ueda human  head from 2024-04-01T00:00:00Z until 2026-04-01T00:00:00Z *=cueda");  // through the last day
  CHECK(told(found.people[2]) == "nightly automation  *=bot");
  CHECK(told(found.people[3]) == "Vendor, Inc. night shift provider  rt=vendor1");
  CHECK(told(found.people[4]) == "SOC desk shared csirt until 2026-03-02T00:00:00Z rt=soc");
  CHECK(found.people[4].line == 6);
}

TEST_CASE("UTF-8 with and without a mark, Shift_JIS, LF and CRLF: the same people") {
  const std::string utf8 = "氏名,所属,アカウント\r\n佐藤愛子,分析,asato\r\n";
  const std::string marked = "\xEF\xBB\xBF" + utf8;
  for (const std::string& bytes : {utf8, marked, shift_jis}) {
    const PeopleRead found = read_people(bytes);
    CHECK(found.wrong().empty());
    REQUIRE(found.people.size() == 1);
    CHECK(told(found.people[0]) == "佐藤愛子 human 分析 *=asato");
  }
  CHECK(as_utf8("\x87\x40", "x").value() == "①");  // what CP932 has and Shift_JIS has not
}

TEST_CASE("what a spreadsheet can get wrong is said with its line") {
  CHECK(read_people("").wrong() == "people.csv: is empty; the first line names the columns: name, team, accounts, ...\n");
  CHECK(read_people("team,accounts\ncsirt,a\n").wrong() ==
        "people.csv:1: the first line names no column \"name\" (氏名); the first line names the columns: name, team, accounts, ...\n");
  CHECK(read_people("name,taem\na,b\n").wrong() == "people.csv:1: \"taem\" is neither a column of the roster nor a source; did you mean \"team\"?\n");
  CHECK(read_people("name,redmin\na,b\n").wrong() ==
        "people.csv:1: \"redmin\" is neither a column of the roster nor a source; did you mean \"redmine\"?\n");
  CHECK(read_people("name,team,チーム\n").wrong() == "people.csv:1: two columns say \"チーム\"; keep one of them\n");
  CHECK(read_people("name\n\"\"\nname,x\n").wrong() == "people.csv:3: there are 2 fields under 1 columns; quote a field that holds a comma\n");
  CHECK(read_people("name,team\n,csirt\n").wrong() == "people.csv:2: a person without a name; fill the column name\n");
  CHECK(read_people("name,kind\na,robot\n").wrong() == "people.csv:2: \"robot\" is no kind of actor; write human, automation, provider or shared\n");
  CHECK(read_people("name,head\na,maybe\n").wrong() ==
        "people.csv:2: \"maybe\" under head is neither true nor false; write true, or leave it empty\n");
  CHECK(read_people("name,left\na,31.3.2026\n").wrong() == "people.csv:2: \"31.3.2026\" is no date; write 2026-03-31\n");
  CHECK(read_people("name,accounts\na,rt=\n").wrong() == "people.csv:2: \"rt=\" is no account; write source=account\n");
  CHECK(read_people("name\n\"a\n").wrong() ==
        "people.csv:2: a quote that begins here is not closed; close it, or double it where it belongs to the text\n");
  CHECK(read_people("name\nok\nab\x81\n").wrong() == "people.csv:3: holds bytes that are neither UTF-8 nor Shift_JIS; save it as CSV UTF-8\n");
  CHECK(read_people("\xFF\xFEn").wrong() == "people.csv: is UTF-16; save it as CSV UTF-8\n");
  CHECK(read_people("name,kind,left\na,robot,x\nb,,y\n").errors.size() == 3);  // all of them at once
}

TEST_CASE("people_file stands beside people:, and what holds of one holds across both") {
  const PeopleFolder folder;
  const std::string yaml = std::string("people_file: people.csv\npeople:\n  - {name: Aiko Sato, team: csirt, accounts: asato}\n") + sources;
  const ConfigRead good = folder.config(yaml, "name,rt\nBunta Tanaka,btanaka\n");
  CHECK(good.errors.empty());
  CHECK(good.config.roster.people().size() == 2);
  CHECK(good.config.roster.who("rt", "btanaka")->name == "Bunta Tanaka");
  CHECK(good.config.people_file == (folder.path / "people.csv").string());
  const auto refused = [&](const std::string& csv) {
    const ConfigRead read = folder.config(yaml, csv);
    REQUIRE(read.errors.size() == 1);
    return sentence(read.errors[0]).substr(folder.path.string().size() + 1);
  };
  CHECK(refused("name,rt\nAiko Sato,x\n").starts_with("people.csv:2: \"Aiko Sato\" is on the roster twice, first on "));
  CHECK(refused("name,accounts\nb,asato\n").starts_with("people.csv:2: account \"asato\" is Aiko Sato's already ("));
  CHECK(refused("name,accounts\nb,rtt=b\n") == "people.csv:2: \"b\" has an account in \"rtt\", which is no source; did you mean \"rt\"?");
  CHECK(refused("name,kind,head\nb,shared,true\n") == "people.csv:2: an authorised head has to be a human; remove head: true or mend kind:");
  CHECK(refused("name,joined,left\nb,2026-04-02,2026-04-01\n") == "people.csv:2: \"b\" left before joining; mend joined: or left:");
  const ConfigRead missing = read_config_text("people_file: nowhere.csv\n" + std::string(sources), "akashi.yaml");
  REQUIRE(missing.errors.size() == 1);
  CHECK(sentence(missing.errors[0]) == "akashi.yaml:1 people_file: \"nowhere.csv\" cannot be read; look at its name and its permissions");
}

TEST_CASE("who was seen, in which source and when, and when cases say that they began") {
  const samples::TempDir folder;
  const auto store = samples::writer(folder.file("a.db"));
  REQUIRE(samples::why(samples::keep_pages(*store, 0, 4)) == "ok");
  const auto all = store->activities_after("", 1000).value();
  const auto seen = store->actors_seen(Instant::max()).value();
  std::set<std::string> actors;
  for (const ActorSeen& one : seen) {
    CHECK(actors.insert(one.source + " " + one.actor).second);
    for (const Activity& act : all)
      if (act.source == one.source && act.actor == one.actor) CHECK(act.time <= one.last);
  }
  for (const Activity& act : all) CHECK(actors.contains(act.source + " " + act.actor));
  CHECK(store->actors_seen(samples::at(-1)).value().empty());
  const auto opened = store->cases_opened().value();
  CHECK_FALSE(opened.empty());
  for (const auto& [id, when] : opened) CHECK(store->cases({id}).value().at(0).opened == when);
}

TEST_CASE("the list of people says who is known, who was seen, who has left") {
  PeopleReport report{.people = {}, .unknown = 2, .told_apart = true, .as_of = *parse_time("2026-04-10")};
  Person one;
  one.name = "佐藤愛子";
  one.team = "分析";
  one.head = true;
  one.accounts = {{"*", "asato"}, {"redmine", "Aiko Sato"}};
  report.people.push_back({one, *parse_time("2026-04-09")});
  one = {};
  one.name = "Bunta Tanaka";
  one.tenure.until = *parse_time("2026-04-01");
  report.people.push_back({one, std::nullopt});
  one.name = "SOC desk";
  one.kind = ActorKind::shared;
  one.tenure = {};
  report.people.push_back({one, std::nullopt});
  std::ostringstream en, ja;
  print_people(Screen(en, Lang::en, false, 100), report);
  print_people(Screen(ja, Lang::ja, false, 100), report);
  for (const char* part : {"asato; redmine: Aiko Sato", "2026-04-09", "head", "left 2026-03-31", "never", "shared", "counts for nothing: 2."})
    CHECK(en.str().find(part) != std::string::npos);
  for (const char* part : {"承認者", "離任 2026-03-31", "なし", "共用", "名簿にないアカウント2個"}) CHECK(ja.str().find(part) != std::string::npos);
  const std::string json = people_json(report);
  for (const char* part :
       {"\"present\": false", "\"left\": \"2026-03-31\"", "\"unknown_accounts\": 2", "\"last_seen\": null", "\"kind\": \"shared\""})
    CHECK(json.find(part) != std::string::npos);
}

TEST_CASE("in the config people join and leave too") {
  const ConfigRead read =
      read_config_text("people:\n  - {name: a, joined: 2024-04-01, left: 2026-03-31, accounts: a}\n" + std::string(sources), "x.yaml");
  CHECK(read.errors.empty());
  const Tenure tenure = read.config.roster.people()[0].tenure;
  CHECK(tenure.begun(*parse_time("2024-04-01T00:00:00Z")));
  CHECK_FALSE(tenure.begun(*parse_time("2024-03-31T23:59:59Z")));
  CHECK_FALSE(tenure.ended(*parse_time("2026-03-31T23:59:59Z")));
  CHECK(tenure.ended(*parse_time("2026-04-01T00:00:00Z")));
}
