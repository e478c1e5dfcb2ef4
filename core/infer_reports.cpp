// A provider's reports: which came, and who inside looked at them, understood them, judged them.
#include <algorithm>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

std::string_view key_of(const Evidence& item) { return item.case_id.empty() ? std::string_view(item.uid) : std::string_view(item.case_id); }

using Moment = std::pair<Instant, std::string_view>;  // second and actor

Moment moment_of(const Evidence& item) { return {std::chrono::floor<std::chrono::seconds>(written(item)), item.actor}; }

// Whoever looks has to be a named person inside: the provider's own word about the provider's work is none.
std::string_view why_not_inside(const Evidence& item) {
  if (item.actor_kind == ActorKind::automation) return rejection<"rejected.automation">();
  if (item.actor_kind == ActorKind::provider) return rejection<"rejected.provider_review">();
  if (item.actor_kind != ActorKind::human || item.actor.empty()) return rejection<"rejected.unknown_actor">();
  return {};
}

std::vector<const Evidence*> about_reports(const Question& question) {
  std::vector<const Evidence*> found;
  const auto items = question.view.items.find(question.service);
  if (items == question.view.items.end()) return found;
  for (const auto& item : items->second) {
    const bool about = item.kind == EvidenceKind::provider_report || item.kind == EvidenceKind::review;
    if (about && !item.drill && item.time <= question.as_of()) found.push_back(&item);
  }
  // What two rules count is one act.
  const auto act = [](const Evidence* item) { return std::tuple(item->time, std::string_view(item->uid), item->kind); };
  std::ranges::sort(found, {}, [&](const Evidence* item) { return std::tuple(act(item), std::string_view(item->rule)); });
  const auto again = std::ranges::unique(found, {}, act);
  found.erase(again.begin(), again.end());
  return found;
}

void take_arrival(Report& report, const Evidence& item) {
  if (report.first != nullptr && report.received <= item.time) return;
  report.first = &item;
  report.received = item.time;
}

void take_look(Report& report, const Evidence& item) {
  if (report.look == nullptr) report.look = &item;
  if (report.note == nullptr && says(item, ReviewWord::noted)) report.note = &item;
  report.met = report.met || says(item, ReviewWord::met);
  report.missed = report.missed || says(item, ReviewWord::missed);
  report.checked = report.checked || says(item, ReviewWord::checked);
}

}  // namespace

Reports reports_of(const Question& question) {
  Reports found;
  std::map<std::string_view, Report> by_report;
  const auto about = about_reports(question);
  std::map<Moment, std::size_t> at_once;
  for (const auto* item : about)
    if (item->kind == EvidenceKind::review) ++at_once[moment_of(*item)];
  for (const auto* item : about) {
    auto& report = by_report[key_of(*item)];
    if (item->kind == EvidenceKind::provider_report || report.first == nullptr) take_arrival(report, *item);
    if (item->kind != EvidenceKind::review) continue;
    auto code = why_not_inside(*item);
    if (code.empty() && at_once.at(moment_of(*item)) > bulk_max) code = rejection<"rejected.bulk">();
    if (code.empty()) {
      take_look(report, *item);
      if (question.recent(item->time)) ++found.looks;
    } else if (question.recent(item->time)) {
      found.rejected.push_back(rejected(*item, code));
      // Somebody looked, and nobody can say who: that nobody did cannot be said either.
      const bool nameless = item->actor_kind == ActorKind::unknown || item->actor_kind == ActorKind::shared;
      if (nameless) ++found.set_aside, report.uncounted = true;
    }
  }
  // What others than people inside did on an item of which nobody saw it come makes no report that came.
  const auto came = [](const Report& report) { return report.look != nullptr || report.first->kind == EvidenceKind::provider_report; };
  for (const auto& [key, report] : by_report)
    if (question.recent(report.received) && came(report)) found.all.push_back(report);
  std::ranges::stable_sort(found.all, {}, &Report::received);
  return found;
}

}  // namespace akashi::inference
