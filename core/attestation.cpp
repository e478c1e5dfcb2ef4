#include "core/attestation.hpp"

#include <algorithm>
#include <array>

#include "core/vocabulary.hpp"

namespace akashi {

namespace {

constexpr std::array<std::string_view, 8> kind_words{"procedure", "approval", "drill", "roster", "report", "review", "expectation", "description"};

// A document gives way to what was entered after it under the same title, also when that has expired since; only a withdrawal brings it back.
bool replaced(const Attestation& entry, std::span<const Attestation> all, Instant as_of) {
  return is_document(entry.kind) && std::ranges::any_of(all, [&](const Attestation& later) {
           const bool counted = later.at <= as_of && later.done <= as_of && !(later.withdrawn && later.withdrawn->at <= as_of);
           return counted && later.kind == entry.kind && later.title == entry.title && later.done > entry.done && as_of >= later.valid_until;
         });
}

std::string uid_of(const Attestation& entry) { return std::string(attested_source) + "/" + std::to_string(entry.id); }

// A report and its reviews meet by their reference; a review may name a report that a tool holds, by its case or its address.
std::string case_of(const View& view, const Attestation& entry, const std::string& service) {
  const auto found = view.items.find(service);
  if (found != view.items.end() && !entry.reference.empty())
    for (const auto& item : found->second)
      if (item.kind == EvidenceKind::provider_report && (item.case_id == entry.reference || item.url == entry.reference)) return item.case_id;
  return std::string(attested_source) + ":" + (entry.reference.empty() ? std::to_string(entry.id) : entry.reference);
}

Evidence evidence_of(const View& view, const Attestation& entry, const std::string& service, EvidenceKind kind) {
  Evidence item;
  item.uid = uid_of(entry);
  item.rule = attested_source;
  item.service = service;
  item.kind = kind;
  item.time = entry.done;
  item.seen = entry.at;
  item.source = attested_source;
  item.case_id = case_of(view, entry, service);
  item.title = entry.title;
  item.url = entry.reference;
  item.digest = entry.digest;
  item.attested_until = entry.valid_until;
  return item;
}

void add(View& view, const Evidence& item) { view.items[item.service].push_back(item); }

void add_document(View& view, const Attestation& entry, std::string_view role) {
  Document document;
  document.id = std::string(attested_source) + ":" + entry.title;
  document.source = attested_source;
  document.title = entry.title;
  document.version = entry.version;
  document.author = entry.actors.empty() ? std::string() : entry.actors.front();
  document.owner = entry.owner;
  document.published = entry.done;
  document.services = entry.services;
  document.url = entry.reference;
  document.digest = entry.digest;
  document.role = role;
  document.attested_until = entry.valid_until;
  view.documents.push_back(std::move(document));
}

void add_approval(View& view, const Attestation& entry, const std::string& service) {
  auto item = evidence_of(view, entry, service, EvidenceKind::approval);
  item.activity = "document.approved";
  item.actor = entry.actors.empty() ? std::string() : entry.actors.front();
  item.actor_kind = ActorKind::human;
  item.object = entry.title;
  item.object_version = entry.version;
  item.verdict = entry.verdict;
  add(view, item);
}

// Each who took part did part of it.
void add_drill(View& view, const Attestation& entry, const std::string& service) {
  for (const auto& actor : entry.actors) {
    auto item = evidence_of(view, entry, service, EvidenceKind::drill);
    item.uid += "/" + actor;
    item.activity = "drill.performed";
    item.actor = actor;
    item.actor_kind = ActorKind::human;
    const auto team = view.teams.find(actor);
    if (team != view.teams.end()) item.team = team->second;
    item.drill = true;
    if (!entry.title.empty()) item.procedures.push_back(entry.title);
    add(view, item);
  }
}

void add_review(View& view, const Attestation& entry, const std::string& service) {
  for (const auto& actor : entry.actors) {
    auto item = evidence_of(view, entry, service, EvidenceKind::review);
    item.uid += "/" + actor;
    item.activity = "report.reviewed";
    item.actor = actor;
    item.actor_kind = ActorKind::human;
    item.verdict = entry.verdict;
    add(view, item);
  }
}

void add_report(View& view, const Attestation& entry, const std::string& service) {
  auto item = evidence_of(view, entry, service, EvidenceKind::provider_report);
  item.activity = "report.received";
  add(view, item);
}

void add_to_service(View& view, const Attestation& entry, const std::string& service) {
  switch (entry.kind) {
    case AttestationKind::drill:
      return add_drill(view, entry, service);
    case AttestationKind::report:
      return add_report(view, entry, service);
    case AttestationKind::review:
      return add_review(view, entry, service);
    case AttestationKind::roster:
      for (const auto& actor : entry.actors) view.on_duty[service].push_back({actor, entry.valid_until});
      return;
    case AttestationKind::approval:
      return add_approval(view, entry, service);
    case AttestationKind::procedure:
    case AttestationKind::expectation:
    case AttestationKind::description:
      return;
  }
}

}  // namespace

bool is_document(AttestationKind kind) {
  return kind == AttestationKind::procedure || kind == AttestationKind::expectation || kind == AttestationKind::description;
}

std::string_view name(AttestationKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }
std::span<const std::string_view> attestation_kinds() { return kind_words; }

std::optional<AttestationKind> attestation_kind(std::string_view name) {
  const auto at = std::ranges::find(kind_words, name);
  return at == kind_words.end() ? std::nullopt : std::optional(static_cast<AttestationKind>(at - kind_words.begin()));
}

bool Attestation::holds(Instant as_of) const { return at <= as_of && done <= as_of && as_of < valid_until && (!withdrawn || withdrawn->at > as_of); }

void add_attested(View& view, std::span<const Attestation> attestations) {
  // Reports first: reviews look for the one that they are about.
  for (const bool reports : {true, false})
    for (const auto& entry : attestations) {
      if (!entry.holds(view.as_of) || replaced(entry, attestations, view.as_of) || (entry.kind == AttestationKind::report) != reports) continue;
      if (entry.kind == AttestationKind::procedure) add_document(view, entry, procedure_role);
      if (entry.kind == AttestationKind::expectation) add_document(view, entry, expectation_role);
      if (entry.kind == AttestationKind::description) add_document(view, entry, description_role);
      for (const auto& service : entry.services) add_to_service(view, entry, service);
    }
}

}  // namespace akashi
