// Evidence is an activity that a rule counts for a service. It comes in two weights: items (every one kept) and tallies (core/tally.hpp).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

// One item. It carries what inference needs, so that judging does not go back to the activity.
struct Evidence {
  std::string uid;      // of the activity
  std::string rule;     // id of the rule
  std::string service;  // "D-2"; empty of an approval: for the services that the document `object` names, which is joined when judging
  EvidenceKind kind = EvidenceKind::exercise;
  Instant time{}, seen{};
  std::string source;
  std::string activity;  // the activity's kind, "case.closed"
  std::string actor;     // pseudonym
  ActorKind actor_kind = ActorKind::unknown;
  std::string team;
  std::string case_id;  // root case (merged cases count for the root)
  std::string matter, severity, title;
  bool drill = false;
  std::string object, object_version;   // documents and approvals
  std::string verdict;                  // approvals: approved | refused; sla: met | missed; reviews: see review_words()
  std::vector<std::string> procedures;  // document references named in the work, or the place's standing procedure
  std::string url, digest;
  std::optional<Instant> observed_from{};   // of the activity: it was done at some time from here to `time`
  std::optional<Instant> recorded{};        // when it was written down, where that is not `time`: the organisation notes the day of performance
  std::chrono::minutes agreed{0};           // of a demand: the time agreed for this one; 0 = the service's
  std::optional<Instant> attested_until{};  // entered by a person (core/attestation.hpp), no tool holds it: it counts until then
  std::int64_t wording = 0;                 // keyed digest of all that the actor wrote on the case; 0: nothing, or too little to say
  [[nodiscard]] bool attested() const { return attested_until.has_value(); }
  // What is claimed of when it was done has to hold here, too.
  [[nodiscard]] Instant earliest() const { return observed_from ? std::min(*observed_from, time) : time; }
  auto operator<=>(const Evidence&) const = default;
};

// The words that a review's verdict may hold, with one blank between: the result was understood (a decision, a question, an action is noted), it met
// or missed what was expected, and a figure of it was checked against own data. None of them: it was looked at.
enum class ReviewWord : std::uint8_t { noted, met, missed, checked };
[[nodiscard]] std::string_view name(ReviewWord word);
[[nodiscard]] bool says(const Evidence& review, ReviewWord word);

}  // namespace akashi
