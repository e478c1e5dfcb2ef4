// The clock of everything that waits. Core is given instants; only the collector asks for them, and only here.
#pragma once

#include <stop_token>

#include "core/time.hpp"

namespace akashi {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() = 0;
  // True when the time came, false when a stop was asked for before.
  virtual bool sleep_until(Instant until, std::stop_token stop) = 0;
};

// The machine's clock. Sleeping follows the steady clock, so a step of the wall clock neither hangs nor hurries a wait.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() override;
  bool sleep_until(Instant until, std::stop_token stop) override;
};

}  // namespace akashi
