// When to send, and when to send again: a budget of requests per minute for a source, and growing, jittered waits after failures.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string_view>

#include "collector/clock.hpp"

namespace akashi {

// A Retry-After header: whole seconds, or an HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT"; one that is over is zero). Nothing when it is neither.
[[nodiscard]] std::optional<Duration> retry_after(std::string_view header, Instant now);

struct PatienceSettings {
  int waits_max = 5;                                 // in a row
  Duration first = std::chrono::seconds(1);          // doubles with each wait …
  Duration longest = std::chrono::seconds(60);       // … up to this
  Duration told_longest = std::chrono::minutes(15);  // a tool that asks for more is left alone until the next poll
};

// The waits of one conversation. Not for several threads.
class Patience {
 public:
  Patience(const PatienceSettings& settings, Clock& clock, std::uint64_t seed);

  // How long to wait now; nothing when patience has ended. The tool's own word wins and is never shortened; without it a random time between half
  // and all of the back-off, so that many collectors do not come back in step.
  [[nodiscard]] std::optional<Duration> next(std::optional<Duration> told);
  // next(), slept through. False when patience has ended or a stop was asked for.
  [[nodiscard]] bool wait(std::optional<Duration> told, std::stop_token stop);
  void succeeded();  // the next failure is the first again

 private:
  PatienceSettings settings_;
  Clock& clock_;
  std::minstd_rand random_;
  int waits_ = 0;
};

// A token bucket. Safe from several threads; they get their turns in the order they came.
class RequestBudget {
 public:
  // 0: no limit. Those of a day are spread over it, with an hour's worth at once; within any 24 hours of one run there are never more.
  RequestBudget(int requests_per_minute, int requests_per_day, Clock& clock);
  RequestBudget(int requests_per_minute, Clock& clock) : RequestBudget(requests_per_minute, 0, clock) {}
  // Waits for a turn. False when a stop was asked for.
  [[nodiscard]] bool take(std::stop_token stop);

 private:
  struct Bucket {
    Duration each{};   // one request's share of the time
    Duration burst{};  // how far ahead of its share a source may run
    Instant full_until{};
    [[nodiscard]] Instant turn(Instant now);
  };
  Clock& clock_;
  std::mutex mutex_;
  Bucket minute_, day_;
};

}  // namespace akashi
