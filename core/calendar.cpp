#include "core/calendar.hpp"

#include <algorithm>

#include "core/holidays_japan.hpp"

namespace akashi {

namespace {

constexpr int day_minutes = 24 * 60;
constexpr Duration held_max = days(366);

Day day_of(const Holiday& one) {
  return std::chrono::year_month_day{std::chrono::year(one.year), std::chrono::month(one.month), std::chrono::day(one.day)};
}

}  // namespace

bool Calendar::holiday(Day day) const {
  if (std::ranges::find(holidays, day) != holidays.end()) return true;
  return japan && std::ranges::any_of(holidays_japan, [&](const Holiday& one) { return day_of(one) == day; });
}

bool Calendar::business(Day day) const {
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && !holiday(day);
}

bool Calendar::within(const QuietWindow& window, Day day) const {
  const bool any_weekday = std::ranges::any_of(window.weekdays, [](bool given) { return given; });
  if (!any_weekday && window.dates.empty() && !window.holidays) return true;
  if (window.weekdays.at(std::chrono::weekday(day).c_encoding())) return true;
  if (std::ranges::any_of(window.dates, [&](const auto& span) { return span.first <= day && day <= span.second; })) return true;
  return window.holidays && holiday(day);
}

bool Calendar::holds(Instant at, std::uint8_t level) const {
  const Day today = day(at);
  const auto minute = std::chrono::floor<std::chrono::minutes>(at + offset - today).count();
  return std::ranges::any_of(quiet, [&](const QuietWindow& window) {
    if (level > window.holds_to) return false;
    if (window.from_minute < window.to_minute) return within(window, today) && window.from_minute <= minute && minute < window.to_minute;
    return (within(window, today) && minute >= window.from_minute) || (within(window, today - std::chrono::days(1)) && minute < window.to_minute);
  });
}

Instant Calendar::awake(Instant at, std::uint8_t level) const {
  Instant awake = at;
  while (holds(awake, level) && awake - at < held_max) {
    const Instant midnight = Instant(day(awake)) - offset;
    Instant next = midnight + std::chrono::minutes(day_minutes);  // what holds may change at the ends of windows and at midnight only
    for (const QuietWindow& window : quiet)
      for (const int minute : {window.from_minute, window.to_minute})
        if (const Instant edge = midnight + std::chrono::minutes(minute); edge > awake) next = std::min(next, edge);
    awake = next;
  }
  return awake;
}

Instant Calendar::after_business_days(Instant from, int count) const {
  Day reached = day(from);
  Duration of_day = from + offset - reached;
  if (!business(reached)) of_day = {};
  while (!business(reached)) reached += std::chrono::days(1);
  for (int left = count; left > 0;) {
    reached += std::chrono::days(1);
    if (business(reached)) --left;
  }
  return Instant(reached) + of_day - offset;
}

}  // namespace akashi
