// Suspicions: what looks unusual. They are shown for a person to ask about and never change what counts.
#include <algorithm>
#include <set>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

constexpr auto last_days = days(14);         // all work in them: done for the assessment?
constexpr std::uint64_t last_days_acts = 3;  // fewer say nothing
constexpr auto entered_late = days(7);       // an act that shows up so much later than it says it was done, while its source was being read
constexpr std::size_t alone_min = 10;        // services of the 28 that one person does with nobody else
constexpr std::size_t hours_max = 16;        // different hours of one day in which one person may act
constexpr auto handling_min = std::chrono::seconds(10);
constexpr std::size_t same_words_min = 5;  // cases; fewer may well be of one matter

bool all_within(const Question& question, const Work& work, Instant from, Instant to) {
  return std::ranges::all_of(work.acts, [&](const Act& act) {
    const auto at = act.evidence->time;
    return !question.recent(act.last) || (at >= from && at < to);
  });
}

// Everything in the last days, though nothing kept earlier work from being seen.
void all_at_the_end(const Question& question, const Work& work, const Sight& sight, std::vector<Reason>& found) {
  if (work.counted < last_days_acts) return;
  for (const auto day : question.view.assessments) {
    const bool near = day > question.look_back.from + last_days && day <= question.as_of() + last_days;
    if (near && all_within(question, work, day - last_days, day + days(1)))
      return found.push_back(reason<"suspicion.before_assessment">(work.counted, (last_days / days(1)), day));
  }
  const auto from = question.as_of() - last_days;
  const bool read_before = sight.any && sight.begins <= from - last_days;
  if (read_before && question.criteria().look_back_days > 30 && all_within(question, work, from, Instant::max()))
    found.push_back(reason<"suspicion.last_days">(work.counted, (last_days / days(1))));
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

// The same text and nothing else on case after case, and on at least half of those on which this person wrote at all: what is noted of every case
// is filled in, not found out. Who answers with a form and notes what came of it has written more than the form.
void same_words(const Question& question, const Work& work, std::vector<Reason>& found) {
  std::map<std::string_view, std::map<std::int64_t, std::set<std::string_view>>> written;  // by person and words: the cases
  for (const auto& act : work.acts) {
    const Evidence& item = *act.evidence;
    if (question.recent(act.last) && item.wording != 0 && !item.case_id.empty()) written[item.actor][item.wording].insert(item.case_id);
  }
  for (const auto& [actor, by_words] : written) {
    std::size_t all = 0, most = 0;
    for (const auto& [words, cases] : by_words) all += cases.size(), most = std::max(most, cases.size());
    if (most >= same_words_min && 2 * most >= all) found.push_back(reason<"suspicion.same_words">(most, actor, all));
  }
}

// Shown more than a week after it says it was done, and after something later of the same stream had been read: entered afterwards, or history that
// came late. What one reading brings within days says nothing: history comes in any order.
void entered_afterwards(const Question& question, const Work& work, std::vector<Reason>& found) {
  std::vector<const Evidence*> items;
  for (const auto& act : work.acts)
    if (question.recent(act.last) && act.evidence->seen != Instant{} && !act.evidence->observed_from) items.push_back(act.evidence);
  std::ranges::sort(items, {}, [](const Evidence* item) { return std::tuple(item->seen, item->time); });
  std::map<std::string_view, Instant> read_up_to;  // by stream: the newest act read a week before
  std::map<std::string_view, std::uint64_t> late;
  std::size_t before = 0;
  for (const auto* item : items) {
    for (; items[before]->seen <= item->seen - entered_late; ++before) {
      auto& newest = read_up_to[stream_of(items[before]->uid)];
      newest = std::max(newest, items[before]->time);
    }
    const auto known = read_up_to.find(stream_of(item->uid));
    if (known != read_up_to.end() && known->second > item->time && item->seen - item->time > entered_late) ++late[item->source];
  }
  for (const auto& [source, count] : late) found.push_back(reason<"suspicion.entered_late">(count, source, (entered_late / days(1))));
}

// Whom nobody else is seen doing this service with; empty when several people do it.
std::string_view alone_at(const Question& question, const std::vector<Evidence>& items) {
  std::string_view only;
  for (const auto& item : items) {
    const bool work = item.kind == EvidenceKind::exercise || item.kind == EvidenceKind::drill || item.kind == EvidenceKind::handover;
    if (!work || item.actor_kind != ActorKind::human || !question.recent(item.time) || item.time > question.as_of()) continue;
    if (!only.empty() && only != item.actor) return {};
    only = item.actor;
  }
  return only;
}

// One person with everything: a shared account, or a centre that stands and falls with one.
void everything_by_one(const Question& question, const Work& work, std::vector<Reason>& found) {
  if (work.people.size() != 1) return;
  const auto& actor = work.people.begin()->first;
  const auto alone = std::ranges::count_if(question.view.items, [&](const auto& items) { return alone_at(question, items.second) == actor; });
  if (static_cast<std::size_t>(alone) >= alone_min) found.push_back(reason<"suspicion.everything">(actor, alone));
}

}  // namespace

std::vector<Reason> suspicions(const Question& question, const Work& work, const Sight& sight) {
  std::vector<Reason> found;
  all_at_the_end(question, work, sight, found);
  round_the_clock(question, work, found);
  within_seconds(question, work, found);
  same_words(question, work, found);
  entered_afterwards(question, work, found);
  everything_by_one(question, work, found);
  return found;
}

}  // namespace akashi::inference
