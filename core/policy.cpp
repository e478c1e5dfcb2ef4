#include "core/policy.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/reasons.hpp"

namespace akashi {

namespace {

constexpr std::string_view prefix = "policy ";
constexpr std::array<std::string_view, 3> directions{"up", "down", "both"};

// What the proposal was made of is what the evidence says now.
bool is_of(const Proposal& proposal, const Finding& finding) {
  return proposal.state == ProposalState::open && proposal.service == finding.service && proposal.ladder == finding.ladder &&
         finding.rung == proposal.to && finding.as_is == proposal.from && finding.digest == proposal.digest;
}

bool suspicious(const Finding& finding) {
  return std::ranges::any_of(finding.counter, [](const Reason& why) { return why.code.starts_with("suspicion."); });
}

bool goes_as_written(const Policy& policy, const Proposal& proposal) {
  if (!proposal.from) return policy.first_scores;
  const int step = proposal.to - *proposal.from;
  if (std::abs(step) > policy.max_step) return false;
  return policy.direction == Policy::Direction::both || (step > 0) == (policy.direction == Policy::Direction::up);
}

bool accepts(const Policy& policy, const Proposal& proposal, Instant now) {
  return policy.since <= now && policy.since <= proposal.made && policy.services.contains(proposal.service) &&
         policy.ladders.contains(proposal.ladder) && proposal.confidence >= policy.min_confidence && goes_as_written(policy, proposal);
}

}  // namespace

std::string_view name(Policy::Direction direction) { return directions[static_cast<std::size_t>(direction)]; }

const Policy* accepting(const std::vector<Policy>& policies, const Proposal& proposal, const Finding& finding, Instant now) {
  if (finding.as_is_manual || !is_of(proposal, finding) || suspicious(finding)) return nullptr;
  const auto found = std::ranges::find_if(policies, [&](const Policy& policy) { return accepts(policy, proposal, now); });
  return found == policies.end() ? nullptr : &*found;
}

Decision decision_of(const Policy& policy, const Proposal& proposal, Instant now, Lang lang) {
  const auto confidence = "@confidence." + std::string(name(proposal.confidence));
  const auto because =
      proposal.from ? reason<"policy.step">(policy.by, policy.since, "@policy." + std::string(name(policy.direction)), policy.max_step, confidence)
                    : reason<"policy.first">(policy.by, policy.since, confidence);
  return {.proposal = proposal.id,
          .verdict = "accept",
          .score = proposal.to,
          .by = std::string(prefix) + policy.name,
          .because = say(because, lang),
          .at = now,
          .digest = proposal.digest};
}

bool is_policy(std::string_view by) { return by.starts_with(prefix); }

std::string say_decider(const std::string& by, Lang lang) { return is_policy(by) ? say(reason<"policy.name">(by.substr(prefix.size())), lang) : by; }

}  // namespace akashi
