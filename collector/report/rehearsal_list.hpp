// What other rules would change, for people and for programs.
#pragma once

#include <string>

#include "collector/cli/screen.hpp"
#include "collector/rehearsal.hpp"

namespace akashi {

void print_rehearsal(const Screen& screen, const Rehearsal& rehearsal);
// {"as_of", "rules_before", "rules_after", "activities", "tallied_kept", "tallied_lost", "findings": [{service, ladder, changes,
//  before: {rung, state, confidence, evidence_count}, after: {…}, rules: [{rule, title, file, added, removed}]}]}
[[nodiscard]] std::string rehearsal_json(const Rehearsal& rehearsal);

}  // namespace akashi
