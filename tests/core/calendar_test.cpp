#include <cmath>
#include <map>

#include "catch.hpp"
#include "core/alert.hpp"
#include "core/holidays_japan.hpp"

using namespace akashi;

namespace {

using std::chrono::hours, std::chrono::Monday, std::chrono::Sunday, std::chrono::weekday, std::chrono::year_month_day,
    std::chrono::year_month_weekday;

Instant at(const char* text) { return parse_time(text).value(); }
Day on(int year, unsigned month, unsigned day) { return year_month_day{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)}; }
Day monday(int year, unsigned month, unsigned nth) { return year_month_weekday{std::chrono::year(year), std::chrono::month(month), Monday[nth]}; }

// The formula of the equinoxes in Japan for 1980 to 2099, as almanacs give it.
Day equinox(int year, unsigned month, double first) {
  const int since = year - 1980;
  return on(year, month, static_cast<unsigned>(std::floor(first + 0.242194 * since - std::floor(since / 4.0))));
}

// Article 2 of the Act; paragraphs 2 and 3 of Article 3.
std::map<Day, bool> by_the_act(int year) {
  std::map<Day, bool> days{{on(year, 1, 1), true},
                           {monday(year, 1, 2), true},
                           {on(year, 2, 11), true},
                           {on(year, 2, 23), true},
                           {equinox(year, 3, 20.8431), true},
                           {on(year, 4, 29), true},
                           {on(year, 5, 3), true},
                           {on(year, 5, 4), true},
                           {on(year, 5, 5), true},
                           {monday(year, 7, 3), true},
                           {on(year, 8, 11), true},
                           {monday(year, 9, 3), true},
                           {equinox(year, 9, 23.2488), true},
                           {monday(year, 10, 2), true},
                           {on(year, 11, 3), true},
                           {on(year, 11, 23), true}};
  const auto act = days;
  for (const auto& [day, named] : act) {
    Day moved = day;
    while (weekday(day) == Sunday && act.contains(moved)) moved += std::chrono::days(1);
    if (moved != day) days[moved] = false;
    if (const Day between = day + std::chrono::days(1);
        !act.contains(between) && act.contains(between + std::chrono::days(1)) && weekday(between) != Sunday)
      days.try_emplace(between, false);
  }
  return days;
}

Calendar tokyo() {
  Calendar calendar;
  calendar.offset = hours(9);
  calendar.japan = true;
  return calendar;
}

QuietWindow hours_of(int from, int to) {
  QuietWindow window;
  window.from_minute = from * 60;
  window.to_minute = to * 60;
  return window;
}

}  // namespace

TEST_CASE("Japan's holidays are those of the Act, year by year") {
  const Calendar calendar = tokyo();
  for (int year = holidays_from; year <= holidays_to; ++year) {
    const auto expected = by_the_act(year);
    for (Day day = on(year, 1, 1); day <= on(year, 12, 31); day += std::chrono::days(1)) {
      INFO(format_day(Instant(day)));
      CHECK(calendar.holiday(day) == expected.contains(day));
    }
  }
  CHECK(calendar.holiday(on(2026, 9, 22)));  // between two holidays
  CHECK(calendar.holiday(on(2026, 5, 6)));   // 3 May is a Sunday; the fourth and fifth are holidays themselves
  CHECK_FALSE(calendar.holiday(on(2026, 12, 24)));
}

TEST_CASE("nights and weekends hold back to the next morning") {
  Calendar calendar = tokyo();
  QuietWindow weekend;
  weekend.weekdays = {true, false, false, false, false, false, true};
  weekend.holidays = true;
  calendar.quiet = {hours_of(20, 8), weekend};
  const auto awake = [&](const char* text) { return format_time(calendar.awake(at(text), 2) + hours(9)).substr(0, 16); };
  CHECK(awake("2026-04-01T12:00:00+09:00") == "2026-04-01T12:00");  // Wednesday, noon: outside
  CHECK(awake("2026-04-01T19:59:00+09:00") == "2026-04-01T19:59");
  CHECK(awake("2026-04-01T20:00:00+09:00") == "2026-04-02T08:00");
  CHECK(awake("2026-04-02T07:59:59+09:00") == "2026-04-02T08:00");
  CHECK(awake("2026-04-03T21:00:00+09:00") == "2026-04-06T08:00");  // Friday evening to Monday morning
  CHECK(awake("2026-05-01T21:00:00+09:00") == "2026-05-07T08:00");  // over 3, 4, 5 May and the substitute holiday
  CHECK(awake("2026-09-18T23:00:00+09:00") == "2026-09-24T08:00");  // 19 Saturday … 23 the equinox
}

TEST_CASE("a window may let alarms through, name dates, or never end") {
  Calendar calendar = tokyo();
  QuietWindow year_end;
  year_end.dates = {{on(2026, 12, 29), on(2027, 1, 3)}};
  year_end.holds_to = 1;
  calendar.quiet = {year_end};
  CHECK(calendar.awake(at("2026-12-30T10:00:00+09:00"), 1) == at("2027-01-04T00:00:00+09:00"));
  CHECK(calendar.awake(at("2026-12-30T10:00:00+09:00"), 2) == at("2026-12-30T10:00:00+09:00"));
  CHECK(calendar.awake(at("2026-12-28T23:59:59+09:00"), 1) == at("2026-12-28T23:59:59+09:00"));
  calendar.quiet = {QuietWindow{}};
  CHECK(calendar.awake(at("2026-01-01"), 0) - at("2026-01-01") < akashi::days(370));
}

TEST_CASE("business days: the clock stands still on weekends and holidays") {
  const Calendar calendar = tokyo();
  CHECK(calendar.after_business_days(at("2026-04-03T15:00:00+09:00"), 1) == at("2026-04-06T15:00:00+09:00"));
  CHECK(calendar.after_business_days(at("2026-04-04T15:00:00+09:00"), 1) == at("2026-04-07T00:00:00+09:00"));  // from a Saturday: from Monday on
  CHECK(calendar.after_business_days(at("2026-05-01T09:00:00+09:00"), 1) == at("2026-05-07T09:00:00+09:00"));
  CHECK(calendar.after_business_days(at("2026-04-01T09:00:00+09:00"), 0) == at("2026-04-01T09:00:00+09:00"));
}
