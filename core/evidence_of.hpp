// What a rule's match makes of an activity: the evidence that inference reads. Pure; cases are as last seen.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/activity.hpp"
#include "core/evidence.hpp"
#include "core/org_map.hpp"

namespace akashi {

using CasesById = std::map<std::string, CaseState>;

// The case that a duplicate was merged into, over as many merges as lead there. A chain that is broken or longer than 16 ends where it
// still is known; cases merged into each other have the smallest id among them.
[[nodiscard]] std::string root_case(const std::string& case_id, const CasesById& cases);

// `state`: the activity's own case, nullptr when it is on none or none is known; `service` may be empty (the documents' services are joined later).
// A merged case gives its root's id and title; matter, severity and drill are those of the case in which it was done.
// Of an approval place (matter "approval") a ticket that was closed says approved, one that was refused says refused.
[[nodiscard]] Evidence evidence_of(const Activity& activity, const CaseState* state, const Meaning& meaning, const CasesById& cases,
                                   std::string_view rule, std::string_view service, EvidenceKind kind);

}  // namespace akashi
