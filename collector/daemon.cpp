#include "collector/daemon.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "collector/alerting.hpp"
#include "collector/cli/arguments.hpp"
#include "collector/clock.hpp"
#include "collector/cycle.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/judgement.hpp"
#include "collector/locked_store.hpp"
#include "collector/log.hpp"
#include "collector/notify/courier.hpp"
#include "collector/schedule.hpp"
#include "collector/store/sqlite_store.hpp"

namespace akashi {

namespace {

constexpr std::size_t workers_max = 512;                     // sources that are read at the same time; a worker mostly waits for its tool
constexpr int judging_share = 9;                             // after judging, so many times as long is left to reading
constexpr Duration knock_again_max = std::chrono::hours(1);  // a refused credential is not tried more often than this, whatever the interval

Instant steady_now() { return Instant(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())); }

sigset_t daemon_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, one);
  return set;
}

// Everything that lives as long as one reading of the config: a dispatcher that hands out what is due, workers that read one source each (as many as
// are needed at a time), and one that judges.
class Shift {
 public:
  Shift(std::unique_ptr<House> house, Store& store, CurlMulti& multi, Clock& clock) : house_(std::move(house)), store_(store), clock_(clock) {
    std::vector<Error> errors;
    sources_ = build_sources(*house_, multi, clock, errors);
    for (const Error& error : errors) log::error(sentence(error));
    errors.clear();
    courier_.emplace(make_receivers(house_->config.alerts, centre_voice(house_->config), multi, clock, errors), store, clock);
    for (const Error& error : errors) log::error(sentence(error));
    std::vector<Duration> intervals;
    intervals.reserve(sources_.size());
    for (const auto& source : sources_) intervals.emplace_back(std::chrono::seconds(source->interval_s));
    schedule_.emplace(std::move(intervals), steady_now());
    dispatcher_ = std::thread([this] { dispatch(); });
    judging_ = std::thread([this] { judge_on(); });
    log::info(fmt::format("{}: {} sources, store {}", house_->config.cdc, sources_.size(), house_->config.store_path));
  }
  ~Shift() {
    stop_.request_stop();
    dispatcher_.join();  // makes no more workers now
    judging_.join();
    for (std::thread& worker : workers_) worker.join();
    courier_.reset();
    if (schedule_->missed() > 0) log::warn(fmt::format("slots missed: {}", schedule_->missed()));
  }
  [[nodiscard]] const House& house() const { return *house_; }

 private:
  void dispatch();
  void work();
  [[nodiscard]] Duration read(Source& source);  // how long it is to be left alone at least
  void report(const CycleReport& report) const;
  void judge_on();
  void judge();

  std::unique_ptr<House> house_;
  Store& store_;
  Clock& clock_;
  std::vector<std::unique_ptr<Source>> sources_;
  std::mutex mutex_;  // of what follows
  std::condition_variable_any due_changed_, work_came_, judging_due_;
  std::optional<Schedule> schedule_;  // along the steady clock: a step of the wall clock neither stops nor hurries it
  std::deque<Due> ready_;
  std::size_t idle_ = 0;
  bool unjudged_ = false;
  std::stop_source stop_;
  std::thread dispatcher_, judging_;
  std::deque<std::thread> workers_;  // made by the dispatcher only
  std::optional<Courier> courier_;
};

void Shift::report(const CycleReport& report) const {
  for (const Manifest& one : report.streams)
    if (one.activities > 0 || !one.rejected.empty())
      log::info(fmt::format("{} {}: {} records, {} activities", one.source, one.stream, one.records, one.activities));
  for (const Error& error : report.errors) log::warn(report.source + ": " + sentence(error));
}

void Shift::judge() {
  const auto judgement = judge_all(*house_, store_, clock_.now());
  if (!judgement) return log::error(sentence(judgement.error()));
  for (const Proposal& one : judgement->made)
    log::info(fmt::format("proposal: {} {} → {}", one.service, one.from ? std::to_string(*one.from) : "-", one.to));
  for (const Proposal& one : judgement->accepted) log::info(fmt::format("proposal {} accepted by policy: {} is {} now", one.id, one.service, one.to));
  for (const AlertChange& one : judgement->alerted)
    if (one.tell) log::info(fmt::format("alert {}: {}", name(one.what), message(one, {house_->config.cdc, Lang::en, {}}).subject));
  if (!judgement->alerted.empty()) courier_->wake();
}

Duration Shift::read(Source& source) {
  Stations at{store_, clock_, *house_->judge, {}, stop_.get_token()};
  const auto cycle = run_cycle(source, at);
  if (stop_.stop_requested()) return {};
  if (!cycle) {
    log::error(sentence(cycle.error()) + "; nothing half was kept, it goes on by itself");
    return {};
  }
  report(*cycle);
  const bool refused = std::ranges::any_of(cycle->errors, [](const Error& error) { return error.kind == ErrorKind::auth; });
  return refused ? knock_again_max : Duration{};
}

// Hands out what is due, and makes a worker more when all are busy: a tool that is slow to answer holds up nobody but itself.
void Shift::dispatch() {
  const auto stop = stop_.get_token();
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto now = steady_now();
    while (const auto due = schedule_->take(now)) {
      ready_.push_back(*due);
      work_came_.notify_one();
    }
    while (ready_.size() > idle_ && workers_.size() < workers_max) {
      ++idle_;
      workers_.emplace_back([this] { work(); });
    }
    const auto next = schedule_->next();
    const auto wait = next ? std::clamp<Duration>(*next - now, Duration{}, std::chrono::seconds(1)) : std::chrono::seconds(1);
    due_changed_.wait_for(lock, stop, wait, [&] { return schedule_->next() != next; });
  }
}

void Shift::work() {
  const auto stop = stop_.get_token();
  std::unique_lock lock(mutex_);  // counted as idle by who made it
  while (work_came_.wait(lock, stop, [&] { return !ready_.empty(); })) {
    const Due due = ready_.front();
    ready_.pop_front();
    --idle_;
    lock.unlock();
    const auto pause = read(*sources_[due.source]);
    lock.lock();
    ++idle_;
    unjudged_ = true;
    schedule_->done(due, steady_now(), pause);
    due_changed_.notify_one();
    judging_due_.notify_one();
  }
}

// A proposal is made once, whichever source brought the evidence. Judging looks at everything there is: with many sources it comes after several.
void Shift::judge_on() {
  const auto stop = stop_.get_token();
  std::unique_lock lock(mutex_);
  while (judging_due_.wait(lock, stop, [&] { return unjudged_; })) {
    unjudged_ = false;
    lock.unlock();
    const auto began = clock_.now();
    judge();
    clock_.sleep_until(clock_.now() + (clock_.now() - began) * judging_share, stop);
    lock.lock();
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
