// A clock that moves only when somebody sleeps on it or moves it. Safe from several threads.
#pragma once

#include <mutex>
#include <vector>

#include "collector/clock.hpp"

namespace akashi {

class FrozenClock final : public Clock {
 public:
  explicit FrozenClock(Instant at) : at_(at) {}
  [[nodiscard]] Instant now() override {
    const std::scoped_lock lock(mutex_);
    return at_;
  }
  // Comes back at once, later: the sleep is written down and the clock stands at `until`.
  bool sleep_until(Instant until, std::stop_token stop) override {
    const std::scoped_lock lock(mutex_);
    if (stop.stop_requested()) return false;
    if (until > at_) {
      slept_.push_back(until - at_);
      at_ = until;
    }
    return true;
  }
  void move(Duration by) {
    const std::scoped_lock lock(mutex_);
    at_ += by;
  }
  [[nodiscard]] std::vector<Duration> slept() {
    const std::scoped_lock lock(mutex_);
    return slept_;
  }

 private:
  std::mutex mutex_;
  Instant at_;
  std::vector<Duration> slept_;
};

}  // namespace akashi
