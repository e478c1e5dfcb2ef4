#include "collector/clock.hpp"

#include <condition_variable>
#include <mutex>

namespace akashi {

Instant SystemClock::now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

bool SystemClock::sleep_until(Instant until, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  const auto steady_until = std::chrono::steady_clock::now() + (until - now());
  return !stopped.wait_until(lock, stop, steady_until, [&stop] { return stop.stop_requested(); }) && !stop.stop_requested();
}

}  // namespace akashi
