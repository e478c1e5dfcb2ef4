#include "collector/judgement.hpp"

#include <algorithm>

#include "collector/alerting.hpp"

namespace akashi {

namespace {

std::optional<RungHeld> held_of(const std::vector<RungHeld>& held, const Finding& finding) {
  const auto found = std::ranges::find_if(held, [&](const RungHeld& one) { return one.service == finding.service && one.ladder == finding.ladder; });
  return found == held.end() ? std::nullopt : std::optional(*found);
}

void set_drift(const House& house, const std::vector<RungHeld>& held, Instant now, std::vector<Finding>& findings) {
  for (Finding& finding : findings) finding.drift = drift(finding, held_of(held, finding), now, house.config.hysteresis);
}

// What the policies accept of the open proposals, decided in their names.
Result<std::vector<Proposal>> accept_by_policy(const House& house, Store& store, const std::vector<Finding>& findings, Instant now) {
  std::vector<Proposal> accepted;
  if (house.config.policies.empty()) return accepted;
  const auto proposals = store.proposals();
  if (!proposals) return std::unexpected(proposals.error());
  const Lang lang = house.config.language == "ja" ? Lang::ja : Lang::en;
  for (const Proposal& proposal : *proposals) {
    const auto finding =
        std::ranges::find_if(findings, [&](const Finding& one) { return one.service == proposal.service && one.ladder == proposal.ladder; });
    if (finding == findings.end()) continue;
    const Policy* policy = accepting(house.config.policies, proposal, *finding, now);
    if (policy == nullptr) continue;
    if (auto kept = store.decide(decision_of(*policy, proposal, now, lang)); !kept) return std::unexpected(kept.error());
    accepted.push_back(proposal);
  }
  return accepted;
}

// The findings without the drift that a policy is about to settle: nobody has to be told of what is accepted in the same breath.
std::vector<Finding> without_settled(const House& house, const std::vector<Proposal>& made, std::vector<Finding> findings, Instant now) {
  for (Finding& finding : findings)
    if (finding.drift &&
        std::ranges::any_of(made, [&](const Proposal& one) { return accepting(house.config.policies, one, finding, now) != nullptr; }))
      finding.drift.reset();
  return findings;
}

Result<std::vector<InForce>> scores_in_force(Store& store, Instant as_of) {
  const auto accepted = store.accepted(as_of);
  if (!accepted) return std::unexpected(accepted.error());
  const auto decisions = store.decisions();
  if (!decisions) return std::unexpected(decisions.error());
  std::vector<InForce> scores;
  for (const AcceptedScore& one : *accepted) {
    const auto decision = std::ranges::find(*decisions, one.proposal, &Decision::proposal);
    scores.push_back({one.service, one.ladder, one.score, decision == decisions->end() ? std::string() : decision->by, one.at});
  }
  return scores;
}

Result<Judgement> findings_at(const House& house, Store& store, Instant as_of) {
  auto view = make_view(house, store, as_of);
  if (!view) return std::unexpected(view.error());
  Judgement judgement;
  judgement.findings = infer_all(*view);
  judgement.view = std::move(*view);
  auto scores = scores_in_force(store, as_of);
  if (!scores) return std::unexpected(scores.error());
  judgement.in_force = std::move(*scores);
  return judgement;
}

}  // namespace

Result<Judgement> look(const House& house, Store& store, Instant as_of) {
  auto judgement = findings_at(house, store, as_of);
  if (!judgement) return judgement;
  const auto held = store.rungs_held(as_of);
  if (!held) return std::unexpected(held.error());
  set_drift(house, *held, as_of, judgement->findings);
  return judgement;
}

Result<Judgement> judge_all(const House& house, Store& store, Instant now) {
  auto judgement = findings_at(house, store, now);
  if (!judgement) return judgement;
  const auto before = store.rungs_held();
  if (!before) return std::unexpected(before.error());
  const auto known = store.proposals();
  if (!known) return std::unexpected(known.error());
  const auto decisions = store.decisions();
  if (!decisions) return std::unexpected(decisions.error());
  std::vector<RungHeld> held;
  for (const Finding& finding : judgement->findings) held.push_back(hold(held_of(*before, finding), finding, now));
  set_drift(house, held, now, judgement->findings);
  const Offers offers = offer(judgement->findings, *known, held, now, house.config.hysteresis, *decisions);
  const auto alerts = alerts_of(house, store, without_settled(house, offers.make, judgement->findings, now), now);
  if (!alerts) return std::unexpected(alerts.error());
  if (auto kept = store.keep_judgement(held, offers, now, *alerts); !kept) return std::unexpected(kept.error());
  auto accepted = accept_by_policy(house, store, judgement->findings, now);
  if (!accepted) return std::unexpected(accepted.error());
  if (!accepted->empty()) judgement = findings_at(house, store, now);
  if (!judgement) return judgement;
  set_drift(house, held, now, judgement->findings);
  judgement->made = offers.make;
  judgement->accepted = std::move(*accepted);
  judgement->alerted = alerts->news.changes;
  return judgement;
}

namespace {

// Under another key the same person would be somebody else, and one person would count as two.
Status same_key(const House& house, Store& store) {
  const auto known = store.meta("key_fingerprint");
  if (!known) return std::unexpected(known.error());
  if (known->empty()) return store.set_meta("key_fingerprint", house.key_fingerprint);
  if (*known == house.key_fingerprint) return {};
  return fail(ErrorKind::config, house.config.key_file, "is not the key that this store's people were written with",
              "put the old key file back, or begin a new store");
}

}  // namespace

Status adopt_mapping(const House& house, Store& store) {
  if (auto same = same_key(house, store); !same) return same;
  const auto known = store.meta("mapping_digest");
  if (!known) return std::unexpected(known.error());
  if (*known == house.mapping_digest) return {};
  if (auto judged = house.judge->everything(store); !judged) return judged;
  return store.set_meta("mapping_digest", house.mapping_digest);
}

}  // namespace akashi
