// The outsourced ladder's own parts, shared by its files: infer_outsource.cpp (the ladder), infer_outside_state.cpp, infer_understood.cpp.
#pragma once

#include <algorithm>

#include "core/infer_parts.hpp"

namespace akashi::inference {

// Service levels that a tool measured itself, of the period that is judged.
struct Levels {
  std::vector<const Evidence*> met, missed;  // ascending
};

// A document about the contract, and when somebody inside last looked into it; nullopt when that is not known of anybody.
struct Description {
  const Document* document = nullptr;
  std::optional<Instant> reviewed;
};

struct Outside {
  const Question& question;
  Sight sight;
  Reports reports;
  Finding finding;

  // Between two reports; 0: they come with cases, and their silence is no lapse.
  [[nodiscard]] int interval() const { return question.criteria().report_days; }
  [[nodiscard]] bool on_schedule() const { return interval() > 0; }
  [[nodiscard]] int patience() const { return question.criteria().review_days; }
  [[nodiscard]] std::string provider() const { return question.profile.provider.empty() ? std::string("@word.provider") : question.profile.provider; }
  [[nodiscard]] std::string owner() const { return question.profile.owner.empty() ? std::string("@word.owner") : question.profile.owner; }
  // How long nothing may have come with a case before that is worth a word.
  [[nodiscard]] int need_days() const {
    return question.criteria().warn_days > 0 ? question.criteria().warn_days : question.criteria().look_back_days;
  }
  // What was understood and found is judged over a quarter, as what cadence services do is; of what comes with cases, over the drill interval.
  [[nodiscard]] int period_days() const {
    constexpr int quarter = 90;
    return std::max(quarter, on_schedule() ? interval() : need_days());
  }
  [[nodiscard]] Instant period() const { return question.as_of() - days(period_days()); }
  [[nodiscard]] std::string ref(const Report& report) const { return report.first->title.empty() ? report.first->uid : report.first->title; }

  // The last report that somebody has looked at, or should have by now. What came since and is still in time says nothing yet.
  [[nodiscard]] const Report* last_due() const {
    const Report* found = nullptr;
    for (const auto& report : reports.all)
      if (report.look != nullptr || question.as_of() - report.received > days(patience())) found = &report;
    return found;
  }

  // The last that somebody has judged, or should have by now: looking at the next one early takes nothing back.
  [[nodiscard]] const Report* last_to_judge() const {
    const Report* found = nullptr;
    for (const auto& report : reports.all)
      if (report.judged() || question.as_of() - report.received > days(patience())) found = &report;
    return found;
  }

  template <class Fits>
  [[nodiscard]] const Report* newest_of_period(Fits fits) const {
    for (auto report = reports.all.rbegin(); report != reports.all.rend() && report->received >= period(); ++report)
      if (fits(*report)) return &*report;
    return nullptr;
  }

  void set(const Judged& judged) {
    finding.state = judged.state;
    finding.since = judged.since;
    finding.reasons.insert(finding.reasons.end(), judged.reasons.begin(), judged.reasons.end());
  }

  // infer_outside_state.cpp
  void judge_state();
  bool unread_report();
  void with_cases();
  void quiet();
  bool seen_at_work();
  bool quiet_is_seen();
  bool unanswered(const std::vector<const Evidence*>& asked);
  void no_reports();
  // infer_outsource.cpp
  void climb();
  void climb_without_look(const Report* last);
  void understood(const Report& last);
  void expected();
  void judged_by_expectation(const std::vector<const Document*>& expectations);
  void judged_met(const Document& newest, const Report& met, Instant since);
  void say_counter();
  void set_confidence();
};

// infer_understood.cpp
[[nodiscard]] Description description_in_force(const Outside& outside, std::vector<Reason>& missing);
// When an expectation was first written; a later version of it was expected already.
[[nodiscard]] Instant first_written(const Question& question, const Document& expectation);
[[nodiscard]] Levels levels_of(const Question& question, Instant from);

}  // namespace akashi::inference
