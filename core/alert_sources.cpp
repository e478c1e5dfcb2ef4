// Matters of sources: one that is not read, with everything that it hides, is one matter, however many services rest on it.
#include <algorithm>

#include "core/alert_matters.hpp"
#include "core/reasons.hpp"

namespace akashi::alerting {

namespace {

constexpr std::size_t reasons_max = 3;  // of a source that is blind in several ways; the list of services says the rest

struct Outage {
  std::set<std::string> services;
  std::vector<Reason> reasons;
  std::optional<Instant> since;
  bool now = false;  // not read now; else only a part of the past is hidden
};

void blame(Outage& outage, const Finding& finding, const Reason* why) {
  outage.services.insert(finding.service);
  if (why == nullptr) return;
  outage.now = outage.now || why->code != "blind.gap";
  const bool said = std::ranges::find(outage.reasons, why->code, &Reason::code) != outage.reasons.end();
  if (!said && outage.reasons.size() < reasons_max) outage.reasons.push_back(*why);
  if (finding.since) outage.since = std::min(outage.since.value_or(*finding.since), *finding.since);
}

std::map<std::string, Outage> outages(const std::vector<Finding>& findings) {
  std::map<std::string, Outage> found;
  for (const Finding& finding : findings) {
    if (finding.state == State::out_of_scope) continue;
    for (const CoverageNote& note : finding.coverage)
      if (note.state == "broken") blame(found[note.source], finding, nullptr);
    if (finding.state != State::blind) continue;
    for (const Reason& why : finding.reasons)
      if (why.code.starts_with("blind.") && !why.args.empty()) blame(found[why.args.front()], finding, &why);
  }
  return found;
}

// Its own account of itself comes first.
void complete(Outage& outage, const SourceState& source) {
  if (!source.broken) return;
  outage.now = true;
  outage.since = source.last_ok;
  std::erase_if(outage.reasons, [](const Reason& one) { return one.code == "blind.broken"; });
  outage.reasons.insert(outage.reasons.begin(), reason<"blind.broken">(source.source, source.why));
}

}  // namespace

void see_sources(const std::vector<Finding>& findings, const std::vector<SourceState>& sources, const AlertPolicy& policy, Instant at,
                 Picture& picture) {
  const auto standard = policy.levels.at(static_cast<std::size_t>(AlertKind::blind));
  auto found = outages(findings);
  for (const SourceState& source : sources) {
    const std::string key = "blind/" + source.source;
    if (source.broken) found.try_emplace(source.source);
    const auto outage = found.find(source.source);
    if (!standard || outage == found.end()) {
      picture.absent[key] = {standard ? reason<"alert.read_again">(source.source) : reason<"alert.off">()};
      continue;
    }
    complete(outage->second, source);
    auto& [services, reasons, since, now] = outage->second;
    const bool long_ago = now && since && at - *since >= policy.blind_alarm_after;
    const AlertLevel level = !now ? AlertLevel::info : long_ago ? AlertLevel::alarm : *standard;
    picture.matters[key] = {key, AlertKind::blind, level, {}, {}, source.source, std::move(services), since, std::move(reasons), policy.blind_after};
  }
}

}  // namespace akashi::alerting
