// `alerts`: what is open, what was said of one, pauses, and a test of a receiver.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "collector/alerting.hpp"
#include "collector/cli/alert_report.hpp"
#include "collector/cli/opening.hpp"
#include "collector/clock.hpp"
#include "collector/notify/notifier.hpp"
#include "collector/store/sqlite_store.hpp"
#include "core/catalogue.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

namespace {

Error wrong_order(std::string where, std::string what, std::string mend) {
  return {ErrorKind::config, std::move(where), std::move(what), std::move(mend)};
}

int list_alerts(const Arguments& arguments, Desk desk) {
  int exit = 0;
  const auto reading = open_reading(arguments, desk, exit);
  if (!reading) return exit;
  const auto report = alert_report(reading->house->config, *reading->store, arguments.all, reading->dated ? reading->as_of : Instant::max());
  if (!report) return refuse(desk, report.error());
  if (arguments.json) desk.out << alerts_json(*report, reading->lang);
  else print_alerts(screen_for(arguments, desk, reading->house->config.language), *report);
  return static_cast<int>(Exit::done);
}

int show_alert(const Arguments& arguments, Desk desk) {
  int exit = 0;
  const auto reading = open_reading(arguments, desk, exit);
  if (!reading) return exit;
  const auto history = reading->store->alert_history(arguments.alert);
  if (!history) return refuse(desk, history.error());
  if (history->empty())
    return refuse(desk, wrong_order("alerts", fmt::format("there is no alert {}", arguments.alert), "`akashi alerts --all` lists them"));
  const Duration offset = reading->house->config.alerts.policy.calendar.offset;
  if (arguments.json) desk.out << alert_json(*history, reading->lang);
  else print_alert(screen_for(arguments, desk, reading->house->config.language), *history, offset);
  return static_cast<int>(Exit::done);
}

// A service (d-2 is meant as D-2) or a source; the error names the nearest.
Result<std::string> target_of(const House& house, const std::string& given) {
  std::string id = given;
  std::ranges::transform(id, id.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (find_service(id) != nullptr) return id;
  std::vector<std::string_view> names;
  names.reserve(house.config.sources.size());
  for (const SourceConfig& one : house.config.sources) names.push_back(one.name);
  if (std::ranges::find(names, given) != names.end()) return given;
  const std::string near = nearest(given, names);
  return fail(ErrorKind::config, "alerts", fmt::format("\"{}\" is neither a service nor a source", given),
              near.empty() ? "services are written like D-2; `akashi status` lists the sources" : "did you mean \"" + near + "\"?");
}

int pause_or_resume(const Arguments& arguments, Desk desk) {
  const auto house = open_house(arguments, desk, false);
  if (!house) return static_cast<int>(Exit::wrong);
  const auto target = target_of(*house, arguments.target);
  if (!target) return refuse(desk, target.error());
  if (blank(arguments.by) || blank(arguments.because))
    return refuse(desk, wrong_order("alerts", "who says so, or why, is empty", "give --by NAME and --because TEXT"));
  auto store = open_store(house->config.store_path, OpenMode::decide);
  if (!store) return refuse(desk, store.error());
  SystemClock clock;
  Pause pause;
  pause.target = *target;
  const bool pausing = arguments.action == "pause";
  if (pausing) {
    pause.by = arguments.by;
    pause.because = arguments.because;
    pause.at = clock.now();
  } else {
    pause.ended = clock.now();
    pause.ended_by = arguments.by;
    pause.ended_because = arguments.because;
  }
  if (auto kept = pausing ? (*store)->pause(pause) : (*store)->resume(pause); !kept) return refuse(desk, kept.error());
  const Screen screen = screen_for(arguments, desk, house->config.language);
  const auto said = pausing ? screen.tr("Alerts of {} are written down and sent to nobody, until somebody ends it: `akashi alerts resume {}`.",
                                        "{} の警告は記録だけして通知しない。終わらせるには `akashi alerts resume {}`。")
                            : screen.tr("Alerts of {} are sent again; what is still so is told at the next judging.",
                                        "{} の警告の通知を再開した。続いているものは次の判定で通知する。");
  screen.item("", fmt::format(fmt::runtime(said), *target, *target));
  return static_cast<int>(Exit::done);
}

int test(const Arguments& arguments, Desk desk) {
  const auto house = open_house(arguments, desk, false);
  if (!house) return static_cast<int>(Exit::wrong);
  std::vector<std::string_view> names;
  for (const ReceiverConfig& one : house->config.alerts.receivers) names.push_back(one.name);
  const auto found = std::ranges::find(house->config.alerts.receivers, arguments.target, &ReceiverConfig::name);
  if (found == house->config.alerts.receivers.end()) {
    const std::string near = nearest(arguments.target, names);
    return refuse(desk, wrong_order("alerts", fmt::format("no receiver is called \"{}\"", arguments.target),
                                    near.empty() ? "they stand under alerts: receivers: in the config" : "did you mean \"" + near + "\"?"));
  }
  SystemClock clock;
  CurlMulti multi;
  auto notifier = make_notifier(*found, centre_voice(house->config), multi, clock);
  if (!notifier) return refuse(desk, notifier.error());
  const auto sending = (*notifier)->test(clock.now(), {});
  if (!sending.status) return refuse(desk, sending.status.error());
  const Screen screen = screen_for(arguments, desk, house->config.language);
  screen.item("✓ ", fmt::format(fmt::runtime(screen.tr("{} took a test message", "{} は試し送りを受け取った")), arguments.target), Colour::green);
  return static_cast<int>(Exit::done);
}

}  // namespace

Result<AlertReport> alert_report(const Config& config, AlertStore& store, bool closed_too, Instant as_of) {
  AlertReport report;
  auto alerts = store.alerts(closed_too, as_of);
  if (!alerts) return std::unexpected(alerts.error());
  auto pauses = store.pauses();
  if (!pauses) return std::unexpected(pauses.error());
  auto receivers = store.receiver_states();
  if (!receivers) return std::unexpected(receivers.error());
  std::erase_if(*pauses, [&](const Pause& one) { return one.at > as_of || (one.ended && *one.ended <= as_of); });
  report.alerts = std::move(*alerts);
  report.pauses = std::move(*pauses);
  report.receivers = std::move(*receivers);
  for (const ReceiverConfig& one : config.alerts.receivers) report.configured.push_back(one.name);
  report.offset = config.alerts.policy.calendar.offset;
  return report;
}

int command_alerts(const Arguments& arguments, Desk desk) {
  if (arguments.action == "show") return show_alert(arguments, desk);
  if (arguments.action == "pause" || arguments.action == "resume") return pause_or_resume(arguments, desk);
  if (arguments.action == "test") return test(arguments, desk);
  return list_alerts(arguments, desk);
}

}  // namespace akashi
