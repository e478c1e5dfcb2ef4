// Rules for people and for programs: what is wrong with them, whether their own tests hold, what they say, and what they make of one activity.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "collector/cli/screen.hpp"
#include "core/time.hpp"
#include "mappings/engine/lint.hpp"
#include "mappings/engine/rule_tests.hpp"
#include "mappings/engine/rules.hpp"

namespace akashi {

void print_lint(const Screen& screen, const LoadedRules& loaded, const std::vector<Error>& remarks);
// {"rules": n, "errors": [{where, what, mend}], "remarks": [{where, what, mend}]}
[[nodiscard]] std::string lint_json(const LoadedRules& loaded, const std::vector<Error>& remarks);

struct RuleTested {
  const Rule* rule = nullptr;
  std::vector<TestOutcome> outcomes;
};
void print_tests(const Screen& screen, const std::vector<RuleTested>& tested, const std::vector<Error>& errors);
// {"rules", "tests", "failed": [{rule, file, where, expected, why}], "errors": [{where, what, mend}]}
[[nodiscard]] std::string tests_json(const std::vector<RuleTested>& tested, const std::vector<Error>& errors);

// "D/d2_incident_handled.yaml" of a rule below `folder`; the whole path of another.
[[nodiscard]] std::string rule_path(const Rule& rule, const std::string& folder);
// The service that a rule names, "place" or "document".
[[nodiscard]] std::string speaks_for(const Rule& rule);

void print_rules(const Screen& screen, std::span<const Rule* const> rules, const std::string& folder);
void print_rule(const Screen& screen, const Rule& rule);
// {"rules": [{id, title, file, service, evidence, status, silence_counts, condition, selections[{name, alternatives[[text]]}], why, author, date,
//  falsepositives[], tests: {match, no_match}, digest}]}
[[nodiscard]] std::string rules_json(std::span<const Rule* const> rules);

// What rules make of one activity, and what the organisation's map made of its case before.
struct ActivityExplained {
  std::string uid;  // of the store; empty of one that was given
  std::optional<Instant> time;
  std::string url, case_id;
  std::string map_entry;                                           // FILE:LINE of the first entry of the map that fits the case; empty when none does
  std::vector<std::pair<Field, std::vector<std::string>>> fields;  // as rules see them
  std::vector<RuleExplained> rules;                                // those that match, then those nearest to matching
};
void print_activity_explained(const Screen& screen, const ActivityExplained& explained);
// {"uid", "fields": {…}, "map_entry", "rules": [{rule, title, file, service, evidence, matches, services[], why_not, condition,
//  selections[{name, holds, alternatives[[{written, actual, holds}]]}]}]}
[[nodiscard]] std::string activity_explained_json(const ActivityExplained& explained);

}  // namespace akashi
