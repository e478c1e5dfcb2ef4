// Matters of services: silence, missed demand, drills, approvals, drift.
#include "core/alert_matters.hpp"

#include <algorithm>

#include "core/reasons.hpp"

namespace akashi::alerting {

namespace {

const Reason* find(const std::vector<Reason>& reasons, std::string_view code) {
  const auto found = std::ranges::find(reasons, code, &Reason::code);
  return found == reasons.end() ? nullptr : &*found;
}

// A state of which nothing follows about what was or was not done.
bool tells_nothing(State state) { return state == State::blind || state == State::insufficient_history || state == State::not_observable; }

Reason now(State state) { return reason<"alert.over">("@state." + std::string(name(state))); }
Reason unseen(State state) { return reason<"alert.unseen">("@state." + std::string(name(state))); }

struct Looking {
  const AlertPolicy& policy;
  Instant at;
  Picture& picture;

  void add(const Finding& finding, std::string_view family, AlertKind kind, std::vector<Reason> reasons, std::optional<Instant> since,
           std::optional<AlertLevel> level = {}) {
    const auto standard = policy.levels.at(static_cast<std::size_t>(kind));
    const auto key = key_of(finding, family);
    if (!standard) return absent(finding, family, {reason<"alert.off">()});
    Matter matter{key, kind, level.value_or(*standard), finding.service, finding.ladder, {}, {finding.service}, since, std::move(reasons), {}};
    picture.matters.insert_or_assign(key, std::move(matter));
  }
  void absent(const Finding& finding, std::string_view family, Absent why) {
    picture.absent.insert_or_assign(key_of(finding, family), std::move(why));
  }
  static std::string key_of(const Finding& finding, std::string_view family) {
    return std::string(family) + "/" + finding.service + "/" + finding.ladder;
  }

  static std::vector<Reason> about(const Finding& finding, std::initializer_list<std::string_view> codes) {
    std::vector<Reason> found;
    for (const Reason& one : finding.reasons)
      if (std::ranges::find(codes, one.code) != codes.end()) found.push_back(one);
    return found;
  }

  // The finding's clock runs through weekends; that of a service of business days does not. Late by the finding, but not by its own clock: not yet.
  [[nodiscard]] bool due(const Finding& finding, bool unexercised) const {
    const auto found = policy.business.find(finding.service);
    if (found == policy.business.end() || !finding.since) return true;
    const auto [warn, limit] = found->second;
    const Instant last = *finding.since - days(finding.state == State::unexercised ? limit : warn);
    return at >= policy.calendar.after_business_days(last, unexercised ? limit : warn);
  }

  void silence(const Finding& finding) {
    const auto reasons = about(finding, {"state.last_done", "state.last_drill", "state.silent_late", "state.silent", "state.never_done",
                                         "report.last", "report.overdue", "report.none"});
    if (finding.state == State::unexercised && due(finding, true)) return add(finding, "silence", AlertKind::unexercised, reasons, finding.since);
    const bool silent = finding.state == State::late || finding.state == State::unexercised;
    if (silent && due(finding, false)) return add(finding, "silence", AlertKind::late, reasons, finding.since);
    absent(finding, "silence", {now(finding.state)});
  }

  void demand(const Finding& finding) {
    if (finding.state != State::missed_demand) return absent(finding, "demand", {now(finding.state)});
    add(finding, "demand", AlertKind::missed_demand,
        about(finding, {"state.missed", "state.missed_days", "state.missed_minutes", "report.unread", "report.not_for_demand"}), finding.since);
  }

  void drill(const Finding& finding) {
    if (finding.state != State::drill_due) return absent(finding, "drill", {now(finding.state)});
    const auto reasons = about(finding, {"state.last_done", "state.last_drill", "state.drill_reminder", "state.drill_overdue"});
    auto level = policy.levels.at(static_cast<std::size_t>(AlertKind::drill_due));
    if (level == AlertLevel::info && find(reasons, "state.drill_overdue") != nullptr)
      level = AlertLevel::warning;  // past its limit, no more a reminder
    add(finding, "drill", AlertKind::drill_due, reasons, finding.since, level);
  }

  void approval(const Finding& finding) {
    const bool hidden = half_seen(finding);  // a new approval may lie where nobody looks
    if (const auto* expired = find(finding.counter, "counter.approval_expired")) {
      if (hidden) return absent(finding, "approval", {unseen(State::blind), Absent::How::unseen});
      return add(finding, "approval", AlertKind::approval_expired, {*expired}, parse_time(expired->args.at(2)));
    }
    const auto* holds = find(finding.counter, "counter.approval_expires");
    // Below 3 no document is looked at.
    if (holds == nullptr)
      return absent(finding, "approval",
                    {reason<"alert.approval_gone">(), finding.rung.value_or(0) < 3 || half_seen(finding) ? Absent::How::stays : Absent::How::over});
    const auto until = parse_time(holds->args.at(1));
    if (!until || *until - at > policy.approval_warning) return absent(finding, "approval", {reason<"alert.approval_renewed">(holds->args.at(1))});
    add(finding, "approval", AlertKind::approval_expiring, {*holds}, *until - policy.approval_warning);
  }

  void drift(const Finding& finding) {
    if (!finding.as_is || (finding.rung && *finding.rung == *finding.as_is)) return absent(finding, "drift", {reason<"alert.agrees">()});
    if (!finding.rung) return absent(finding, "drift", {unseen(finding.state), Absent::How::unseen});
    if (!finding.drift) return absent(finding, "drift", {{}, Absent::How::stays});  // differs, not for long enough or not for sure
    const auto [score, supports, since, manual] = *finding.drift;
    auto level = policy.levels.at(static_cast<std::size_t>(AlertKind::drift));
    if (supports > score && level) level = AlertLevel::info;  // better than it was said to be: nothing is wrong, but a decision waits
    const auto why = supports < score ? reason<"alert.drift_below">(score, supports) : reason<"alert.drift_above">(score, supports);
    add(finding, "drift", AlertKind::drift, {why}, since, level);
  }

  void look(const Finding& finding) {
    if (finding.state == State::out_of_scope) {
      for (const auto* family : {"silence", "demand", "drill", "approval", "drift"}) absent(finding, family, {reason<"alert.scope">()});
      return;
    }
    if (tells_nothing(finding.state)) {
      for (const auto* family : {"silence", "demand", "drill"}) absent(finding, family, {unseen(finding.state), Absent::How::unseen});
    } else {
      silence(finding);
      demand(finding);
      drill(finding);
    }
    approval(finding);
    drift(finding);
  }
};

}  // namespace

bool half_seen(const Finding& finding) {
  return std::ranges::any_of(finding.coverage, [](const CoverageNote& note) { return note.state == "broken" || note.state == "blind"; });
}

Picture picture(const std::vector<Finding>& findings, const std::vector<SourceState>& sources, const AlertPolicy& policy, Instant at) {
  Picture seen;
  Looking looking{policy, at, seen};
  for (const Finding& finding : findings) looking.look(finding);
  see_sources(findings, sources, policy, at, seen);
  return seen;
}

}  // namespace akashi::alerting
