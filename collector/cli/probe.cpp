#include "collector/cli/probe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/alerting.hpp"
#include "collector/cli/glimpse.hpp"
#include "collector/notify/notifier.hpp"
#include "connectors/engine/chosen.hpp"

namespace akashi {

namespace {

constexpr int start_days = 7;           // a probe looks at the last week only
constexpr std::size_t rights_max = 12;  // as many are named on a line

using Mark = ProbeLine::Mark;

struct Probing {
  Source& source;
  Clock& clock;
  const Screen& screen;
  ProbeReport report{.source = source.name, .lines = {}, .rights = {}};
  bool refused = false;

  template <class... Words>
  void say(Mark mark, std::string_view en, std::string_view ja, const Words&... words) {
    report.lines.push_back({mark, clean(fmt::format(fmt::runtime(screen.tr(en, ja)), words...))});
  }

  static std::string listed(const std::vector<std::string>& rights) {
    const auto shown = std::min(rights.size(), rights_max);
    std::string text = fmt::format("{}", fmt::join(rights.begin(), rights.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    return shown < rights.size() ? text + fmt::format(" … ({})", rights.size()) : text;
  }

  void say_rights(const Rights& rights) {
    if (!rights.unknown.empty())
      return say(Mark::remark, "{}: the tool does not tell ({})", "{}: ツールから確認できない({})", rights.about, rights.unknown);
    if (!rights.missing.empty()) {
      say(Mark::wrong, "{}: {} missing; without it: {}; {}", "{}: {} がない。ないと見えないもの: {}。対処: {}", rights.about, listed(rights.missing),
          rights.without, rights.mend);
    }
    if (!rights.too_much.empty()) {
      say(Mark::remark, "{}: more than needed: {}; {}", "{}: 必要以上の権限: {}。対処: {}", rights.about, listed(rights.too_much), rights.mend);
    }
    if (rights.missing.empty() && rights.too_much.empty())
      say(Mark::fine, "{}: all that is needed and nothing beyond", "{}: 過不足なし", rights.about);
  }

  // False when the tool lets nobody in.
  bool ask_rights() {
    auto told = rights_of(source, clock);
    if (!told) {
      say(Mark::wrong, "{}", "{}", sentence(told.error()));
      return told.error().kind != ErrorKind::auth;
    }
    report.rights = std::move(*told);
    for (const auto& rights : report.rights) say_rights(rights);
    return true;
  }

  // False after a refused key: no further knocking.
  bool ask_stream(const StreamSpec& stream) {
    Page page;
    const auto read = glimpse(source, stream, clock, {start_days, 1}, [&](Page first) { page = std::move(first); });
    if (!read) {
      say(Mark::wrong, "{}: {}", "{}: {}", stream.name, sentence(read.error()));
      refused = refused || read.error().kind == ErrorKind::permission;
      return read.error().kind != ErrorKind::auth;
    }
    say(Mark::fine, "{}: {} records in the first page of the last {} days", "{}: 最初のページに{}件(直近{}日)", stream.name, page.manifest.records,
        start_days);
    for (const CoverageSpan& span : page.coverage) {
      if (span.complete) continue;
      say(Mark::wrong, "{}: {}", "{}: {}", stream.name, span.why);
      refused = true;
    }
    return true;
  }

  void ask() {
    if (!ask_rights()) return;
    for (const StreamSpec& stream : source.connector->streams) {
      if (!is_read(*source.connector, stream, source.settings.streams, source.settings.params)) continue;
      if (!ask_stream(stream)) break;
    }
    if (!refused) return;
    for (const Permission& one : source.connector->permissions)
      say(Mark::remark, "needs {}{}: {}; without it: {}", "必要な権限 {}{}: {}。ないと: {}", one.right, one.on.empty() ? "" : " on " + one.on,
          one.purpose, one.without);
  }
};

std::string_view lead_of(Mark mark) {
  switch (mark) {
    case Mark::fine:
      return "  ✓ ";
    case Mark::remark:
      return "  ! ";
    case Mark::wrong:
      break;
  }
  return "  ✗ ";
}

Colour colour_of(Mark mark) {
  if (mark == Mark::remark) return Colour::yellow;
  return mark == Mark::fine ? Colour::green : Colour::red;
}

}  // namespace

bool ProbeReport::fine() const {
  return std::ranges::none_of(lines, [](const ProbeLine& line) { return line.mark == Mark::wrong; });
}

ProbeReport probe(Source& source, Clock& clock, const Screen& screen) {
  Probing probing{.source = source, .clock = clock, .screen = screen};
  probing.ask();
  return std::move(probing.report);
}

ProbeReport probe_receiver(const ReceiverConfig& receiver, const Config& config, CurlMulti& multi, Clock& clock, const Screen& screen) {
  ProbeReport report{.source = receiver.name, .lines = {}, .rights = {}};
  auto notifier = make_notifier(receiver, centre_voice(config), multi, clock);
  if (!notifier) {
    report.lines.push_back({Mark::wrong, clean(sentence(notifier.error()))});
    return report;
  }
  const auto probed = (*notifier)->probe(clock.now(), {});
  if (!probed)
    report.lines.push_back(
        {Mark::remark, fmt::format(fmt::runtime(screen.tr("a receiver of alerts that cannot be tried without sending: `akashi alerts test {}`",
                                                          "送らずには確認できない通知先: `akashi alerts test {}`")),
                                   receiver.name)});
  else if (!*probed) report.lines.push_back({Mark::wrong, clean(sentence(probed->error()))});
  else report.lines.push_back({Mark::fine, std::string(screen.tr("a receiver of alerts, ready", "通知先として使える"))});
  return report;
}

void print_probe(const Screen& screen, const ProbeReport& report) {
  screen.heading(report.source);
  for (const ProbeLine& line : report.lines) screen.item(lead_of(line.mark), line.text, colour_of(line.mark));
}

void write_probe(JsonWriter& json, const ProbeReport& report) {
  json.object().member("source", report.source).member("ok", report.fine()).key("lines").array();
  for (const ProbeLine& line : report.lines)
    json.object().member("ok", line.mark != Mark::wrong).member("remark", line.mark == Mark::remark).member("text", line.text).end_object();
  json.end_array().key("rights").array();
  for (const Rights& rights : report.rights) {
    json.object().member("about", rights.about).member("told", rights.unknown.empty());
    for (const auto& [key, list] : {std::pair{"has", &rights.has}, {"missing", &rights.missing}, {"more_than_needed", &rights.too_much}}) {
      json.key(key).array();
      for (const auto& right : *list) json.value(right);
      json.end_array();
    }
    json.member("without", rights.without).member("mend", rights.mend).member("why_not_told", rights.unknown).end_object();
  }
  json.end_array().end_object();
}

}  // namespace akashi
