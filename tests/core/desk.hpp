// A desk that judges one service of a small SOC and keeps proposals and decisions, as a store would.
#pragma once

#include "catch.hpp"
#include "core/policy.hpp"
#include "tests/core/soc.hpp"

namespace akashi {

struct Desk {
  Soc soc{};
  std::string service = "D-2";
  std::vector<Proposal> known{};
  std::vector<Decision> decisions{};
  std::optional<RungHeld> held{};
  Hysteresis hysteresis{};
  std::vector<Policy> policies{};

  void judge() { judge(soc.finding(service)); }
  void judge(const Finding& finding) {
    held = hold(held, finding, soc.view.as_of);
    const auto offers = offer({finding}, known, {*held}, soc.view.as_of, hysteresis, decisions);
    for (const auto id : offers.withdraw) of(id).state = ProposalState::withdrawn;
    for (auto made : offers.make) {
      made.id = static_cast<std::int64_t>(known.size()) + 1;
      known.push_back(made);
    }
    if (open() == nullptr) return;
    if (const auto* policy = accepting(policies, *open(), finding, soc.view.as_of)) keep(decision_of(*policy, *open(), soc.view.as_of, Lang::en));
  }
  // A day's judging, every six hours.
  void days_pass(int count) {
    for (int i = 0; i < 4 * count; ++i) soc.hours_pass(6), judge();
  }
  Proposal& of(std::int64_t id) { return known.at(static_cast<std::size_t>(id) - 1); }
  [[nodiscard]] const Proposal* open() const {
    const auto at = std::ranges::find(known, ProposalState::open, &Proposal::state);
    return at == known.end() ? nullptr : &*at;
  }
  [[nodiscard]] int offered() const { return open() == nullptr ? 0 : open()->to; }
  void decide(ProposalState state, std::optional<int> score = {}) {
    REQUIRE(open() != nullptr);
    const bool accept = state == ProposalState::accepted;
    keep({.proposal = open()->id,
          .verdict = accept                             ? "accept"
                     : state == ProposalState::rejected ? "reject"
                                                        : "amend",
          .score = accept ? open()->to : score,
          .by = "chief",
          .because = "looked at",
          .at = soc.view.as_of,
          .digest = open()->digest});
  }
  void keep(const Decision& decision) {
    auto& proposal = of(decision.proposal);
    proposal.state = decision.verdict == "accept"   ? ProposalState::accepted
                     : decision.verdict == "reject" ? ProposalState::rejected
                                                    : ProposalState::amended;
    if (decision.score) (proposal.ladder == "outsource" ? soc.view.accepted_outside : soc.view.accepted)[proposal.service] = *decision.score;
    decisions.push_back(decision);
  }
};

}  // namespace akashi
