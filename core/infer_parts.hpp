// The pieces of inference, each in a file of its own, in the order in which infer.cpp uses them. Internal to core/infer*.cpp.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/infer.hpp"
#include "core/reasons.hpp"

namespace akashi::inference {

constexpr std::size_t bulk_max = 20;  // items in one second, by one actor, of one kind: reports that were moved on by the score were not read either

// What is asked: one service at one moment. Borrows the view.
struct Question {
  const View& view;
  std::string_view service;
  ServiceProfile profile;
  Span look_back;            // up to and with as_of
  bool teams_given = false;  // some evidence carries a team, so a person without one is outside
  bool outside = false;      // the outsourced ladder is asked for
  [[nodiscard]] Instant as_of() const { return view.as_of; }
  [[nodiscard]] const Criteria& criteria() const { return profile.criteria; }
  [[nodiscard]] bool recent(Instant at) const { return at >= look_back.from; }
};
[[nodiscard]] Question ask(const View& view, std::string_view service);
// The clock of a cadence service in days, where 0 in the criteria means none: then only the look-back ends the patience.
[[nodiscard]] inline int limit_days(const Criteria& criteria) { return criteria.stale_days > 0 ? criteria.stale_days : criteria.look_back_days; }
[[nodiscard]] inline int warning_days(const Criteria& criteria) { return criteria.warn_days > 0 ? criteria.warn_days : limit_days(criteria); }
// When this person works here; of one of whom nothing is said, always.
[[nodiscard]] Tenure tenure_of(const View& view, std::string_view actor);
[[nodiscard]] std::string team_of(const Question& question);  // the assigned team, or words for it

[[nodiscard]] inline const std::string& ref_of(const Evidence& item) { return item.case_id.empty() ? item.uid : item.case_id; }
inline void append(std::vector<Reason>& to, const std::vector<Reason>& from) { to.insert(to.end(), from.begin(), from.end()); }
[[nodiscard]] inline bool is_drill(const Evidence& item) {
  return item.drill || item.kind == EvidenceKind::drill || item.kind == EvidenceKind::handover;
}

// When it was written down. What was done in one go is seen by this: several acts of one day of performance are no bulk and no repetition.
[[nodiscard]] inline Instant written(const Evidence& item) { return item.recorded.value_or(item.time); }

// One act that counts: an item, or a day's tally of one person. Points into the view or into Work::from_tallies.
struct Act {
  const Evidence* evidence = nullptr;
  std::uint64_t count = 1;
  Instant last{};
  bool gone = false;         // by somebody who has left since: it was done, and nobody who did it stands ready
  bool only_closes = false;  // ends a case that somebody else handled, or one whose handling takes more than its end
  [[nodiscard]] bool drill() const { return is_drill(*evidence); }
};

// What one person did in the look-back.
struct PersonWork {
  std::uint64_t acts = 0, closings = 0;
  Instant last{};
  [[nodiscard]] bool worked() const { return acts > closings; }
};

// Counting (infer_count.cpp, infer_reject.cpp): what counts, and what was set aside with its reason.
struct Work {
  std::deque<Evidence> from_tallies;         // what the tallies stand for, one per person and day
  std::vector<Act> acts;                     // all that count up to as_of, ascending
  std::map<std::string, PersonWork> people;  // of the look-back, by actor; without those who have left
  std::map<std::string, PersonWork> gone;    // those
  std::vector<Rejected> rejected;            // of the look-back
  std::uint64_t counted = 0, set_aside = 0;  // of the look-back
  std::map<std::string, std::uint64_t> unknown_actors;
  std::map<std::string, std::set<std::string>> uncounted_cases;  // by case: the people and accounts who worked there and do not count (no automation)
  [[nodiscard]] const Act* newest(bool drills) const;
  [[nodiscard]] const Act* newest() const { return acts.empty() ? nullptr : &acts.back(); }
};
[[nodiscard]] Work count(const Question& question);

// Sorts out what does not count; the same order of checks for everything. nullptr code = it counts.
class Rejections {
 public:
  Rejections(const Question& question, const std::vector<const Evidence*>& work);
  [[nodiscard]] std::string_view why(const Evidence& item) const;  // code, "" when it counts
  [[nodiscard]] std::string_view why_actor(const std::string& actor, ActorKind kind, const std::string& team, Instant at) const;

 private:
  struct Life {
    std::optional<Instant> opened, closed;
    std::string opener, closer;
  };
  [[nodiscard]] std::string_view why_case(const Evidence& item) const;
  const Question& question_;
  std::map<std::string_view, Life> cases_;
  std::map<std::string_view, std::string_view> told_, disordered_;                                         // by uid
  std::map<std::tuple<Instant, std::string_view, std::string_view>, std::set<std::string_view>> at_once_;  // second, actor, kind → what it is about
};
[[nodiscard]] Rejected rejected(const Evidence& item, std::string_view code);
// "rt/transactions" of "rt/transactions/12/3": which stream told it.
[[nodiscard]] std::string_view stream_of(std::string_view uid);
// By uid, the code: a verdict given again, an act told by two streams (infer_reject_told.cpp); what was only recorded (infer_reject_order.cpp).
[[nodiscard]] std::map<std::string_view, std::string_view> told_before(const std::vector<const Evidence*>& work);
[[nodiscard]] std::map<std::string_view, std::string_view> out_of_order(const Question& question, const std::vector<const Evidence*>& work);
// "[TEST] …", 「【訓練】」 is a drill and no test.
[[nodiscard]] bool is_marked_as_test(std::string_view service, const Evidence& item);

// Sight (infer_sight.cpp): what could be seen, and what may therefore be said about absence.
enum class Absence : std::uint8_t { sayable, too_short, hidden };
struct Sight {
  bool any = false;              // some source could show the service
  Coverage seen;                 // what all of them read completely
  std::optional<Instant> until;  // up to where all of them are read; nullopt when one lags behind or is broken
  Instant begins{};              // when the youngest source's history begins
  bool fresh = false;            // nothing else is wrong than that a source has not been read for the first time yet
  std::vector<CoverageNote> notes;
  std::vector<Reason> hidden;  // why absence may not be spoken about
  // Whether absence in [from, until) may be spoken about.
  [[nodiscard]] Absence absence(Instant from) const;
  [[nodiscard]] bool whole() const;  // every source was read completely for the look-back
};
[[nodiscard]] Sight look(const Question& question);
// Of a source that is not being read now, or not connected at all; nothing for one that is. Newer documents there would not be seen.
[[nodiscard]] std::optional<CoverageNote> unread_since(const Question& question, const std::string& source);
// All sources that are not being read now: what is missing may lie there.
[[nodiscard]] std::vector<CoverageNote> unread_sources(const Question& question);

// Demand (infer_demand.cpp): what called for the service in the look-back, one entry per case, ascending.
struct Demands {
  std::vector<const Evidence*> missed;     // unanswered past the agreed time, read completely through it
  std::vector<const Evidence*> late;       // answered after the agreed time
  std::vector<const Evidence*> waiting;    // unanswered, still in time
  std::vector<const Evidence*> unagreed;   // unanswered, and no time was agreed
  std::vector<const Evidence*> unclear;    // unanswered as far as was seen, but not everything was
  std::vector<const Evidence*> uncounted;  // answered only by those who do not count
  std::size_t met = 0;
  std::optional<Instant> newest;  // the last time something called for it
  [[nodiscard]] bool any() const { return newest.has_value(); }
};
// The time agreed for this demand.
[[nodiscard]] inline std::chrono::minutes agreed_time(const Question& question, const Evidence& demand) {
  return demand.agreed.count() > 0 ? demand.agreed : question.criteria().agreed;
}
// How an agreed time is best told: so many days, hours or minutes.
enum class TimeUnit : std::uint8_t { days, hours, minutes };
struct TimeInWords {
  TimeUnit unit;
  std::int64_t count;
};
[[nodiscard]] constexpr TimeInWords in_words(std::chrono::minutes time) {
  constexpr std::int64_t hour = 60, day = 24 * hour;
  if (time.count() > 2 * day && time.count() % day == 0) return {TimeUnit::days, time.count() / day};
  if (time.count() % hour == 0) return {TimeUnit::hours, time.count() / hour};
  return {TimeUnit::minutes, time.count()};
}
[[nodiscard]] Demands demands(const Question& question, const Work& work, const Sight& sight);
[[nodiscard]] std::vector<const Evidence*> demands_asked(const Question& question);  // what called for it in the look-back, whoever answered

// State (infer_state.cpp).
struct Judged {
  State state = State::not_observable;
  std::optional<Instant> since;
  std::vector<Reason> reasons;
  bool alive = false;  // work was seen recently enough that its silence downstream means something
};
// Why "nothing called for it" may not be said: the service that would have passed it on is not alive itself. nullopt when it is.
[[nodiscard]] std::optional<Reason> upstream_silent(const Question& question);
[[nodiscard]] Judged judge_state(const Question& question, const Work& work, const Sight& sight, const Demands& demands);

// The ladder (infer_ladder.cpp, infer_procedure.cpp, infer_approval.cpp): what the look-back's evidence carries, occurrence only.
struct Climb {
  std::optional<int> rung;
  std::vector<Reason> reasons, missing, counter, doubts;
  std::vector<Evidence> sufficient;
  std::vector<Rejected> rejected;
  std::vector<CoverageNote> notes;  // of the documents' sources
};
[[nodiscard]] Climb climb(const Question& question, const Work& work);
void climb_by_procedure(const Question& question, const Work& work, Climb& climb);  // from 3 on
// What was said about approving a document's version in force.
struct Approval {
  const Evidence* valid = nullptr;  // the newest that holds
  std::vector<Rejected> rejected;
};
// Whether an approval, or a review, is about this document and no other version of it.
[[nodiscard]] bool is_about(const Evidence& verdict, const Document& document);
[[nodiscard]] Approval approval_of(const Question& question, const Document& document);
void reach_five(const Question& question, const Document& document, const Approval& approval, Climb& climb);  // from 4 on
[[nodiscard]] std::vector<const Document*> procedures(const Question& question);                              // newest versions that name the service
// The act that stands for a person: of the newest month with work the first, so that neither time nor the next ticket changes it; a real one
// before a drill. nullptr when `fits` holds for none in the look-back.
template <class Fits>
[[nodiscard]] const Act* witness(const Question& question, const Work& work, Fits fits);

// Suspicions, confidence and digest (infer_doubt.cpp, infer_confidence.cpp, infer_digest.cpp).
[[nodiscard]] std::vector<Reason> suspicions(const Question& question, const Work& work, const Sight& sight);
void set_confidence(const Question& question, const Work& work, const Sight& sight, const Climb& climb, Finding& finding);
[[nodiscard]] std::string digest_of(const View& view, const Finding& finding, const Work& work);
[[nodiscard]] Supported compare(const Finding& finding, bool whole);

// The outsourced ladder (infer_outside.hpp, infer_reports.cpp).
[[nodiscard]] Finding outsourced(const Question& question);
// A provider's report, and what somebody inside made of it.
struct Report {
  Instant received{};
  const Evidence* first = nullptr;                    // its arrival, else the first look at it
  const Evidence* look = nullptr;                     // the first look of somebody who counts
  const Evidence* note = nullptr;                     // the first by somebody who counts when the review was noted
  bool met = false, missed = false, checked = false;  // as somebody who counts judged it
  bool uncounted = false;                             // only people and accounts who do not count looked at it
  [[nodiscard]] bool judged() const { return met || missed; }
};
struct Reports {
  std::vector<Report> all;  // of the look-back, ascending
  std::vector<Rejected> rejected;
  std::uint64_t looks = 0, set_aside = 0;
};
[[nodiscard]] Reports reports_of(const Question& question);
// The newest version in force of each document in this role that names the service, newest first.
[[nodiscard]] std::vector<const Document*> documents_in_role(const Question& question, std::string_view role);
[[nodiscard]] Instant last_look(const Document& document, Instant as_of);
[[nodiscard]] Evidence as_evidence(const Question& question, const Document& document);
[[nodiscard]] Finding start(const Question& question);
void say_on_duty(const Question& question, Finding& finding);
void say_until_when(Finding& finding);
// Why absence since `from` may not be spoken about: the state that says so, and its reasons.
[[nodiscard]] Judged cannot_say(const Sight& sight, Absence absence, int days_needed);
// What keeps it from being judged at all.
[[nodiscard]] std::optional<Judged> not_judged(const Question& question);

// The calendar month (UTC) of a moment, counted.
[[nodiscard]] int month_of(Instant at);

template <class Fits>
const Act* witness(const Question& question, const Work& work, Fits fits) {
  for (const bool drill : {false, true}) {
    const Act* latest = nullptr;
    const Act* first = nullptr;
    for (auto act = work.acts.rbegin(); act != work.acts.rend(); ++act) {
      if (act->drill() != drill || !fits(*act)) continue;
      if (latest == nullptr && !question.recent(act->last)) break;
      if (latest == nullptr) latest = &*act;
      if (month_of(act->last) != month_of(latest->last)) break;
      first = &*act;
    }
    if (latest != nullptr) return question.recent(first->last) ? first : latest;
  }
  return nullptr;
}

}  // namespace akashi::inference
