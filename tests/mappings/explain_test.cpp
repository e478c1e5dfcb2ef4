#include "mappings/engine/explain.hpp"

#include "catch.hpp"
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
