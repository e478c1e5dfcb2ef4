// Slots: kept, missed and never made up for, spread where there are many.
#include "collector/schedule.hpp"

#include "catch.hpp"

using namespace akashi;
using namespace std::chrono_literals;

namespace {

const Instant begin = *parse_time("2026-11-02T06:00:00Z");

}  // namespace

TEST_CASE("schedule: a source is due at once and then at every interval, however long its poll took") {
  Schedule schedule({5min}, begin);
  CHECK(schedule.next() == begin);
  for (int slot = 0; slot < 4; ++slot) {
    const auto at = begin + slot * 5min;
    CHECK_FALSE(schedule.take(at - 1ns));
    const auto due = schedule.take(at + 3s);
    REQUIRE(due);
    CHECK(due->at == at);
    CHECK_FALSE(schedule.next());  // at work
    schedule.done(*due, at + 1min);
  }
  CHECK(schedule.missed() == 0);
}

TEST_CASE("schedule: slots that went by are missed, not made up for") {
  Schedule schedule({1min}, begin);
  auto due = schedule.take(begin);
  schedule.done(*due, begin + 3min + 10s);
  CHECK(schedule.missed() == 3);
  CHECK(schedule.next() == begin + 4min);
  due = schedule.take(begin + 4min);
  schedule.done(*due, begin + 5min);  // just at the next slot: that one has gone by, too
  CHECK(schedule.missed() == 4);
  CHECK(schedule.next() == begin + 6min);
}

TEST_CASE("schedule: a refused key is left alone for longer than the interval") {
  Schedule schedule({1min}, begin);
  const auto due = schedule.take(begin);
  schedule.done(*due, begin + 1s, 1h);
  CHECK(schedule.next() == begin + 1s + 1h);
  CHECK(schedule.missed() == 0);
}

TEST_CASE("schedule: few begin together, many are spread over the interval") {
  Schedule few({5min, 5min, 5min}, begin);
  CHECK(few.take(begin + 40ms)->source == 0);
  CHECK(few.take(begin + 40ms)->source == 1);
  CHECK(few.take(begin + 40ms)->source == 2);
  Schedule many(std::vector<Duration>(10000, 1min), begin);
  std::size_t in_a_second = 0;
  while (many.take(begin + 1s)) ++in_a_second;
  CHECK(in_a_second == 167);
  while (many.take(begin + 1min)) ++in_a_second;
  CHECK(in_a_second == 10000);
}

TEST_CASE("schedule: who waits longest comes first") {
  Schedule schedule({1min, 2min}, begin);
  const auto first = *schedule.take(begin);
  const auto second = *schedule.take(begin + 1s);
  schedule.done(second, begin + 1s);
  schedule.done(first, begin + 1s);
  CHECK(schedule.take(begin + 10min)->source == 0);
}
