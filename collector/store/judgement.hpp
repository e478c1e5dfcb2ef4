// Rows of rungs held, proposals, decisions and accepted scores; all append-only. A proposal's state is read from what was decided about it.
#pragma once

#include <vector>

#include "collector/store/tables.hpp"
#include "core/proposal.hpp"
#include "core/store.hpp"

namespace akashi {

[[nodiscard]] std::vector<RungHeld> newest_rungs(Tables& t, Instant as_of);  // as they were kept up to then
void keep_rung(Tables& t, const RungHeld& held, Instant at);                 // adds a row when it differs from the newest
// Adds nothing when the same was offered and is open, or was rejected or amended: it comes back only on new evidence.
void keep_proposal(Tables& t, const Proposal& proposal);
void withdraw_proposal(Tables& t, std::int64_t proposal, Instant at);        // one that was decided meanwhile stays decided
[[nodiscard]] std::vector<Proposal> proposals_at(Tables& t, Instant as_of);  // by id
[[nodiscard]] std::vector<Decision> all_decisions(Tables& t);                // by time
void keep_decision(Tables& t, const Decision& decision);
[[nodiscard]] std::vector<AcceptedScore> accepted_scores(Tables& t, Instant as_of);

}  // namespace akashi
