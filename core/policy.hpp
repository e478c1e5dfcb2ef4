// A written policy: which proposals are accepted without a person looking at each. The organisation writes it into its config, with the name of who
// wrote it and since when; what it decides is kept as decided by that policy, and is shown so.
// Never by a policy, whatever it says: against a manual score (it stands in the config, and only there it is changed); a proposal that is not what
// the evidence says now; one with a suspicion, for that is a question to a person; one made before the policy was in force.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/proposal.hpp"
#include "core/words.hpp"

namespace akashi {

struct Policy {
  enum class Direction : std::uint8_t { up, down, both };
  std::string name, by;            // by: who wrote it
  Instant since{};                 // proposals made earlier are people's
  std::set<std::string> services;  // ids
  std::set<std::string> ladders;   // insource, outsource
  Direction direction = Direction::up;
  int max_step = 1;  // rungs from the score in force
  Confidence min_confidence = Confidence::high;
  bool first_scores = false;  // also where there is no score yet, as after the first reading; the step is then not asked for
};
[[nodiscard]] std::string_view name(Policy::Direction direction);

// The first policy that accepts the proposal; nullptr when it is people's.
[[nodiscard]] const Policy* accepting(const std::vector<Policy>& policies, const Proposal& proposal, const Finding& finding, Instant now);
// Its decision: by "policy NAME", with the policy's own words as the reason.
[[nodiscard]] Decision decision_of(const Policy& policy, const Proposal& proposal, Instant now, Lang lang);

[[nodiscard]] bool is_policy(std::string_view by);  // the decider is a policy; no person may sign so
// "policy NAME" in the language of the reader; a person's name as it is.
[[nodiscard]] std::string say_decider(const std::string& by, Lang lang);

}  // namespace akashi
