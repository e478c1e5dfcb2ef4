// One table of keys: what is read, what people and editors are told.
#include "mappings/engine/rule_keys.hpp"

#include "catch.hpp"
#include "core/vocabulary.hpp"
#include "mappings/engine/compare.hpp"
#include "mappings/engine/rule_tests.hpp"
#include "mappings/engine/rules.hpp"
#include "mappings/engine/selection.hpp"

using namespace akashi;

namespace {

bool says(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

// A sound rule without one of its keys.
std::string rule_without(std::string_view key) {
  const std::pair<std::string_view, std::string_view> lines[] = {{"title", "closed things"},
                                                                 {"id", "11111111-2222-4333-8444-555555555555"},
                                                                 {"status", "experimental"},
                                                                 {"service", "D-2"},
                                                                 {"why", "so"},
                                                                 {"author", "me"},
                                                                 {"date", "2026-11-21"},
                                                                 {"evidence", "exercise"},
                                                                 {"condition", "seen"},
                                                                 {"falsepositives", "none"}};
  std::string text;
  for (const auto& [name, value] : lines)
    if (name != key) text += std::string(name) + ": " + std::string(value) + "\n";
  return text + "seen: {kind: case.closed}\n";
}

}  // namespace

TEST_CASE("every key that the table calls required is asked for, and no other") {
  for (const auto& key : rule_keys()) {
    std::vector<Error> errors;
    const bool read = read_rule(rule_without(key.name), "r.yaml", errors).has_value();
    INFO(key.name);
    CHECK(read == !key.required);
    if (key.required) CHECK(says(sentence(errors.front()), std::string(key.name)));
  }
}

TEST_CASE("the reference and the schema name every key, field, modifier and known word") {
  for (const auto& text : {rule_reference(), rule_schema()}) {
    for (const auto& key : rule_keys()) {
      CHECK(says(text, key.name));
      for (const auto word : key.words) CHECK(says(text, word));
    }
    for (const auto word : modifier_words()) CHECK(says(text, word));
    for (std::size_t i = 0; i < field_count; ++i) {
      CHECK(says(text, name(static_cast<Field>(i))));
      for (const auto word : closed_values(static_cast<Field>(i))) CHECK(says(text, word));
    }
  }
}

TEST_CASE("a rule whose own tests fail is told test by test, to whoever asks for it") {
  const auto text = rule_without("") + "tests:\n  - match: {kind: case.opened}\n  - no_match: {kind: case.closed}\n  - match: {kind: case.closed}\n";
  std::vector<Error> errors;
  CHECK_FALSE(read_rule(text, "r.yaml", errors));
  CHECK(errors.size() == 2);
  errors.clear();
  const auto rule = read_rule(text, "r.yaml", errors, OwnTests::may_fail);
  REQUIRE(rule);
  const auto outcomes = run_tests(*rule);
  REQUIRE(outcomes.size() == 3);
  CHECK_FALSE(outcomes[0].holds);
  CHECK(outcomes[0].why == "seen does not hold");
  CHECK_FALSE(outcomes[1].holds);
  CHECK(outcomes[2].holds);
}

TEST_CASE("a file is a folder of one rule") {
  const auto loaded = load_rules(AKASHI_SOURCE_DIR "/mappings/rules/D/d2_incident_handled.yaml");
  CHECK(loaded.errors.empty());
  CHECK(loaded.rules.size() == 1);
}
