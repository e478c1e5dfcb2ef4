#include "collector/daemon.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "collector/cli/arguments.hpp"
#include "collector/clock.hpp"
#include "collector/cycle.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/judgement.hpp"
#include "collector/locked_store.hpp"
#include "collector/log.hpp"
#include "collector/store/sqlite_store.hpp"

namespace akashi {

namespace {

constexpr Duration knock_again_max = std::chrono::hours(1);  // a refused credential is not tried more often than this, whatever the interval

sigset_t daemon_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, one);
  return set;
}

// Everything that lives as long as one reading of the config.
class Shift {
 public:
  Shift(std::unique_ptr<House> house, Store& store, CurlMulti& multi, Clock& clock) : house_(std::move(house)), store_(store), clock_(clock) {
    std::vector<Error> errors;
    sources_ = build_sources(*house_, multi, clock, errors);
    for (const Error& error : errors) log::error(sentence(error));
    for (const auto& source : sources_) workers_.emplace_back([this, &source = *source](const std::stop_token& stop) { work(source, stop); });
    log::info(fmt::format("{}: {} sources, store {}", house_->config.cdc, sources_.size(), house_->config.store_path));
  }
  ~Shift() {
    for (std::jthread& worker : workers_) worker.request_stop();
  }
  [[nodiscard]] const House& house() const { return *house_; }

 private:
  void work(Source& source, const std::stop_token& stop);
  void report(const CycleReport& report) const;
  void judge();

  std::unique_ptr<House> house_;
  Store& store_;
  Clock& clock_;
  std::mutex judging_;
  std::vector<std::unique_ptr<Source>> sources_;
  std::vector<std::jthread> workers_;  // last: they end before what they use
};

void Shift::report(const CycleReport& report) const {
  for (const Manifest& one : report.streams)
    if (one.activities > 0 || !one.rejected.empty())
      log::info(fmt::format("{} {}: {} records, {} activities", one.source, one.stream, one.records, one.activities));
  for (const Error& error : report.errors) log::warn(report.source + ": " + sentence(error));
}

void Shift::judge() {
  const std::lock_guard lock(judging_);  // a proposal is made once, whichever source brought the evidence
  const auto judgement = judge_all(*house_, store_, clock_.now());
  if (!judgement) return log::error(sentence(judgement.error()));
  for (const Proposal& one : judgement->made)
    log::info(fmt::format("proposal: {} {} → {}", one.service, one.from ? std::to_string(*one.from) : "-", one.to));
}

void Shift::work(Source& source, const std::stop_token& stop) {
  Duration pause = std::chrono::seconds(source.interval_s);
  while (!stop.stop_requested()) {
    Stations at{store_, clock_, *house_->judge, {}, stop};
    const auto cycle = run_cycle(source, at);
    pause = std::chrono::seconds(source.interval_s);
    if (stop.stop_requested()) return;
    if (!cycle) {
      log::error(sentence(cycle.error()) + "; nothing half was kept, it goes on by itself");
    } else {
      report(*cycle);
      const bool refused = std::ranges::any_of(cycle->errors, [](const Error& error) { return error.kind == ErrorKind::auth; });
      if (refused) pause = std::max<Duration>(pause, knock_again_max);
      judge();
    }
    clock_.sleep_until(clock_.now() + pause, stop);
  }
}

void say(const HouseRead& read) {
  for (const Error& error : read.errors) log::error(sentence(error));
  for (const Error& remark : read.remarks) log::warn(sentence(remark));
}

}  // namespace

void block_signals() {
  const sigset_t set = daemon_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

int run_daemon(const std::string& config_file, const std::string& data_folder) {
  HouseRead read = build_house(config_file, data_folder, true);
  say(read);
  if (!read.house || !read.errors.empty()) return static_cast<int>(Exit::wrong);
  auto opened = open_store(read.house->config.store_path, OpenMode::write);
  if (!opened) {
    log::error(sentence(opened.error()));
    return static_cast<int>(Exit::store);
  }
  LockedStore store(**opened);
  if (auto adopted = adopt_mapping(*read.house, store); !adopted) {
    log::error(sentence(adopted.error()));
    return static_cast<int>(Exit::store);
  }
  SystemClock clock;
  CurlMulti multi;
  auto shift = std::make_unique<Shift>(std::move(read.house), store, multi, clock);
  const sigset_t set = daemon_signals();
  for (int signal = 0; sigwait(&set, &signal) == 0;) {
    if (signal != SIGHUP) break;
    HouseRead again = build_house(config_file, data_folder, true);
    say(again);
    if (!again.house || !again.errors.empty()) {
      log::error("the config was not taken over, the old one stays in force; mend it and send SIGHUP again");
    } else if (again.house->config.store_path != shift->house().config.store_path) {
      log::error("the config names another store; the old one stays in force, stop and start the daemon to change it");
    } else {
      shift.reset();
      if (auto adopted = adopt_mapping(*again.house, store); !adopted) log::error(sentence(adopted.error()));
      shift = std::make_unique<Shift>(std::move(again.house), store, multi, clock);
      log::info("config taken over");
    }
  }
  log::info("ending");
  shift.reset();
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
