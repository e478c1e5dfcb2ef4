// Judging with a real store: what is stored must not depend on when a tool was polled, nor on when the roster was written.
#include "collector/judge.hpp"

#include <unistd.h>

#include <filesystem>

#include "catch.hpp"
#include "collector/store/sqlite_store.hpp"
#include "mappings/engine/rules.hpp"

using namespace akashi;
namespace fs = std::filesystem;

namespace {

const Instant noon = *parse_time("2026-03-10T12:00:00Z");

PlaceEntry place(const std::string& queue, const std::string& matter) {
  PlaceEntry entry;
  entry.when.conditions = {{"place", {queue}}};
  entry.matter = matter;
  entry.asked = {"new"};
  entry.working = {"open"};
  entry.done = {"resolved"};
  return entry;
}

// A store in a folder of its own, and the shipped rules over two queues.
struct JudgeBench {
  fs::path folder = fs::temp_directory_path() / fs::path("akashi-judge-" + std::to_string(getpid()) + "-" + std::to_string(++count));
  std::unique_ptr<Store> store;
  Matcher matcher;
  std::map<std::string, SourceMeaning> meanings{
      {"rt", {OrgMap({place("Incidents", "incident"), place("General", "operation"), place("Procedures", "procedure")}), {}}}};
  Pseudonyms pseudonyms{std::string(32, 'k'), false};
  Roster roster;
  Actors actors;
  std::int64_t poll = 0;
  static inline int count = 0;

  JudgeBench() : matcher(*Matcher::compile(load_rules(fs::path(AKASHI_SOURCE_DIR) / "mappings/rules").rules)) {
    fs::create_directories(folder);
    store = *open_store((folder / "a.db").string(), OpenMode::write);
    know({Person{.name = "Aiko Sato", .kind = ActorKind::human, .team = "csirt", .head = false, .accounts = {{"rt", "asato"}}, .line = 1}});
    poll = *store->begin_poll("rt", "transactions", noon);
  }
  ~JudgeBench() { fs::remove_all(folder); }
  void know(std::vector<Person> people) {
    roster = Roster(std::move(people));
    actors = Actors(roster, pseudonyms, {"rt"});
  }
  Activity act(int id, const std::string& account, const std::string& kind) const {
    Activity one;
    one.uid = "rt/transactions/" + std::to_string(id);
    one.source = "rt";
    one.stream = "transactions";
    one.product = "rt";
    one.time = noon + std::chrono::minutes(id);
    one.seen = noon + days(1);
    one.kind = kind;
    one.actor = pseudonyms.of(Roster{}, "rt", account).actor;
    one.case_id = "rt:ticket/1";
    return one;
  }
  static CaseState ticket(const std::string& queue, const std::string& version) {
    CaseState one;
    one.id = "rt:ticket/1";
    one.source = "rt";
    one.place = queue;
    one.status = "open";
    one.version = version;
    return one;
  }
  void keep(std::vector<Activity> activities, std::vector<CaseState> cases) {
    Page page;
    page.source = "rt";
    page.stream = "transactions";
    page.activities = std::move(activities);
    page.cases = std::move(cases);
    page.next_state = "x";
    auto commit = Judge(matcher, meanings, actors).page(page, *store);
    REQUIRE(commit);
    commit->poll = poll;
    const Status kept = store->keep(*commit);
    INFO((kept ? "" : sentence(kept.error())));
    REQUIRE(kept);
  }
  std::vector<std::string> counted(const std::string& service) const {
    std::vector<std::string> uids;
    const auto items = store->evidence({.service = service, .source = {}, .case_id = {}, .within = {}, .limit = 0});
    REQUIRE(items);
    for (const Evidence& one : *items)
      if (one.kind == EvidenceKind::exercise) uids.push_back(one.uid + " " + one.actor);
    return uids;
  }
};

}  // namespace

TEST_CASE("a ticket that moves to the incident queue takes its earlier work along") {
  JudgeBench moved;
  moved.keep({moved.act(1, "asato", "case.commented")}, {JudgeBench::ticket("General", "1")});
  CHECK(moved.counted("D-2").empty());
  moved.keep({moved.act(2, "asato", "case.changed")}, {JudgeBench::ticket("Incidents", "2")});

  JudgeBench late;  // polled only once, after the move
  late.keep({late.act(1, "asato", "case.commented"), late.act(2, "asato", "case.changed")}, {JudgeBench::ticket("Incidents", "2")});
  CHECK(moved.counted("D-2") == late.counted("D-2"));
  CHECK(moved.counted("D-2").size() == 1);
  CHECK(moved.counted("G-11") == late.counted("G-11"));
}

TEST_CASE("all that a person wrote on a case is one wording, whenever the tool was polled") {
  const auto wordings = [](std::size_t a_page, std::vector<std::int64_t> texts) {
    JudgeBench bench;
    std::vector<Activity> acts;
    for (const auto text : texts) {
      const auto id = static_cast<int>(acts.size()) + 1;
      acts.push_back(bench.act(id, text < 0 ? "somebody" : "asato", "case.progressed"));
      acts.back().wording = text;
      acts.back().status = "open";
    }
    for (std::size_t i = 0; i < acts.size(); i += a_page) {
      const auto from = acts.begin() + static_cast<std::ptrdiff_t>(i);
      bench.keep({from, from + static_cast<std::ptrdiff_t>(std::min(a_page, acts.size() - i))}, {JudgeBench::ticket("Incidents", std::to_string(i))});
    }
    const auto items = bench.store->evidence({.service = "D-2", .source = {}, .case_id = {}, .within = {}, .limit = 0});
    REQUIRE(items);
    std::set<std::int64_t> found;
    const auto person = bench.pseudonyms.of(bench.roster, "rt", "asato").actor;
    for (const Evidence& one : *items)
      if (one.actor == person) found.insert(one.wording);
    REQUIRE(found.size() == 1);
    return *found.begin();
  };
  CHECK(wordings(9, {0, 0}) == 0);
  CHECK(wordings(9, {0, 7, 0, 7}) == 7);
  CHECK(wordings(1, {0, 7, 0, 7}) == 7);
  CHECK(wordings(9, {7, -9}) == 7);  // what somebody else wrote is theirs
  const auto two = wordings(9, {7, 0, 11});
  CHECK(two != 7);
  CHECK(two != 11);
  CHECK(wordings(2, {11, 7, 0}) == two);
}

TEST_CASE("a procedure kept as a ticket is a document, whenever the tool was polled") {
  const auto documents = [](std::vector<int> polls) {
    JudgeBench bench;
    bench.meanings.at("rt").tickets = {.services = "Covers", .owner = "", .version = "Edition", .reviewed = "", .role = ""};
    std::vector<Activity> acts{bench.act(1, "asato", "case.opened"), bench.act(2, "asato", "case.commented"), bench.act(3, "head", "case.progressed"),
                               bench.act(4, "asato", "case.commented")};
    acts[2].status = "resolved";
    std::vector<Activity> page;
    for (std::size_t i = 0; i < acts.size(); ++i) {
      page.push_back(acts[i]);
      if (std::ranges::find(polls, static_cast<int>(i) + 1) == polls.end() && i + 1 < acts.size()) continue;
      auto ticket = JudgeBench::ticket("Procedures", std::to_string(i));
      ticket.title = "IR-01 Incident handling";
      ticket.status = i >= 2 ? "resolved" : "new";
      ticket.fields = {{"Covers", "D-2"}, {"Edition", "1"}};
      bench.keep(std::exchange(page, {}), {ticket});
    }
    auto found = bench.store->documents();
    REQUIRE(found);
    return *found;
  };
  const auto once = documents({});
  REQUIRE(once.size() == 1);
  CHECK(once.front().services == std::vector<std::string>{"D-2"});
  CHECK(once.front().published == noon + std::chrono::minutes(3));
  CHECK(once == documents({1, 2, 3}));
  CHECK(once == documents({2}));
}

TEST_CASE("a procedure kept as a ticket leaves force with its ticket, and comes and goes with the map") {
  JudgeBench bench;
  const auto services = [&] {
    const auto found = bench.store->documents();
    REQUIRE(found);
    return found->empty() ? std::string("none") : found->front().services.empty() ? std::string("not in force") : found->front().services.front();
  };
  const auto ticket = [](const std::string& queue, const std::string& version, const std::string& status) {
    auto one = JudgeBench::ticket(queue, version);
    one.title = "IR-01 Incident handling v1";
    one.status = status;
    one.labels = {"D-2"};
    return one;
  };
  auto closed = bench.act(2, "head", "case.progressed"), reopened = bench.act(3, "head", "case.progressed"),
       again = bench.act(4, "head", "case.progressed");
  closed.status = again.status = "resolved";
  reopened.status = "open";
  bench.keep({bench.act(1, "asato", "case.opened"), closed}, {ticket("Procedures", "2", "resolved")});
  CHECK(services() == "D-2");
  bench.keep({reopened}, {ticket("Procedures", "3", "open")});
  CHECK(services() == "not in force");
  bench.keep({again}, {ticket("Procedures", "4", "resolved")});
  CHECK(services() == "D-2");
  bench.keep({bench.act(5, "asato", "case.changed")}, {ticket("General", "5", "resolved")});  // moved to another queue
  CHECK(services() == "not in force");

  bench.meanings.at("rt").map = OrgMap({place("General", "procedure")});  // the map says now that this is where they are
  REQUIRE(Judge(bench.matcher, bench.meanings, bench.actors).everything(*bench.store));
  CHECK(services() == "D-2");
  bench.meanings.at("rt").map = OrgMap({place("General", "operation")});
  REQUIRE(Judge(bench.matcher, bench.meanings, bench.actors).everything(*bench.store));
  CHECK(services() == "not in force");
}

TEST_CASE("an act that is read twice is counted once") {
  JudgeBench bench;
  bench.keep({bench.act(1, "asato", "case.commented")}, {JudgeBench::ticket("Incidents", "1")});
  const auto once = bench.counted("D-2");
  bench.keep({bench.act(1, "asato", "case.commented")}, {JudgeBench::ticket("Incidents", "1")});
  CHECK(once.size() == 1);
  CHECK(bench.counted("D-2") == once);
}

TEST_CASE("somebody who is put on the roster later is counted for earlier work, as one person in all accounts") {
  JudgeBench bench;
  bench.keep({bench.act(1, "asato", "case.commented"), bench.act(2, "btanaka", "case.commented"), bench.act(3, "bt-admin", "case.commented")},
             {JudgeBench::ticket("Incidents", "1")});
  const auto before = bench.store->evidence({.service = "D-2", .source = {}, .case_id = {}, .within = {}, .limit = 0});
  REQUIRE(before);
  std::set<std::string> unknown, people;
  for (const Evidence& one : *before)
    if (one.actor_kind == ActorKind::unknown) unknown.insert(one.actor);
  CHECK(unknown.size() == 2);

  bench.know({Person{.name = "Aiko Sato", .kind = ActorKind::human, .team = "csirt", .head = false, .accounts = {{"rt", "asato"}}, .line = 1},
              Person{.name = "Bunta Tanaka",
                     .kind = ActorKind::human,
                     .team = "csirt",
                     .head = false,
                     .accounts = {{"rt", "btanaka"}, {"rt", "bt-admin"}},
                     .line = 2}});
  REQUIRE(Judge(bench.matcher, bench.meanings, bench.actors).everything(*bench.store));
  const auto after = bench.store->evidence({.service = "D-2", .source = {}, .case_id = {}, .within = {}, .limit = 0});
  REQUIRE(after);
  for (const Evidence& one : *after) {
    CHECK(one.actor_kind == ActorKind::human);
    people.insert(one.actor);
  }
  CHECK(people.size() == 2);
}

TEST_CASE("a procedure named in a note belongs to all work of that person on the case, and to nobody else's") {
  JudgeBench bench;
  Activity note = bench.act(1, "asato", "case.commented");
  note.procedures = {"IR-01"};
  bench.keep({note}, {JudgeBench::ticket("Incidents", "1")});
  bench.keep({bench.act(2, "asato", "case.closed"), bench.act(3, "btanaka", "case.commented")}, {JudgeBench::ticket("Incidents", "2")});
  const auto whole = [&] {
    const auto items = bench.store->evidence({.service = "D-2", .source = {}, .case_id = {}, .within = {}, .limit = 0});
    REQUIRE(items);
    std::map<std::string, std::vector<std::string>> by_uid;
    for (const Evidence& one : *items)
      if (one.kind == EvidenceKind::exercise) by_uid[one.uid] = one.procedures;
    return by_uid;
  };
  const auto counted = whole();
  CHECK(counted.at("rt/transactions/2") == std::vector<std::string>{"IR-01"});
  CHECK(counted.at("rt/transactions/3").empty());
  REQUIRE(Judge(bench.matcher, bench.meanings, bench.actors).everything(*bench.store));
  CHECK(whole() == counted);
}

TEST_CASE("names of people are not in the store") {
  JudgeBench bench;
  bench.keep({bench.act(1, "asato", "case.commented")}, {JudgeBench::ticket("Incidents", "1")});
  for (const std::string& one : bench.counted("D-2")) {
    CHECK(one.find("asato") == std::string::npos);
    CHECK(one.find("Aiko") == std::string::npos);
  }
}
