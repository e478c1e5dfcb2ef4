#include "core/coverage.hpp"

#include <random>

#include "catch.hpp"

using namespace akashi;

namespace {

Span span(std::int64_t from, std::int64_t to) { return {from_ns(from), from_ns(to)}; }

// The same thing, slowly: one bit for every nanosecond from 0 to 63.
using Bits = std::uint64_t;
Bits bits(Span s) {
  Bits b = 0;
  for (std::int64_t i = 0; i < 64; ++i)
    if (s.contains(from_ns(i))) b |= Bits{1} << i;
  return b;
}
Bits bits(std::span<const Span> spans) {
  Bits b = 0;
  for (const auto& s : spans) b |= bits(s);
  return b;
}

void check_invariants(const Coverage& coverage) {
  const auto spans = coverage.spans();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    REQUIRE_FALSE(spans[i].empty());
    if (i > 0) REQUIRE(spans[i - 1].to < spans[i].from);
  }
}

}  // namespace

TEST_CASE("touching and overlapping spans are one, others stay apart") {
  Coverage coverage;
  coverage.add(span(10, 20));
  coverage.add(span(30, 40));
  CHECK(coverage.spans().size() == 2);
  coverage.add(span(20, 25));
  CHECK(coverage.spans().size() == 2);
  CHECK(coverage.covers(span(10, 25)));
  CHECK_FALSE(coverage.covers(span(10, 26)));
  coverage.add(span(24, 31));
  REQUIRE(coverage.spans().size() == 1);
  CHECK(coverage.spans()[0] == span(10, 40));
  coverage.add(span(50, 50));
  coverage.add(span(60, 55));
  CHECK(coverage.spans().size() == 1);
}

TEST_CASE("gaps are what was not read") {
  Coverage coverage;
  CHECK(coverage.gaps(span(0, 10)) == std::vector{span(0, 10)});
  coverage.add(span(2, 4));
  coverage.add(span(6, 8));
  CHECK(coverage.gaps(span(0, 10)) == std::vector{span(0, 2), span(4, 6), span(8, 10)});
  CHECK(coverage.gaps(span(2, 4)).empty());
  CHECK(coverage.gaps(span(3, 7)) == std::vector{span(4, 6)});
  CHECK(coverage.gaps(span(5, 5)).empty());
  CHECK(coverage.gaps(span(8, 9)) == std::vector{span(8, 9)});
  CHECK(coverage.covers(span(5, 5)));
}

TEST_CASE("coverage behaves like a set of moments, whatever the order of adding") {
  std::mt19937 random(20261121);
  const auto any = [&](std::int64_t max) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(max)); };
  for (int round = 0; round < 2000; ++round) {
    std::vector<Span> pieces, others;
    for (auto i = any(9); i > 0; --i) pieces.push_back(span(any(64), any(64)));
    for (auto i = any(9); i > 0; --i) others.push_back(span(any(64), any(64)));
    Coverage one, again, other;
    for (const auto& s : pieces) one.add(s);
    std::shuffle(pieces.begin(), pieces.end(), random);
    for (const auto& s : pieces) again.add(s);
    for (const auto& s : pieces) again.add(s);
    for (const auto& s : others) other.add(s);
    check_invariants(one);
    REQUIRE(one == again);
    REQUIRE(bits(one.spans()) == bits(pieces));

    const auto both = one.intersect(other);
    check_invariants(both);
    REQUIRE(both == other.intersect(one));
    REQUIRE(bits(both.spans()) == (bits(pieces) & bits(others)));

    const auto asked = span(any(64), any(64));
    REQUIRE(one.covers(asked) == ((bits(asked) & ~bits(pieces)) == 0));
    REQUIRE(bits(one.gaps(asked)) == (bits(asked) & ~bits(pieces)));
  }
}
