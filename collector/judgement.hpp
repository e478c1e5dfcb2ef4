// Judging: findings from what is kept, and the proposals that follow. Runs after every cycle, and before a reading command shows findings.
#pragma once

#include <vector>

#include "collector/house.hpp"
#include "core/alert.hpp"
#include "core/proposal.hpp"

namespace akashi {

struct Judgement {
  View view;
  std::vector<Finding> findings;
  std::vector<InForce> in_force;     // accepted scores, and whose decisions they are
  std::vector<Proposal> made;        // new ones of this judgement, without their numbers
  std::vector<Proposal> accepted;    // of those and earlier ones: accepted now by a policy of the config
  std::vector<AlertChange> alerted;  // what was said of alerts, told or not
};

// Reads only. Findings carry their drift.
[[nodiscard]] Result<Judgement> look(const House& house, Store& store, Instant as_of);
// Also keeps how long rungs have held, makes and withdraws proposals, and updates the alerts, in one transaction; then accepts what the config's
// policies accept.
[[nodiscard]] Result<Judgement> judge_all(const House& house, Store& store, Instant now);
// When the rules, the config or a descriptor changed since the store was last judged: judges every stored activity again.
// Refuses (ErrorKind::config) a store that was written with another key of pseudonyms.
[[nodiscard]] Status adopt_mapping(const House& house, Store& store);

}  // namespace akashi
