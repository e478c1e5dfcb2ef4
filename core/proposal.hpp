// A proposal is a finding that differs from the portfolio, offered for a decision by a named person. Hysteresis keeps it from flapping; a rejected
// one returns only on new evidence; a manual score is never overwritten (the finding then shows the drift, and no proposal replaces it silently).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/finding.hpp"

namespace akashi {

enum class ProposalState : std::uint8_t { open, accepted, rejected, amended, withdrawn };  // withdrawn: the evidence no longer says so
[[nodiscard]] std::string_view name(ProposalState state);

struct Proposal {
  std::int64_t id = 0;  // given by the store
  std::string service, ladder;
  std::optional<int> from;  // the portfolio's score then; nullopt = none yet
  int to = 0;               // 1–5
  std::string digest;       // of the finding
  Instant made{};
  ProposalState state = ProposalState::open;
  Confidence confidence = Confidence::none;
  auto operator<=>(const Proposal&) const = default;
};

struct Decision {
  std::int64_t proposal = 0;
  std::string verdict;       // accept | reject | amend
  std::optional<int> score;  // of an amendment (or the proposal's, when accepted)
  std::string by, because;   // by: a person's name, or "policy NAME" (core/policy.hpp)
  Instant at{};
  std::string digest;  // evidence set + rule versions + catalogue edition + inference version it was bound to
  auto operator<=>(const Decision&) const = default;
};

// How long a differing rung has to hold before it is offered. A first score is offered at once; up after a day, so that one odd page does not; down
// after a week, so that a holiday does not. What was offered and withdrawn since the last decision waits the longer of both: evidence that comes and
// goes is offered when it stays, not each time.
// Cooling: after a decision nothing new is offered for that service and ladder for a week. Whoever has just decided has seen what there was; the next
// month's first ticket is no reason to ask again tomorrow. A week and not more, because a fall waits as long anyway: what begins to lapse after a
// decision is then offered no later for it. Rung 1 does not wait at all: that nobody does it any more must not lie in a drawer, however long the
// config makes the rest wait. Drift is shown meanwhile.
struct Hysteresis {
  Duration up = days(1), down = days(7);
  Duration cooling = days(7);
  auto operator<=>(const Hysteresis&) const = default;
};

// Since when a service's rung has been what it is now (kept by the store, one per service and ladder).
struct RungHeld {
  std::string service, ladder;
  std::optional<int> rung;
  Instant since{};
};
[[nodiscard]] RungHeld hold(const std::optional<RungHeld>& before, const Finding& finding, Instant now);

// How the portfolio's score (accepted or manual) drifted from what the evidence supports; nullopt when they agree, when nothing can be determined,
// when the evidence has not said so for as long as a proposal waits (up or down), and when the score is higher but not everything was read: then
// nobody can say that the evidence for it is gone. `held`: of this service and ladder, updated with hold(); what nobody held yet is no drift.
[[nodiscard]] std::optional<Drift> drift(const Finding& finding, const std::optional<RungHeld>& held, Instant now, const Hysteresis& hysteresis = {});

[[nodiscard]] Reason reason_of(const Drift& drift);  // in words

struct Offers {
  std::vector<Proposal> make;          // new ones
  std::vector<std::int64_t> withdraw;  // open ones that the evidence no longer supports
};
// `known`: all proposals so far (any state); `held`: by service and ladder, already updated with hold(); `decisions`: all so far.
// What was rejected or amended comes back only on new evidence: something done or read after the decision, or a lapse that began after it. Evidence
// that left the look-back, another order of the same acts or new rules over them are none.
[[nodiscard]] Offers offer(const std::vector<Finding>& findings, const std::vector<Proposal>& known, const std::vector<RungHeld>& held, Instant now,
                           const Hysteresis& hysteresis = {}, const std::vector<Decision>& decisions = {});

// Who gave the portfolio the accepted score that is in force.
struct InForce {
  std::string service, ladder;
  int score = 0;
  std::string by;
  Instant at{};
};

// True when the decision's digest no longer is the finding's: shown as "out of date", never silently kept.
[[nodiscard]] bool out_of_date(const Decision& decision, const Finding& now);

}  // namespace akashi
