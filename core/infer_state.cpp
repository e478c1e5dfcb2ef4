// State: what may be said about now. Occurrence first; absence only where it could be seen; "no demand" only while the upstream service is alive.
#include <algorithm>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

State reported_state(Question above) {
  above.outside = true;
  return outsourced(above).state;
}

struct Judge {
  const Question& question;
  const Work& work;
  const Sight& sight;
  const Demands& asked;
  Judged judged{};

  [[nodiscard]] Duration warn() const { return days(warning_days(question.criteria())); }
  [[nodiscard]] Duration stale() const { return days(limit_days(question.criteria())); }
  [[nodiscard]] int need_days() const {  // on-demand: how long nothing may have been before that is worth a word
    return question.criteria().warn_days > 0 ? question.criteria().warn_days : question.criteria().look_back_days;
  }

  [[nodiscard]] bool open() const { return !asked.waiting.empty() || !asked.unagreed.empty(); }
  // From where on everything was read, as far as the look-back goes.
  [[nodiscard]] Instant begun() const { return std::max(question.look_back.from, sight.seen.spans().back().from); }

  Judged set(State state, std::optional<Instant> since = {}) {
    judged.state = state;
    judged.since = since;
    return judged;
  }

  void say_last() {
    if (const auto* act = work.newest(false)) judged.reasons.push_back(reason<"state.last_done">(act->last));
    if (const auto* act = work.newest(true)) judged.reasons.push_back(reason<"state.last_drill">(act->last));
  }

  void say_open() {
    if (!asked.waiting.empty()) judged.reasons.push_back(reason<"state.pending">(asked.waiting.size()));
    if (!asked.unagreed.empty()) judged.reasons.push_back(reason<"state.nothing_agreed">(asked.unagreed.size()));
  }

  Judged cannot_say(Absence absence, int days_needed) {
    const auto why = inference::cannot_say(sight, absence, days_needed);
    append(judged.reasons, why.reasons);
    return set(why.state, why.since);
  }

  Judged missed() {
    const auto& oldest = *asked.missed.front();
    const auto [unit, count] = in_words(agreed_time(question, oldest));
    const auto missed = asked.missed.size();
    judged.reasons.push_back(unit == TimeUnit::days    ? reason<"state.missed_days">(missed, count, ref_of(oldest), oldest.time)
                             : unit == TimeUnit::hours ? reason<"state.missed">(missed, count, ref_of(oldest), oldest.time)
                                                       : reason<"state.missed_minutes">(missed, count, ref_of(oldest), oldest.time));
    return set(State::missed_demand, oldest.time);
  }

  // The clock runs always; a drill or channel test resets it as work does.
  Judged cadence() {
    const auto* newest = work.newest();
    say_last();
    say_open();
    if (newest != nullptr && question.as_of() - newest->last <= warn()) {
      if (!asked.missed.empty()) return missed();
      return surely_within(warn()) ? set(State::exercised, newest->last) : cannot_say(Absence::hidden, warning_days(question.criteria()));
    }
    if (newest != nullptr && question.as_of() - newest->last <= stale()) return silent(*newest);
    return long_silent(newest);
  }

  // Some act (some that is no drill) was done in that time, whenever in its own span of time it was.
  [[nodiscard]] bool surely_within(Duration limit, bool drills = true) const {
    return std::ranges::any_of(work.acts, [&](const Act& act) {
      const auto at = act.evidence->observed_from ? act.evidence->earliest() : act.last;
      return (drills || !act.drill()) && question.as_of() - at <= limit;
    });
  }

  // Longer than the warning, not yet the limit.
  Judged silent(const Act& newest) {
    const auto absence = sight.absence(newest.last);
    if (absence != Absence::sayable) return asked.missed.empty() ? cannot_say(absence, warning_days(question.criteria())) : missed();
    if (!asked.missed.empty()) return missed();
    if (*sight.until - newest.last <= warn()) return set(State::exercised, newest.last);
    judged.reasons.push_back(reason<"state.silent_late">(warning_days(question.criteria()), limit_days(question.criteria())));
    return set(State::late, newest.last + warn());
  }

  // Longer than the limit, or never. Silence is counted up to where reading ends.
  Judged long_silent(const Act* newest) {
    const auto from = sight.until.value_or(question.as_of()) - stale();
    const auto absence = sight.absence(from);
    if (absence != Absence::sayable) return asked.missed.empty() ? cannot_say(absence, limit_days(question.criteria())) : missed();
    if (newest != nullptr && newest->last >= from) return silent(*newest);
    if (newest != nullptr) {
      judged.reasons.push_back(reason<"state.silent">(limit_days(question.criteria())));
      return set(State::unexercised, newest->last + stale());
    }
    judged.reasons.push_back(reason<"state.never_done">(begun()));
    return set(State::unexercised, begun());
  }

  // The clock runs only from a demand; a drill keeps the ability alive.
  Judged on_demand() {
    say_last();
    say_open();
    if (!asked.missed.empty()) return missed();
    const auto* done = work.newest(false);
    if (done != nullptr && question.as_of() - done->last <= days(need_days()))
      return surely_within(days(need_days()), false) ? set(State::exercised, done->last) : cannot_say(Absence::hidden, need_days());
    const auto* drill = work.newest(true);
    const bool drilled = drill != nullptr && question.as_of() - drill->last <= days(need_days());
    const bool called = open() || (asked.newest && question.as_of() - *asked.newest <= days(need_days()));
    if (drilled && called) return set(State::exercised, drill->last);
    const auto lately = [&](const Evidence* demand) { return question.as_of() - demand->time <= days(need_days()); };
    if (!drilled && std::ranges::any_of(asked.uncounted, lately)) return unidentified();  // what is older could not have kept it alive either
    return nothing_done(drilled ? drill : nullptr);
  }

  Judged unidentified() {
    judged.reasons.push_back(reason<"rung.nobody_identified">(work.set_aside));
    return set(State::not_observable);
  }

  // No case in the time that matters; a drill perhaps.
  Judged nothing_done(const Act* drill) {
    const auto from = sight.until.value_or(question.as_of()) - days(need_days());
    const auto absence = sight.absence(from);
    if (absence != Absence::sayable) return cannot_say(absence, need_days());
    if (!asked.unclear.empty()) return cannot_say(sight.absence(asked.unclear.front()->time), question.criteria().look_back_days);
    if (!open() && !upstream_alive()) return judged;
    if (!open()) judged.reasons.push_back(reason<"state.nothing_asked">(std::max(begun(), asked.newest.value_or(begun()))));
    if (drill != nullptr) return set(State::no_demand, drill->last);
    if (question.criteria().warn_days > 0) return drill_due();
    if (!open()) return set(State::no_demand);
    judged.reasons.push_back(reason<"state.too_early">());
    return set(State::insufficient_history, sight.begins);
  }

  Judged drill_due() {
    const auto* newest = work.newest();
    const auto silence = newest == nullptr ? Duration::max() : *sight.until - newest->last;
    if (newest != nullptr && silence <= warn()) return set(State::exercised, newest->last);  // the limit passed after reading ended
    if (question.criteria().stale_days > 0 && silence > stale() && sight.absence(*sight.until - stale()) == Absence::sayable)
      judged.reasons.push_back(reason<"state.drill_overdue">(question.criteria().stale_days));
    else judged.reasons.push_back(reason<"state.drill_reminder">(question.criteria().warn_days));
    return set(State::drill_due, (newest == nullptr ? begun() : newest->last) + warn());
  }

  // Says so, and judges blind, when it is not.
  bool upstream_alive() {
    const auto silent = upstream_silent(question);
    if (!silent) return true;
    judged.reasons.push_back(*silent);
    set(State::blind, sight.seen.empty() ? std::nullopt : std::optional(sight.seen.spans().back().to));
    return false;
  }
};

// Work within the limit, whatever else is wrong: its demand side was alive.
bool is_alive(const Question& question, const Work& work) {
  const auto* newest = work.newest();
  return newest != nullptr && question.as_of() - newest->last <= days(limit_days(question.criteria()));
}

}  // namespace

std::optional<Judged> not_judged(const Question& question) {
  const auto& profile = question.profile;
  if (profile.level == "unnecessary") return Judged{State::out_of_scope, {}, {reason<"scope.unnecessary">()}};
  if (profile.not_applicable) return Judged{State::out_of_scope, {}, {reason<"scope.not_applicable">()}};
  if (!judged(question.service)) return Judged{State::out_of_scope, {}, {reason<"scope.category">(question.service.substr(0, 1))}};
  if (profile.assigned == Assignment::unassigned) return Judged{State::not_observable, {}, {reason<"assignment.unassigned">()}};
  return {};
}

// Which of the three reasons it is.
Judged cannot_say(const Sight& sight, Absence absence, int days_needed) {
  if (!sight.any) return {State::not_observable, {}, {reason<"state.none_can_show">()}};
  if (absence == Absence::too_short) return {State::insufficient_history, sight.begins, {reason<"history.short">(sight.begins, days_needed)}};
  Judged judged{State::blind, {}, {}};
  if (!sight.seen.empty()) judged.since = sight.seen.spans().back().to;
  if (sight.hidden.empty()) judged.reasons.push_back(reason<"blind.somewhere">());
  append(judged.reasons, sight.hidden);
  return judged;
}

std::optional<Reason> upstream_silent(const Question& question) {
  const auto& upstream = question.criteria().upstream;
  if (upstream.empty() || upstream == question.service) return {};
  auto above = ask(question.view, upstream);
  above.profile.criteria.upstream = {};  // one step up: what that one rests on is its own finding
  const auto why = [&](State state) { return reason<"state.upstream">(upstream, "@state." + std::string(name(state))); };
  const auto assigned = above.profile.assigned;
  const auto reported = assigned == Assignment::outsource || assigned == Assignment::combined ? reported_state(above) : State::not_observable;
  if (reported == State::exercised || reported == State::late) return {};  // the provider reports, and somebody looks
  if (assigned == Assignment::outsource) return why(reported);
  const auto work = count(above);
  const auto sight = look(above);
  const auto judged = judge_state(above, work, sight, demands(above, work, sight));
  return judged.alive ? std::nullopt : std::optional(why(judged.state));
}

Judged judge_state(const Question& question, const Work& work, const Sight& sight, const Demands& asked) {
  if (auto given = not_judged(question)) return *given;
  Judge judge{question, work, sight, asked};
  auto judged = question.criteria().clock_runs_always() ? judge.cadence() : judge.on_demand();
  judged.alive = is_alive(question, work) && judged.state != State::blind && judged.state != State::not_observable;
  return judged;
}

}  // namespace akashi::inference
