#include "mappings/engine/matcher.hpp"

#include "catch.hpp"
#include "mappings/engine/explain.hpp"
#include "tests/mappings/random_rules.hpp"

using namespace akashi;

namespace {

std::vector<Hit> hits_by_reading(const std::vector<Rule>& rules, const Row& row) {
  std::vector<Hit> hits;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (!matches(rules[i], row)) continue;
    if (rules[i].speaks_for != Rule::For::place) hits.push_back({i, rules[i].service});
    else
      for (const auto service : row.services) hits.push_back({i, service});
  }
  return hits;
}

std::string shown(const Sample& sample) {
  std::string text;
  for (const auto& [field, values] : sample.values) text += fmt::format("{}: [{}]\n", name(field), fmt::join(values, "|"));
  return text;
}

}  // namespace

TEST_CASE("the matcher says what reading every rule says, for rules and activities by dice") {
  std::size_t compared = 0, hits = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    dice::Dice dice(seed);
    const auto rules = dice::rules(dice, 1 + dice.below(150));
    const auto matcher = Matcher::compile(rules);
    REQUIRE(matcher);
    Matcher::Scratch scratch(*matcher);
    std::vector<Hit> found;
    for (int i = 0; i < 200; ++i) {
      const auto sample = dice::sample(dice);
      const SampleRow row(sample);
      matcher->match(row.row(), scratch, found);
      const auto wanted = hits_by_reading(rules, row.row());
      if (found != wanted) FAIL("seed " << seed << "\n" << shown(sample) << found.size() << " hits, not " << wanted.size());
      ++compared;
      hits += found.size();
    }
  }
  CHECK(compared == 60 * 200);
  CHECK(hits > compared);  // else the dice prove nothing
}
