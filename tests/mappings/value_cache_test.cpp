#include "mappings/engine/value_cache.hpp"

#include <fmt/format.h>

#include "catch.hpp"

using akashi::ValueCache;

namespace {

// What the cache's user does: ask, and keep what was worked out.
std::uint64_t ask(ValueCache& cache, const std::string& value, std::uint64_t answer, std::size_t& worked) {
  if (const auto* known = cache.find(value)) return *known;
  ++worked;
  if (auto* kept = cache.keep(value)) *kept = answer;
  return answer;
}

}  // namespace

TEST_CASE("a value is worked out once") {
  ValueCache cache(1);
  std::size_t worked = 0;
  for (int round = 0; round < 10; ++round)
    for (std::uint64_t i = 0; i < 500; ++i) CHECK(ask(cache, fmt::format("value {}", i), i, worked) == i);
  CHECK(worked >= 500);
  CHECK(worked < 550);  // a few that share slots are not kept
}

TEST_CASE("values of any length are told apart, to the last byte") {
  ValueCache cache(1);
  std::size_t worked = 0;
  for (int round = 0; round < 2; ++round) {
    std::uint64_t number = 0;
    for (std::size_t size = 1; size <= 40; ++size)
      for (std::size_t at = 0; at < size; ++at) {
        std::string value(size, 'a');
        value[at] = 'b';
        ++number;
        REQUIRE(ask(cache, value, number, worked) == number);
      }
  }
}

TEST_CASE("a long value is not kept") {
  ValueCache cache(1);
  std::size_t worked = 0;
  const std::string value(ValueCache::value_bytes_max + 1, 'x');
  for (int i = 0; i < 3; ++i) CHECK(ask(cache, value, 7, worked) == 7);
  CHECK(worked == 3);
}

TEST_CASE("a field whose values never come again makes the cache step aside, and later try again") {
  ValueCache cache(1);
  std::size_t worked = 0;
  std::uint64_t number = 0;
  while (number < ValueCache::values_max * 2) {
    ++number;
    CHECK(ask(cache, fmt::format("ticket {}", number), number, worked) == number);
  }
  worked = 0;
  for (int i = 0; i < 100; ++i) CHECK(ask(cache, "again and again", 5, worked) == 5);
  CHECK(worked == 100);  // stepped aside
  for (int i = 0; i < 70'000; ++i) ask(cache, "again and again", 5, worked);
  worked = 0;
  for (int i = 0; i < 100; ++i) CHECK(ask(cache, "again and again", 5, worked) == 5);
  CHECK(worked == 0);  // and back
}

TEST_CASE("a full cache whose values did come again starts anew at once") {
  ValueCache cache(1);
  std::size_t worked = 0;
  for (std::uint64_t i = 0; i < ValueCache::values_max * 2; ++i)
    for (int again = 0; again < 10; ++again) CHECK(ask(cache, fmt::format("user {}", i), i, worked) == i);
  worked = 0;
  for (int i = 0; i < 100; ++i) CHECK(ask(cache, "the same", 5, worked) == 5);
  CHECK(worked <= 1);
}
