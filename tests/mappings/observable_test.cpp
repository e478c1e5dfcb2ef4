#include "mappings/engine/observable.hpp"

#include "catch.hpp"
#include "mappings/engine/rules.hpp"

using namespace akashi;

namespace {

using Services = std::set<std::string>;

const std::vector<Rule>& shipped_rules() {
  static const auto loaded = load_rules(AKASHI_SOURCE_DIR "/mappings/rules");
  return loaded.rules;
}

const std::vector<std::string> work_items{"case.opened",    "case.assigned", "case.progressed", "case.classified",
                                          "case.commented", "case.answered", "case.linked",     "case.changed"};

Services shows(std::vector<Capabilities::Place> places, std::vector<std::string> kinds = work_items) {
  return observable(shipped_rules(), {.product = "rt", .kinds = std::move(kinds), .places = std::move(places)});
}

}  // namespace

TEST_CASE("a source without a map shows nothing") { CHECK(shows({}).empty()); }

TEST_CASE("a place shows the services that rules see in its matter") {
  CHECK(shows({{"incident", {}}}) == Services{"D-2", "D-3"});
  CHECK(shows({{"intake", {}}, {"recovery", {}}}) == Services{"D-1", "D-5"});
  CHECK(shows({{"alert", {}}}) == Services{"B-1"});
  CHECK(shows({{"advisory", {}}}) == Services{"B-3"});
  CHECK(shows({{"procedure", {}}, {"approval", {}}, {"ignored", {}}}).empty());
}

TEST_CASE("what only shows the demand for a service does not show the service") {
  // A closed incident calls for a report (D-7), and a severe one for a notice (D-6); neither report nor notice could be seen here.
  const auto found = shows({{"incident", {}}});
  CHECK_FALSE(found.contains("D-6"));
  CHECK_FALSE(found.contains("D-7"));
}

TEST_CASE("a place given to services shows them, and only them, through the rules of places") {
  CHECK(shows({{"", {"C-1", "G-2"}}}) == Services{"C-1", "G-2"});
  CHECK(shows({{"operation", {"G-2"}}}) == Services{"G-2"});
  CHECK(shows({{"operation", {}}}) == Services{"G-11"});
  CHECK(shows({{"operation", {"G-11", "G-10"}}}) == Services{"G-10", "G-11"});
  CHECK(shows({{"incident", {"D-5"}}}) == Services{"D-2", "D-3"});  // incidents are judged by their own rules
}

TEST_CASE("places are looked at one by one: the services of one do not lend themselves to the matter of another") {
  CHECK(shows({{"operation", {"G-2"}}, {"incident", {"G-11"}}}) == Services{"D-2", "D-3", "G-2"});
}

TEST_CASE("kinds that no stream gives are not seen") {
  CHECK(shows({{"incident", {}}}, {"case.opened"}).empty());
  CHECK(shows({{"incident", {}}}, {"case.classified"}) == Services{"D-3"});
  CHECK(shows({{"closing_report", {}}}, {"case.progressed"}) == Services{"D-7"});  // what a status means is joined later
}

TEST_CASE("a console that may not show all the work is no licence to speak of its absence") {
  const std::vector<std::string> console{"policy.changed", "sensor.changed", "rule.changed",  "indicator.blocked",
                                         "host.isolated",  "alert.judged",   "session.opened"};
  for (const auto* product : {"fleet", "crowdstrike", "defender", "sentinelone", "elastic-security", "splunk", "gitlab", "thehive"}) {
    INFO(product);
    CHECK(observable(shipped_rules(), {.product = product, .kinds = console, .places = {}}).empty());
  }
  // Where the organisation says that alerts are watched, their silence is heard.
  CHECK(observable(shipped_rules(), {.product = "thehive", .kinds = console, .places = {{"", {"B-1"}}}}) == Services{"B-1"});
}

TEST_CASE("what no place of the map is about counts only where there can be such a place") {
  // A rule of the organisation's own that leans on no map, and says nothing of silence.
  std::vector<Error> errors;
  const auto rule = read_rule(R"(title: verdict
id: 11111111-2222-4333-8444-555555555555
status: experimental
service: B-1
why: so
author: me
date: 2026-11-21
evidence: exercise
judged: {kind: alert.judged, matter|exists: false}
condition: judged
falsepositives: [none]
)",
                              "r.yaml", errors);
  REQUIRE(rule);
  const std::vector<Rule> rules{*rule};
  Capabilities source{.product = "thehive", .kinds = {"alert.judged"}, .places = {{"ignored", {}}, {"intake", {}}}};
  CHECK(observable(rules, source) == Services{"B-1"});  // alerts in a place that the map does not name
  source.elsewhere = false;                             // the map says something of every place
  CHECK(observable(rules, source).empty());
  source.loose = {"alert.judged"};  // on no item at all, so that no place can be meant
  CHECK(observable(rules, source) == Services{"B-1"});
  source.loose = {"host.isolated"};
  CHECK(observable(rules, source).empty());
}

TEST_CASE("what may be counted is more than what may be missed") {
  const Capabilities console{.product = "thehive", .kinds = {"alert.judged", "alert.raised"}, .places = {}};
  CHECK(observable(shipped_rules(), console).empty());
  CHECK(countable(shipped_rules(), console) == Services{"B-1"});
  CHECK(countable(shipped_rules(), console, true) == Services{"B-1"});
  const Capabilities desk{.product = "rt", .kinds = {"case.opened"}, .places = {{"incident", {}}}};
  CHECK(countable(shipped_rules(), desk).empty());
  CHECK(countable(shipped_rules(), desk, true) == Services{"D-2", "D-3", "D-6"});
}

TEST_CASE("where the tool never says who did it, nothing is shown to be done") {
  Capabilities source{.product = "crowdstrike", .kinds = {"alert.raised"}, .places = {{"", {"B-1"}}}};
  source.nameless = {"alert.judged", "case.opened"};
  CHECK(observable(shipped_rules(), source).empty());
  CHECK(countable(shipped_rules(), source).empty());
  source.places = {{"advisory", {}}};
  CHECK(countable(shipped_rules(), source, true) == Services{"B-3"});  // it may still call for something
}
