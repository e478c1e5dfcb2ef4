#include "collector/cli/probe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/http/patience.hpp"

namespace akashi {

namespace {

constexpr int start_days = 7;  // a probe looks at the last week only

// The stream's first page, with everything that the engine checks on the way to it.
Result<Page> first_page(Source& source, const StreamSpec& stream, Clock& clock) {
  SourceSettings settings = source.settings;
  settings.start_days = start_days;
  LookupTables lookups;
  StreamPoll poll(*source.connector, stream, settings, "", clock.now(), lookups);
  Patience patience({.waits_max = 2}, clock, 1);
  for (;;) {
    auto step = poll.next();
    if (!step) return std::unexpected(step.error());
    if (auto* page = std::get_if<Page>(&*step)) return std::move(*page);
    if (std::holds_alternative<Done>(*step)) return Page{};
    if (const auto* pause = std::get_if<Wait>(&*step)) {
      if (!clock.sleep_until(clock.now() + pause->time, {})) return fail(ErrorKind::transient, source.name, "stopped while waiting");
      continue;
    }
    const auto* again = std::get_if<Again>(&*step);
    if (again != nullptr && !patience.wait(again->after, {})) return std::unexpected(again->because);
    auto answer = source.transport->send(again != nullptr ? again->request : std::get<Ask>(*step).request, {});
    if (answer) poll.answer(std::move(*answer));
    else poll.failed(answer.error());
  }
}

}  // namespace

bool ProbeReport::fine() const {
  return std::ranges::all_of(lines, [](const ProbeLine& line) { return line.fine; });
}

ProbeReport probe(Source& source, Clock& clock) {
  ProbeReport report{.source = source.name, .lines = {}};
  bool refused = false;
  for (const StreamSpec& stream : source.connector->streams) {
    const auto page = first_page(source, stream, clock);
    if (!page) {
      report.lines.push_back({false, stream.name + ": " + sentence(page.error())});
      refused = refused || page.error().kind == ErrorKind::permission;
      if (page.error().kind == ErrorKind::auth) break;  // no further knocking with a refused key
      continue;
    }
    report.lines.push_back(
        {true, fmt::format("{}: {} records in the first page of the last {} days", stream.name, page->manifest.records, start_days)});
    for (const CoverageSpan& span : page->coverage) {
      if (span.complete) continue;
      report.lines.push_back({false, stream.name + ": " + span.why});
      refused = true;
    }
  }
  if (refused)
    for (const Permission& one : source.connector->permissions)
      report.lines.push_back(
          {true, fmt::format("needs {}{}: {}; without it: {}", one.right, one.on.empty() ? "" : " on " + one.on, one.purpose, one.without)});
  return report;
}

}  // namespace akashi
