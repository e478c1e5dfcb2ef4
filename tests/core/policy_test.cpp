// A written policy: what it accepts, and everything that it must leave to people.
#include "core/policy.hpp"

#include "tests/core/desk.hpp"

using namespace akashi;

namespace {

Policy small_steps(const Soc& soc) {
  Policy policy;
  policy.name = "small steps";
  policy.by = "Chiyo Ueda";
  policy.since = soc.view.as_of - days(30);
  policy.services = {"D-2"};
  policy.ladders = {"insource"};
  policy.min_confidence = Confidence::low;
  return policy;
}

// A desk with a score of 2 where the evidence has just come to support 3.
Desk rising() {
  Desk desk;
  desk.soc.view.accepted["D-2"] = 2;
  desk.soc.analyst("a").handles_incident();
  desk.soc.days_pass(20);
  desk.soc.analyst("b").handles_incident();
  desk.policies = {small_steps(desk.soc)};
  desk.judge();
  return desk;
}

}  // namespace

TEST_CASE("a policy accepts what it names, after the hysteresis, and signs as a policy with its author, date and terms") {
  Desk desk = rising();
  desk.days_pass(2);
  REQUIRE(desk.decisions.size() == 1);
  const auto& decision = desk.decisions[0];
  CHECK(decision.by == "policy small steps");
  CHECK(decision.verdict == "accept");
  CHECK(decision.score == 3);
  CHECK(decision.because == "by the policy that Chiyo Ueda wrote, in force since 2026-03-22: up, at most 1 rung at once; confidence here: low");
  CHECK(decision.digest == desk.known[0].digest);
  CHECK(desk.soc.finding().as_is == 3);
  CHECK(is_policy(decision.by));
  CHECK_FALSE(is_policy("Chiyo Ueda"));
  CHECK(say_decider(decision.by, Lang::en) == "policy “small steps”");
  CHECK(say_decider(decision.by, Lang::ja) == "ポリシー「small steps」");
  CHECK(say_decider("Chiyo Ueda", Lang::ja) == "Chiyo Ueda");
}

TEST_CASE("what lies outside its words stays open for people") {
  const auto left = [](auto change) {
    Desk desk = rising();
    change(desk, desk.policies[0]);
    desk.days_pass(2);
    return desk.decisions.empty() && desk.offered() == 3;
  };
  CHECK(left([](Desk& desk, Policy&) { desk.policies.clear(); }));
  CHECK(left([](Desk&, Policy& policy) { policy.services = {"D-3"}; }));
  CHECK(left([](Desk&, Policy& policy) { policy.ladders = {"outsource"}; }));
  CHECK(left([](Desk&, Policy& policy) { policy.direction = Policy::Direction::down; }));
  CHECK(left([](Desk&, Policy& policy) { policy.min_confidence = Confidence::medium; }));  // two acts: low
  CHECK(left([](Desk& desk, Policy& policy) { policy.since = desk.soc.view.as_of + days(300); }));
  CHECK(left([](Desk& desk, Policy&) { desk.soc.view.accepted["D-2"] = 1; }));  // two rungs at once
  CHECK_FALSE(left([](Desk& desk, Policy& policy) { desk.soc.view.accepted["D-2"] = 1, policy.max_step = 2; }));
  CHECK_FALSE(left([](Desk&, Policy& policy) { policy.direction = Policy::Direction::both; }));
}

TEST_CASE("never against a manual score") {
  Desk desk = rising();
  desk.soc.profile("D-2").as_is = 2;
  desk.days_pass(2);
  CHECK(desk.decisions.empty());
  CHECK(desk.offered() == 3);
}

TEST_CASE("first scores are people's unless the policy says so") {
  Desk desk;
  desk.policies = {small_steps(desk.soc)};
  desk.soc.analyst("a").handles_incident();
  desk.days_pass(3);
  CHECK(desk.decisions.empty());
  CHECK(desk.offered() == 2);
  desk.policies[0].first_scores = true;
  desk.judge();
  REQUIRE(desk.decisions.size() == 1);
  CHECK(desk.decisions[0].because == "by the policy that Chiyo Ueda wrote, in force since 2026-03-02: also first scores; confidence here: low");
}

TEST_CASE("a proposal older than the policy is people's") {
  Desk desk = rising();
  desk.policies.clear();
  desk.days_pass(2);
  REQUIRE(desk.offered() == 3);
  desk.policies = {small_steps(desk.soc)};
  desk.policies[0].since = desk.soc.view.as_of - std::chrono::hours(1);
  desk.days_pass(2);
  CHECK(desk.decisions.empty());
}

TEST_CASE("a suspicion is a question to people: no policy answers it") {
  Desk desk;
  desk.soc.view.accepted["D-2"] = 2;
  desk.policies = {small_steps(desk.soc)};
  desk.soc.analyst("a").handles_incident().handles_incident();
  desk.soc.analyst("b").handles_incident();
  desk.days_pass(2);
  REQUIRE(desk.soc.counter().find("suspicion.") != std::string::npos);
  CHECK(desk.decisions.empty());
  CHECK(desk.offered() == 3);
}

TEST_CASE("a fall is accepted only where the policy says down, and not against what is seen now") {
  Desk desk;
  desk.service = "G-11";
  desk.soc.view.accepted["G-11"] = 2;
  desk.soc.analyst("a").keeps_systems();
  desk.policies = {small_steps(desk.soc)};
  desk.policies[0].services = {"G-11"};
  desk.days_pass(70);
  CHECK(desk.decisions.empty());
  CHECK(desk.offered() == 1);
  desk.policies[0].direction = Policy::Direction::down;
  desk.judge();
  REQUIRE(desk.decisions.size() == 1);
  CHECK(desk.soc.finding("G-11").as_is == 1);
  Proposal old = desk.known[0];
  old.state = ProposalState::open;
  old.from = 1;
  desk.soc.analyst("a").keeps_systems();
  CHECK(accepting(desk.policies, old, desk.soc.finding("G-11"), desk.soc.view.as_of) == nullptr);
}
