// Confidence: how sure the finding is, and how it compares with the portfolio's score.
#include <algorithm>
#include <set>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

constexpr std::uint64_t few_acts = 3, some_acts = 10;  // fewer than these: low, medium

std::size_t cases_of(const Question& question, const Work& work) {
  std::set<std::string_view> cases;
  for (const auto& act : work.acts)
    if (!act.gone && question.recent(act.last)) cases.insert(act.evidence->case_id.empty() ? act.evidence->uid : act.evidence->case_id);
  return cases.size();
}

bool drills_only(const Question& question, const Work& work) {
  return std::ranges::all_of(work.acts, [&](const Act& act) { return act.gone || act.drill() || !question.recent(act.last); });
}

std::string unread(const Sight& sight) {
  std::string names;
  for (const auto& note : sight.notes)
    if (note.state != "complete") names += (names.empty() ? "" : ", ") + note.source;
  return names;
}

// Starts at high; each weakness takes steps away, and says so.
class Scale {
 public:
  explicit Scale(Finding& finding) : finding_(finding) {}
  void down(int steps, Reason why) {
    steps_ += steps;
    finding_.confidence_reasons.push_back(std::move(why));
  }
  void note(Reason why) { finding_.confidence_reasons.push_back(std::move(why)); }
  [[nodiscard]] Confidence read() const { return static_cast<Confidence>(std::max(1, 3 - steps_)); }

 private:
  Finding& finding_;
  int steps_ = 0;
};

}  // namespace

void set_confidence(const Question& question, const Work& work, const Sight& sight, const Climb& climb, Finding& finding) {
  if (!finding.rung) return;
  Scale scale(finding);
  const auto look_back = question.criteria().look_back_days;
  if (*finding.rung == 1) {
    scale.note(reason<"sure.absence">(finding.state == State::unexercised ? limit_days(question.criteria()) : look_back));
  } else {
    const auto acts = reason<"sure.acts">(work.counted, cases_of(question, work), work.people.size());
    scale.down(work.counted < few_acts ? 2 : work.counted < some_acts ? 1 : 0, acts);
    if (drills_only(question, work)) scale.down(1, reason<"sure.drills_only">());
  }
  if (sight.whole()) scale.note(reason<"sure.whole">(look_back));
  else if (*finding.rung != 1) scale.down(1, reason<"sure.not_whole">(unread(sight)));
  if (work.set_aside > work.counted && (*finding.rung != 1 || !work.unknown_actors.empty()))
    scale.down(*finding.rung == 1 ? 2 : 1, reason<"sure.uncounted">(work.set_aside, work.counted));
  if (std::ranges::any_of(finding.sufficient, &Evidence::attested)) scale.down(1, reason<"sure.attested">());
  for (const auto& doubt : climb.doubts) scale.down(1, doubt);
  const bool suspicious = std::ranges::any_of(finding.counter, [](const Reason& why) { return why.code.starts_with("suspicion."); });
  if (suspicious) scale.down(1, reason<"sure.suspicious">());
  finding.confidence = scale.read();
}

// "Contradicts" only where the evidence shows something else: nobody, or only one person, though everything was read. A missing document or
// approval may lie where nothing is connected; then the evidence merely does not reach the score.
Supported compare(const Finding& finding, bool whole) {
  if (!finding.as_is) return Supported::no_score;
  if (!finding.rung) return Supported::not_determinable;
  if (*finding.rung >= *finding.as_is) return Supported::supports;
  const bool shown_otherwise = *finding.rung == 1 || (*finding.rung == 2 && whole);
  return shown_otherwise ? Supported::contradicts : Supported::does_not_support;
}

}  // namespace akashi::inference
