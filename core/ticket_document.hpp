// A procedure that is kept as a ticket: an item of a place whose matter is procedure (or another document, by its role). It is in force from the
// moment in which the version that it states is done; asked for, at work or refused it is in force for nothing.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/activity.hpp"
#include "core/org_map.hpp"

namespace akashi {

// The custom fields of such tickets, without "cf."; empty = not told by a field.
struct TicketFields {
  std::string services, owner, version, reviewed, role;
};

// `acts`: everything known of this case, in order of time. Services come from the field, else from labels that are service ids, else from the place;
// the owner from the field, as people write it (empty: the ticket's is to be taken); the version from the field, else from the title. Nothing unless
// it is in force now. Its author is who set the version, else who opened it.
[[nodiscard]] std::optional<Document> document_of_ticket(const CaseState& ticket, const Meaning& meaning, const TicketFields& fields,
                                                         std::span<const Activity> acts);

}  // namespace akashi
