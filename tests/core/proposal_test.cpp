// Proposals: when a differing rung is offered, held back, withdrawn, and when it comes again.
#include "core/proposal.hpp"

#include "catch.hpp"
#include "tests/core/desk.hpp"

using namespace akashi;

TEST_CASE("a first score is offered at once, and once") {
  Desk desk;
  desk.judge();
  CHECK(desk.known.empty());  // nothing determinable, nothing offered
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  CHECK(desk.offered() == 2);
  CHECK_FALSE(desk.open()->from);
  CHECK(desk.open()->digest == desk.soc.finding().digest);
  desk.days_pass(3);
  CHECK(desk.known.size() == 1);
}

TEST_CASE("an accepted score is not offered again") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  desk.decide(ProposalState::accepted);
  desk.days_pass(3);
  CHECK(desk.offered() == 0);
  CHECK(desk.soc.finding().as_is == 2);
}

TEST_CASE("up after a day, not before") {
  Desk desk;
  desk.soc.view.accepted["D-2"] = 2;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  desk.soc.analyst("b").handles_incident();
  desk.judge();
  desk.soc.hours_pass(23);
  desk.judge();
  CHECK(desk.offered() == 0);
  desk.soc.hours_pass(1);
  desk.judge();
  CHECK(desk.offered() == 3);
  CHECK(desk.open()->from == 2);
}

TEST_CASE("down after a week, so that a holiday does not") {
  Desk desk;
  desk.service = "G-11";
  desk.soc.view.accepted["G-11"] = 2;
  desk.soc.analyst("a").keeps_systems();
  desk.days_pass(61);
  CHECK(desk.soc.rung("G-11") == 1);
  CHECK(desk.offered() == 0);
  desk.days_pass(6);
  CHECK(desk.offered() == 0);
  desk.days_pass(1);
  CHECK(desk.offered() == 1);
  desk.soc.analyst("a").keeps_systems();
  desk.judge();
  CHECK(desk.offered() == 0);  // the open one went with its evidence
  CHECK(desk.known.front().state == ProposalState::withdrawn);
}

TEST_CASE("nothing is lowered for what was not seen") {
  Desk desk;
  desk.soc.view.accepted["D-2"] = 3;
  desk.soc.analyst("a").handles_incident();
  desk.days_pass(10);
  CHECK(desk.offered() == 2);  // everything was read, and only one person did it
  Desk blind;
  blind.soc.view.accepted["D-2"] = 3;
  blind.soc.connect("redmine", 30);
  blind.soc.analyst("a").handles_incident();
  blind.days_pass(10);
  CHECK(blind.soc.rung() == 2);
  CHECK(blind.offered() == 0);  // Redmine may have shown the second person before its history begins
}

TEST_CASE("nothing is lowered for a document or an approval that may lie where nobody reads") {
  Desk desk;
  desk.soc.view.accepted["D-2"] = 5;
  desk.soc.analyst("a").handles_incident();
  desk.soc.analyst("b").handles_incident();
  desk.soc.source("wiki").goes_down();  // it keeps documents; what was done on incidents is not seen there
  desk.days_pass(10);
  CHECK(desk.soc.rung() == 3);
  CHECK(desk.offered() == 0);
  desk.soc.source("wiki").returns_with_history();
  desk.days_pass(8);
  CHECK(desk.offered() == 3);
}

TEST_CASE("an open proposal whose rung changed is withdrawn and replaced") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  desk.soc.analyst("b").handles_incident();
  desk.judge();
  REQUIRE(desk.known.size() == 2);
  CHECK(desk.known[0].state == ProposalState::withdrawn);
  CHECK(desk.offered() == 3);
}

TEST_CASE("an open proposal is bound to what it rests on: other evidence makes it another proposal") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  desk.soc.days_pass(40);
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  REQUIRE(desk.known.size() == 2);
  CHECK(desk.known[0].state == ProposalState::withdrawn);
  CHECK(desk.known[1].to == 2);
  CHECK(desk.known[1].digest != desk.known[0].digest);
}

TEST_CASE("a rejected proposal returns only on new evidence") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  desk.decide(ProposalState::rejected);
  desk.days_pass(20);
  CHECK(desk.offered() == 0);
  desk.soc.days_pass(20);
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  CHECK(desk.offered() == 2);
  desk.decide(ProposalState::amended);
  desk.days_pass(20);
  CHECK(desk.offered() == 0);
}

TEST_CASE("a manual score is never overwritten: the drift is offered for a decision by name, and not again once decided") {
  Desk desk;
  desk.soc.profile("D-2").as_is = 4;
  desk.soc.analyst("a").handles_incident();
  desk.days_pass(8);
  CHECK(desk.offered() == 2);
  CHECK(desk.soc.finding().as_is_manual);
  desk.decide(ProposalState::accepted);
  CHECK(desk.soc.finding().as_is == 4);  // it stands in the config until somebody changes it there
  desk.days_pass(20);
  CHECK(desk.offered() == 0);
}

TEST_CASE("what is out of scope is never offered") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  CHECK(desk.offered() == 2);
  desk.soc.profile("D-2").not_applicable = true;
  desk.judge();
  CHECK(desk.offered() == 0);
  desk.soc.profile("D-2").not_applicable = false;
  desk.soc.profile("D-2").assigned = Assignment::unassigned;
  desk.judge();
  CHECK(desk.offered() == 0);
}

TEST_CASE("a proposal whose finding is gone is withdrawn") {
  Proposal open;
  open.id = 7;
  open.service = "D-2";
  open.ladder = "insource";
  open.to = 2;
  CHECK(offer({}, {open}, {}, Instant{}).withdraw == std::vector<std::int64_t>{7});
}

TEST_CASE("a decision is out of date when its evidence is not the finding's any more") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  Decision decision;
  decision.digest = desk.open()->digest;
  desk.days_pass(20);
  CHECK_FALSE(out_of_date(decision, desk.soc.finding()));
  desk.soc.analyst("b").handles_incident();
  CHECK(out_of_date(decision, desk.soc.finding()));
}

TEST_CASE("a rung that dips for a moment has to be held again") {
  Finding finding;
  finding.service = "D-2";
  finding.rung = 3;
  const Instant start{};
  auto held = hold(std::nullopt, finding, start);
  held = hold(held, finding, start + days(5));
  CHECK(held.since == start);
  finding.rung = 2;
  held = hold(held, finding, start + days(6));
  finding.rung = 3;
  held = hold(held, finding, start + days(6));
  CHECK(held.since == start + days(6));
}

TEST_CASE("a score that the evidence has left for longer than the hysteresis has drifted, whoever set it") {
  Desk desk;
  desk.soc.view.accepted["D-2"] = 3;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  const auto now = [&] { return drift(desk.soc.finding(), desk.held, desk.soc.view.as_of); };
  const Instant began = desk.soc.view.as_of;
  desk.days_pass(6);
  CHECK_FALSE(now());  // a week has to pass before a fall is one
  desk.days_pass(1);
  REQUIRE(now());
  CHECK(now()->score == 3);
  CHECK(now()->supports == 2);
  CHECK(now()->since == began);
  CHECK_FALSE(now()->manual);
  desk.soc.profile("D-2").as_is = 5;
  CHECK(now()->manual);
  CHECK_FALSE(drift(desk.soc.finding(), desk.held, desk.soc.view.as_of, {.up = days(1), .down = days(8)}));
  desk.soc.profile("D-2").as_is = 1;
  REQUIRE(now());  // and upwards after a day
  CHECK(now()->supports == 2);
}

TEST_CASE("no drift: the score agrees, there is none, nothing can be determined, not everything was read, or the rung has just changed") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.days_pass(20);
  const auto now = [&] { return drift(desk.soc.finding(), desk.held, desk.soc.view.as_of); };
  CHECK_FALSE(now());
  desk.soc.view.accepted["D-2"] = 2;
  CHECK_FALSE(now());
  desk.soc.view.accepted["D-2"] = 3;
  CHECK(now());
  desk.soc.source("rt").goes_down();
  desk.soc.days_pass(3);
  CHECK_FALSE(now());  // the second person may have worked meanwhile
  desk.soc.source("rt").returns_with_history();
  CHECK(now());
  desk.soc.analyst("b").handles_incident();
  desk.soc.view.accepted["D-2"] = 4;
  CHECK_FALSE(now());  // the rung is another since just now
  Desk quiet;
  quiet.soc.view.accepted["D-2"] = 3;
  quiet.days_pass(20);
  CHECK_FALSE(drift(quiet.soc.finding(), quiet.held, quiet.soc.view.as_of));
  CHECK_FALSE(drift(desk.soc.finding(), std::nullopt, desk.soc.view.as_of));
}
