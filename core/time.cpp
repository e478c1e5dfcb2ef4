#include "core/time.hpp"

#include <fmt/format.h>

namespace akashi {

namespace {

// What nanoseconds in 64 bits can hold, whole years only.
constexpr int year_min = 1678;
constexpr int year_max = 2261;

// Takes exactly `count` digits off the front; nullopt when there are fewer.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Instant> take_date(std::string_view& text) {
  const auto year = digits(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto month = digits(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const auto day = digits(text, 2);
  if (!day || *year < year_min || *year > year_max) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Instant(std::chrono::sys_days(date));
}

struct Clock {
  Duration since_midnight{};
  bool leap_second = false;
};

std::optional<Clock> take_clock(std::string_view& text) {
  const auto hour = digits(text, 2);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto minute = digits(text, 2);
  if (!minute || !take(text, ":")) return std::nullopt;
  const auto second = digits(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  Duration fraction{};
  if (take(text, ".")) {
    std::int64_t scale = 1'000'000'000;
    std::size_t count = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++count, text.remove_prefix(1)) {
      scale /= 10;
      fraction += Duration(scale * (text.front() - '0'));
    }
    if (count == 0 || count > 9) return std::nullopt;
  }
  return Clock{std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second) + fraction, *second == 60};
}

std::optional<Duration> take_offset(std::string_view& text) {
  if (take(text, "Zz")) return Duration{};
  const bool west = !text.empty() && text.front() == '-';
  if (!take(text, "+-")) return std::nullopt;
  const auto hour = digits(text, 2);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto minute = digits(text, 2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  const Duration offset = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  return west ? -offset : offset;
}

}  // namespace

std::optional<Instant> parse_time(std::string_view text) {
  const auto date = take_date(text);
  if (!date || text.empty()) return date;
  if (!take(text, "Tt")) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  const Instant at = *date + clock->since_midnight - *offset;
  // A leap second is the last second of a UTC day; it counts as the first one of the next.
  if (clock->leap_second && std::chrono::floor<std::chrono::seconds>(at) != std::chrono::floor<std::chrono::days>(at)) return std::nullopt;
  return at;
}

std::string format_day(Instant at) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(at));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string format_time(Instant at) {
  const std::chrono::hh_mm_ss<Duration> clock(at - day_of(at));
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", format_day(at), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (clock.subseconds() != Duration{}) {
    text += fmt::format(".{:09}", clock.subseconds().count());
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + "Z";
}

Instant day_of(Instant at) { return std::chrono::floor<std::chrono::days>(at); }
std::int64_t to_ns(Instant at) { return at.time_since_epoch().count(); }
Instant from_ns(std::int64_t ns) { return Instant(Duration(ns)); }

}  // namespace akashi
