#include <fmt/format.h>

#include <algorithm>

#include "collector/report/lists.hpp"
#include "collector/report/pieces.hpp"

namespace akashi {

namespace {

const SourceHealth* health_of(const StatusReport& report, const std::string& source) {
  const auto found = std::ranges::find(report.health, source, &SourceHealth::source);
  return found == report.health.end() ? nullptr : &*found;
}

std::uint64_t total(const std::map<std::string, std::uint64_t>& counts) {
  std::uint64_t sum = 0;
  for (const auto& [reason, count] : counts) sum += count;
  return sum;
}

// The span that ends last; nullptr when the stream was never read to its end. `complete`: among those that were read completely.
const CoverageSpan* newest_span(const StatusReport& report, const Manifest& of, bool complete) {
  const CoverageSpan* newest = nullptr;
  for (const CoverageSpan& one : report.coverage) {
    if (one.source != of.source || one.stream != of.stream || (complete && !one.complete)) continue;
    if (newest == nullptr || newest->span.to < one.span.to) newest = &one;
  }
  return newest;
}

void print_coverage_of(const Screen& screen, const StatusReport& report, const Manifest& one) {
  const auto say = [&](std::string_view en, std::string_view ja, const CoverageSpan& span, Colour colour) {
    screen.item("      ", fmt::format(fmt::runtime(screen.tr(en, ja)), to_the_second(span.span.from), to_the_second(span.span.to)), colour);
  };
  const auto* complete = newest_span(report, one, true);
  const auto* newest = newest_span(report, one, false);
  if (complete != nullptr) say("read completely {} – {}", "完全に読めた期間 {} – {}", *complete, Colour::none);
  if (newest == nullptr || newest->complete) return;
  say("read in part {} – {}", "一部だけ読めた期間 {} – {}", *newest, Colour::yellow);
  screen.item("        ", newest->why, Colour::yellow);
}

void print_source(const Screen& screen, const StatusReport& report, const std::string& source) {
  const SourceHealth* health = health_of(report, source);
  std::string state(screen.tr("not read yet", "まだ読んでいない"));
  Colour colour = Colour::grey;
  if (health != nullptr && health->broken) {
    const bool mends_itself = health->error_kind == name(ErrorKind::transient) || health->error_kind == name(ErrorKind::rate_limited);
    state = mends_itself ? screen.tr("broken, will be tried again", "壊れている(再試行する)") : screen.tr("broken", "壊れている");
    colour = Colour::red;
  } else if (health != nullptr && health->last_ok) {
    state = screen.tr("read", "読めている");
    colour = Colour::green;
  }
  screen.line("  " + screen.paint(fmt::format("{}: {}", source, state), colour) +
              (health != nullptr && health->last_ok
                   ? fmt::format(fmt::runtime(screen.tr("  last complete poll {}", "  最後の完全な読み取り {}")), to_the_second(*health->last_ok))
                   : ""));
  if (health != nullptr && !health->error.empty()) screen.item("    ", health->error, colour);
  for (const Manifest& one : report.manifests) {
    if (one.source != source) continue;
    screen.item("    ", fmt::format(fmt::runtime(screen.tr("{}: {} requests, {} pages, {} records, {} activities, {} rejected, {} bytes",
                                                           "{}: 要求{} ページ{} 記録{} 活動{} 除外{} {}バイト")),
                                    one.stream, one.requests, one.pages, one.records, one.activities, total(one.rejected), one.bytes));
    for (const auto& [reason, count] : one.rejected) screen.item("      - ", fmt::format("{} × {}", count, reason), Colour::yellow);
    print_coverage_of(screen, report, one);
    if (!one.drained && !one.why_not.empty() && (health == nullptr || one.why_not != health->error))
      screen.item("      ", one.why_not, Colour::yellow);
  }
}

}  // namespace

void print_status(const Screen& screen, const StatusReport& report) {
  screen.line(screen.paint(report.cdc, Colour::bold));
  screen.line(fmt::format("  {}: {}", screen.tr("config", "設定"), report.config));
  screen.line(fmt::format("  {}: {}{}", screen.tr("store", "ストア"), report.store,
                          report.daemon ? screen.tr(" (a daemon is writing)", "(デーモンが書き込み中)") : ""));
  screen.heading(screen.tr("Sources", "接続先"));
  for (const std::string& source : report.sources) print_source(screen, report, source);
  if (report.sources.empty()) screen.line(screen.tr("  none configured", "  設定がない"));
  print_alert_summary(screen, report.alerts);
  if (report.counts.empty()) return;
  screen.heading(screen.tr("Stored", "保管"));
  std::string counts;
  for (const auto& [table, rows] : report.counts) counts += (counts.empty() ? "" : "  ") + fmt::format("{} {}", table, rows);
  screen.item("  ", counts);
}

std::string status_json(const StatusReport& report) {
  JsonWriter json;
  json.object()
      .member("cdc", report.cdc)
      .member("config", report.config)
      .member("store", report.store)
      .member("daemon", report.daemon)
      .key("sources")
      .array();
  for (const std::string& source : report.sources) {
    const SourceHealth* health = health_of(report, source);
    const bool tried = health != nullptr;
    const std::string state = !tried ? "not_read" : health->broken ? "broken" : "read";
    json.object()
        .member("source", source)
        .member("state", state)
        .member("error_kind", tried ? health->error_kind : "")
        .member("error", tried ? health->error : "");
    json.member("last_ok", tried ? health->last_ok : std::optional<Instant>{})
        .member("last_try", tried ? health->last_try : std::optional<Instant>{})
        .key("streams")
        .array();
    for (const Manifest& one : report.manifests) {
      if (one.source != source) continue;
      const auto* complete = newest_span(report, one, true);
      const auto* newest = newest_span(report, one, false);
      json.object()
          .member("stream", one.stream)
          .member("started", one.started)
          .member("ended", one.ended)
          .member("requests", one.requests)
          .member("pages", one.pages);
      json.member("records", one.records)
          .member("activities", one.activities)
          .member("bytes", one.bytes)
          .member("drained", one.drained)
          .member("why_not", one.why_not)
          .member("complete_from", complete == nullptr ? std::optional<Instant>{} : complete->span.from)
          .member("complete_to", complete == nullptr ? std::optional<Instant>{} : complete->span.to)
          .member("partial", newest != nullptr && !newest->complete ? newest->why : "")
          .key("rejected")
          .object();
      for (const auto& [reason, count] : one.rejected) json.member(reason, count);
      json.end_object().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("alerts").object();
  for (const AlertLevel level : {AlertLevel::alarm, AlertLevel::warning, AlertLevel::info})
    json.member(name(level), static_cast<std::int64_t>(std::ranges::count(report.alerts.alerts, level, &Alert::level)));
  json.end_object().key("receivers").array();
  for (const ReceiverState& one : report.alerts.receivers)
    json.object().member("receiver", one.receiver).member("waiting", one.waiting).member("tries", one.tries).member("error", one.error).end_object();
  json.end_array().key("stored").object();
  for (const auto& [table, rows] : report.counts) json.member(table, rows);
  json.end_object().end_object();
  return json.text();
}

}  // namespace akashi
