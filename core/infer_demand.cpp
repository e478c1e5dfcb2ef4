// Demand: what called for the service, paired with what was done by the case it happened on.
#include <algorithm>
#include <set>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

// Records that were closed in the second in which they were opened were brought in from elsewhere: nobody asked for anything by them.
std::set<std::pair<std::string_view, Instant>> brought_in(const std::vector<Evidence>& items) {
  std::set<std::pair<std::string_view, Instant>> closed;
  for (const auto& item : items)
    if (item.activity == "case.closed" && !item.case_id.empty()) closed.emplace(item.case_id, std::chrono::floor<std::chrono::seconds>(item.time));
  return closed;
}

// One per case, the earliest: a reopened or forwarded demand is still the same one. Those of drills, tests and imports are no demands.
std::vector<const Evidence*> asked(const Question& question) {
  std::vector<const Evidence*> found;
  const auto items = question.view.items.find(question.service);
  if (items == question.view.items.end()) return found;
  for (const auto& item : items->second)
    if (item.kind == EvidenceKind::demand && !item.drill && item.time <= question.as_of() && !is_marked_as_test(question.service, item))
      found.push_back(&item);
  std::ranges::sort(found, {}, [](const Evidence* item) { return std::tuple(item->time, std::string_view(item->uid)); });
  std::set<std::string_view> cases;
  std::erase_if(found, [&](const Evidence* item) { return !cases.insert(item->case_id.empty() ? item->uid : item->case_id).second; });
  const auto imports = brought_in(items->second);
  // A demand that is an end itself (a closed incident calls for its report) is no import by that end.
  const auto imported = [&](const Evidence* item) {
    return item->activity != "case.closed" && imports.contains({item->case_id, std::chrono::floor<std::chrono::seconds>(item->time)});
  };
  std::erase_if(found, [&](const Evidence* item) { return !question.recent(item->time) || imported(item); });
  return found;
}

}  // namespace

std::vector<const Evidence*> demands_asked(const Question& question) { return asked(question); }

namespace {

// When work on a case was first seen, by those who count.
class Answers {
 public:
  Answers(const Question& question, const Work& work) : question_(question), work_(work) {
    for (const auto& act : work.acts)
      if (!act.evidence->case_id.empty()) times_[act.evidence->case_id].push_back(act.last);
  }

  // The first answer: any work on the case itself, work on a related case from the demand on; a demand on no case takes whatever came after it.
  [[nodiscard]] std::optional<Instant> to(const Evidence& demand) const {
    if (demand.case_id.empty()) {
      const auto after = std::ranges::lower_bound(work_.acts, demand.time, {}, &Act::last);
      return after == work_.acts.end() ? std::nullopt : std::optional(after->last);
    }
    std::optional<Instant> first;
    if (const auto own = times_.find(demand.case_id); own != times_.end()) first = own->second.front();
    const auto links = question_.view.links.find(demand.case_id);
    if (links == question_.view.links.end()) return first;
    for (const auto& link : links->second) {
      const auto related = times_.find(link);
      if (related == times_.end()) continue;
      const auto after = std::ranges::lower_bound(related->second, demand.time);
      if (after != related->second.end() && (!first || *after < *first)) first = *after;
    }
    return first;
  }

  // Somebody worked on it who does not count. The one who asked and wrote again is no answer; who ended what they had asked for took it back.
  [[nodiscard]] bool uncounted(const Evidence& demand) const {
    if (worked_by_another(demand.case_id, demand.actor) || taken_back(demand)) return true;
    const auto links = question_.view.links.find(demand.case_id);
    return links != question_.view.links.end() &&
           std::ranges::any_of(links->second, [&](const std::string& link) { return worked_by_another(link, demand.actor); });
  }

 private:
  [[nodiscard]] bool worked_by_another(const std::string& case_id, const std::string& than) const {
    const auto found = work_.uncounted_cases.find(case_id);
    return found != work_.uncounted_cases.end() && std::ranges::any_of(found->second, [&](const std::string& actor) { return actor != than; });
  }

  [[nodiscard]] bool taken_back(const Evidence& demand) const {
    const bool is_end = demand.activity == "case.closed";  // a closed incident calls for its report
    if (is_end || demand.case_id.empty() || demand.actor_kind == ActorKind::automation) return false;
    const auto items = question_.view.items.find(question_.service);
    return items != question_.view.items.end() && std::ranges::any_of(items->second, [&](const Evidence& item) {
             const bool end = item.activity == "case.closed" || item.activity == "case.refused";
             return end && item.case_id == demand.case_id && item.actor == demand.actor && item.time >= demand.time && item.time <= question_.as_of();
           });
  }

  const Question& question_;
  const Work& work_;
  std::map<std::string_view, std::vector<Instant>> times_;
};

}  // namespace

Demands demands(const Question& question, const Work& work, const Sight& sight) {
  Demands found;
  const Answers answers(question, work);
  const auto read_to = sight.until.value_or(question.as_of());  // a time that ran out after reading ended has not run out as far as was seen
  for (const auto* demand : asked(question)) {
    found.newest = demand->time;
    const auto answer = answers.to(*demand);
    const auto agreed = agreed_time(question, *demand);
    const auto deadline = demand->time + agreed;
    if (answer && (agreed.count() == 0 || *answer <= deadline)) ++found.met;
    else if (answer) found.late.push_back(demand);
    else if (answers.uncounted(*demand)) found.uncounted.push_back(demand);
    else if (agreed.count() == 0) found.unagreed.push_back(demand);
    else if (deadline >= read_to) found.waiting.push_back(demand);
    else if (sight.seen.covers({demand->time, deadline})) found.missed.push_back(demand);
    else found.unclear.push_back(demand);
  }
  return found;
}

}  // namespace akashi::inference
