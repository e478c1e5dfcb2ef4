#include "core/tally.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include "catch.hpp"

using namespace akashi;

namespace {

Tally merged(Tally a, const Tally& b) {
  a.merge(b);
  return a;
}

Tally some(std::mt19937& random) {
  Tally tally;
  for (auto i = random() % 6; i > 0; --i) tally.add(from_ns(random() % 100), std::string(1, static_cast<char>('a' + random() % 6)));
  return tally;
}

}  // namespace

TEST_CASE("a tally knows count, first, last and the smallest witnesses") {
  Tally tally;
  for (const auto& [at, digest] : std::vector<std::pair<std::int64_t, std::string>>{{5, "d"}, {3, "b"}, {9, "e"}, {4, "a"}, {4, "b"}})
    tally.add(from_ns(at), digest);
  CHECK(tally.count == 5);
  CHECK(tally.first == from_ns(3));
  CHECK(tally.last == from_ns(9));
  CHECK(tally.witnesses == std::array<std::string, 3>{"a", "b", "d"});
}

TEST_CASE("an empty tally changes nothing, a missing digest is no witness") {
  Tally tally;
  tally.add(from_ns(-5), "");
  CHECK(tally.count == 1);
  CHECK(tally.first == from_ns(-5));
  CHECK(tally.witnesses[0].empty());
  const auto before = tally;
  tally.merge(Tally{});
  CHECK(tally == before);
  CHECK(merged(Tally{}, before) == before);
}

TEST_CASE("merging tallies is commutative and associative, and equals adding one by one") {
  std::mt19937 random(20261121);
  for (int round = 0; round < 2000; ++round) {
    const auto a = some(random), b = some(random), c = some(random);
    REQUIRE(merged(a, b) == merged(b, a));
    REQUIRE(merged(merged(a, b), c) == merged(a, merged(b, c)));
  }
  std::vector<std::pair<Instant, std::string>> records;
  for (int i = 0; i < 40; ++i) records.emplace_back(from_ns(static_cast<std::int64_t>(random() % 1000)), std::to_string(random() % 30));
  Tally one;
  for (const auto& [at, digest] : records) one.add(at, digest);
  std::shuffle(records.begin(), records.end(), random);
  Tally left, right;
  for (std::size_t i = 0; i < records.size(); ++i) (i % 3 == 0 ? left : right).add(records[i].first, records[i].second);
  CHECK(merged(left, right) == one);
}
