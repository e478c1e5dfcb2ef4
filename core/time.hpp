// Time in the house: nanoseconds since 1970 UTC, always given, never asked for (the clock is in collector).
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace akashi {

using Duration = std::chrono::nanoseconds;
using Instant = std::chrono::sys_time<Duration>;

constexpr Duration days(std::int64_t count) { return std::chrono::hours(24 * count); }

// Half-open [from, to).
struct Span {
  Instant from{}, to{};
  [[nodiscard]] bool empty() const { return to <= from; }
  [[nodiscard]] bool contains(Instant at) const { return from <= at && at < to; }
  auto operator<=>(const Span&) const = default;
};

// RFC 3339 with any offset and up to nine fractional digits ("2026-11-21T08:00:00.5+09:00"); a date alone is its midnight UTC.
[[nodiscard]] std::optional<Instant> parse_time(std::string_view text);
// "2026-11-21T08:00:00Z"; fractions only where there are any.
[[nodiscard]] std::string format_time(Instant at);
// "2026-11-21" (UTC).
[[nodiscard]] std::string format_day(Instant at);
// Start of the UTC day.
[[nodiscard]] Instant day_of(Instant at);
[[nodiscard]] std::int64_t to_ns(Instant at);
[[nodiscard]] Instant from_ns(std::int64_t ns);

}  // namespace akashi
