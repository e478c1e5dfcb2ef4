#include "core/tally_table.hpp"

#include <map>
#include <random>
#include <tuple>

#include "catch.hpp"

namespace akashi {
namespace {

// The last one reads like the first.
std::vector<TallyTable::Criterion> criteria() {
  return {{"D-2", "close", EvidenceKind::exercise},
          {"D-2", "call", EvidenceKind::demand},
          {"B-4", "close", EvidenceKind::exercise},
          {"D-2", "close", EvidenceKind::exercise}};
}

Digest digest_of(unsigned number) { return sha256(std::to_string(number)); }

TEST_CASE("a table gives the tallies that adding one by one gives") {
  std::mt19937 random(3);
  TallyTable table("rt", criteria());
  const std::vector<std::tuple<std::string, ActorKind, std::string>> people = {
      {"mika", ActorKind::human, "SOC"}, {"mika", ActorKind::human, "CSIRT"}, {"bot", ActorKind::automation, ""}, {"", ActorKind::unknown, ""}};
  std::map<TallyKey, Tally> expected;
  for (int round = 0; round < 20'000; ++round) {
    const auto& [name, kind, team] = people[random() % people.size()];
    const auto criterion = static_cast<std::uint32_t>(random() % 4);
    const Instant at = from_ns((static_cast<std::int64_t>(random() % 40) - 20) * 40'000'000'000'000 + static_cast<std::int64_t>(random() % 1000));
    const Digest digest = digest_of(static_cast<unsigned>(random() % 5000));
    table.add(criterion, table.actor(name, kind, team), at, digest);
    const TallyTable::Criterion asked = criteria()[criterion];
    expected[{"rt", asked.service, asked.rule, asked.kind, name, kind, team, day_of(at)}].add(at, hex(digest));
  }
  CHECK(table.cells() > expected.size());
  CHECK(table.take() == std::vector<std::pair<TallyKey, Tally>>(expected.begin(), expected.end()));
  CHECK(table.cells() == 0);
}

TEST_CASE("a table that was taken begins anew") {
  TallyTable table("rt", criteria());
  CHECK(table.take().empty());
  for (const unsigned expected : {1U, 2U}) {
    for (unsigned i = 0; i < expected; ++i) table.add(0, table.actor("mika", ActorKind::human, "SOC"), from_ns(5), digest_of(1));
    const auto tallies = table.take();
    REQUIRE(tallies.size() == 1);
    CHECK(tallies.begin()->second.count == expected);
    CHECK(tallies.begin()->second.witnesses == std::array<std::string, 3>{hex(digest_of(1)), "", ""});
  }
}

TEST_CASE("thousands of people keep their numbers") {
  TallyTable table("rt", criteria());
  for (unsigned i = 0; i < 5000; ++i) REQUIRE(table.actor("u" + std::to_string(i), ActorKind::human, "t") == i);
  for (unsigned i = 0; i < 5000; ++i) REQUIRE(table.actor("u" + std::to_string(i), ActorKind::human, "t") == i);
}

TEST_CASE("the first and the last day that time can hold are days of their own") {
  TallyTable table("rt", criteria());
  const std::uint32_t actor = table.actor("mika", ActorKind::human, "SOC");
  for (const Instant at : {from_ns(INT64_MIN + 86'400'000'000'000), from_ns(INT64_MAX), from_ns(0), from_ns(-1)})
    table.add(0, actor, at, digest_of(1));
  const auto tallies = table.take();
  REQUIRE(tallies.size() == 4);
  for (const auto& [key, tally] : tallies) CHECK(key.day == day_of(tally.first));
}

}  // namespace
}  // namespace akashi
