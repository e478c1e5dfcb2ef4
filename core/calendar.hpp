// When people work: the organisation's own time, its holidays, and the windows in which nobody wants to be called. Pure data; all instants are UTC.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <vector>

#include "core/time.hpp"

namespace akashi {

using Day = std::chrono::sys_days;  // a day of the calendar, without its place on earth

// A time of the week or of the year. Weekdays, dates and holidays are alternatives for the day (none given: every day); the hours narrow it. Hours
// that go over midnight belong to the day on which they begin.
struct QuietWindow {
  std::array<bool, 7> weekdays{};          // Sunday first
  std::vector<std::pair<Day, Day>> dates;  // with both ends
  bool holidays = false;
  int from_minute = 0, to_minute = 24 * 60;  // of the day; from > to goes over midnight
  std::uint8_t holds_to = 2;                 // holds back what is at most this grave (AlertLevel)
};

class Calendar {
 public:
  Duration offset{};          // of the organisation's clock from UTC; no summer time
  bool japan = false;         // with Japan's holidays
  std::vector<Day> holidays;  // the organisation's own
  std::vector<QuietWindow> quiet;

  [[nodiscard]] Day day(Instant at) const { return std::chrono::floor<std::chrono::days>(at + offset); }
  [[nodiscard]] bool holiday(Day day) const;
  [[nodiscard]] bool business(Day day) const;  // neither Saturday, Sunday nor a holiday
  // When a matter of that gravity may be told: `at` itself outside every window, else the end of the last one that follows without a break. Windows
  // without an end (every day, all day) hold for a year at most.
  [[nodiscard]] Instant awake(Instant at, std::uint8_t level) const;
  // The same time of the day after so many business days: a clock that stands still on all other days. From a day without business it starts with
  // the first one after it.
  [[nodiscard]] Instant after_business_days(Instant from, int count) const;

 private:
  [[nodiscard]] bool within(const QuietWindow& window, Day day) const;
  [[nodiscard]] bool holds(Instant at, std::uint8_t level) const;
};

}  // namespace akashi
