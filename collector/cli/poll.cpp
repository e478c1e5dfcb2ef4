// `poll`: every source once, now; progress on the terminal while it reads; what came of it at the end.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <ostream>

#include "collector/alerting.hpp"
#include "collector/cli/opening.hpp"
#include "collector/cli/polling.hpp"
#include "collector/clock.hpp"
#include "collector/cycle.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/notify/courier.hpp"
#include "collector/store/sqlite_store.hpp"

namespace akashi {

namespace {

// "rt transactions: 1200 records" on one line that overwrites itself; nothing where no person watches.
class Progress {
 public:
  Progress(std::ostream& out, const Screen& screen) : out_(out), screen_(screen), watched_(isatty(STDOUT_FILENO) == 1) {}
  void operator()(const Manifest& so_far) {
    if (!watched_) return;
    const std::string text = fmt::format(fmt::runtime(screen_.tr("  {} {}: {} pages, {} records", "  {} {}: {}ページ {}件")), so_far.source,
                                         so_far.stream, so_far.pages, so_far.records);
    out_ << "\r\x1b[K" << fit(text, screen_.width() - 1) << std::flush;
    shown_ = true;
  }
  void end() {
    if (shown_) out_ << "\r\x1b[K" << std::flush;
    shown_ = false;
  }

 private:
  std::ostream& out_;
  const Screen& screen_;
  bool watched_;
  bool shown_ = false;
};

void print_cycle(const Screen& screen, const CycleReport& report) {
  std::uint64_t records = 0, activities = 0, rejected = 0;
  for (const Manifest& one : report.streams) {
    records += one.records;
    activities += one.activities;
    for (const auto& [reason, count] : one.rejected) rejected += count;
  }
  const std::string text = fmt::format(fmt::runtime(screen.tr("{}: {} records, {} activities, {} rejected", "{}: 記録{}件 活動{}件 除外{}件")),
                                       report.source, records, activities, rejected);
  screen.item(report.errors.empty() ? "✓ " : "✗ ", text, report.errors.empty() ? Colour::green : Colour::red);
  for (const Error& error : report.errors) screen.item("    ", sentence(error), Colour::red);
}

void print_alerted(const Screen& screen, const std::vector<AlertChange>& changes) {
  const auto told = std::ranges::count_if(changes, &AlertChange::tell);
  const auto found =
      std::ranges::count_if(changes, [](const AlertChange& one) { return one.alert.silence == Silence::first_run && !one.alert.closed; });
  if (told > 0) screen.line(fmt::format(fmt::runtime(screen.tr("{} alerts: `akashi alerts`", "警告の変化{}件: `akashi alerts`")), told));
  if (found > 0)
    screen.line(fmt::format(fmt::runtime(screen.tr("{} matters were there already and are told to nobody: `akashi alerts`",
                                                   "以前からの事項{}件を記録した(通知しない): `akashi alerts`")),
                            found));
}

// What is due, once; a receiver that fails is said, and tried again at the next poll.
void send_alerts(const House& house, Store& store, CurlMulti& multi, Clock& clock, const Screen& screen) {
  std::vector<Error> errors;
  auto receivers = make_receivers(house.config.alerts, centre_voice(house.config), multi, clock, errors);
  for (const Error& error : errors) screen.item("✗ ", sentence(error), Colour::red);
  for (Receiver& one : receivers) {
    auto round = deliver(one, store, clock, {});
    while (round && round->sent > 0 && round->failed == 0) round = deliver(one, store, clock, {});
    if (!round) screen.item("✗ ", sentence(round.error()), Colour::red);
    if (round && round->failed > 0) screen.item("✗ ", round->error, Colour::red);
    if (const auto open = store.told_open(one.name); open && one.notifier->resend()) (void)one.notifier->keep_up(*open, clock.now(), {});
  }
}

}  // namespace

Result<PollOutcome> poll_all(House& house, Store& store, std::vector<std::unique_ptr<Source>>& sources, Clock& clock, std::ostream& out,
                             const Screen& screen, const std::stop_token& stop) {
  PollOutcome outcome;
  Progress progress(out, screen);
  for (const auto& source : sources) {
    Stations at{store, clock, *house.judge, [&](const Manifest& so_far) { progress(so_far); }, stop};
    const auto cycle = run_cycle(*source, at);
    progress.end();
    if (!cycle) return std::unexpected(cycle.error());
    print_cycle(screen, *cycle);
    outcome.complete = outcome.complete && cycle->errors.empty();
  }
  auto judgement = judge_all(house, store, clock.now());
  if (!judgement) return std::unexpected(judgement.error());
  outcome.judgement = std::move(*judgement);
  return outcome;
}

int command_poll(const Arguments& arguments, Desk desk) {
  const auto house = open_house(arguments, desk, true);
  if (!house) return static_cast<int>(Exit::wrong);
  const Screen screen = screen_for(arguments, desk, house->config.language);
  SystemClock clock;
  CurlMulti multi;
  std::vector<Error> errors;
  auto sources = build_sources(*house, multi, clock, errors);
  for (const Error& error : errors) refuse(desk, error);
  if (!arguments.source.empty()) std::erase_if(sources, [&](const auto& one) { return one->name != arguments.source; });
  if (!arguments.source.empty() && sources.empty())
    return refuse(desk, Error{ErrorKind::config, "--source", "no source is called \"" + arguments.source + "\"", "`akashi status` lists them"});
  auto store = open_store(house->config.store_path, OpenMode::write);
  if (!store) return refuse(desk, store.error());
  if (auto adopted = adopt_mapping(*house, **store); !adopted) return refuse(desk, adopted.error());
  const auto outcome = poll_all(*house, **store, sources, clock, desk.out, screen, {});
  if (!outcome) return refuse(desk, outcome.error());
  if (!outcome->judgement.made.empty())
    screen.line(fmt::format(fmt::runtime(screen.tr("{} new proposals: `akashi proposals`", "新しい提案{}件: `akashi proposals`")),
                            outcome->judgement.made.size()));
  if (!outcome->judgement.accepted.empty())
    screen.line(fmt::format(fmt::runtime(screen.tr("{} of the proposals accepted by a written policy: `akashi proposals`",
                                                   "提案のうち{}件をポリシーにより採用: `akashi proposals`")),
                            outcome->judgement.accepted.size()));
  print_alerted(screen, outcome->judgement.alerted);
  if (!arguments.quiet) send_alerts(*house, **store, multi, clock, screen);
  return static_cast<int>(outcome->complete && errors.empty() ? Exit::done : Exit::unread);
}

}  // namespace akashi
