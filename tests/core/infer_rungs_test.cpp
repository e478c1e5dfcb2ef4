// Rungs 1 to 3 with their near misses: what people did.
#include "catch.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

TEST_CASE("one identified person is 2, however much that person does") {
  Soc soc;
  CHECK(soc.rung() == 0);
  soc.analyst("a").handles_incident();
  CHECK(soc.rung() == 2);
  for (int i = 0; i < 30; ++i) soc.hours_pass(5), soc.analyst("a").handles_incident();
  CHECK(soc.rung() == 2);
  const auto missing = soc.finding().missing;
  REQUIRE(missing.size() == 1);
  CHECK(say(missing[0], Lang::en) ==
        "for 3: a second person of csirt has to handle part of the work; in the last 365 days only a was seen doing it (31 of 31)");
}

TEST_CASE("two people who both do part of the work are 3") {
  Soc soc;
  soc.analyst("a").handles_incident().handles_incident();
  soc.analyst("b").handles_incident();
  CHECK(soc.rung() == 3);
  CHECK(soc.finding().sufficient.size() == 2);
}

TEST_CASE("a second person who only closes tickets is no stand-in") {
  Soc soc;
  soc.analyst("a").handles_incident("rt:ticket/1");
  soc.analyst("b").only_closes("rt:ticket/1").only_closes();
  CHECK(soc.rung() == 2);
  CHECK(soc.reasons().find("rung.only_closed") != std::string::npos);
  soc.analyst("b").handles_incident();
  CHECK(soc.rung() == 3);
}

TEST_CASE("where finishing is the work, whoever finishes did it, unless somebody else was seen at work on it") {
  Soc soc;
  soc.assign("G-11", "csirt");
  soc.analyst("a").does({.service = "G-11", .kind = "case.closed"});
  soc.analyst("b").does({.service = "G-11", .kind = "case.closed", .case_id = "rt:ticket/4"});
  CHECK(soc.rung("G-11") == 3);
  soc.analyst("a").does({.service = "G-11", .kind = "case.progressed", .case_id = "rt:ticket/4"});
  CHECK(soc.rung("G-11") == 2);
  soc.analyst("b").does({.service = "G-11", .kind = "case.progressed", .case_id = "rt:ticket/4"});
  CHECK(soc.rung("G-11") == 3);
}

TEST_CASE("work older than the look-back carries no rung") {
  Soc soc;
  soc.analyst("b").handles_incident();
  soc.days_pass(300);
  soc.analyst("a").handles_incident();
  CHECK(soc.rung() == 3);
  soc.days_pass(65);
  CHECK(soc.rung() == 3);  // 365 days: the last day still counts
  soc.days_pass(1);
  CHECK(soc.rung() == 2);
}

TEST_CASE("what does not count is kept with its reason") {
  Soc soc;
  soc.assign("D-2", "csirt");
  soc.bot("soar").handles_incident();
  soc.seconds_pass(1);
  soc.stranger("root").handles_incident();
  soc.seconds_pass(1);
  soc.provider("mssp").handles_incident();
  soc.seconds_pass(1);
  soc.outsider("o").handles_incident();
  CHECK(soc.rung() == 0);
  CHECK(soc.rejected() == "automation unknown_actor provider outside_team");
  CHECK(soc.finding().evidence_count == 0);
  soc.analyst("a").handles_incident();
  CHECK(soc.rung() == 2);  // and none of the four is the second person
}

TEST_CASE("a person without a team is outside only where teams are known") {
  Soc soc;
  soc.view.items.clear();
  Soc::Worker{soc, "a", ""}.handles_incident();
  CHECK(soc.rung() == 2);  // nobody has a team: the organisation did not say who belongs where
  soc.analyst("b").handles_incident();
  CHECK(soc.rejected() == "no_team");
  CHECK(soc.rung() == 2);
}

TEST_CASE("without an assigned team any identified person counts") {
  Soc soc;
  soc.profile("D-2").team.clear();
  soc.outsider("o").handles_incident();
  soc.analyst("a").handles_incident();
  CHECK(soc.rung() == 3);
}

TEST_CASE("a bulk operation counts for nothing, one item less counts") {
  Soc soc;
  for (int i = 0; i < 20; ++i) soc.analyst("a").handles_incident();
  CHECK(soc.rung() == 2);
  soc.analyst("a").handles_incident();
  CHECK(soc.rung() == 0);
  CHECK(soc.rejected() == "bulk");
}

TEST_CASE("a case opened and closed by one person within a minute is no incident handled") {
  Soc soc;
  soc.asks("D-2", "rt:ticket/9", "a", ActorKind::human);
  soc.seconds_pass(59);
  soc.analyst("a").only_closes("rt:ticket/9");
  CHECK(soc.rung() == 0);
  CHECK(soc.rejected() == "opened_and_closed");
  Soc slower;
  slower.asks("D-2", "rt:ticket/9", "a", ActorKind::human);
  slower.seconds_pass(60);
  slower.analyst("a").only_closes("rt:ticket/9");
  CHECK(slower.rung() == 2);
}

TEST_CASE("a case opened and closed in the same second is an import, whoever did it") {
  Soc soc;
  soc.asks("D-2", "rt:ticket/9", "importer", ActorKind::automation);
  soc.analyst("a").only_closes("rt:ticket/9");
  CHECK(soc.rejected() == "import");
  soc.days_pass(1);
  soc.analyst("a").handles_incident("rt:ticket/9");  // reopened later: that is work
  CHECK(soc.rung() == 2);
}

TEST_CASE("who ends what they had asked for took it back: it is neither answered nor missed") {
  Soc soc;
  soc.profile("B-4").criteria.agreed = std::chrono::hours(24);
  soc.asks("B-4", "rt:ticket/5", "a", ActorKind::human);
  soc.asks("B-4", "rt:ticket/6", "a", ActorKind::human);
  soc.hours_pass(1);
  soc.analyst("a").does({.service = "B-4", .kind = "case.answered", .case_id = "rt:ticket/6"});  // near miss: written again, still waiting
  soc.analyst("a").does({.service = "B-4", .kind = "case.closed", .case_id = "rt:ticket/5"});
  soc.days_pass(5);
  CHECK(soc.finding("B-4").state == State::missed_demand);
  soc.analyst("a").does({.service = "B-4", .kind = "case.closed", .case_id = "rt:ticket/6"});
  CHECK(soc.finding("B-4").state != State::missed_demand);
}

TEST_CASE("nobody answers the own enquiry") {
  Soc soc;
  soc.asks("B-4", "rt:ticket/5", "a", ActorKind::human);
  soc.hours_pass(1);
  soc.analyst("a").does({.service = "B-4", .kind = "case.answered", .case_id = "rt:ticket/5"});
  CHECK(soc.rung("B-4") == 0);
  CHECK(soc.rejected("B-4") == "own_enquiry");
  soc.analyst("b").does({.service = "B-4", .kind = "case.answered", .case_id = "rt:ticket/5"});
  CHECK(soc.rung("B-4") == 2);
}

TEST_CASE("an activity counted by two rules counts once, an act in two parts once, and the same act on a merged case once") {
  Soc soc;
  soc.analyst("a").handles_incident();
  auto again = soc.view.items["D-2"].front();
  again.rule = "another";
  soc.view.items["D-2"].push_back(again);
  CHECK(soc.finding().evidence_count == 1);
  again.rule = "rule";
  again.uid = "rt/transactions/999";
  soc.view.items["D-2"].push_back(again);
  CHECK(soc.finding().evidence_count == 1);
  CHECK(soc.rejected().empty());
  again.uid = "rt/transactions/1000";
  again.url = "https://rt.example/the merged one";
  soc.view.items["D-2"].push_back(again);
  CHECK(soc.finding().evidence_count == 1);
  CHECK(soc.rejected() == "duplicate");
}

TEST_CASE("a drill shows ability: it makes 2 and 3, and is marked as a drill") {
  Soc soc;
  soc.analyst("a").drills();
  CHECK(soc.rung() == 2);
  CHECK(soc.reasons().find("rung.by_drill") != std::string::npos);
  soc.analyst("a").handles_incident();
  CHECK(soc.reasons().find("rung.by_drill") == std::string::npos);
  soc.analyst("b").drills();
  CHECK(soc.rung() == 3);
  CHECK(soc.reasons().find("rung.by_drill") != std::string::npos);
}

TEST_CASE("tallies are exercises too") {
  Soc soc;
  TallyKey key{"rt", "D-2", "rule", EvidenceKind::exercise, "a", ActorKind::human, "csirt", day_of(soc.view.as_of)};
  Tally tally;
  tally.add(soc.view.as_of, "aa");
  tally.add(soc.view.as_of, "bb");
  soc.view.tallies.emplace_back(key, tally);
  CHECK(soc.rung() == 2);
  CHECK(soc.finding().evidence_count == 2);
  key.actor = "soar";
  key.actor_kind = ActorKind::automation;
  soc.view.tallies.emplace_back(key, tally);
  CHECK(soc.rung() == 2);
  CHECK(soc.rejected() == "automation");
  key.actor = "b";
  key.actor_kind = ActorKind::human;
  soc.view.tallies.emplace_back(key, tally);
  CHECK(soc.rung() == 3);
}

TEST_CASE("what was done after the moment asked about is not seen") {
  Soc soc;
  soc.analyst("a").handles_incident();
  soc.days_pass(1);
  soc.analyst("b").handles_incident();
  CHECK(soc.rung() == 3);
  soc.view.as_of -= days(1);
  CHECK(soc.rung() == 2);
}
