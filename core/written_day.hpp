// A day as people write it.
#pragma once

#include <optional>
#include <string_view>

#include "core/time.hpp"

namespace akashi {

// "2026-11-21" "2026/11/21" "2026.11.21" "2026年11月21日" and RFC 3339, full width too; what stands behind the day is left alone. Nothing else is a
// day. Its midnight UTC.
[[nodiscard]] std::optional<Instant> parse_day(std::string_view text);

// The moments that a day written without a zone may mean, wherever on earth it was written.
[[nodiscard]] constexpr Span anywhere_on_earth(Instant day) { return {day - std::chrono::hours(14), day + std::chrono::hours(36)}; }

}  // namespace akashi
