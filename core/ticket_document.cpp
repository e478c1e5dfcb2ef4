#include "core/ticket_document.hpp"

#include <algorithm>

#include "core/catalogue.hpp"
#include "core/document_ref.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"
#include "core/written_day.hpp"

namespace akashi {

namespace {

constexpr std::size_t document_field_max = 200;

std::string in_field(const CaseState& ticket, const std::string& name) {
  if (name.empty()) return {};
  for (const auto& [key, value] : ticket.fields)
    if (same_word(key, name)) return clean_line(value, document_field_max);
  return {};
}

std::vector<std::string> services_of_ticket(const CaseState& ticket, const Meaning& meaning, const TicketFields& fields) {
  if (auto named = services_named(in_field(ticket, fields.services)); !named.empty()) return named;
  std::vector<std::string> found;
  for (const auto& label : ticket.labels)
    for (auto& service : services_named(label))
      if (std::ranges::find(found, service) == found.end()) found.push_back(std::move(service));
  return found.empty() ? meaning.services : found;
}

std::string role_of_ticket(const CaseState& ticket, const TicketFields& fields) {
  const auto word = in_field(ticket, fields.role);
  const auto known = std::ranges::find_if(document_roles(), [&](std::string_view role) { return same_word(role, word); });
  return std::string(known == document_roles().end() ? procedure_role : *known);
}

// The act by which the version came to be what it is: its field was set for the last time, else the ticket was opened.
const Activity* version_set(const TicketFields& fields, std::span<const Activity> acts) {
  const Activity* found = nullptr;
  for (const auto& act : acts) {
    const bool opened = act.kind == "case.opened" && found == nullptr;
    const bool set = !fields.version.empty() && act.kind == "case.classified" &&
                     std::ranges::any_of(act.labels, [&](const std::string& label) { return same_word(label, fields.version); });
    if (opened || set) found = &act;
  }
  return found;
}

// From when on the version was in force first: it was set while the ticket was done, or the ticket was done next. A ticket whose status was never
// moved was opened as done. Later acts change none of it.
std::optional<Instant> in_force_since(const Meaning& meaning, const Activity& set, std::span<const Activity> acts) {
  const auto moves = [](const Activity& act) { return !act.status.empty(); };
  if (std::ranges::none_of(acts, moves)) return set.time;
  bool done_before = false;
  for (const auto& act : acts) {
    if (!moves(act)) continue;
    const bool done = meaning.of(act.status) == StatusMeaning::done;
    if (act.time < set.time) done_before = done;
    else if (done_before) break;
    else if (done) return act.time;
  }
  return done_before ? std::optional(set.time) : std::nullopt;
}

}  // namespace

std::optional<Document> document_of_ticket(const CaseState& ticket, const Meaning& meaning, const TicketFields& fields,
                                           std::span<const Activity> acts) {
  if (meaning.of(ticket.status) != StatusMeaning::done) return std::nullopt;
  const Activity* set = version_set(fields, acts);
  if (set == nullptr) return std::nullopt;  // its beginning was not read: nobody could say who wrote it
  const auto since = in_force_since(meaning, *set, acts);
  if (!since) return std::nullopt;  // the act that put it in force is still to be read
  Document document;
  document.id = ticket.id;
  document.source = ticket.source;
  document.title = split_version(ticket.title).name;
  const auto version = in_field(ticket, fields.version);
  document.version = version.empty() ? split_version(ticket.title).version : version_word(version);
  document.author = set->actor;
  document.owner = in_field(ticket, fields.owner);
  document.published = *since;
  document.reviewed = parse_day(in_field(ticket, fields.reviewed));
  document.services = services_of_ticket(ticket, meaning, fields);
  document.url = ticket.url;
  document.role = role_of_ticket(ticket, fields);
  return document;
}

}  // namespace akashi
