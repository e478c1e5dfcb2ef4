#include "collector/judgement.hpp"

#include <algorithm>

#include "collector/alerting.hpp"

namespace akashi {

Result<Judgement> look(const House& house, Store& store, Instant as_of) {
  auto view = make_view(house, store, as_of);
  if (!view) return std::unexpected(view.error());
  Judgement judgement;
  judgement.findings = infer_all(*view);
  judgement.view = std::move(*view);
  return judgement;
}

Result<Judgement> judge_all(const House& house, Store& store, Instant now) {
  auto judgement = look(house, store, now);
  if (!judgement) return judgement;
  const auto before = store.rungs_held();
  if (!before) return std::unexpected(before.error());
  const auto known = store.proposals();
  if (!known) return std::unexpected(known.error());
  std::vector<RungHeld> held;
  for (Finding& finding : judgement->findings) {
    const auto earlier =
        std::ranges::find_if(*before, [&](const RungHeld& one) { return one.service == finding.service && one.ladder == finding.ladder; });
    held.push_back(hold(earlier == before->end() ? std::nullopt : std::optional(*earlier), finding, now));
    finding.drift = drift(finding, held.back(), now);
  }
  const Offers offers = offer(judgement->findings, *known, held, now);
  const auto alerts = alerts_of(house, store, judgement->findings, now);
  if (!alerts) return std::unexpected(alerts.error());
  if (auto kept = store.keep_judgement(held, offers, now, *alerts); !kept) return std::unexpected(kept.error());
  judgement->made = offers.make;
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
