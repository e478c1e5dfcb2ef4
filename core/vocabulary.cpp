#include "core/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace akashi {

namespace {

// Columns, which clang-format keeps for some lengths of words and not for others.
// clang-format off
constexpr auto kinds_of_activity = std::to_array<std::string_view>({
    "alert.raised",       "alert.judged",                                                     // what sensors and analysts say
    "case.opened",        "case.assigned",       "case.progressed",    "case.classified",     // work items, whatever the tool
    "case.commented",     "case.answered",       "case.closed",        "case.refused",        //
    "case.reopened",      "case.linked",         "case.merged",        "case.changed",        //
    "host.isolated",      "host.released",       "indicator.blocked",  "indicator.released",  // containment
    "account.disabled",   "account.enabled",     "session.opened",                            //
    "search.performed",                                                                       // looking through what was recorded
    "artefact.collected", "custody.recorded",    "sample.submitted",   "sample.judged",       // deep analysis
    "notice.sent",        "notice.acknowledged", "enquiry.received",   "enquiry.answered",    // talking to others
    "report.published",   "report.received",     "report.reviewed",                           //
    "rule.changed",       "policy.changed",      "sensor.changed",     "source.onboarded",    // the platform
    "retention.checked",  "change.approved",     "change.implemented", "system.upgraded",     //
    "system.restored",    "access.reviewed",     "tool.tested",                               //
    "document.published", "document.reviewed",   "document.approved",   "document.changed",   // procedures
    "drill.performed",                                                                        //
    "sla.met",            "sla.missed",                                                       // goals that the tool itself measured
});
// clang-format on

constexpr auto known_matters = std::to_array<std::string_view>({"intake", "alert", "advisory", "incident", "enquiry", "investigation", "containment",
                                                                "recovery", "notification", "closing_report", "operation", "tool_check", "tool_trial",
                                                                "procedure", "approval", "provider_report", "ignored"});

constexpr std::array roles{procedure_role, description_role, expectation_role};

constexpr auto actor_kinds = std::to_array<std::string_view>({"unknown", "human", "automation", "provider", "shared"});
constexpr auto evidence_kinds =
    std::to_array<std::string_view>({"exercise", "drill", "demand", "document", "handover", "approval", "provider_report", "review", "sla"});
constexpr auto fields = std::to_array<std::string_view>(
    {"kind",    "product", "source",  "actor",    "actor_kind", "team",          "subject_type", "subject_id", "domain",
     "case_id", "place",   "type",    "category", "status",     "status_before", "meaning",      "matter",     "severity",
     "title",   "text",    "verdict", "drill",    "labels",     "procedures",    "services"});

static_assert(fields.size() == field_count);

template <class Enum, std::size_t Count>
std::optional<Enum> value_of(const std::array<std::string_view, Count>& names, std::string_view name) {
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

// Changes, insertions, removals and swaps of neighbours that lead from a to b.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

}  // namespace

std::span<const std::string_view> activity_kinds() { return kinds_of_activity; }
bool is_activity_kind(std::string_view name) { return std::ranges::find(kinds_of_activity, name) != kinds_of_activity.end(); }

std::span<const std::string_view> matters() { return known_matters; }
bool is_matter(std::string_view name) { return std::ranges::find(known_matters, name) != known_matters.end(); }

std::span<const std::string_view> document_roles() { return roles; }

std::string_view name(ActorKind kind) { return actor_kinds[static_cast<std::size_t>(kind)]; }
std::optional<ActorKind> actor_kind(std::string_view name) { return value_of<ActorKind>(actor_kinds, name); }

std::string_view name(EvidenceKind kind) { return evidence_kinds[static_cast<std::size_t>(kind)]; }
std::optional<EvidenceKind> evidence_kind(std::string_view name) { return value_of<EvidenceKind>(evidence_kinds, name); }

std::string_view name(Field field) { return fields[static_cast<std::size_t>(field)]; }
std::optional<Field> field(std::string_view name) { return value_of<Field>(fields, name); }

std::string nearest(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t word_max = 64;  // longer than any key of ours; keeps a hostile word cheap
  if (word.empty() || word.size() > word_max) return {};
  std::size_t best = word.size() / 3 + 1;
  std::string_view found;
  for (const auto& candidate : known) {
    const auto distance = edits(word, candidate);
    if (distance < best || (distance == best && found.empty())) {
      best = distance;
      found = candidate;
    }
  }
  return std::string(found);
}

}  // namespace akashi
