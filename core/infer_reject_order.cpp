// Rejections: acts whose place in time says that they were only recorded, not done: brought in with an imported case, a notice sent after its
// incident was closed, a verification dated after the change.
#include <algorithm>
#include <array>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

constexpr std::string_view notices = "D-6", incidents = "D-2", verifications = "G-12";
constexpr auto brought_in_late = days(1);    // a case that says it began so long before it was made
constexpr Duration after_closing = days(1);  // or the agreed time, where that is longer: a short incident's notice may follow it
constexpr std::array changed{std::string_view("change.implemented"), std::string_view("system.upgraded")};

using Times = std::map<std::string_view, Instant>;  // by case

void earliest(Times& times, std::string_view case_id, Instant at) {
  const auto [known, fresh] = times.try_emplace(case_id, at);
  if (!fresh) known->second = std::min(known->second, at);
}

template <class Fits>
Times first_of(const Question& question, std::string_view service, Fits fits) {
  Times times;
  const auto items = question.view.items.find(service);
  if (items == question.view.items.end()) return times;
  for (const auto& item : items->second)
    if (!item.case_id.empty() && item.time <= question.as_of() && fits(item)) earliest(times, item.case_id, item.time);
  return times;
}

// When what the case hangs on happened: on the case itself or on one it is linked to, the earliest.
std::optional<Instant> at_or_near(const Question& question, const Times& times, const std::string& case_id) {
  std::optional<Instant> first;
  const auto take = [&](std::string_view id) {
    if (const auto at = times.find(id); at != times.end() && (!first || at->second < *first)) first = at->second;
  };
  take(case_id);
  if (const auto links = question.view.links.find(case_id); links != question.view.links.end())
    for (const auto& link : links->second) take(link);
  return first;
}

// Every act on a case whose first one came after what it should have come before.
void too_late(const Question& question, const std::vector<const Evidence*>& work, const Times& limits, Duration grace, std::string_view code,
              std::map<std::string_view, std::string_view>& found) {
  if (limits.empty()) return;
  Times begun;
  for (const auto* item : work)
    if (!item->case_id.empty()) earliest(begun, item->case_id, item->time);
  for (const auto* item : work) {
    if (item->case_id.empty()) continue;
    const auto limit = at_or_near(question, limits, item->case_id);
    if (limit && begun.at(item->case_id) > *limit + grace) found.emplace(item->uid, code);
  }
}

// What was recorded in the second in which a case was made that says it began earlier.
void imported(const Question& question, const std::vector<const Evidence*>& work, std::map<std::string_view, std::string_view>& found) {
  if (question.view.opened.empty()) return;
  const auto made = first_of(question, question.service, [](const Evidence& item) { return item.activity == "case.opened"; });
  for (const auto* item : work) {
    const auto at = made.find(item->case_id);
    const auto says = question.view.opened.find(item->case_id);
    if (at == made.end() || says == question.view.opened.end() || at->second - says->second <= brought_in_late) continue;
    if (std::chrono::floor<std::chrono::seconds>(item->time) == std::chrono::floor<std::chrono::seconds>(at->second))
      found.emplace(item->uid, rejection<"rejected.brought_in">());
  }
}

}  // namespace

std::map<std::string_view, std::string_view> out_of_order(const Question& question, const std::vector<const Evidence*>& work) {
  std::map<std::string_view, std::string_view> found;
  imported(question, work, found);
  if (question.service == notices) {
    const auto closed = first_of(question, incidents, [](const Evidence& item) { return item.activity == "case.closed"; });
    const Duration agreed = question.criteria().agreed;
    too_late(question, work, closed, std::max(after_closing, agreed), rejection<"rejected.after_closure">(), found);
  }
  if (question.service == verifications) {
    Times changes;
    for (const auto& [service, items] : question.view.items) {
      const auto of_service =
          first_of(question, service, [](const Evidence& item) { return std::ranges::find(changed, item.activity) != changed.end(); });
      for (const auto& [case_id, at] : of_service) earliest(changes, case_id, at);
    }
    too_late(question, work, changes, Duration{}, rejection<"rejected.after_change">(), found);
  }
  return found;
}

}  // namespace akashi::inference
