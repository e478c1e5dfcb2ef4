// Proposals: hold → offer. What is open is compared with what the evidence says now; what differs from the portfolio long enough is offered.
#include "core/proposal.hpp"

#include <algorithm>
#include <array>

namespace akashi {

namespace {

constexpr std::array<std::string_view, 5> states{"open", "accepted", "rejected", "amended", "withdrawn"};

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

// Held long enough. A replacement of an open proposal of the same score has been waited for already.
bool ripe(const Finding& finding, const std::vector<RungHeld>& held, Instant now, const Hysteresis& hysteresis) {
  if (!finding.as_is) return true;
  const auto since =
      std::ranges::find_if(held, [&](const RungHeld& rung) { return rung.service == finding.service && rung.ladder == finding.ladder; });
  return since != held.end() && held_for(finding, *since, wait_of(finding, hysteresis), now);
}

// Decided before on the same evidence: a rejected or amended one does not come back. Nor does an accepted one whose score a manual one outweighs;
// without a manual score an accepted one is the portfolio's until another decision replaced it, and may be offered again.
bool decided(const Finding& finding, const std::vector<Proposal>& known) {
  return std::ranges::any_of(known, [&](const Proposal& before) {
    if (!same_key(before, finding) || before.to != *finding.rung || before.digest != finding.digest) return false;
    return before.state == ProposalState::rejected || before.state == ProposalState::amended ||
           (before.state == ProposalState::accepted && finding.as_is_manual);
  });
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

std::string_view name(ProposalState state) { return states[static_cast<std::size_t>(state)]; }

RungHeld hold(const std::optional<RungHeld>& before, const Finding& finding, Instant now) {
  if (before && before->rung == finding.rung) return *before;
  return {finding.service, finding.ladder, finding.rung, now};
}

std::optional<Drift> drift(const Finding& finding, const std::optional<RungHeld>& held, Instant now, const Hysteresis& hysteresis) {
  if (!finding.as_is || !differs(finding)) return {};
  if (!held || !held_for(finding, *held, wait_of(finding, hysteresis), now)) return {};
  return Drift{*finding.as_is, *finding.rung, held->since, finding.as_is_manual};
}

Offers offer(const std::vector<Finding>& findings, const std::vector<Proposal>& known, const std::vector<RungHeld>& held, Instant now,
             const Hysteresis& hysteresis) {
  Offers offers;
  for (const auto& proposal : known) {
    if (proposal.state != ProposalState::open) continue;
    const auto finding = std::ranges::find_if(findings, [&](const Finding& found) { return same_key(proposal, found); });
    if (finding == findings.end() || !stands(proposal, *finding)) offers.withdraw.push_back(proposal.id);
  }
  for (const auto& finding : findings) {
    if (!differs(finding) || decided(finding, known)) continue;
    const bool open = std::ranges::any_of(
        known, [&](const Proposal& before) { return before.state == ProposalState::open && same_key(before, finding) && stands(before, finding); });
    if (!open && ripe(finding, held, now, hysteresis)) offers.make.push_back(propose(finding, now));
  }
  return offers;
}

bool out_of_date(const Decision& decision, const Finding& now) { return decision.digest != now.digest; }

}  // namespace akashi
