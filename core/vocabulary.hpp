// Closed vocabularies that descriptors, rules, config, store and reports share. Extending one is a line in vocabulary.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace akashi {

// What was done, noun.verb. Work items of any ticket system become the same few case.* kinds.
//   case.opened      the item came into being
//   case.assigned    somebody became its owner (subject = the new owner)
//   case.progressed  its status moved to one that means "working" (or to one nobody has classified)
//   case.classified  type, category, severity or another classifying field was set by somebody
//   case.commented   an internal note
//   case.answered    a reply to the one who asked
//   case.closed      its status moved to one that means "done"
//   case.refused     its status moved to one that means "refused"
//   case.reopened    it left "done" or "refused" again
//   case.linked      it was related to another item
//   case.merged      it became part of another item: a duplicate
//   case.changed     anything else on it that somebody did
// Others: document.published document.reviewed document.approved change.approved change.implemented report.published … (activity_kinds()).
[[nodiscard]] std::span<const std::string_view> activity_kinds();
[[nodiscard]] bool is_activity_kind(std::string_view name);

// What a place of the organisation (queue, tracker, project …) is for. Set by `classify:`, never guessed.
//   intake alert advisory incident enquiry investigation containment recovery notification closing_report operation tool_check
//   tool_trial procedure approval provider_report ignored
[[nodiscard]] std::span<const std::string_view> matters();
[[nodiscard]] bool is_matter(std::string_view name);

// What a document is for: how the work is done; what a provider is to do for us; what was written down in advance of the result that is expected.
inline constexpr std::string_view procedure_role = "procedure", description_role = "service_description", expectation_role = "expectation";
[[nodiscard]] std::span<const std::string_view> document_roles();

// shared: an account that several people use, so nobody can say who it was.
enum class ActorKind : std::uint8_t { unknown, human, automation, provider, shared };
[[nodiscard]] std::string_view name(ActorKind kind);
[[nodiscard]] std::optional<ActorKind> actor_kind(std::string_view name);

enum class EvidenceKind : std::uint8_t { exercise, drill, demand, document, handover, approval, provider_report, review, sla };
[[nodiscard]] std::string_view name(EvidenceKind kind);
[[nodiscard]] std::optional<EvidenceKind> evidence_kind(std::string_view name);

// The fields a rule may ask about. OCSF's names where it has one.
enum class Field : std::uint8_t {
  kind,
  product,
  source,
  actor,
  actor_kind,
  team,
  subject_type,
  subject_id,
  domain,
  case_id,
  place,
  type,
  category,
  status,
  status_before,
  meaning,
  matter,
  severity,
  title,
  text,
  verdict,
  drill,
  labels,
  procedures,
  services,  // that the organisation gave the place the work was done in
};
inline constexpr std::size_t field_count = 25;
[[nodiscard]] std::string_view name(Field field);
[[nodiscard]] std::optional<Field> field(std::string_view name);
[[nodiscard]] constexpr bool is_list(Field f) { return f == Field::labels || f == Field::procedures || f == Field::services; }

// The nearest of `known` to a misspelt word (edit distance ≤ a third of its length + 1), for "did you mean" sentences; empty when none is near.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace akashi
