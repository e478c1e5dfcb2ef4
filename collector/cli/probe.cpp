#include "collector/cli/probe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/cli/glimpse.hpp"
#include "connectors/engine/chosen.hpp"

namespace akashi {

namespace {

constexpr int start_days = 7;  // a probe looks at the last week only

}  // namespace

bool ProbeReport::fine() const {
  return std::ranges::all_of(lines, [](const ProbeLine& line) { return line.fine; });
}

ProbeReport probe(Source& source, Clock& clock) {
  ProbeReport report{.source = source.name, .lines = {}};
  bool refused = false;
  for (const StreamSpec& stream : source.connector->streams) {
    if (!is_read(*source.connector, stream, source.settings.streams, source.settings.params)) continue;
    Page page;
    const auto read = glimpse(source, stream, clock, {start_days, 1}, [&](Page first) { page = std::move(first); });
    if (!read) {
      report.lines.push_back({false, stream.name + ": " + sentence(read.error())});
      refused = refused || read.error().kind == ErrorKind::permission;
      if (read.error().kind == ErrorKind::auth) break;  // no further knocking with a refused key
      continue;
    }
    report.lines.push_back(
        {true, fmt::format("{}: {} records in the first page of the last {} days", stream.name, page.manifest.records, start_days)});
    for (const CoverageSpan& span : page.coverage) {
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

void print_probe(const Screen& screen, const ProbeReport& report) {
  screen.heading(report.source);
  for (const ProbeLine& line : report.lines) screen.item(line.fine ? "  ✓ " : "  ✗ ", line.text, line.fine ? Colour::green : Colour::red);
}

void write_probe(JsonWriter& json, const ProbeReport& report) {
  json.object().member("source", report.source).member("ok", report.fine()).key("lines").array();
  for (const ProbeLine& line : report.lines) json.object().member("ok", line.fine).member("text", line.text).end_object();
  json.end_array().end_object();
}

}  // namespace akashi
