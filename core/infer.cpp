// Inference: count → look → demands → state → climb → finding. Each step is a file of its own; this one reads like the way.
#include "core/infer.hpp"

#include <algorithm>
#include <map>

#include "core/catalogue.hpp"
#include "core/infer_parts.hpp"

namespace akashi {

namespace inference {

namespace {

bool has_team(const View& view) {
  const auto given = [](const Evidence& item) { return !item.team.empty(); };
  return std::ranges::any_of(view.items, [&](const auto& items) { return std::ranges::any_of(items.second, given); }) ||
         std::ranges::any_of(view.tallies, [](const auto& tally) { return !tally.first.team.empty(); });
}

// It was called for, nobody did it, and nothing that could have shown it was hidden.
bool lapsed(const Question& question, const Work& work, const Sight& sight, const Demands& asked) {
  return work.people.empty() && work.gone.empty() && !asked.missed.empty() && asked.uncounted.empty() &&
         sight.absence(question.look_back.from) == Absence::sayable;
}

// It had lapsed before reading stopped; what the look-back holds says nothing any more.
bool lapsed_unseen(const Question& question, const Work& work, const Sight& sight, const Judged& judged) {
  const auto* newest = work.newest();
  const bool unseen = judged.state == State::blind || judged.state == State::missed_demand;
  if (!unseen || !question.criteria().clock_runs_always() || newest == nullptr) return false;
  const Span silence{newest->last, newest->last + days(limit_days(question.criteria()))};
  return silence.to < question.as_of() && sight.seen.covers(silence);
}

void say_demands(const Question& question, const Demands& asked, Finding& finding) {
  if (!asked.missed.empty()) {
    const auto& oldest = *asked.missed.front();
    finding.counter.push_back(reason<"counter.missed">(asked.missed.size(), ref_of(oldest), oldest.time));
  }
  if (!asked.late.empty()) {
    const auto [unit, count] = in_words(agreed_time(question, *asked.late.front()));
    finding.counter.push_back(unit == TimeUnit::days    ? reason<"counter.late_answers_days">(asked.late.size(), count)
                              : unit == TimeUnit::hours ? reason<"counter.late_answers">(asked.late.size(), count)
                                                        : reason<"counter.late_answers_minutes">(asked.late.size(), count));
  }
  if (!asked.uncounted.empty()) finding.counter.push_back(reason<"counter.uncounted_answers">(asked.uncounted.size()));
}

void say_unknown(const Work& work, Finding& finding) {
  std::uint64_t acts = 0;
  for (const auto& [actor, count] : work.unknown_actors) acts += count;
  if (acts > 0) finding.counter.push_back(reason<"counter.unknown_actors">(acts, work.unknown_actors.size()));
}

void add_notes(const std::vector<CoverageNote>& notes, Finding& finding) {
  for (const auto& note : notes)
    if (std::ranges::find(finding.coverage, note.source, &CoverageNote::source) == finding.coverage.end()) finding.coverage.push_back(note);
}

void set_score(const Question& question, Finding& finding) {
  const bool second = question.outside && question.profile.assigned == Assignment::combined;
  finding.as_is = second ? question.profile.as_is_outsource : question.profile.as_is;
  finding.as_is_manual = finding.as_is.has_value();
  const auto& scores = question.outside ? question.view.accepted_outside : question.view.accepted;
  const auto accepted = scores.find(question.service);
  if (!finding.as_is && accepted != scores.end()) finding.as_is = accepted->second;
}

// Nobody does it: the rung is 1, and what the look-back holds is shown, not proposed.
void unexercised(const Question& question, const Work& work, const Judged& judged, const Climb& climb, Finding& finding) {
  const auto limit = limit_days(question.criteria());
  finding.rung = 1;
  finding.reasons.push_back(reason<"rung.not_done">(limit));
  finding.missing = {work.newest() == nullptr ? reason<"missing.first">(team_of(question), limit)
                                              : reason<"missing.again">(team_of(question), work.newest()->last)};
  if (!climb.rung) return;
  finding.held_rung = climb.rung;
  finding.reasons.push_back(reason<"rung.held">(*climb.rung, *judged.since));
}

// It was called for and nobody did it: the evidence is what went unanswered.
void unanswered(const Question& question, const Demands& asked, const Climb& climb, Finding& finding) {
  finding.rung = 1;
  finding.reasons.push_back(reason<"rung.unanswered">(question.criteria().look_back_days));
  finding.missing = climb.missing;
  finding.sufficient = {*asked.missed.front()};
}

// Why there is no rung, though nothing keeps the service from being judged.
Reason why_none(const Question& question, const Work& work, const Sight& sight, const Demands& asked) {
  if (!work.gone.empty()) return reason<"rung.all_left">(work.gone.size());
  if (work.set_aside > 0) return reason<"rung.nobody_identified">(work.set_aside);
  const bool all_seen = sight.absence(question.look_back.from) == Absence::sayable;
  if (all_seen && !asked.any()) return reason<"rung.untested">(question.criteria().look_back_days);
  return all_seen ? reason<"rung.unmet">(question.criteria().look_back_days) : reason<"rung.unseen">();
}

void climbed(const Question& question, const Work& work, const Sight& sight, const Demands& asked, Climb& climb, Finding& finding) {
  finding.rung = climb.rung;
  append(finding.reasons, climb.reasons);
  finding.missing = climb.missing;
  finding.sufficient = std::move(climb.sufficient);
  append(finding.counter, climb.counter);
  if (!climb.rung) finding.reasons.push_back(why_none(question, work, sight, asked));
}

void finish(const Question& question, const Work& work, const Sight& sight, Finding& finding) {
  finding.supported = compare(finding, sight.whole());
  finding.digest = digest_of(question.view, finding, work);
}

// Which rung, by what happened.
void set_rung(const Question& question, const Work& work, const Sight& sight, const Demands& asked, const Judged& judged, Climb& climb,
              Finding& finding) {
  if (judged.state == State::unexercised) return unexercised(question, work, judged, climb, finding);
  if (lapsed(question, work, sight, asked)) return unanswered(question, asked, climb, finding);
  if (!lapsed_unseen(question, work, sight, judged)) return climbed(question, work, sight, asked, climb, finding);
  finding.reasons.push_back(reason<"rung.lapsed_unseen">(work.newest()->last));
}

void judge(const Question& question, const Work& work, const Sight& sight, const Demands& asked, const Judged& judged, Finding& finding) {
  if (!question.profile.assigned) finding.reasons.push_back(reason<"assignment.unset">());
  auto climb = inference::climb(question, work);
  finding.rejected.insert(finding.rejected.end(), climb.rejected.begin(), climb.rejected.end());
  add_notes(climb.notes, finding);
  say_demands(question, asked, finding);
  say_unknown(work, finding);
  set_rung(question, work, sight, asked, judged, climb, finding);
  append(finding.counter, suspicions(question, work, sight));
  say_on_duty(question, finding);
  say_until_when(finding);
  set_confidence(question, work, sight, climb, finding);
}

Finding insourced(const Question& question) {
  auto finding = start(question);
  const auto work = count(question);
  const auto sight = look(question);
  const auto asked = demands(question, work, sight);
  const auto judged = judge_state(question, work, sight, asked);
  finding.state = judged.state;
  finding.since = judged.since;
  finding.coverage = sight.notes;
  finding.reasons = judged.reasons;
  finding.rejected = work.rejected;
  finding.evidence_count = work.counted;
  const bool judgeable = judged.state != State::out_of_scope && question.profile.assigned != Assignment::unassigned;
  if (judgeable) judge(question, work, sight, asked, judged, finding);
  finish(question, work, sight, finding);
  return finding;
}

}  // namespace

Finding start(const Question& question) {
  Finding finding;
  finding.service = question.service;
  finding.ladder = question.outside ? "outsource" : "insource";
  set_score(question, finding);
  return finding;
}

void say_on_duty(const Question& question, Finding& finding) {
  const auto entered = question.view.on_duty.find(question.service);
  if (entered == question.view.on_duty.end()) return;
  std::string names;
  auto until = Instant::max();
  for (const auto& [actor, end] : entered->second) {
    names += (names.empty() ? "" : ", ") + actor;
    until = std::min(until, end);
  }
  finding.reasons.push_back(reason<"attested.on_duty">(names, until));
}

// What of this was entered by people, and when it ends by itself; what several attested of one act ends once.
void say_until_when(Finding& finding) {
  std::map<std::string_view, Instant> until;
  for (const auto& item : finding.sufficient) {
    if (!item.attested()) continue;
    const std::string_view what = item.kind == EvidenceKind::drill             ? "@word.drill"
                                  : item.kind == EvidenceKind::provider_report ? "@word.report"
                                  : item.kind == EvidenceKind::review          ? "@word.review"
                                                                               : std::string_view(item.title);
    const auto [at, fresh] = until.try_emplace(what, *item.attested_until);
    at->second = std::min(at->second, *item.attested_until);
  }
  for (const auto& [what, end] : until) finding.counter.push_back(reason<"counter.attested_expires">(what, end));
}

std::string team_of(const Question& question) { return question.profile.team.empty() ? "@word.team" : question.profile.team; }

Tenure tenure_of(const View& view, std::string_view actor) {
  const auto found = view.tenures.find(actor);
  return found == view.tenures.end() ? Tenure{} : found->second;
}

Question ask(const View& view, std::string_view service) {
  Question question{view, service, {}, {}, has_team(view)};
  const auto found = view.profile.find(service);
  if (found != view.profile.end()) question.profile = found->second;
  else question.profile.criteria = default_criteria(service);
  question.look_back = {view.as_of - days(question.criteria().look_back_days), view.as_of};
  return question;
}

}  // namespace inference

namespace {

Finding from_outside(inference::Question question) {
  question.outside = true;
  return inference::outsourced(question);
}

}  // namespace

Finding infer(const View& view, std::string_view service) {
  const auto question = inference::ask(view, service);
  return question.profile.assigned == Assignment::outsource ? from_outside(question) : inference::insourced(question);
}

std::vector<Finding> infer_all(const View& view) {
  std::vector<Finding> findings;
  for (const auto& service : catalogue()) {
    findings.push_back(infer(view, service.id));
    const auto question = inference::ask(view, service.id);
    if (question.profile.assigned == Assignment::combined) findings.push_back(from_outside(question));
  }
  return findings;
}

}  // namespace akashi
