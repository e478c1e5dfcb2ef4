// Remarks on rules that load: nothing here is wrong, all of it is worth a second look before a rule counts for somebody.
#pragma once

#include <span>
#include <vector>

#include "core/result.hpp"
#include "mappings/engine/explain.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

// By rule, in the order given. Each remark names the rule's file.
//   thin tests · a rule that any kind of activity can match · an exercise that opening an item would be · an expression over free text that has to
//   be asked of every text · two rules that say the same
[[nodiscard]] std::vector<Error> lint(std::span<const Rule> rules);

struct RuleExplained {
  const Rule* rule = nullptr;
  Explanation said;
};
// Every rule's answer about one activity: those that match first, then by how many of their selections hold, most first.
[[nodiscard]] std::vector<RuleExplained> explain_all(std::span<const Rule> rules, const Row& row);

}  // namespace akashi
