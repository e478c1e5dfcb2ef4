// Counting: which acts count for a service, by whom, and what was set aside.
#include <algorithm>
#include <set>
#include <tuple>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

bool is_work(EvidenceKind kind) { return kind == EvidenceKind::exercise || kind == EvidenceKind::drill || kind == EvidenceKind::handover; }

// One entry per activity, ascending by time: two rules that count the same activity count it once; a drill by one rule is a drill.
std::vector<const Evidence*> work_items(const Question& question) {
  std::vector<const Evidence*> work;
  const auto found = question.view.items.find(question.service);
  if (found == question.view.items.end()) return work;
  for (const auto& item : found->second)
    if (is_work(item.kind) && item.time <= question.as_of()) work.push_back(&item);
  const auto key = [](const Evidence* item) {
    return std::tuple(item->time, std::string_view(item->uid), !item->drill && item->kind == EvidenceKind::exercise, std::string_view(item->rule));
  };
  std::ranges::sort(work, {}, key);
  const auto again = std::ranges::unique(work, {}, [](const Evidence* item) { return std::string_view(item->uid); });
  work.erase(again.begin(), again.end());
  return work;
}

// A tally as one act: its uid does not change while the day's count grows.
Evidence stand_in(const TallyKey& key, const Tally& tally) {
  Evidence item;
  item.uid = "tally/" + key.source + "/" + key.rule + "/" + key.actor + "/" + format_day(key.day);
  item.rule = key.rule;
  item.service = key.service;
  item.kind = key.kind;
  item.time = tally.first;
  item.source = key.source;
  item.actor = key.actor;
  item.actor_kind = key.actor_kind;
  item.team = key.team;
  item.digest = tally.witnesses.front();
  return item;
}

void set_aside(const Question& question, Work& work, const Evidence& item, std::string_view code, std::uint64_t count) {
  if (item.actor_kind != ActorKind::automation && !item.case_id.empty()) work.uncounted_cases[item.case_id].insert(item.actor);
  if (!question.recent(item.time)) return;
  work.rejected.push_back(rejected(item, code));
  work.set_aside += count;
  if (code == rejection<"rejected.unknown_actor">()) work.unknown_actors[item.actor] += count;
}

bool closes(const Evidence& item) { return item.activity == "case.closed"; }

// Checks, verifications, changes and reports are recorded by finishing them, and an alert's end is its verdict: there the end is the work. An
// incident, an enquiry or an analysis is handled through several acts, and its end alone shows nobody who could stand in.
bool finishing_is_work(std::string_view service) {
  return service.starts_with("G-") || service == "D-7" || service == "B-1" || service == "B-2" || service == "B-3";
}

// Marks the closings that are no part of the work: see Act.
void mark_closings(const Question& question, Work& work) {
  std::map<std::string_view, std::set<std::string_view>> handlers;
  for (const auto& act : work.acts)
    if (!closes(*act.evidence)) handlers[act.evidence->case_id].insert(act.evidence->actor);
  for (auto& act : work.acts) {
    if (!closes(*act.evidence)) continue;
    const auto& on_case = handlers[act.evidence->case_id];
    const bool others =
        !act.evidence->case_id.empty() && std::ranges::any_of(on_case, [&](std::string_view actor) { return actor != act.evidence->actor; });
    act.only_closes = others || !finishing_is_work(question.service);
  }
}

void add_person(const Question& question, Work& work, const Act& act) {
  if (!question.recent(act.last) || !question.recent(std::min(act.evidence->earliest(), act.last))) return;
  if (!act.gone) work.counted += act.count;
  auto& person = (act.gone ? work.gone : work.people)[act.evidence->actor];
  person.acts += act.count;
  if (act.only_closes) person.closings += act.count;
  person.last = std::max(person.last, act.last);
}

void count_tallies(const Question& question, const Rejections& rejections, Work& work) {
  for (const auto& [key, tally] : question.view.tallies) {
    if (key.service != question.service || !is_work(key.kind) || tally.first > question.as_of() || tally.count == 0) continue;
    const auto item = stand_in(key, tally);
    const auto code = rejections.why_actor(key.actor, key.actor_kind, key.team, tally.first);
    if (!code.empty()) {
      set_aside(question, work, item, code, tally.count);
      continue;
    }
    work.from_tallies.push_back(item);
    work.acts.push_back({&work.from_tallies.back(), tally.count, std::min(tally.last, question.as_of())});
  }
}

// One act may be told several times: in parts (two fields set at once, the files of a merge request), which is still one act, or once more by a case
// that was merged.
class Told {
 public:
  // The earlier telling of the same person's act in the same second on the same case; nullptr for the first.
  const Evidence* before(const Evidence& item) {
    if (item.case_id.empty()) return nullptr;
    const auto second = std::chrono::floor<std::chrono::seconds>(written(item));
    const auto [at, fresh] = acts_.try_emplace({second, item.case_id, item.actor, item.activity}, &item);
    return fresh ? nullptr : at->second;
  }

 private:
  std::map<std::tuple<Instant, std::string_view, std::string_view, std::string_view>, const Evidence*> acts_;
};

// The end of an item may be told as what it meant (a verdict on an alert, a change carried out) and as its status. Who does both within a minute did
// one act: it stays as what it meant.
class Ends {
 public:
  explicit Ends(std::vector<Act>& acts) : acts_(acts) {}

  // Whether the item is the other telling of an act that was counted already; then the act is the two of them.
  bool joins(const Evidence& item) {
    const bool ends = closes(item) || item.activity == "case.refused";
    if (item.case_id.empty() || (!ends && !means_an_end(item.activity))) return false;
    auto& waiting = waiting_[{item.case_id, item.actor, is_drill(item)}];
    auto& mine = ends ? waiting.ends : waiting.meanings;
    auto& others = ends ? waiting.meanings : waiting.ends;
    if (others && item.time - acts_[*others].last <= one_act) {
      Act& act = acts_[*others];
      act.last = item.time;
      if (!ends) act.evidence = &item;
      others.reset();
      return true;
    }
    mine = acts_.size();  // where it comes to stand
    return false;
  }

 private:
  static constexpr auto one_act = std::chrono::minutes(1);
  static bool means_an_end(std::string_view activity) {
    return activity == "alert.judged" || activity == "sample.judged" || activity == "change.implemented" || activity == "report.published";
  }
  struct Waiting {
    std::optional<std::size_t> ends, meanings;
  };
  std::vector<Act>& acts_;
  std::map<std::tuple<std::string_view, std::string_view, bool>, Waiting> waiting_;
};

}  // namespace

const Act* Work::newest(bool drills) const {
  const auto found = std::find_if(acts.rbegin(), acts.rend(), [&](const Act& act) { return act.drill() == drills; });
  return found == acts.rend() ? nullptr : &*found;
}

Work count(const Question& question) {
  Work work;
  const auto items = work_items(question);
  const Rejections rejections(question, items);
  Told told;
  Ends ends(work.acts);
  for (const auto* item : items) {
    const auto code = rejections.why(*item);
    if (!code.empty()) {
      set_aside(question, work, *item, code, 1);
      continue;
    }
    const auto* before = told.before(*item);
    if (before == nullptr && !ends.joins(*item)) work.acts.push_back({item, 1, item->time});
    else if (before == nullptr) continue;
    else if (before->url != item->url) set_aside(question, work, *item, rejection<"rejected.duplicate">(), 1);
  }
  count_tallies(question, rejections, work);
  std::ranges::sort(work.acts, {}, [](const Act& act) { return std::tuple(act.last, std::string_view(act.evidence->uid)); });
  for (auto& act : work.acts) act.gone = tenure_of(question.view, act.evidence->actor).ended(question.as_of());
  mark_closings(question, work);
  for (const auto& act : work.acts) add_person(question, work, act);
  return work;
}

}  // namespace akashi::inference
