#include "mappings/engine/matcher.hpp"

#include <thread>

#include "catch.hpp"
#include "mappings/engine/explain.hpp"
#include "tests/mappings/allocations.hpp"
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

std::string shown_sample(const Sample& sample) {
  std::string text;
  for (const auto& [field, values] : sample.values) text += fmt::format("{}: [{}]\n", name(field), fmt::join(values, "|"));
  return text;
}

}  // namespace

TEST_CASE("the matcher says what reading every rule says, for rules and activities by dice") {
  std::size_t compared = 0, hits = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    dice::Dice dice(seed);
    const auto rules = dice::rules(dice, 1 + dice.below(90));
    const auto matcher = Matcher::compile(rules);
    REQUIRE(matcher);
    Matcher::Scratch scratch(*matcher);
    std::vector<Hit> found;
    for (int i = 0; i < 120; ++i) {
      const auto sample = dice::sample(dice);
      const SampleRow row(sample);
      matcher->match(row.row(), scratch, found);
      const auto wanted = hits_by_reading(rules, row.row());
      if (found != wanted) FAIL("seed " << seed << "\n" << shown_sample(sample) << found.size() << " hits, not " << wanted.size());
      ++compared;
      hits += found.size();
    }
  }
  CHECK(compared == 40 * 120);
  CHECK(hits > compared);  // else the dice prove nothing
}

namespace {

Rule rule_of(const std::string& service, const std::string& rest, std::size_t number = 1) {
  std::vector<Error> errors;
  auto rule = read_rule(fmt::format("title: t\nid: 00000000-0000-4000-8000-{:012x}\nstatus: experimental\nservice: {}\nwhy: w\nauthor: a\n"
                                    "date: 2026-11-21\nevidence: exercise\nfalsepositives: [none known]\n{}",
                                    number, service, rest),
                        "rule", errors);
  for (const auto& error : errors) FAIL(sentence(error));
  return std::move(*rule);
}

}  // namespace

TEST_CASE("a rule that holds in several ways hits once") {
  const auto matcher = Matcher::compile({rule_of("D-2", "a: {kind: case.closed}\nb: {matter: incident}\ncondition: a or b\n")});
  REQUIRE(matcher);
  Matcher::Scratch scratch(*matcher);
  std::vector<Hit> hits{{9, "what was there before"}};
  Row row;
  row[Field::kind] = "case.closed";
  row[Field::matter] = "incident";
  matcher->match(row, scratch, hits);
  CHECK(hits == std::vector<Hit>{{0, "D-2"}});
}

TEST_CASE("a rule of places hits for each service of the place, one of documents once") {
  const auto matcher = Matcher::compile(
      {rule_of("place", "a: {kind: case.closed}\ncondition: a\n", 1), rule_of("document", "a: {kind: case.closed}\ncondition: a\n", 2)});
  REQUIRE(matcher);
  Matcher::Scratch scratch(*matcher);
  std::vector<Hit> hits;
  Row row;
  row[Field::kind] = "case.closed";
  matcher->match(row, scratch, hits);
  CHECK(hits == std::vector<Hit>{{1, ""}});
  const std::vector<std::string_view> services{"D-2", "G-11"};
  row.services = services;
  matcher->match(row, scratch, hits);
  CHECK(hits == std::vector<Hit>{{0, "D-2"}, {0, "G-11"}, {1, ""}});
}

TEST_CASE("letters beyond ASCII that are ASCII ones in another case are found by expressions that ignore case") {
  const std::vector<Rule> rules{rule_of("D-2", "a: {title|re: '(?i)kiosk'}\ncondition: a\n")};
  const auto matcher = Matcher::compile(rules);
  REQUIRE(matcher);
  Matcher::Scratch scratch(*matcher);
  std::vector<Hit> hits;
  for (const auto* title : {"KIOSK", "kio\u017fk", "\u212aiosk", "kiozk"}) {
    Row row;
    row[Field::title] = title;
    matcher->match(row, scratch, hits);
    CHECK(hits.empty() != matches(rules[0], row));
  }
}

TEST_CASE("no rules match nothing") {
  const auto matcher = Matcher::compile({});
  REQUIRE(matcher);
  Matcher::Scratch scratch(*matcher);
  std::vector<Hit> hits;
  matcher->match(Row{}, scratch, hits);
  CHECK(hits.empty());
  CHECK_FALSE(matcher->asks(Field::title));
  CHECK(matcher->asks(Field::services));
}

TEST_CASE("a rule of only what is not there matches an empty activity") {
  const auto matcher = Matcher::compile({rule_of("D-2", "a: {title|contains: x}\ncondition: not a\n")});
  REQUIRE(matcher);
  CHECK(matcher->asks(Field::title));
  Matcher::Scratch scratch(*matcher);
  std::vector<Hit> hits;
  matcher->match(Row{}, scratch, hits);
  CHECK(hits.size() == 1);
}

TEST_CASE("a flood of values that never come again changes nothing of what matches") {
  const std::vector<Rule> rules{rule_of("D-2", "a: {title|contains: 77, actor|endswith: 7}\nb: {title|re: '9{3}'}\ncondition: a or b\n")};
  const auto matcher = Matcher::compile(rules);
  REQUIRE(matcher);
  Matcher::Scratch scratch(*matcher);
  std::vector<Hit> hits;
  std::size_t matched = 0;
  for (std::size_t i = 0; i < 80'000; ++i) {
    const auto title = fmt::format("ticket {}", i), actor = fmt::format("p-{}", i);
    Row row;
    row[Field::title] = title;
    row[Field::actor] = actor;
    matcher->match(row, scratch, hits);
    if (hits.empty() == matches(rules[0], row)) FAIL(title);
    matched += hits.size();
  }
  CHECK(matched > 100);
}

TEST_CASE("once warm, asking the rules allocates nothing") {
  dice::Dice dice(11);
  const auto matcher = Matcher::compile(dice::rules(dice, 100));
  REQUIRE(matcher);
  Matcher::Scratch scratch(*matcher);
  std::vector<Hit> hits;
  std::vector<Sample> samples;
  for (int i = 0; i < 300; ++i) samples.push_back(dice::sample(dice));
  std::vector<std::unique_ptr<SampleRow>> rows;
  for (const auto& sample : samples) rows.push_back(std::make_unique<SampleRow>(sample));
  for (int round = 0; round < 3; ++round)
    for (const auto& row : rows) matcher->match(row->row(), scratch, hits);
  const auto before = allocations_of_this_thread();
  for (const auto& row : rows) matcher->match(row->row(), scratch, hits);
  CHECK(allocations_of_this_thread() - before == 0);
}

TEST_CASE("threads share a matcher, each with a scratch of its own") {
  dice::Dice dice(5);
  const auto matcher = Matcher::compile(dice::rules(dice, 60));
  REQUIRE(matcher);
  std::vector<Sample> samples;
  for (int i = 0; i < 200; ++i) samples.push_back(dice::sample(dice));
  std::vector<std::size_t> totals(3);
  std::vector<std::thread> threads;
  for (auto& total : totals)
    threads.emplace_back([&] {
      Matcher::Scratch scratch(*matcher);
      std::vector<Hit> hits;
      for (const auto& sample : samples) {
        const SampleRow row(sample);
        matcher->match(row.row(), scratch, hits);
        total += hits.size();
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(totals[0] > 0);
  CHECK(totals[0] == totals[1]);
  CHECK(totals[0] == totals[2]);
}
