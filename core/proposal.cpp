// Proposals: hold → offer. What is open is compared with what the evidence says now; what differs from the portfolio long enough is offered.
#include "core/proposal.hpp"

#include <algorithm>
#include <array>

#include "core/reasons.hpp"

namespace akashi {

namespace {

constexpr std::array<std::string_view, 5> proposal_states{"open", "accepted", "rejected", "amended", "withdrawn"};

bool same_key(const Proposal& proposal, const Finding& finding) { return proposal.service == finding.service && proposal.ladder == finding.ladder; }

// A lower score says that something was not there. Nobody may say so of what was not read: rung 1 has its own licence, the rungs between need every
// source read completely.
bool may_lower(const Finding& finding) {
  return *finding.rung == 1 ||
         (!finding.coverage.empty() && std::ranges::all_of(finding.coverage, [](const CoverageNote& note) { return note.state == "complete"; }));
}

bool differs(const Finding& finding) {
  if (!finding.rung || finding.state == State::out_of_scope || finding.rung == finding.as_is) return false;
  return !finding.as_is || *finding.rung > *finding.as_is || may_lower(finding);
}

// An open proposal stands while the evidence says the same of the same score, on the same set.
bool stands(const Proposal& open, const Finding& finding) {
  return differs(finding) && open.to == *finding.rung && open.from == finding.as_is && open.digest == finding.digest;
}

// It has said so for as long as that has to hold.
bool held_for(const Finding& finding, const RungHeld& held, Duration wait, Instant now) {
  return held.rung == finding.rung && now - held.since >= wait;
}

Duration wait_of(const Finding& finding, const Hysteresis& hysteresis) { return *finding.rung > *finding.as_is ? hysteresis.up : hysteresis.down; }

// What was done with a service's ladder before.
class Past {
 public:
  Past(const Finding& finding, const std::vector<Proposal>& known, const std::vector<Decision>& decisions) : finding_(finding) {
    for (const auto& proposal : known)
      if (same_key(proposal, finding)) known_.push_back({&proposal, decided_at(proposal, decisions)});
    for (const auto& [proposal, decided] : known_)
      if (decided && (!last_ || *last_ < *decided)) last_ = decided;
  }

  [[nodiscard]] bool cooling(Instant now, const Hysteresis& hysteresis) const {
    return *finding_.rung != 1 && last_ && now - *last_ < hysteresis.cooling;
  }
  // The same is open, on the evidence of now or of a moment ago.
  [[nodiscard]] bool open() const {
    return any([&](const Known& before) { return before.proposal->state == ProposalState::open && before.proposal->to == *finding_.rung; });
  }
  // Offered since the last decision, and withdrawn because the evidence said something else.
  [[nodiscard]] bool came_and_went() const {
    return any([&](const Known& before) {
      return before.proposal->state == ProposalState::withdrawn && before.proposal->to == *finding_.rung &&
             (!last_ || before.proposal->made > *last_);
    });
  }
  // Decided before, and nothing new since: a rejected or amended one does not come back. Nor does an accepted one whose score a manual one outweighs;
  // without a manual score an accepted one is the portfolio's until another decision replaced it, and may be offered again.
  [[nodiscard]] bool decided() const {
    return any([&](const Known& before) {
      const auto state = before.proposal->state;
      const bool binds =
          state == ProposalState::rejected || state == ProposalState::amended || (state == ProposalState::accepted && finding_.as_is_manual);
      if (!binds || before.proposal->to != *finding_.rung) return false;
      return before.proposal->digest == finding_.digest || (before.decided && !new_since(*before.decided));
    });
  }

 private:
  struct Known {
    const Proposal* proposal;
    std::optional<Instant> decided;
  };
  static std::optional<Instant> decided_at(const Proposal& proposal, const std::vector<Decision>& decisions) {
    const auto found = std::ranges::find(decisions, proposal.id, &Decision::proposal);
    return found == decisions.end() ? std::nullopt : std::optional(found->at);
  }
  template <class Fits>
  [[nodiscard]] bool any(Fits fits) const {
    return std::ranges::any_of(known_, fits);
  }
  // A lapse rests on nothing that was done: what is new of it is when it began.
  [[nodiscard]] bool new_since(Instant decided) const {
    if (finding_.sufficient.empty()) return !finding_.since || *finding_.since > decided;
    return std::ranges::any_of(finding_.sufficient, [&](const Evidence& item) { return std::max(item.time, item.seen) > decided; });
  }

  const Finding& finding_;
  std::vector<Known> known_;
  std::optional<Instant> last_;  // decision
};

// Held long enough. A replacement of an open proposal of the same score has been waited for already.
bool ripe(const Finding& finding, const Past& past, const std::vector<RungHeld>& held, Instant now, const Hysteresis& hysteresis) {
  if (past.open()) return true;
  auto wait = finding.as_is ? wait_of(finding, hysteresis) : Duration{};
  if (past.came_and_went()) wait = std::max(hysteresis.up, hysteresis.down);
  if (wait == Duration{}) return true;
  const auto since =
      std::ranges::find_if(held, [&](const RungHeld& rung) { return rung.service == finding.service && rung.ladder == finding.ladder; });
  return since != held.end() && held_for(finding, *since, wait, now);
}

Proposal propose(const Finding& finding, Instant now) {
  Proposal made;
  made.service = finding.service;
  made.ladder = finding.ladder;
  made.from = finding.as_is;
  made.to = *finding.rung;
  made.digest = finding.digest;
  made.made = now;
  made.confidence = finding.confidence;
  return made;
}

}  // namespace

std::string_view name(ProposalState state) { return proposal_states[static_cast<std::size_t>(state)]; }

RungHeld hold(const std::optional<RungHeld>& before, const Finding& finding, Instant now) {
  if (before && before->rung == finding.rung) return *before;
  return {finding.service, finding.ladder, finding.rung, now};
}

std::optional<Drift> drift(const Finding& finding, const std::optional<RungHeld>& held, Instant now, const Hysteresis& hysteresis) {
  if (!finding.as_is || !differs(finding)) return {};
  if (!held || !held_for(finding, *held, wait_of(finding, hysteresis), now)) return {};
  return Drift{*finding.as_is, *finding.rung, held->since, finding.as_is_manual};
}

Reason reason_of(const Drift& drift) {
  return drift.manual ? reason<"drift.manual">(drift.score, drift.supports, drift.since)
                      : reason<"drift.accepted">(drift.score, drift.supports, drift.since);
}

Offers offer(const std::vector<Finding>& findings, const std::vector<Proposal>& known, const std::vector<RungHeld>& held, Instant now,
             const Hysteresis& hysteresis, const std::vector<Decision>& decisions) {
  Offers offers;
  for (const auto& proposal : known) {
    if (proposal.state != ProposalState::open) continue;
    const auto finding = std::ranges::find_if(findings, [&](const Finding& found) { return same_key(proposal, found); });
    if (finding == findings.end() || !stands(proposal, *finding)) offers.withdraw.push_back(proposal.id);
  }
  for (const auto& finding : findings) {
    if (!differs(finding)) continue;
    const Past past(finding, known, decisions);
    if (past.decided() || past.cooling(now, hysteresis)) continue;
    const bool open = std::ranges::any_of(
        known, [&](const Proposal& before) { return before.state == ProposalState::open && same_key(before, finding) && stands(before, finding); });
    if (!open && ripe(finding, past, held, now, hysteresis)) offers.make.push_back(propose(finding, now));
  }
  return offers;
}

bool out_of_date(const Decision& decision, const Finding& now) { return decision.digest != now.digest; }

}  // namespace akashi
