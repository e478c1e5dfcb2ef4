// The day at which the tests of the demo stand.
#pragma once

#include "core/time.hpp"

namespace akashi {

inline const Instant demo_now = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)) + std::chrono::hours(6);

}  // namespace akashi
