// Normalising: a page as the tool said it becomes a page as the house keeps it. Accounts become actors, what was written is read for references and
// heads and then dropped, versions get one spelling, every text that is kept is short and harmless to show. Pure: same page, same result.
#pragma once

#include <string>
#include <vector>

#include "connectors/engine/documents.hpp"
#include "connectors/engine/page.hpp"
#include "connectors/engine/pseudonym.hpp"
#include "core/org_map.hpp"
#include "core/roster.hpp"

namespace akashi {

// What the organisation says of a source; one per source.
struct NormaliseContext {
  Roster roster;
  Pseudonyms pseudonyms;
  DocumentSettings documents;
  ApprovalSettings approvals;
  std::string product;                                    // "rt"
  std::vector<std::string> system_accounts{"RT_System"};  // by which the tool itself acts
};

// The page again, without texts. Every activity has an actor. Coverage, state and manifest pass through untouched.
[[nodiscard]] Page normalise(Page page, const NormaliseContext& context);

// An activity on a ticket of an approval place, with what the ticket asks approval of as its object; the move to its end is the verdict
// (document.approved). Others as they are. For judging: the map may
// say only later that a place holds approvals.
[[nodiscard]] Activity with_approval(Activity activity, const CaseState* state, const Meaning& meaning, const ApprovalSettings& approvals);

}  // namespace akashi
