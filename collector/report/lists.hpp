// The other lists: evidence, coverage, proposals and decisions, portfolio, status; for people and for programs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "collector/report/alert_list.hpp"
#include "core/infer.hpp"
#include "core/proposal.hpp"
#include "core/store.hpp"

namespace akashi {

void print_evidence(const Screen& screen, std::vector<Evidence> items, std::size_t limit);
// {"evidence": [{uid, service, kind, rule, time, seen, source, activity, actor, actor_kind, team, case, matter, severity, title, drill, object,
//  object_version, verdict, procedures[], url, digest}], "tallies": [{source, service, rule, kind, actor, day, count, first, last}]}
[[nodiscard]] std::string evidence_json(const std::vector<Evidence>& items, const std::vector<std::pair<TallyKey, Tally>>& tallies);

// One bar per stream over the last 90 days: read completely, in part, not at all.
void print_coverage(const Screen& screen, const std::vector<CoverageSpan>& spans, Instant as_of);
[[nodiscard]] std::string coverage_json(const std::vector<CoverageSpan>& spans,
                                        Instant as_of);  // {"as_of", "coverage": [{source, stream, from, to, complete, why}]}

void print_proposals(const Screen& screen, const std::vector<Proposal>& proposals, const std::vector<Decision>& decisions,
                     const std::vector<Finding>& findings);
[[nodiscard]] std::string proposals_json(const std::vector<Proposal>& proposals, const std::vector<Decision>& decisions,
                                         const std::vector<Finding>& findings, Lang lang);

void print_portfolio(const Screen& screen, const View& view, const std::vector<Finding>& findings, const std::vector<InForce>& scores);
[[nodiscard]] std::string portfolio_json(const View& view, const std::vector<Finding>& findings, const std::vector<InForce>& scores, Lang lang);

struct StatusReport {
  std::string cdc, config, store;
  bool daemon = false;  // another process holds the store for writing
  std::vector<SourceHealth> health;
  std::vector<std::string> sources;  // configured, in order
  std::vector<Manifest> manifests;   // newest of each stream
  std::vector<CoverageSpan> coverage;
  std::map<std::string, std::uint64_t> counts;
  AlertReport alerts;  // open ones
};
void print_status(const Screen& screen, const StatusReport& report);
[[nodiscard]] std::string status_json(const StatusReport& report);

}  // namespace akashi
