#include "core/evidence_of.hpp"

#include <algorithm>

#include "core/written_day.hpp"

namespace akashi {

namespace {

constexpr int merges_max = 16;  // merges of merges; people rarely make two

std::string verdict_of(const Activity& activity, std::string_view kind, const Meaning& meaning) {
  if (activity.kind == "sla.met" || activity.kind == "sla.missed") return activity.kind.substr(std::string_view("sla.").size());
  if (meaning.matter == "provider_report") return meaning.review;
  if (!activity.verdict.empty() || meaning.matter != "approval") return activity.verdict;
  if (kind == "case.closed") return "approved";
  return kind == "case.refused" ? "refused" : "";
}

// Some tools label the act, not the case.
bool is_drill(const Activity& activity, const Meaning& meaning) {
  return meaning.drill || activity.kind == "drill.performed" || marks_drill(activity.labels);
}

// The organisation says on which day it was done: then that day counts, as far as it is known, and the tool's time says when it was written down.
// What was asked for was asked when it was written.
void set_performed(Evidence& evidence, const Meaning& meaning) {
  if (!meaning.performed || evidence.kind == EvidenceKind::demand || evidence.kind == EvidenceKind::approval) return;
  const auto day = anywhere_on_earth(*meaning.performed);
  evidence.recorded = evidence.time;
  evidence.observed_from = day.from;
  evidence.time = evidence.time >= day.from ? std::min(evidence.time, day.to) : day.to;
}

}  // namespace

std::string root_case(const std::string& case_id, const CasesById& cases) {
  std::vector<std::string> way{case_id};
  for (int merges = 0; merges < merges_max; ++merges) {
    const auto at = cases.find(way.back());
    if (at == cases.end() || at->second.merged_into.empty()) break;
    const auto met = std::ranges::find(way, at->second.merged_into);
    if (met != way.end()) return *std::min_element(met, way.end());  // merged into each other: one of them, the same from wherever one comes
    way.push_back(at->second.merged_into);
  }
  return way.back();
}

Evidence evidence_of(const Activity& activity, const CaseState* state, const Meaning& meaning, const CasesById& cases, std::string_view rule,
                     std::string_view service, EvidenceKind kind) {
  Evidence evidence;
  evidence.uid = activity.uid;
  evidence.rule = rule;
  evidence.service = service;
  evidence.kind = kind;
  evidence.time = activity.time;
  evidence.seen = activity.seen;
  evidence.source = activity.source;
  evidence.activity = joined_kind(activity, meaning).kind;
  evidence.actor = activity.actor;
  evidence.actor_kind = activity.actor_kind;
  evidence.team = activity.team;
  evidence.case_id = root_case(activity.case_id, cases);
  evidence.matter = meaning.matter;
  evidence.severity = meaning.severity;
  const auto root = cases.find(evidence.case_id);
  if (root != cases.end()) evidence.title = root->second.title;
  if (evidence.title.empty() && state != nullptr) evidence.title = state->title;
  evidence.drill = is_drill(activity, meaning);
  evidence.object = activity.object;
  evidence.object_version = activity.object_version;
  evidence.verdict = verdict_of(activity, evidence.activity, meaning);
  evidence.procedures = activity.procedures;
  if (!meaning.works_from.empty() && std::ranges::find(evidence.procedures, meaning.works_from) == evidence.procedures.end())
    evidence.procedures.push_back(meaning.works_from);
  evidence.url = activity.url;
  evidence.digest = activity.digest;
  evidence.observed_from = activity.observed_from;
  evidence.wording = activity.wording;
  if (kind == EvidenceKind::demand) evidence.agreed = meaning.agreed;
  set_performed(evidence, meaning);
  return evidence;
}

}  // namespace akashi
