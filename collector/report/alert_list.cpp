#include "collector/report/alert_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/notify/alert_json.hpp"

namespace akashi {

namespace {

Colour colour_of(const Alert& alert) {
  if (alert.closed) return Colour::grey;
  if (alert.level == AlertLevel::alarm) return Colour::red;
  return alert.level == AlertLevel::warning ? Colour::yellow : Colour::none;
}

std::string silence_of(const Screen& screen, const Alert& alert) {
  if (alert.silence == Silence::first_run)
    return std::string(screen.tr("was there at the first run: nobody was told", "初回の点検で見つかったもの。通知していない"));
  if (alert.silence == Silence::paused) return std::string(screen.tr("paused: nobody is told", "一時停止中。通知していない"));
  return {};
}

void print_one(const Screen& screen, const Alert& alert, Duration offset) {
  const Lang lang = screen.lang();
  screen.item(fmt::format("{:>4}  ", alert.id), fmt::format("[{}] {}: {}", say(alert.level, lang), about(alert, lang), say(alert.kind, lang)),
              colour_of(alert));
  std::string when;
  if (alert.since) when = fmt::format(fmt::runtime(screen.tr("since {}", "{} から")), local_time(*alert.since, offset));
  if (alert.closed)
    when += fmt::format(fmt::runtime(lost_sight(alert) ? screen.tr(", closed {}", "、確認不能 {}") : screen.tr(", over {}", "、解消 {}")),
                        local_time(*alert.closed, offset));
  if (!when.empty()) screen.item("      ", when);
  for (const Reason& why : alert.reasons) screen.item("      - ", say(why, lang));
  if (alert.over) screen.item("      → ", say(*alert.over, lang));
  if (alert.kind == AlertKind::blind && !alert.services.empty())
    screen.item("      ", fmt::format(fmt::runtime(screen.tr("services: {}", "サービス: {}")), fmt::join(alert.services, " ")));
  if (const auto silence = silence_of(screen, alert); !silence.empty()) screen.item("      ", silence, Colour::grey);
}

const ReceiverState* state_of(const AlertReport& report, const std::string& name) {
  const auto found = std::ranges::find(report.receivers, name, &ReceiverState::receiver);
  return found == report.receivers.end() ? nullptr : &*found;
}

void print_receiver(const Screen& screen, const AlertReport& report, const std::string& name) {
  const auto* state = state_of(report, name);
  if (state == nullptr)
    return screen.item("  ", fmt::format(fmt::runtime(screen.tr("{}: nothing was to be sent yet", "{}: まだ送るものがない")), name));
  std::string text = name + ": ";
  text += state->last_sent ? fmt::format(fmt::runtime(screen.tr("last sent {}", "最後の送信 {}")), local_time(*state->last_sent, report.offset))
                           : std::string(screen.tr("nothing sent yet", "まだ送っていない"));
  if (state->waiting > 0) text += fmt::format(fmt::runtime(screen.tr(", {} waiting", "、送信待ち{}件")), state->waiting);
  const bool failing = state->tries > 0;
  screen.item(failing ? "  ✗ " : "  ", text, failing ? Colour::red : Colour::none);
  if (failing)
    screen.item("      ", fmt::format(fmt::runtime(screen.tr("tried {} times: {}", "{}回失敗: {}")), state->tries, state->error), Colour::red);
}

void print_receivers(const Screen& screen, const AlertReport& report, bool only_failing) {
  for (const std::string& name : report.configured) {
    const auto* state = state_of(report, name);
    if (!only_failing || (state != nullptr && state->tries > 0)) print_receiver(screen, report, name);
  }
  for (const ReceiverState& state : report.receivers) {
    if (state.waiting == 0 || std::ranges::find(report.configured, state.receiver) != report.configured.end()) continue;
    screen.item(
        "  ! ",
        fmt::format(fmt::runtime(screen.tr("{}: {} waiting, but no such receiver is configured any more", "{}: 送信待ち{}件。設定にない通知先")),
                    state.receiver, state.waiting),
        Colour::yellow);
  }
}

}  // namespace

void print_alerts(const Screen& screen, const AlertReport& report) {
  if (report.alerts.empty()) screen.line(screen.tr("No open alerts.", "未解消の警告はない。"));
  // What is open first, the gravest on top; then what is over, the newest first.
  auto sorted = report.alerts;
  std::ranges::stable_sort(sorted, [](const Alert& a, const Alert& b) {
    if (a.closed.has_value() != b.closed.has_value()) return b.closed.has_value();
    return a.closed ? *a.closed > *b.closed : a.level > b.level;
  });
  for (const Alert& alert : sorted) print_one(screen, alert, report.offset);
  if (!report.pauses.empty())
    screen.heading(screen.tr("Paused (until a person ends it: `akashi alerts resume`)", "一時停止中(再開は `akashi alerts resume`)"));
  for (const Pause& one : report.pauses)
    screen.item("  ", fmt::format(fmt::runtime(screen.tr("{} since {} by {}: {}", "{} {} から 指示者 {}: {}")), one.target,
                                  local_time(one.at, report.offset), one.by, one.because));
  if (report.configured.empty() && report.receivers.empty())
    return screen.line(screen.tr("No receivers are configured (alerts: receivers:), so nobody is told.",
                                 "通知先の設定(alerts: receivers:)がないため、誰にも通知しない。"));
  screen.heading(screen.tr("Receivers", "通知先"));
  print_receivers(screen, report, false);
}

void print_alert_summary(const Screen& screen, const AlertReport& report) {
  screen.heading(screen.tr("Alerts", "警告"));
  const auto count = [&](AlertLevel level) { return std::ranges::count(report.alerts, level, &Alert::level); };
  screen.line(fmt::format(fmt::runtime(screen.tr("  {} open: {} alarms, {} warnings, {} for information (`akashi alerts`)",
                                                 "  未解消{}件: 警報{} 注意{} 情報{}(`akashi alerts`)")),
                          report.alerts.size(), count(AlertLevel::alarm), count(AlertLevel::warning), count(AlertLevel::info)));
  for (const Pause& one : report.pauses)
    screen.item("  ", fmt::format(fmt::runtime(screen.tr("paused: {} by {}", "一時停止中: {} 指示者 {}")), one.target, one.by), Colour::yellow);
  print_receivers(screen, report, true);
}

std::string alerts_json(const AlertReport& report, Lang lang) {
  JsonWriter json;
  json.object().key("alerts").array();
  for (const Alert& one : report.alerts) write_alert(json, one, lang);
  json.end_array().key("pauses").array();
  for (const Pause& one : report.pauses)
    json.object()
        .member("id", one.id)
        .member("target", one.target)
        .member("by", one.by)
        .member("because", one.because)
        .member("at", one.at)
        .end_object();
  json.end_array().key("receivers").array();
  for (const ReceiverState& one : report.receivers)
    json.object()
        .member("receiver", one.receiver)
        .member("waiting", one.waiting)
        .member("last_sent", one.last_sent)
        .member("tries", one.tries)
        .member("error", one.error)
        .end_object();
  json.end_array().end_object();
  return json.text();
}

void print_alert(const Screen& screen, const std::vector<AlertEvent>& history, Duration offset) {
  const Lang lang = screen.lang();
  print_one(screen, history.back().change.alert, offset);
  screen.heading(screen.tr("History", "履歴"));
  for (const AlertEvent& one : history) {
    const AlertChange& change = one.change;
    std::string_view what = screen.tr("opened", "発生");
    if (change.what == AlertChange::What::updated) what = screen.tr("changed", "変化");
    if (change.what == AlertChange::What::closed) what = lost_sight(change.alert) ? screen.tr("closed", "確認不能") : screen.tr("over", "解消");
    screen.item("  ", fmt::format("{}  {}  [{}] {}{}", local_time(change.alert.changed, offset), what, say(change.alert.level, lang),
                                  say(change.alert.kind, lang), change.tell ? "" : screen.tr("  (not told)", "  (通知なし)")));
  }
}

std::string alert_json(const std::vector<AlertEvent>& history, Lang lang) {
  JsonWriter json;
  json.object().key("alert");
  write_alert(json, history.back().change.alert, lang);
  json.key("history").array();
  for (const AlertEvent& one : history) {
    json.object().member("event", one.id).member("what", name(one.change.what)).member("tell", one.change.tell).key("alert");
    write_alert(json, one.change.alert, lang);
    json.end_object();
  }
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
