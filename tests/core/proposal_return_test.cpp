// What comes back after a decision, and when: new evidence, cooling, evidence that comes and goes.
#include <random>

#include "tests/core/desk.hpp"

using namespace akashi;

namespace {

// A finding of this rung, resting on an act of that time.
Finding says(int rung, const Soc& soc, std::optional<int> as_is, const std::string& uid = "act") {
  Finding finding;
  finding.service = "D-2";
  finding.state = State::exercised;
  finding.rung = rung;
  finding.as_is = as_is;
  finding.coverage = {{"rt", "complete", {}, {}, {}}};
  finding.digest = uid + std::to_string(rung);
  Evidence item;
  item.uid = uid;
  item.time = item.seen = soc.view.as_of;
  finding.sufficient = {item};
  return finding;
}

}  // namespace

TEST_CASE("evidence that only leaves the look-back is no new evidence for what was rejected") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.soc.days_pass(10);
  desk.soc.analyst("a").handles_incident();  // the same month: the first of the two is the witness
  desk.judge();
  REQUIRE(desk.offered() == 2);
  desk.decide(ProposalState::rejected);
  const auto digest = desk.soc.finding().digest;
  desk.days_pass(360);
  REQUIRE(desk.soc.rung() == 2);
  CHECK(desk.soc.finding().digest != digest);  // the other act is the witness now
  CHECK(desk.known.size() == 1);
  desk.soc.analyst("a").handles_incident();  // and this is new
  desk.judge();
  CHECK(desk.offered() == 2);
}

TEST_CASE("new rules over old evidence are no new evidence; late data is") {
  Desk desk;
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  desk.decide(ProposalState::rejected);
  desk.soc.view.rules_digest = "other rules";
  desk.days_pass(20);
  CHECK(desk.known.size() == 1);
  desk.soc.analyst("a").handles_incident("rt:ticket/late");
  auto& late = desk.soc.view.items["D-2"].back();
  late.time = desk.soc.view.as_of - days(19);  // done before, read only now, and in the newest month with work
  late.time = parse_time("2026-04-01T08:00:00Z").value();
  late.seen = desk.soc.view.as_of;
  desk.judge();
  CHECK(desk.offered() == 2);
}

TEST_CASE("a lapse that was rejected is not offered again, the next one is") {
  Desk desk;
  desk.service = "G-11";
  desk.soc.view.accepted["G-11"] = 2;
  desk.soc.analyst("a").keeps_systems();
  desk.days_pass(68);
  REQUIRE(desk.offered() == 1);
  desk.decide(ProposalState::rejected);
  desk.days_pass(200);
  CHECK(desk.known.size() == 1);
  desk.soc.analyst("a").keeps_systems();
  desk.days_pass(68);
  CHECK(desk.offered() == 1);
}

TEST_CASE("after a decision nothing new for a week, whoever decided what") {
  for (const auto state : {ProposalState::accepted, ProposalState::rejected, ProposalState::amended}) {
    Desk desk;
    desk.soc.analyst("a").handles_incident();
    desk.judge();
    desk.decide(state, state == ProposalState::amended ? std::optional(1) : std::nullopt);
    desk.soc.analyst("b").handles_incident();
    desk.judge();
    desk.soc.pass(days(7) - std::chrono::seconds(1));
    desk.judge();
    CHECK(desk.offered() == 0);
    desk.soc.seconds_pass(1);
    desk.judge();
    CHECK(desk.offered() == 3);
  }
}

TEST_CASE("cooling can be made longer or left out, and ends for that service only") {
  Desk desk;
  desk.hysteresis.cooling = Duration{};
  desk.soc.analyst("a").handles_incident();
  desk.judge();
  desk.decide(ProposalState::accepted);
  desk.soc.analyst("b").handles_incident();
  desk.days_pass(1);
  CHECK(desk.offered() == 0);
  desk.days_pass(1);
  CHECK(desk.offered() == 3);
  Desk other;
  other.soc.analyst("a").handles_incident();
  other.judge();
  other.decide(ProposalState::accepted);
  other.service = "G-11";
  other.held.reset();
  other.soc.analyst("a").keeps_systems();
  other.judge();
  CHECK(other.offered() == 2);
}

TEST_CASE("that nobody does it any more does not wait for the cooling") {
  Desk desk;
  desk.hysteresis.cooling = days(365);
  desk.service = "G-11";
  desk.soc.analyst("a").keeps_systems();
  desk.soc.analyst("b").keeps_systems();
  desk.judge();
  REQUIRE(desk.offered() == 3);
  desk.decide(ProposalState::accepted);
  desk.days_pass(67);
  CHECK(desk.offered() == 0);
  desk.days_pass(1);
  CHECK(desk.offered() == 1);
  desk.decide(ProposalState::accepted);
  desk.soc.analyst("a").keeps_systems();
  desk.days_pass(30);
  CHECK(desk.offered() == 0);  // back at work: that waits
}

TEST_CASE("evidence that flaps faster than the hysteresis is never offered, whatever the score") {
  for (const std::optional<int> as_is : {std::optional(2), std::optional(3), std::optional(4)}) {
    Desk desk;
    for (int hour = 0; hour < 24 * 60; hour += 6) {
      desk.judge(says(2 + hour / 18 % 2, desk.soc, as_is));  // 2 and 3 by turns, 18 hours each
      desk.soc.hours_pass(6);
    }
    CHECK(desk.known.empty());
  }
}

TEST_CASE("evidence that flaps slower is offered once, then only when it stays") {
  Desk desk;
  for (int day = 0; day < 58; ++day) {
    desk.judge(says(day / 2 % 2 == 0 ? 2 : 3, desk.soc, 2));  // two days each: longer than a rise has to hold
    desk.soc.days_pass(1);
  }
  REQUIRE(desk.known.size() == 1);
  CHECK(desk.known[0].state == ProposalState::withdrawn);
  for (int day = 0; day <= 7; ++day) {
    CHECK(desk.known.size() == 1);
    desk.judge(says(3, desk.soc, 2));
    desk.soc.days_pass(1);
  }
  CHECK(desk.offered() == 3);
}

TEST_CASE("first scores do not flap either: each is offered at once when it is new, and again only when it stays") {
  Desk desk;
  for (int hour = 0; hour < 24 * 30; hour += 6) {
    desk.judge(says(2 + hour / 6 % 3, desk.soc, std::nullopt));
    desk.soc.hours_pass(6);
  }
  CHECK(desk.known.size() == 3);
  for (int day = 0; day < 9; ++day) desk.judge(says(4, desk.soc, std::nullopt)), desk.soc.days_pass(1);
  CHECK(desk.offered() == 4);
}

TEST_CASE("law: however the evidence comes and goes, one rung is offered at most once in the longer wait") {
  std::mt19937 dice(20260401);
  for (int round = 0; round < 50; ++round) {
    Desk desk;
    const std::optional<int> as_is = round % 4 == 0 ? std::nullopt : std::optional(1 + round % 5);
    int rung = 2;
    for (int step = 0; step < 400; ++step) {
      if (dice() % 5 == 0) rung = 1 + static_cast<int>(dice() % 5);
      desk.judge(says(rung, desk.soc, as_is, "act" + std::to_string(dice() % 2)));
      desk.soc.hours_pass(static_cast<int>(1 + dice() % 30));
    }
    for (std::size_t k = 1; k < desk.known.size(); ++k) {
      const auto& again = desk.known[k];
      if (desk.known[k - 1].to == again.to && desk.known[k - 1].digest != again.digest) continue;  // the same claim, replaced: on other evidence
      for (std::size_t i = 0; i < k; ++i)
        if (desk.known[i].to == again.to) CHECK(again.made - desk.known[i].made >= days(7));
    }
  }
}

TEST_CASE("the two ladders of a combined service are offered and decided each by itself") {
  Soc soc;
  soc.profile("D-2").assigned = Assignment::combined;
  soc.profile("D-2").provider = "MSS";
  soc.analyst("a").handles_incident();
  auto findings = infer_all(soc.view);
  std::erase_if(findings, [](const Finding& one) { return one.service != "D-2"; });
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].ladder == "insource");
  CHECK(findings[1].ladder == "outsource");
  findings[1] = findings[0];  // as if the provider's reports carried a rung
  findings[1].ladder = "outsource";
  findings[1].rung = 3;
  auto offers = offer(findings, {}, {}, soc.view.as_of);
  REQUIRE(offers.make.size() == 2);
  CHECK(offers.make[0].ladder == "insource");
  CHECK(offers.make[0].to == 2);
  CHECK(offers.make[1].ladder == "outsource");
  CHECK(offers.make[1].to == 3);
  auto known = offers.make;
  known[0].id = 1, known[1].id = 2;
  known[0].state = ProposalState::rejected;
  const std::vector<Decision> decisions{
      {.proposal = 1, .verdict = "reject", .score = {}, .by = "chief", .because = "no", .at = soc.view.as_of, .digest = known[0].digest}};
  offers = offer(findings, known, {}, soc.view.as_of, {}, decisions);
  CHECK(offers.make.empty());
  CHECK(offers.withdraw.empty());  // what was decided of one says nothing about the other
  soc.view.accepted["D-2"] = 2;
  soc.view.accepted_outside["D-2"] = 4;
  findings = infer_all(soc.view);
  std::erase_if(findings, [](const Finding& one) { return one.service != "D-2"; });
  CHECK(findings[0].as_is == 2);
  CHECK(findings[1].as_is == 4);
  soc.profile("D-2").as_is = 5;
  CHECK(infer(soc.view, "D-2").as_is_manual);
  findings = infer_all(soc.view);
  std::erase_if(findings, [](const Finding& one) { return one.service != "D-2"; });
  CHECK(findings[0].as_is == 5);
  CHECK(findings[1].as_is == 4);  // a score set by hand for one ladder leaves the other's
  CHECK_FALSE(findings[1].as_is_manual);
}
