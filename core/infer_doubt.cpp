// Suspicions: what looks unusual. They are shown for a person to ask about and never change what counts.
#include <algorithm>
#include <set>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

constexpr auto last_days = days(7);          // all work in them: done for the assessment?
constexpr std::uint64_t last_days_acts = 3;  // fewer say nothing
constexpr std::size_t hours_max = 16;        // different hours of one day in which one person may act
constexpr auto handling_min = std::chrono::seconds(10);

void all_at_the_end(const Question& question, const Work& work, std::vector<Reason>& found) {
  if (work.counted < last_days_acts || question.criteria().look_back_days <= 30) return;
  const auto from = question.as_of() - last_days;
  const bool all = std::ranges::all_of(work.acts, [&](const Act& act) { return act.evidence->time >= from; });
  if (all) found.push_back(reason<"suspicion.last_days">(work.counted));
}

void round_the_clock(const Question& question, const Work& work, std::vector<Reason>& found) {
  std::map<std::pair<std::string_view, Instant>, std::set<std::int64_t>> hours;
  for (const auto& act : work.acts) {
    if (!question.recent(act.last) || act.evidence->activity.empty()) continue;
    const auto day = day_of(act.last);
    hours[{act.evidence->actor, day}].insert(std::chrono::floor<std::chrono::hours>(act.last - day).count());
  }
  std::set<std::string_view> told;
  for (const auto& [key, different] : hours)
    if (different.size() > hours_max && told.insert(key.first).second)
      found.push_back(reason<"suspicion.round_the_clock">(key.first, different.size(), key.second));
}

void within_seconds(const Question& question, const Work& work, std::vector<Reason>& found) {
  std::map<std::string_view, Instant> opened;
  if (const auto items = question.view.items.find(question.service); items != question.view.items.end())
    for (const auto& item : items->second)
      if (item.activity == "case.opened" && !item.case_id.empty()) opened.try_emplace(item.case_id, item.time);
  std::set<std::string_view> cases;
  for (const auto& act : work.acts) {
    const auto at = opened.find(act.evidence->case_id);
    if (act.evidence->activity == "case.closed" && question.recent(act.last) && at != opened.end() && act.last - at->second < handling_min)
      cases.insert(at->first);
  }
  if (!cases.empty()) found.push_back(reason<"suspicion.seconds">(cases.size()));
}

}  // namespace

std::vector<Reason> suspicions(const Question& question, const Work& work) {
  std::vector<Reason> found;
  all_at_the_end(question, work, found);
  round_the_clock(question, work, found);
  within_seconds(question, work, found);
  return found;
}

}  // namespace akashi::inference
