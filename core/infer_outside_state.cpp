// States of an outsourced service: reports come, late or not at all, are not looked at, are not needed, or cannot be seen.
#include "core/infer_outside.hpp"

namespace akashi::inference {

// A report that nobody looked at is only told of where a look would have been seen.
bool Outside::unread_report() {
  const auto* due = last_due();
  if (due == nullptr || due->look != nullptr || due->uncounted) return false;
  const auto absence = sight.absence(due->received);
  if (absence != Absence::sayable || due->received + days(patience()) > *sight.until) {
    set(cannot_say(sight, absence, patience()));
    return true;
  }
  finding.reasons.push_back(reason<"report.unread">(ref(*due), due->received, patience()));
  finding.state = State::missed_demand;
  finding.since = due->received;
  return true;
}

// Silence counts up to where reading ends.
void Outside::judge_state() {
  if (reports.all.empty()) return on_schedule() ? no_reports() : quiet();
  const auto& newest = reports.all.back();
  finding.reasons.push_back(reason<"report.last">(newest.received));
  if (unread_report()) return;
  if (!on_schedule()) return with_cases();
  const auto silence = sight.until.value_or(question.as_of()) - newest.received;
  if (silence <= days(interval() + patience())) {
    finding.state = State::exercised;
    finding.since = newest.look != nullptr ? newest.look->time : newest.received;
    return;
  }
  const auto absence = sight.absence(newest.received);
  if (absence != Absence::sayable) return set(cannot_say(sight, absence, interval() + patience()));
  const bool lapsed = silence > days(2 * interval() + patience());
  finding.state = lapsed ? State::unexercised : State::late;
  finding.since = newest.received + days(lapsed ? 2 * interval() + patience() : interval() + patience());
  finding.reasons.push_back(reason<"report.overdue">(provider(), interval()));
}

void Outside::no_reports() {
  const auto waited = 2 * interval() + patience();
  const auto absence = sight.absence(sight.until.value_or(question.as_of()) - days(waited));
  if (absence != Absence::sayable) return set(cannot_say(sight, absence, waited));
  finding.reasons.push_back(reason<"report.none">(provider(), waited));
  finding.state = State::unexercised;
  finding.since = *sight.until - days(waited);
}

// No report is due but for a case: the newest one stands as long as a case would.
void Outside::with_cases() {
  const auto& newest = reports.all.back();
  if (question.as_of() - newest.received > days(need_days())) return quiet();
  finding.state = State::exercised;
  finding.since = newest.look != nullptr ? newest.look->time : newest.received;
}

// The provider's own work in our tools, or somebody's whom nobody can name, in the time that matters.
bool Outside::seen_at_work() {
  const Evidence* newest = nullptr;
  std::set<std::string_view> nameless;
  const auto items = question.view.items.find(question.service);
  if (items == question.view.items.end()) return false;
  for (const auto& item : items->second) {
    const bool work = item.kind == EvidenceKind::exercise || item.kind == EvidenceKind::drill || item.kind == EvidenceKind::handover;
    const bool lately = item.time <= question.as_of() && question.as_of() - item.time <= days(need_days());
    if (!work || !lately || item.actor_kind == ActorKind::automation || is_marked_as_test(question.service, item)) continue;
    const bool combined = question.profile.assigned == Assignment::combined;  // then people inside do their own part
    if (combined && item.actor_kind != ActorKind::provider) continue;
    if (item.actor_kind != ActorKind::provider && item.actor_kind != ActorKind::human) nameless.insert(item.uid);
    else if (newest == nullptr || std::tuple(newest->time, newest->uid) < std::tuple(item.time, item.uid)) newest = &item;
  }
  if (newest != nullptr) set({State::exercised, newest->time, {reason<"state.last_done">(newest->time)}});
  else if (!nameless.empty()) set({State::not_observable, {}, {reason<"rung.nobody_identified">(nameless.size())}});
  return newest != nullptr || !nameless.empty();
}

// Something called for it, the agreed time is over, and neither a report nor anybody's work came after it.
bool Outside::unanswered(const std::vector<const Evidence*>& asked) {
  const auto until = sight.until.value_or(question.as_of());
  for (const auto* demand : asked) {
    const auto agreed = agreed_time(question, *demand);
    if (agreed.count() == 0 || demand->time + agreed >= until || sight.absence(demand->time) != Absence::sayable) continue;
    finding.reasons.push_back(reason<"report.not_for_demand">(demand->case_id.empty() ? demand->uid : demand->case_id, demand->time));
    finding.state = State::missed_demand;
    finding.since = demand->time;
    return true;
  }
  return false;
}

// Whether it may be said that nothing was reported, and where the work and what calls for it would be seen, nothing of these either. A source that
// cannot be seen into is said before one that is merely young: somebody has to mend it.
bool Outside::quiet_is_seen() {
  auto at_work = question;
  at_work.outside = false;
  auto work = look(at_work);
  std::optional<Judged> unseen;
  for (const auto* seen : {&sight, &work}) {
    const auto absence = seen->absence(seen->until.value_or(question.as_of()) - days(need_days()));
    if (absence == Absence::sayable || (seen == &work && !work.any)) continue;
    const auto why = cannot_say(*seen, absence, need_days());
    if (!unseen || (unseen->state != State::blind && why.state == State::blind)) unseen = why;
  }
  if (unseen) set(*unseen);
  return !unseen;
}

// Nothing was reported in the time that matters: not called for, a drill is due, or called for and not answered.
void Outside::quiet() {
  if (seen_at_work() || !quiet_is_seen()) return;
  const auto begun = std::max(question.look_back.from, sight.seen.spans().back().from);
  const auto last = reports.all.empty() ? begun : std::max(begun, reports.all.back().received);
  auto asked = demands_asked(question);
  std::erase_if(asked, [&](const Evidence* demand) { return !reports.all.empty() && demand->time <= last; });
  if (unanswered(asked)) return;
  if (!asked.empty()) {
    finding.reasons.push_back(reason<"state.nothing_agreed">(asked.size()));
  } else {
    if (const auto silent = upstream_silent(question)) return set({State::blind, sight.seen.spans().back().to, {*silent}});
    finding.reasons.push_back(reason<"report.none_needed">(need_days()));
  }
  if (question.criteria().warn_days > 0) return set({State::drill_due, last + days(need_days()), {reason<"state.drill_reminder">(need_days())}});
  if (asked.empty()) return set({State::no_demand, {}, {}});
  set({State::insufficient_history, sight.begins, {reason<"state.too_early">()}});
}

}  // namespace akashi::inference
