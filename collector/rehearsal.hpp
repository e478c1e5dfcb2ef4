// A rehearsal: what would be found if other rules were adopted. Stored activities are matched under both, in batches; the store is not changed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "collector/judgement.hpp"

namespace akashi {

// What a rule counts for a service under one set of rules and not under the other.
struct RuleShare {
  std::string rule, title, file;
  std::uint64_t added = 0, removed = 0;  // pieces of evidence
};

struct FindingChange {
  Finding before, after;
  std::vector<RuleShare> why;  // those that count most first; none when only what could be seen changed
  // The rung or the state; not only the evidence behind them.
  [[nodiscard]] bool changes() const { return before.rung != after.rung || before.state != after.state; }
};

struct Rehearsal {
  Instant as_of{};
  std::size_t rules_before = 0, rules_after = 0;
  std::uint64_t activities = 0;
  std::vector<FindingChange> findings;  // whose evidence, rung or state differs; in the catalogue's order
  // Acts of tallies: the activities behind them were not kept, so no other rule can be asked about them. They stay for rules that did not change.
  std::uint64_t tallied_kept = 0, tallied_lost = 0;
};

// `rules`: those to rehearse. Fails where they cannot be compiled together or the store cannot be read.
[[nodiscard]] Result<Rehearsal> rehearse(const House& house, Store& store, const std::vector<Rule>& rules, Instant as_of);

}  // namespace akashi
