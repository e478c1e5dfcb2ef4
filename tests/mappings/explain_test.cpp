#include "mappings/engine/explain.hpp"

#include <set>

#include "catch.hpp"
#include "mappings/engine/lint.hpp"
#include "mappings/engine/read_rule.hpp"
#include "mappings/engine/rules.hpp"

using namespace akashi;

namespace {

const Rule& rule_called(const std::string& file) {
  static const auto loaded = load_rules(AKASHI_SOURCE_DIR "/mappings/rules");
  const auto found = std::ranges::find_if(loaded.rules, [&](const Rule& rule) { return rule.file.ends_with(file); });
  REQUIRE(found != loaded.rules.end());
  return *found;
}

}  // namespace

TEST_CASE("a rule that matches names its services") {
  const Sample sample{{{Field::kind, {"case.closed"}}, {Field::services, {"C-1", "C-2"}}}, true, {}};
  const SampleRow row(sample);
  const auto said = explain(rule_called("place/work_done.yaml"), row.row());
  CHECK(said.matches);
  CHECK(said.services == std::vector<std::string>{"C-1", "C-2"});
  CHECK(said.why_not.empty());
}

TEST_CASE("a rule that does not match says which selections decided, and what the activity held") {
  const Sample sample{{{Field::kind, {"case.progressed"}}, {Field::matter, {"incident"}}, {Field::meaning, {"done"}}}, true, {}};
  const SampleRow row(sample);
  const auto said = explain(rule_called("D/d2_incident_handled.yaml"), row.row());
  CHECK_FALSE(said.matches);
  CHECK(said.services.empty());
  CHECK(said.why_not == "decided does not hold, taken does not hold, over holds");
  REQUIRE(said.selections.size() == 4);
  CHECK(said.selections[0].name == "decided");
  REQUIRE(said.selections[0].alternatives.size() == 1);
  const auto& items = said.selections[0].alternatives[0];
  REQUIRE(items.size() == 2);
  CHECK(items[0].written == "kind: case.commented, case.answered, case.closed, case.refused");
  CHECK(items[0].actual == "case.progressed");
  CHECK_FALSE(items[0].holds);
  CHECK(items[1].holds);
}

TEST_CASE("a rule of places says when the place was given to nobody") {
  const Sample sample{{{Field::kind, {"case.closed"}}}, true, {}};
  const SampleRow row(sample);
  CHECK(explain(rule_called("place/work_done.yaml"), row.row()).why_not == "the organisation gave the place of this activity to no service");
}

TEST_CASE("all rules answer, those that match first and near misses before far ones") {
  const auto loaded = load_rules(AKASHI_SOURCE_DIR "/mappings/rules");
  const Sample sample{{{Field::kind, {"case.closed"}}, {Field::matter, {"incident"}}, {Field::severity, {"high"}}}, true, {}};
  const SampleRow row(sample);
  const auto all = explain_all(loaded.rules, row.row());
  REQUIRE(all.size() == loaded.rules.size());
  CHECK(all[0].said.matches);
  CHECK(all[1].said.matches);
  CHECK_FALSE(all[2].said.matches);
  CHECK(std::set<std::string>{all[0].rule->service, all[1].rule->service} == std::set<std::string>{"D-2", "D-7"});
  for (std::size_t i = 2; i < all.size(); ++i) CHECK_FALSE(all[i].said.why_not.empty());
}

TEST_CASE("the shipped rules leave nothing to remark") {
  const auto loaded = load_rules(AKASHI_SOURCE_DIR "/mappings/rules");
  for (const auto& remark : lint(loaded.rules)) FAIL_CHECK(sentence(remark));
}

TEST_CASE("remarks name what deserves a second look") {
  std::vector<Rule> rules;
  const auto add = [&](const std::string& rest) {
    std::vector<Error> errors;
    auto rule = read_rule(
        "title: t\nid: 00000000-0000-4000-8000-00000000000" + std::to_string(rules.size()) +
            "\nstatus: experimental\nservice: D-2\nwhy: w\nauthor: a\ndate: 2026-11-21\nevidence: exercise\nfalsepositives: [none known]\n" + rest,
        std::to_string(rules.size()) + ".yaml", errors);
    for (const auto& error : errors) FAIL(sentence(error));
    rules.push_back(std::move(*rule));
  };
  const std::string tests =
      "tests:\n  - match: {kind: case.closed, title: aaa}\n  - match: {kind: case.closed, title: aaab}\n"
      "  - no_match: {kind: case.commented, title: b}\n  - no_match: {kind: case.commented, title: bb}\n";
  add("a: {kind: case.closed}\ncondition: a\n");
  add("a: {title: aaa*}\ncondition: a\n" + tests);
  add("a: {kind: [case.closed, case.opened]}\ncondition: a\n" + tests);
  add("a: {kind: 'case.*', title|re: '^a'}\ncondition: a\n" + tests);
  add("other: {kind: case.closed}\ncondition: other\n" + tests);
  std::vector<std::string> said;
  for (const auto& remark : lint(rules)) said.push_back(remark.where + ": " + remark.what);
  CHECK(said == std::vector<std::string>{
                    "0.yaml: has 0 matching and 0 other tests",
                    "1.yaml: can match any kind of activity",
                    "2.yaml: counts the opening of an item as an exercise",
                    "3.yaml: counts the opening of an item as an exercise",
                    "3.yaml: the expression \"^a\" has to be asked of every title",
                    "4.yaml: says the same as 0.yaml",
                });
}
