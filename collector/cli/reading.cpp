// The reading commands: they open the store for reading, look, and print.
#include <algorithm>
#include <ostream>

#include "collector/cli/alert_report.hpp"
#include "collector/cli/opening.hpp"
#include "collector/lock.hpp"
#include "collector/report/findings.hpp"
#include "collector/report/lists.hpp"
#include "collector/report/scores.hpp"
#include "core/catalogue.hpp"

namespace akashi {

namespace {

// Opens, runs `work(reading, screen)` and turns its error into an exit code.
template <class Work>
int with_reading(const Arguments& arguments, Desk desk, Work work) {
  int exit = 0;
  auto reading = open_reading(arguments, desk, exit);
  if (!reading) return exit;
  const Screen screen = screen_for(arguments, desk, reading->house->config.language);
  const Status done = work(*reading, screen);
  return done ? static_cast<int>(Exit::done) : refuse(desk, done.error());
}

// What was learnt later is left out, when a date was given.
Instant known_at(const Reading& reading) { return reading.dated ? reading.as_of : Instant::max(); }

}  // namespace

int command_status(const Arguments& arguments, Desk desk) {
  return with_reading(arguments, desk, [&](Reading& reading, const Screen& screen) -> Status {
    StatusReport report;
    report.cdc = reading.house->config.cdc;
    report.config = reading.house->config.file;
    report.store = reading.house->config.store_path;
    report.daemon = FileLock::held(reading.house->config.store_path + ".lock");
    for (const SourceConfig& source : reading.house->config.sources) report.sources.push_back(source.name);
    auto health = reading.store->health(known_at(reading));
    if (!health) return std::unexpected(health.error());
    auto manifests = reading.store->manifests(1, known_at(reading));
    if (!manifests) return std::unexpected(manifests.error());
    auto counts = reading.store->counts();
    if (!counts) return std::unexpected(counts.error());
    auto coverage = reading.store->coverage();
    if (!coverage) return std::unexpected(coverage.error());
    if (!reading.dated) report.coverage = std::move(*coverage);  // by when it was read is not kept
    auto alerts = alert_report(reading.house->config, *reading.store, false, known_at(reading));
    if (!alerts) return std::unexpected(alerts.error());
    report.alerts = std::move(*alerts);
    report.health = std::move(*health);
    report.manifests = std::move(*manifests);
    if (!reading.dated) report.counts = std::move(*counts);  // how many rows there were is not kept
    if (arguments.json) desk.out << status_json(report);
    else print_status(screen, report);
    return {};
  });
}

int command_coverage(const Arguments& arguments, Desk desk) {
  return with_reading(arguments, desk, [&](Reading& reading, const Screen& screen) -> Status {
    const auto spans = reading.store->coverage();
    if (!spans) return std::unexpected(spans.error());
    if (arguments.json) desk.out << coverage_json(*spans, reading.as_of);
    else print_coverage(screen, *spans, reading.as_of);
    return {};
  });
}

int command_evidence(const Arguments& arguments, Desk desk) {
  const std::string service = service_id(arguments.service);
  if (const auto unknown = unknown_service(service)) return refuse(desk, *unknown);
  return with_reading(arguments, desk, [&](Reading& reading, const Screen& screen) -> Status {
    auto items = reading.store->evidence({.service = service, .source = arguments.source, .case_id = {}, .within = {}, .limit = 0});
    if (!items) return std::unexpected(items.error());
    if (reading.dated) std::erase_if(*items, [&](const Evidence& one) { return one.time >= reading.as_of; });
    auto tallies = reading.store->tallies();
    if (!tallies) return std::unexpected(tallies.error());
    if (!service.empty()) std::erase_if(*tallies, [&](const auto& one) { return one.first.service != service; });
    if (arguments.json) desk.out << evidence_json(*items, *tallies);
    else print_evidence(screen, std::move(*items), arguments.limit);
    return {};
  });
}

int command_findings(const Arguments& arguments, Desk desk) {
  return with_reading(arguments, desk, [&](Reading& reading, const Screen& screen) -> Status {
    const auto judgement = look(*reading.house, *reading.store, reading.as_of);
    if (!judgement) return std::unexpected(judgement.error());
    if (arguments.json) desk.out << findings_json(judgement->findings, judgement->in_force, reading.as_of, reading.lang);
    else print_findings(screen, judgement->findings, arguments.all);
    return {};
  });
}

int command_explain(const Arguments& arguments, Desk desk) {
  const std::string service = service_id(arguments.service);
  if (const auto unknown = unknown_service(service)) return refuse(desk, *unknown);
  return with_reading(arguments, desk, [&](Reading& reading, const Screen& screen) -> Status {
    auto judgement = look(*reading.house, *reading.store, reading.as_of);
    if (!judgement) return std::unexpected(judgement.error());
    std::erase_if(judgement->findings, [&](const Finding& one) { return one.service != service; });
    if (arguments.json) {
      desk.out << explanation_json(judgement->findings, judgement->in_force, reading.as_of, reading.lang);
      return {};
    }
    const auto profile = judgement->view.profile.find(service);
    for (const Finding& one : judgement->findings)
      print_explanation(screen, one, profile == judgement->view.profile.end() ? ServiceProfile{} : profile->second,
                        in_force(judgement->in_force, one));
    return {};
  });
}

int command_proposals(const Arguments& arguments, Desk desk) {
  return with_reading(arguments, desk, [&](Reading& reading, const Screen& screen) -> Status {
    const auto judgement = look(*reading.house, *reading.store, reading.as_of);
    if (!judgement) return std::unexpected(judgement.error());
    const auto proposals = reading.store->proposals(known_at(reading));
    if (!proposals) return std::unexpected(proposals.error());
    auto decisions = reading.store->decisions();
    if (!decisions) return std::unexpected(decisions.error());
    std::erase_if(*decisions, [&](const Decision& one) { return one.at > known_at(reading); });
    if (arguments.json) desk.out << proposals_json(*proposals, *decisions, judgement->findings, reading.lang);
    else print_proposals(screen, *proposals, *decisions, judgement->findings);
    return {};
  });
}

int command_portfolio(const Arguments& arguments, Desk desk) {
  return with_reading(arguments, desk, [&](Reading& reading, const Screen& screen) -> Status {
    const auto judgement = look(*reading.house, *reading.store, reading.as_of);
    if (!judgement) return std::unexpected(judgement.error());
    if (arguments.json) desk.out << portfolio_json(judgement->view, judgement->findings, judgement->in_force, reading.lang);
    else print_portfolio(screen, judgement->view, judgement->findings, judgement->in_force);
    return {};
  });
}

}  // namespace akashi
