// The outsourced ladder: not the provider's work is judged, but whether somebody inside looks at it, understands what was agreed and what came of it,
// and finds it as expected.
#include "core/infer_outside.hpp"
#include "core/vocabulary.hpp"

namespace akashi::inference {

namespace {

// Of the newest month with any the first, so that neither time passing nor the next one changes what the rung rests on.
const Evidence& measured(const std::vector<const Evidence*>& levels) {
  return **std::ranges::find_if(levels, [&](const Evidence* item) { return month_of(item->time) == month_of(levels.back()->time); });
}

}  // namespace

void Outside::climb_without_look(const Report* last) {
  const bool missed = finding.state == State::missed_demand;
  finding.missing.push_back(reason<"missing.look">(owner()));
  if (last != nullptr) {
    if (last->uncounted) return finding.reasons.push_back(reason<"rung.nobody_identified">(reports.set_aside));
    if (!missed) return finding.reasons.push_back(reason<"rung.unseen">());
    finding.rung = 1;
    finding.sufficient.push_back(*last->first);
    return finding.reasons.push_back(reason<"outside.not_looked_at">(ref(*last)));
  }
  if (!reports.all.empty()) return finding.reasons.push_back(reason<"report.in_time">(patience()));
  if (missed && sight.absence(question.look_back.from) == Absence::sayable) {
    finding.rung = 1;
    return finding.reasons.push_back(reason<"outside.nothing_to_look_at">(provider()));
  }
  const bool needed = finding.state == State::no_demand || finding.state == State::drill_due;
  finding.reasons.push_back(needed ? reason<"report.none_to_judge">() : reason<"rung.unseen">());
}

void Outside::climb() {
  const auto* last = last_due();
  if (finding.state == State::unexercised || (last == nullptr && finding.state == State::late)) {
    finding.rung = 1;
    finding.reasons.push_back(reason<"outside.nothing_to_look_at">(provider()));
    finding.missing.push_back(reason<"missing.report">(provider(), interval()));
    return;
  }
  if (last == nullptr || last->look == nullptr) return climb_without_look(last);
  finding.rung = 2;
  finding.reasons.push_back(reason<"outside.looked_at">(last->look->actor, ref(*last), last->look->time));
  finding.sufficient.push_back(*last->look);
  understood(*last);
}

void Outside::understood(const Report& last) {
  const auto description = description_in_force(*this, finding.missing);
  const auto* noted = newest_of_period([](const Report& report) { return report.note != nullptr; });
  if (noted == nullptr) finding.missing.push_back(reason<"missing.note">(ref(last), owner()));
  if (description.document == nullptr && noted == nullptr) return;
  finding.rung = 3;
  if (description.document != nullptr) {
    const auto& document = *description.document;
    finding.sufficient.push_back(as_evidence(question, document));
    finding.reasons.push_back(reason<"outside.content">(document.title, document.version, *description.reviewed));
    finding.counter.push_back(
        reason<"counter.review_expires">(document.title, *description.reviewed + days(question.criteria().procedure_valid_days)));
  }
  if (noted != nullptr) {
    finding.sufficient.push_back(*noted->note);
    finding.reasons.push_back(reason<"outside.result">(noted->note->actor, ref(*noted), noted->note->time));
  }
  if (description.document != nullptr && noted != nullptr) expected();
}

// Both are understood. Only what was expected in writing beforehand tells 4 and 5 apart.
void Outside::expected() {
  const auto expectations = documents_in_role(question, expectation_role);
  if (!expectations.empty()) return judged_by_expectation(expectations);
  finding.reasons.push_back(reason<"outside.no_expectation">());
  finding.missing.push_back(reason<"missing.expectation">(question.service));
}

// Only reports that came after what is expected was written are judged by it: a miss by any of the expectations, success by all of them.
void Outside::judged_by_expectation(const std::vector<const Document*>& expectations) {
  const auto& newest = *expectations.front();
  auto first = Instant::max(), since = Instant::min();
  for (const auto* document : expectations) {
    first = std::min(first, first_written(question, *document));
    since = std::max(since, first_written(question, *document));
  }
  const auto* missed = newest_of_period([&](const Report& report) { return report.received > first && report.missed; });
  const auto* met = newest_of_period([&](const Report& report) { return report.received > since && report.met && !report.missed; });
  const auto* judged = missed != nullptr ? missed : met;
  if (judged == nullptr) {
    finding.reasons.push_back(reason<"outside.not_judged">(newest.title));
    return finding.missing.push_back(reason<"missing.outcome">(newest.title, owner()));
  }
  finding.rung = 4;
  finding.sufficient.push_back(as_evidence(question, newest));
  finding.sufficient.push_back(*judged->look);
  if (missed == nullptr) return judged_met(newest, *met, since);
  finding.reasons.push_back(reason<"outside.missed">(newest.title, ref(*missed), missed->received));
  finding.missing.push_back(reason<"missing.as_expected">(newest.title, period_days()));
}

// Met, by the word of somebody inside. 5 needs that of the last report, and a figure of own data: one that somebody checked, or service levels that
// the own tool measured and that were all met. A miss that it measured is answered by a figure checked on a report that came after it.
void Outside::judged_met(const Document& newest, const Report& met, Instant since) {
  const auto* due = last_to_judge();
  if (due != nullptr && !due->met) {
    finding.reasons.push_back(reason<"outside.last_not_judged">(ref(*due)));
    return finding.missing.push_back(reason<"missing.outcome">(newest.title, owner()));
  }
  const auto* checked = newest_of_period([&](const Report& report) { return report.received > since && report.checked; });
  const auto levels = levels_of(question, std::max(period(), since));
  const auto reported = [&](const Evidence* item) { return due == nullptr || item->time <= due->received; };
  const auto missed = std::ranges::find_if(levels.missed.rbegin(), levels.missed.rend(), reported);
  if (missed != levels.missed.rend() && (checked == nullptr || checked->received < (*missed)->time)) {
    finding.reasons.push_back(reason<"outside.level_missed">(newest.title, (*missed)->time));
    return finding.missing.push_back(reason<"missing.own_figure">(newest.title));
  }
  if (checked == nullptr && (levels.met.empty() || !levels.missed.empty())) {
    finding.reasons.push_back(reason<"outside.unchecked">(newest.title));
    return finding.missing.push_back(reason<"missing.own_figure">(newest.title));
  }
  finding.rung = 5;
  finding.missing.clear();
  if (checked != nullptr) finding.reasons.push_back(reason<"outside.as_expected">(newest.title, met.look->actor, met.received));
  else finding.reasons.push_back(reason<"outside.as_measured">(newest.title, met.look->actor, met.received, levels.met.size()));
  finding.sufficient.push_back(checked != nullptr ? *checked->look : measured(levels.met));
}

// Shown whatever the rung is.
void Outside::say_counter() {
  const auto levels = levels_of(question, period());
  if (!levels.missed.empty()) finding.counter.push_back(reason<"counter.levels_missed">(levels.missed.size(), levels.missed.back()->time));
  const auto late = std::ranges::count_if(
      reports.all, [&](const Report& report) { return report.look != nullptr && report.look->time - report.received > days(patience()); });
  if (late > 0) finding.counter.push_back(reason<"counter.late_looks">(late, patience()));
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
    outside.say_counter();
    say_on_duty(question, outside.finding);
    say_until_when(outside.finding);
    outside.set_confidence();
  }
  outside.finding.supported = compare(outside.finding, outside.sight.whole());
  outside.finding.digest = digest_of(question.view, outside.finding, {});
  return outside.finding;
}

}  // namespace akashi::inference
