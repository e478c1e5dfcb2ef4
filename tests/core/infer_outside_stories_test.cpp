// The outsourced ladder, for every one of the 28 services: each rung as a story, each story with one piece missing or wrong, and each state.
#include "catch.hpp"
#include "core/vocabulary.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

const std::string service_description(description_role), expected_result(expectation_role);

bool on_demand(const std::string& service) { return !default_criteria(service).clock_runs_always(); }

// A provider does it and reports; "boss" looks at what comes, two days later.
struct Provided : Soc {
  std::string service;
  Contract contract;
  int report = 0;

  explicit Provided(std::string id, Assignment assigned = Assignment::outsource, int history_days = 500)
      : Soc("2026-04-01T09:00:00Z", history_days), service(std::move(id)), contract(outsource(service, assigned)) {}
  Provided(const Provided& other) : Soc(other), service(other.service), contract{*this, other.service}, report(other.report) {}
  Provided& operator=(const Provided&) = delete;

  std::string last_report() const { return "rt:ticket/r" + std::to_string(report); }
  Provided& comes() {
    ++report;
    contract.reports(last_report());
    return *this;
  }
  Provided& month(const std::string& words = "") {
    comes();
    days_pass(2);
    contract.looked_at(last_report(), "boss", words);
    days_pass(28);
    return *this;
  }
  // As much as the rung needs: a report, a look, a description, a note, an expectation in advance, a judgement with a figure of own data.
  Provided& reaches(int rung) {
    if (rung >= 3) contract.writes(service_description, "Description");
    if (rung >= 4) contract.writes(expected_result, "Expectation");
    hours_pass(1);
    if (rung == 1) comes().days_pass(30);
    else month(rung < 4 ? "" : rung == 4 ? "noted missed checked" : "noted met checked");
    return *this;
  }
  [[nodiscard]] Finding told() const {
    if (view.profile.at(service).assigned == Assignment::outsource) return finding(service);
    for (auto& one : infer_all(view))
      if (one.service == service && one.ladder == "outsource") return one;
    return {};
  }
  [[nodiscard]] int now() const { return told().rung.value_or(0); }
  [[nodiscard]] State state_now() const { return told().state; }
  std::vector<Evidence>& items() { return view.items[service]; }
  Evidence& look() { return *std::ranges::find(items(), EvidenceKind::review, &Evidence::kind); }
  Document& paper(const std::string& role) { return *std::ranges::find(view.documents, role, &Document::role); }
};

struct OutsideMiss {
  const char* what;
  int rung;  // reached before, less one piece
  int told;  // what is left of it; 0: no rung
  void (*change)(Provided&);
};

const std::vector<OutsideMiss>& near_misses_of_the_look() {
  static const std::vector<OutsideMiss> all{
      {"nobody looked", 2, 1, [](Provided& it) { std::erase_if(it.items(), [](const Evidence& one) { return one.kind == EvidenceKind::review; }); }},
      {"the provider's person looked", 2, 1, [](Provided& it) { it.look().actor_kind = ActorKind::provider; }},
      {"a bot looked", 2, 1, [](Provided& it) { it.look().actor_kind = ActorKind::automation; }},
      {"an account looked that nobody is named for", 2, 0, [](Provided& it) { it.look().actor_kind = ActorKind::unknown; }},
      {"an account looked that several people use", 2, 0, [](Provided& it) { it.look().actor_kind = ActorKind::shared; }},
      {"the look was at a report on another service", 2, 1,
       [](Provided& it) {
         it.view.items["A-1"].push_back(it.look());
         std::erase_if(it.items(), [](const Evidence& one) { return one.kind == EvidenceKind::review; });
       }},
      {"the look was at another report", 2, 1, [](Provided& it) { it.look().case_id = "rt:ticket/older", it.look().time -= days(40); }},
      {"the look moved on twenty others in that second", 2, 1,
       [](Provided& it) {
         const auto look = it.look();
         for (int i = 0; i < 21; ++i) {
           it.items().push_back(look);
           it.items().back().uid += "/" + std::to_string(i);
           it.items().back().case_id = "rt:ticket/old" + std::to_string(i);
         }
       }},
      {"the look was part of a drill", 2, 1, [](Provided& it) { it.look().drill = true; }},
      {"the next report came, and its two weeks passed", 5, 1, [](Provided& it) { it.comes().days_pass(15); }},
  };
  return all;
}

const std::vector<OutsideMiss>& near_misses_of_understanding() {
  static const std::vector<OutsideMiss> all{
      {"there is no description", 3, 2, [](Provided& it) { it.view.documents.clear(); }},
      {"the description is of another service", 3, 2, [](Provided& it) { it.paper(service_description).services = {"A-1"}; }},
      {"what there is is a procedure", 3, 2, [](Provided& it) { it.paper(service_description).role = procedure_role; }},
      {"the description was looked into 366 days ago", 3, 2,
       [](Provided& it) { it.paper(service_description).published = it.view.as_of - days(366); }},
      {"the provider wrote the description, and nobody inside reviewed it", 3, 2,
       [](Provided& it) { it.paper(service_description).author = "supplier"; }},
      {"nobody knows who wrote the description", 3, 2, [](Provided& it) { it.paper(service_description).author.clear(); }},
      {"the provider's version came after the one that was reviewed", 3, 2,
       [](Provided& it) {
         it.view.documents.push_back(it.paper(service_description));
         it.view.documents.back().version = "2";
         it.view.documents.back().author = "supplier";
         it.view.documents.back().published = it.view.as_of - days(1);
       }},
      {"only the provider noted what follows", 5, 3,
       [](Provided& it) {
         it.contract.looked_at(it.last_report(), "supplier", it.look().verdict, ActorKind::provider);
         it.look().verdict.clear();
       }},
      {"an account that nobody is named for noted it", 5, 3,
       [](Provided& it) {
         it.contract.looked_at(it.last_report(), "u-1", it.look().verdict, ActorKind::unknown);
         it.look().verdict.clear();
       }},
      {"the description went out of date", 5, 3, [](Provided& it) { it.paper(service_description).published = it.view.as_of - days(366); }},
      {"nothing was noted, only judged", 5, 3, [](Provided& it) { it.look().verdict = "met checked"; }},
  };
  return all;
}

const std::vector<OutsideMiss>& near_misses_of_expectation() {
  static const std::vector<OutsideMiss> all{
      {"nothing was expected in writing", 5, 3, [](Provided& it) { it.view.documents.pop_back(); }},
      {"nothing was expected in writing, and it was missed", 4, 3, [](Provided& it) { it.view.documents.pop_back(); }},
      {"the expectation was written after the report", 5, 3, [](Provided& it) { it.paper(expected_result).published = it.view.as_of - days(20); }},
      {"the expectation was written after the report that missed it", 4, 3,
       [](Provided& it) { it.paper(expected_result).published = it.view.as_of - days(20); }},
      {"the expectation is of another service", 5, 3, [](Provided& it) { it.paper(expected_result).services = {"A-1"}; }},
      {"nobody judged the report", 5, 3, [](Provided& it) { it.look().verdict = "noted checked"; }},
      {"the provider judged it", 5, 3,
       [](Provided& it) {
         it.look().verdict = "noted checked";
         it.contract.looked_at(it.last_report(), "supplier", "met", ActorKind::provider);
       }},
      {"it rests on the provider's own figures", 5, 4, [](Provided& it) { it.look().verdict = "noted met"; }},
      {"the provider checked the provider's figures", 5, 4,
       [](Provided& it) {
         it.look().verdict = "noted met";
         it.contract.looked_at(it.last_report(), "supplier", "checked", ActorKind::provider);
       }},
      {"a second expectation came after the report", 5, 3,
       [](Provided& it) {
         it.contract.writes(expected_result, "Another expectation");
         it.view.documents.back().published = it.view.as_of - days(20);
       }},
      {"one figure was met and another missed", 5, 4, [](Provided& it) { it.contract.looked_at(it.last_report(), "boss", "missed"); }},
      {"the last report was looked at, and not judged", 5, 4, [](Provided& it) { it.month("noted"); }},
      {"a later report missed it", 5, 4, [](Provided& it) { it.month("noted missed"); }},
  };
  return all;
}

void near_misses_hold(const std::vector<OutsideMiss>& misses) {
  for (const auto& service : judged_services())
    for (const auto& miss : misses) {
      INFO(service << ": " << miss.what);
      Provided it(service);
      it.reaches(miss.rung);
      REQUIRE(it.now() == miss.rung);
      miss.change(it);
      CHECK(it.now() == miss.told);
      CHECK_FALSE(it.told().missing.empty());
    }
}

}  // namespace

TEST_CASE("outsourced stories: every rung of every service, done by a provider alone or by both") {
  for (const auto& service : judged_services())
    for (const auto assigned : {Assignment::outsource, Assignment::combined})
      for (int rung = 1; rung <= 5; ++rung) {
        INFO(service << " " << rung);
        Provided it(service, assigned);
        it.reaches(rung);
        const auto found = it.told();
        CHECK(found.ladder == "outsource");
        CHECK(found.rung.value_or(0) == rung);
        CHECK(found.missing.empty() == (rung == 5));
        CHECK_FALSE(found.sufficient.empty());
        CHECK(found.state == (rung == 1 ? State::missed_demand : State::exercised));
      }
}

TEST_CASE("outsourced near misses: who looked, and at what") { near_misses_hold(near_misses_of_the_look()); }
TEST_CASE("outsourced near misses: what was understood, and by whom") { near_misses_hold(near_misses_of_understanding()); }
TEST_CASE("outsourced near misses: what was expected, and who says that it was met") { near_misses_hold(near_misses_of_expectation()); }

TEST_CASE("outsourced: a look that comes late is a look, and is told") {
  for (const auto& service : judged_services()) {
    INFO(service);
    Provided it(service);
    it.reaches(1);
    it.contract.looked_at(it.last_report(), "boss");
    CHECK(it.now() == 2);
    CHECK(it.counter(service) == "counter.late_looks");
  }
}

TEST_CASE("outsourced, a clock that always runs: no report is a lapse once it could be seen, and not before") {
  for (const auto& service : judged_services()) {
    if (on_demand(service)) continue;
    INFO(service);
    Provided none(service);
    CHECK(none.state_now() == State::unexercised);
    CHECK(none.now() == 1);
    Provided it(service);
    it.month().days_pass(15);
    CHECK(it.state_now() == State::exercised);
    it.days_pass(1);
    CHECK(it.state_now() == State::late);
    CHECK(it.now() == 2);
    it.days_pass(30);
    Provided blind(it);
    blind.source("rt").hides("6 of 100 rows hidden");
    blind.days_pass(2);
    CHECK(blind.state_now() == State::blind);
    CHECK(blind.now() == 2);
    it.days_pass(1);
    CHECK(it.state_now() == State::unexercised);
    CHECK(it.now() == 1);
  }
}

TEST_CASE("outsourced on demand: no case, no report, and no 1") {
  for (const auto& service : judged_services()) {
    if (!on_demand(service)) continue;
    INFO(service);
    const bool drills = default_criteria(service).warn_days > 0;
    Provided quiet(service);
    CHECK(quiet.state_now() == (drills ? State::drill_due : State::no_demand));
    CHECK(quiet.now() == 0);
    Provided blind(quiet);
    blind.source("rt").hides("6 of 100 rows hidden");
    blind.days_pass(2);
    CHECK(blind.state_now() == State::blind);
    CHECK(blind.now() == 0);
    Provided old(service);  // a report that is old says as little as a case that is
    old.month("noted").days_pass(default_criteria(service).look_back_days);
    old.analyst("desk").takes_report();
    CHECK(old.state_now() != State::unexercised);
    CHECK(old.now() == 0);
    Provided owed(service);  // unless the contract says that reports come by the calendar
    owed.profile(service).criteria.report_days = 31;
    CHECK(owed.state_now() == State::unexercised);
    CHECK(owed.now() == 1);
  }
}

TEST_CASE("outsourced on demand: called for, and no report in the agreed time") {
  for (const auto& service : judged_services()) {
    if (!on_demand(service)) continue;
    INFO(service);
    Provided asked(service);
    asked.profile(service).criteria.agreed = std::chrono::hours(24);
    asked.asks(service, "rt:ticket/7");
    asked.hours_pass(24);
    CHECK(asked.state_now() != State::missed_demand);
    asked.hours_pass(1);
    CHECK(asked.state_now() == State::missed_demand);
    CHECK(asked.now() == 1);
    Provided reported(asked);
    reported.month();
    CHECK(reported.now() == 2);
    CHECK(reported.state_now() == State::exercised);
    Provided done(asked);
    done.provider("supplier").does({.service = service, .case_id = "rt:ticket/7"});
    CHECK(done.state_now() == State::exercised);  // the work is seen; nobody inside has looked at any of it
    CHECK(done.now() == 0);
    Provided hidden(service);
    hidden.profile(service).criteria.agreed = std::chrono::hours(24);
    hidden.asks(service, "rt:ticket/7");
    hidden.source("rt").goes_down();
    hidden.hours_pass(30);
    CHECK(hidden.now() == 0);
    Provided unagreed(service);
    unagreed.profile(service).criteria.agreed = std::chrono::hours(0);
    unagreed.asks(service, "rt:ticket/7");
    unagreed.days_pass(3);
    CHECK(unagreed.state_now() != State::missed_demand);
    CHECK(unagreed.state_now() != State::no_demand);
    CHECK(unagreed.now() == 0);
  }
}

TEST_CASE("outsourced: what is not assigned, not needed or not to be seen has no rung") {
  for (const auto& service : judged_services()) {
    INFO(service);
    Provided unassigned(service, Assignment::unassigned);
    unassigned.month("noted met checked");
    CHECK(unassigned.finding(service).state == State::not_observable);
    CHECK(unassigned.rung(service) == 0);
    Provided unnecessary(service);
    unnecessary.profile(service).level = "unnecessary";
    CHECK(unnecessary.month().state_now() == State::out_of_scope);
    CHECK(unnecessary.now() == 0);
    Provided declined(service);
    declined.profile(service).not_applicable = true;
    CHECK(declined.month().state_now() == State::out_of_scope);
    Provided unseen(service);
    for (auto& source : unseen.view.sources) source.could_show_reports.clear();
    CHECK(unseen.state_now() == State::not_observable);
    CHECK(unseen.now() == 0);
    Provided young(service, Assignment::outsource, 20);
    CHECK(young.state_now() == State::insufficient_history);
    CHECK(young.now() == 0);
    Provided fresh(service);
    fresh.comes().days_pass(13);
    CHECK(fresh.state_now() == State::exercised);
    CHECK(fresh.now() == 0);  // its two weeks are not over
  }
}

TEST_CASE("outsourced: a source that cannot be seen into is said before one that is young") {
  Provided it("C-1", Assignment::outsource, 100);
  it.connect("siem", 500, {"C-1"});
  it.view.sources.back().could_show_reports.clear();
  CHECK(it.state_now() == State::insufficient_history);
  it.source("siem").breaks("it refuses the reader");
  it.days_pass(5);
  CHECK(it.state_now() == State::blind);
  CHECK(it.now() == 0);
}

TEST_CASE("combined: one person under two names is one person inside, and the provider is none of them") {
  for (const auto& service : judged_services()) {
    INFO(service);
    Provided it(service, Assignment::combined);
    it.profile(service).team = "csirt";
    it.items().clear();
    for (const auto* who : {"a", "a", "b"}) it.worker(who).does({.service = service});
    it.provider("supplier").does({.service = service});
    CHECK(it.rung(service) == 3);
    for (auto& item : it.items())
      if (item.actor == "b") item.actor = "a";
    CHECK(it.rung(service) == 2);
    CHECK(it.finding(service).ladder == "insource");
  }
}

TEST_CASE("service levels that the own tool measured stand for a figure of own data, and misses speak against") {
  for (const auto& service : judged_services()) {
    INFO(service);
    Provided it(service);
    it.reaches(4);
    it.look().verdict = "noted met";
    REQUIRE(it.now() == 4);
    Provided met(it);
    met.contract.measures(true);
    CHECK(met.now() == 5);
    CHECK(met.reasons(service).ends_with("outside.as_measured"));
    Provided missed(met);
    missed.contract.measures(false);
    CHECK(missed.now() == 4);
    CHECK(missed.counter(service).ends_with("counter.levels_missed"));
    Provided combined(met);
    combined.profile(service).assigned = Assignment::combined;
    CHECK(combined.now() == 4);  // nobody can tell whose work was measured
    Provided other(it);
    Soc::Contract{other, "A-1"}.measures(true);
    CHECK(other.now() == 4);
    Provided unjudged(met);
    unjudged.look().verdict = "noted";
    CHECK(unjudged.now() == 3);  // a clock judges nothing
    Provided old(met);
    old.items().back().time -= days(400);
    CHECK(old.now() == 4);
  }
}

TEST_CASE("a service level missed is answered by a figure checked on a report that came after it") {
  Provided it("B-1");
  it.contract.writes(service_description, "Description").writes(expected_result, "Expectation");
  it.hours_pass(1);
  it.month("noted met checked");
  it.contract.measures(false);
  CHECK(it.now() == 5);  // what came since the last report is told, and not yet judged
  CHECK(it.counter("B-1").ends_with("counter.levels_missed"));
  it.days_pass(1);
  Provided unchecked(it);
  unchecked.month("noted met");
  CHECK(unchecked.now() == 4);
  CHECK(unchecked.reasons("B-1").ends_with("outside.level_missed"));
  it.month("noted met checked");
  CHECK(it.now() == 5);
}
