#include "mappings/engine/condition.hpp"

#include "catch.hpp"
#include "mappings/engine/explain.hpp"
#include "mappings/engine/read_rule.hpp"

using namespace akashi;

namespace {

// A rule whose selections hold when the activity's title names them.
bool holds(const std::string& condition, const std::vector<std::string>& selections, const std::string& title) {
  std::string text =
      "title: t\nid: 11111111-2222-4333-8444-555555555555\nstatus: experimental\nservice: D-2\nwhy: w\nauthor: a\ndate: 2026-11-21\n"
      "evidence: exercise\nfalsepositives: [none known]\ncondition: " +
      condition + "\n";
  for (const auto& selection : selections) text += selection + ": {title|contains: " + selection + "}\n";
  std::vector<Error> errors;
  const auto rule = read_rule(text, "condition", errors);
  for (const auto& error : errors) FAIL(sentence(error));
  Row row;
  row[Field::title] = title;
  return matches(*rule, row);
}

}  // namespace

TEST_CASE("not binds closest, then and, then or") {
  const std::vector<std::string> one{"a"}, two{"a", "b1"}, three{"a", "b1", "b2"};
  CHECK(holds("a or b1 and b2", three, "a"));
  CHECK_FALSE(holds("(a or b1) and b2", three, "a"));
  CHECK(holds("not a or b1", two, "none"));
  CHECK_FALSE(holds("not (a or b1)", two, "b1"));
  CHECK(holds("not not a", one, "a"));
  CHECK(holds("a and not b1", two, "a"));
  CHECK_FALSE(holds("a and not b1", two, "a b1"));
  CHECK(holds("a AND NOT b1 OR b2", three, "b2"));
}

TEST_CASE("some and all of selections, by name or of them") {
  const std::vector<std::string> several{"b1", "b2"}, all{"a", "b1", "b2"};
  CHECK(holds("1 of b*", several, "b2"));
  CHECK_FALSE(holds("1 of b*", several, "a"));
  CHECK_FALSE(holds("all of b*", several, "b2"));
  CHECK(holds("all of b*", several, "b1 b2"));
  CHECK(holds("1 of them", all, "a"));
  CHECK_FALSE(holds("all of them", all, "a b1"));
  CHECK(holds("all of them", all, "a b1 b2"));
  CHECK(holds("a and not 1 of b*", all, "a"));
  CHECK_FALSE(holds("a and not 1 of b*", all, "a b1"));
}
