// The outsourced ladder: not the provider's work is judged, but whether somebody inside looks at it, understands what was agreed and what came of it,
// and finds it as expected.
#include <algorithm>

#include "core/infer_parts.hpp"
#include "core/vocabulary.hpp"

namespace akashi::inference {

namespace {

constexpr int period_days = 90;  // what was understood and found is judged over a quarter, as what cadence services do is

struct Outside {
  const Question& question;
  Sight sight;
  Reports reports;
  Finding finding;

  [[nodiscard]] int interval() const { return question.criteria().report_days; }
  [[nodiscard]] int patience() const { return question.criteria().review_days; }
  [[nodiscard]] std::string provider() const { return question.profile.provider.empty() ? std::string("@word.provider") : question.profile.provider; }
  [[nodiscard]] std::string owner() const { return question.profile.owner.empty() ? std::string("@word.owner") : question.profile.owner; }
  [[nodiscard]] Instant period() const { return question.as_of() - days(std::max(period_days, interval())); }
  [[nodiscard]] std::string ref(const Report& report) const { return report.first->title.empty() ? report.first->uid : report.first->title; }

  // The last report that somebody has looked at, or should have by now. What came since and is still in time says nothing yet.
  [[nodiscard]] const Report* last_due() const {
    const Report* found = nullptr;
    for (const auto& report : reports.all)
      if (report.look != nullptr || question.as_of() - report.received > days(patience())) found = &report;
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

  void judge_state();
  void no_reports();
  void climb();
  void understood(const Report& last);
  void expected();
  void judged_by_expectation(const std::vector<const Document*>& expectations);
  void set_confidence();
  [[nodiscard]] const Document* description_in_force();
  [[nodiscard]] Instant written(const Document& expectation) const;
  [[nodiscard]] bool owned_inside(const Document& document) const;
};

// Silence counts up to where reading ends, and a report that nobody looked at is only told of where a look would have been seen.
void Outside::judge_state() {
  if (reports.all.empty()) return no_reports();
  const auto& newest = reports.all.back();
  finding.reasons.push_back(reason<"report.last">(newest.received));
  if (const auto* due = last_due(); due != nullptr && due->look == nullptr && !due->uncounted) {
    const auto absence = sight.absence(due->received);
    if (absence != Absence::sayable || due->received + days(patience()) > *sight.until) return set(cannot_say(sight, absence, patience()));
    finding.reasons.push_back(reason<"report.unread">(ref(*due), due->received, patience()));
    finding.state = State::missed_demand;
    finding.since = due->received;
    return;
  }
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

void Outside::climb() {
  const auto* last = last_due();
  if (finding.state == State::unexercised || (last == nullptr && finding.state == State::late)) {
    finding.rung = 1;
    finding.reasons.push_back(reason<"outside.nothing_to_look_at">(provider()));
    finding.missing.push_back(reason<"missing.report">(provider(), interval()));
    return;
  }
  if (last == nullptr) {
    finding.missing.push_back(reason<"missing.look">(owner()));
    return finding.reasons.push_back(reports.all.empty() ? reason<"rung.unseen">() : reason<"report.in_time">(patience()));
  }
  if (last->look == nullptr) {
    finding.missing.push_back(reason<"missing.look">(owner()));
    if (last->uncounted) return finding.reasons.push_back(reason<"rung.nobody_identified">(reports.set_aside));
    if (finding.state != State::missed_demand) return finding.reasons.push_back(reason<"rung.unseen">());
    finding.rung = 1;
    finding.sufficient.push_back(*last->first);
    return finding.reasons.push_back(reason<"outside.not_looked_at">(ref(*last)));
  }
  finding.rung = 2;
  finding.reasons.push_back(reason<"outside.looked_at">(last->look->actor, ref(*last), last->look->time));
  finding.sufficient.push_back(*last->look);
  understood(*last);
}

bool Outside::owned_inside(const Document& document) const {
  const auto& owner = question.profile.owner_actor;
  return owner.empty() ? !document.owner.empty() : document.owner == owner;
}

// The description of what the provider does, reviewed by the inside owner within the year; nullptr, and what it lacks, when there is none.
const Document* Outside::description_in_force() {
  const auto valid = question.criteria().procedure_valid_days;
  const auto found = documents_in_role(question, description_role);
  for (const auto* document : found)
    if (owned_inside(*document) && question.as_of() - last_look(*document, question.as_of()) <= days(valid)) return document;
  if (found.empty()) finding.missing.push_back(reason<"missing.description">(question.service));
  else if (!owned_inside(*found.front())) finding.missing.push_back(reason<"missing.description_owner">(found.front()->title, owner()));
  else
    finding.missing.push_back(
        reason<"missing.description_review">(found.front()->title, last_look(*found.front(), question.as_of()), owner(), valid));
  return nullptr;
}

void Outside::understood(const Report& last) {
  const auto* description = description_in_force();
  const auto* noted = newest_of_period([](const Report& report) { return report.note != nullptr; });
  if (noted == nullptr) finding.missing.push_back(reason<"missing.note">(ref(last), owner()));
  if (description == nullptr && noted == nullptr) return;
  finding.rung = 3;
  if (description != nullptr) {
    finding.sufficient.push_back(as_evidence(question, *description));
    finding.reasons.push_back(reason<"outside.content">(description->title, description->version, last_look(*description, question.as_of())));
    finding.counter.push_back(reason<"counter.review_expires">(
        description->title, last_look(*description, question.as_of()) + days(question.criteria().procedure_valid_days)));
  }
  if (noted != nullptr) {
    finding.sufficient.push_back(*noted->note);
    finding.reasons.push_back(reason<"outside.result">(noted->note->actor, ref(*noted), noted->note->time));
  }
  if (description != nullptr && noted != nullptr) expected();
}

// Both are understood. Only what was expected in writing beforehand tells 4 and 5 apart.
void Outside::expected() {
  const auto expectations = documents_in_role(question, expectation_role);
  if (!expectations.empty()) return judged_by_expectation(expectations);
  finding.reasons.push_back(reason<"outside.no_expectation">());
  finding.missing.push_back(reason<"missing.expectation">(question.service));
}

// When it was first written; a later version of an expectation was expected already.
Instant Outside::written(const Document& expectation) const {
  auto first = expectation.published;
  for (const auto& version : question.view.documents)
    if (version.id == expectation.id) first = std::min(first, version.published);
  return first;
}

// Only reports that came after what is expected was written are judged by it: a miss by any of the expectations, success by all of them.
void Outside::judged_by_expectation(const std::vector<const Document*>& expectations) {
  const auto& newest = *expectations.front();
  auto first = Instant::max(), since = Instant::min();
  for (const auto* document : expectations) {
    first = std::min(first, written(*document));
    since = std::max(since, written(*document));
  }
  const auto in_advance = [&](const Report& report) { return report.received > since; };
  const auto* missed = newest_of_period([&](const Report& report) { return report.received > first && report.missed; });
  const auto* met = newest_of_period([&](const Report& report) { return in_advance(report) && report.met && !report.missed; });
  const auto* judged = missed != nullptr ? missed : met;
  if (judged == nullptr) {
    finding.reasons.push_back(reason<"outside.not_judged">(newest.title));
    return finding.missing.push_back(reason<"missing.outcome">(newest.title, owner()));
  }
  finding.rung = 4;
  finding.sufficient.push_back(as_evidence(question, newest));
  finding.sufficient.push_back(*judged->look);
  if (missed != nullptr) {
    finding.reasons.push_back(reason<"outside.missed">(newest.title, ref(*missed), missed->received));
    return finding.missing.push_back(reason<"missing.as_expected">(newest.title, std::max(period_days, interval())));
  }
  const auto* due = last_due();
  const auto* checked = newest_of_period([&](const Report& report) { return in_advance(report) && report.checked; });
  if (due != nullptr && !due->met) {
    finding.reasons.push_back(reason<"outside.last_not_judged">(ref(*due)));
    return finding.missing.push_back(reason<"missing.outcome">(newest.title, owner()));
  }
  if (checked == nullptr) {
    finding.reasons.push_back(reason<"outside.unchecked">(newest.title));
    return finding.missing.push_back(reason<"missing.own_figure">(newest.title));
  }
  finding.rung = 5;
  finding.missing.clear();
  finding.reasons.push_back(reason<"outside.as_expected">(newest.title, met->look->actor, met->received));
  finding.sufficient.push_back(*checked->look);
}

void Outside::set_confidence() {
  if (!finding.rung) return;
  int steps = 0;
  const auto down = [&](bool when, int by, const Reason& why) {
    if (!when) return;
    steps += by;
    finding.confidence_reasons.push_back(why);
  };
  finding.confidence_reasons.push_back(reason<"sure.reports">(reports.all.size(), reports.looks));
  down(reports.all.size() < 2, 1, reason<"sure.one_report">());  // one report shows no habit
  down(!sight.whole() && *finding.rung != 1, 1, reason<"sure.not_whole">(provider()));
  down(std::ranges::any_of(finding.sufficient, &Evidence::attested), 1, reason<"sure.attested">());
  finding.confidence = static_cast<Confidence>(std::max(1, 3 - steps));
}

}  // namespace

Finding outsourced(const Question& question) {
  Outside outside{question, look(question), reports_of(question), start(question)};
  if (const auto given = not_judged(question)) {
    outside.set(*given);
  } else {
    outside.finding.rejected = outside.reports.rejected;
    outside.finding.coverage = outside.sight.notes;
    outside.finding.evidence_count = outside.reports.looks;
    outside.judge_state();
    outside.climb();
    say_on_duty(question, outside.finding);
    outside.set_confidence();
  }
  outside.finding.supported = compare(outside.finding, outside.sight.whole());
  outside.finding.digest = digest_of(question.view, outside.finding, {});
  return outside.finding;
}

}  // namespace akashi::inference
