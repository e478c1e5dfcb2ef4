// States with their near misses: silence, demand, and what could not be seen.
#include "catch.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

TEST_CASE("a monthly service goes from exercised to late to unexercised, and back") {
  Soc soc;
  soc.analyst("a").keeps_systems();
  CHECK(soc.state("G-11") == "exercised since 2026-04-01");
  soc.days_pass(35);
  CHECK(soc.state("G-11") == "exercised since 2026-04-01");
  soc.days_pass(1);
  CHECK(soc.state("G-11") == "late since 2026-05-06");
  CHECK(soc.rung("G-11") == 2);
  soc.days_pass(24);
  CHECK(soc.state("G-11") == "late since 2026-05-06");
  soc.days_pass(1);
  CHECK(soc.state("G-11") == "unexercised since 2026-05-31");
  CHECK(soc.rung("G-11") == 1);
  CHECK(soc.finding("G-11").held_rung == 2);
  soc.days_pass(60);
  CHECK(soc.finding("G-11").held_rung == std::nullopt);  // the look-back holds nothing any more
  soc.analyst("a").keeps_systems();
  CHECK(soc.state("G-11") == "exercised since 2026-07-31");
  CHECK(soc.rung("G-11") == 2);
}

TEST_CASE("a cadence without a clock lapses only with the look-back, and is never late") {
  Soc soc;
  soc.profile("G-11").criteria.warn_days = 0;
  soc.profile("G-11").criteria.stale_days = 0;
  CHECK(soc.state("G-11").starts_with("unexercised"));  // not once in the whole look-back
  soc.analyst("a").keeps_systems();
  soc.days_pass(90);
  CHECK(soc.state("G-11").starts_with("exercised"));
  soc.days_pass(1);
  CHECK(soc.state("G-11").starts_with("unexercised"));
}

TEST_CASE("silence is not absence while a source is blind") {
  Soc soc;
  soc.analyst("a").does({.service = "B-1"});
  soc.source("rt").goes_down();
  soc.days_pass(10);
  CHECK(soc.state("B-1") == "blind since 2026-04-01");  // not "unexercised": nobody could have seen it
  CHECK(soc.rung("B-1") == 2);                          // occurrence needs one witness
  soc.source("rt").returns_with_history();
  CHECK(soc.state("B-1") == "unexercised since 2026-04-04");
}

TEST_CASE("late data turns silence back") {
  Soc soc;
  soc.analyst("a").keeps_systems();
  soc.days_pass(70);
  CHECK(soc.rung("G-11") == 1);
  soc.view.as_of -= days(30);
  soc.analyst("a").keeps_systems();  // done then, read now
  soc.view.as_of += days(30);
  CHECK(soc.state("G-11") == "exercised since 2026-05-11");
  CHECK(soc.rung("G-11") == 2);
}

TEST_CASE("a gap inside the silence hides it, whichever source has it") {
  Soc soc;
  soc.connect("redmine", 400);
  soc.analyst("a").keeps_systems();
  soc.days_pass(20);
  soc.source("redmine").goes_down();
  soc.days_pass(2);
  soc.source("redmine").returns();
  soc.days_pass(48);
  CHECK(soc.state("G-11").starts_with("blind"));
  soc.days_pass(14);  // the gap is 62 days back: the limit's 60 days were read completely again
  CHECK(soc.state("G-11") == "unexercised since 2026-05-31");
}

TEST_CASE("a source that cannot show the service does not blind it") {
  Soc soc;
  soc.connect("edr", 400, {"D-4"});
  soc.analyst("a").keeps_systems();
  soc.source("edr").breaks("the token was refused");
  soc.days_pass(70);
  CHECK(soc.state("G-11").starts_with("unexercised"));
  CHECK(soc.state("D-4").starts_with("blind"));
}

TEST_CASE("a broken source blinds at once, a slow one after a day") {
  Soc soc;
  soc.analyst("a").keeps_systems();
  soc.days_pass(70);
  soc.source("rt").goes_down();
  soc.hours_pass(24);
  CHECK(soc.state("G-11").starts_with("unexercised"));
  soc.hours_pass(1);
  CHECK(soc.state("G-11").starts_with("blind"));
  soc.source("rt").returns_with_history();
  CHECK(soc.state("G-11").starts_with("unexercised"));
  soc.source("rt").breaks("401 Unauthorized");
  soc.hours_pass(1);
  CHECK(soc.state("G-11").starts_with("blind"));
  CHECK(soc.finding("G-11").coverage.front().state == "broken");
}

TEST_CASE("a lapse that reading then loses sight of raises nothing") {
  Soc soc;
  soc.analyst("a").keeps_systems();
  soc.days_pass(61);
  CHECK(soc.rung("G-11") == 1);
  soc.source("rt").breaks("401 Unauthorized");
  soc.hours_pass(1);
  CHECK(soc.state("G-11").starts_with("blind"));
  CHECK(soc.rung("G-11") == 0);  // not the 2 that the look-back holds, and not 1 either
  CHECK(soc.reasons("G-11").find("rung.lapsed_unseen") != std::string::npos);
}

TEST_CASE("silence ends where reading ends: a day unread is not a day of silence") {
  Soc soc;
  soc.analyst("a").keeps_systems();
  soc.days_pass(60);
  soc.source("rt").goes_down();
  soc.hours_pass(12);
  CHECK(soc.state("G-11").starts_with("late"));  // 60.5 days, but only 60 were seen
}

TEST_CASE("something hidden from the reader is not nothing") {
  Soc soc;
  soc.analyst("a").keeps_systems();
  soc.source("rt").hides("6 of 100 rows hidden from this reader; grant ShowTicket on Operations");
  soc.days_pass(70);
  CHECK(soc.state("G-11").starts_with("blind"));
  CHECK(soc.finding("G-11").coverage.front().why.starts_with("6 of 100 rows"));
  CHECK(soc.reasons("G-11") == "state.last_done blind.behind blind.hidden assignment.unset rung.one_person");
}

TEST_CASE("a stream that was never read completely licenses nothing") {
  Soc soc;
  soc.days_pass(70);
  CHECK(soc.state("G-11").starts_with("unexercised"));
  soc.sight("rt").complete["users"] = {};
  CHECK(soc.state("G-11").starts_with("blind"));
  CHECK(soc.rung("G-11") == 0);
}

TEST_CASE("too short a history is not absence") {
  Soc soc("2026-04-01T09:00:00Z", 0);
  CHECK(soc.state("G-11").starts_with("insufficient_history"));
  soc.days_pass(59);
  CHECK(soc.state("G-11") == "insufficient_history since 2026-04-01");
  CHECK(soc.rung("G-11") == 0);
  soc.days_pass(1);
  CHECK(soc.state("G-11") == "unexercised since 2026-04-01");
  CHECK(soc.rung("G-11") == 1);
}

TEST_CASE("work by an unknown account is no silence broken, and is shown") {
  Soc soc;
  soc.days_pass(70);
  soc.stranger("root").keeps_systems();
  CHECK(soc.state("G-11").starts_with("unexercised"));  // ruling 4: no identified person
  CHECK(soc.counter("G-11").find("counter.unknown_actors") != std::string::npos);
  CHECK(soc.finding("G-11").confidence == Confidence::low);
}

TEST_CASE("no connected source and rule: not observable, unless it was seen anyway") {
  Soc soc;
  soc.sight("rt").could_show.erase("G-11");
  CHECK(soc.state("G-11") == "not_observable");
  soc.analyst("a").keeps_systems();
  CHECK(soc.state("G-11") == "exercised since 2026-04-01");
  CHECK(soc.rung("G-11") == 2);
}

TEST_CASE("an on-demand service without demand and without drill has no score, never 1") {
  Soc soc;
  soc.days_pass(60);
  soc.worker("desk").takes_report();
  CHECK(soc.state() == "drill_due since 2025-09-28");
  CHECK(soc.rung() == 0);
  CHECK(soc.reasons().find("rung.untested") != std::string::npos);
}

TEST_CASE("a drill keeps a quiet service alive, and quiet is said to be no demand") {
  Soc soc;
  soc.analyst("a").drills();
  soc.days_pass(50);
  CHECK(soc.state() == "no_demand since 2026-04-01");
  CHECK(soc.rung() == 2);
  soc.worker("desk").takes_report();
  soc.days_pass(71);
  soc.worker("desk").takes_report();
  CHECK(soc.state() == "drill_due since 2026-07-30");
  CHECK(soc.reasons().find("drill_reminder") != std::string::npos);
  soc.days_pass(60);
  soc.worker("desk").takes_report();
  CHECK(soc.reasons().find("drill_overdue") != std::string::npos);
  CHECK(soc.rung() == 2);  // the drill is in the look-back still
}

TEST_CASE("nothing called for it since the last demand, not since reading began") {
  Soc soc;
  soc.incident("rt:ticket/1");
  soc.analyst("a").handles_incident("rt:ticket/1");
  for (int i = 0; i < 4; ++i) soc.days_pass(35), soc.worker("desk").takes_report();
  CHECK(soc.state() == "drill_due since 2026-07-30");
  CHECK(say(soc.finding().reasons.at(1), Lang::en) == "nothing called for it since 2026-04-01, and everything was read");
  soc.analyst("a").drills();
  CHECK(soc.state() == "no_demand since 2026-08-19");
  soc.incident("rt:ticket/2");
  CHECK(soc.state() == "exercised since 2026-08-19");  // called for now, and the drill shows that it can be done
}

TEST_CASE("no demand is unknown while the intake is stale or cannot be seen") {
  Soc soc;
  soc.analyst("a").drills();
  soc.days_pass(61);  // nobody took a report for longer than the intake's limit
  CHECK(soc.state("D-1").starts_with("unexercised"));
  CHECK(soc.state().starts_with("blind"));
  CHECK(soc.reasons().find("state.upstream") != std::string::npos);
  soc.analyst("a").handles_incident();
  CHECK(soc.state() == "exercised since 2026-06-01");  // an exercise downstream still counts
  Soc outsourced;
  outsourced.analyst("a").drills();
  outsourced.profile("D-1").assigned = Assignment::outsource;
  CHECK(outsourced.state().starts_with("blind"));
}

TEST_CASE("a demand past the agreed time is missed; an answer in time is not, wherever the case lies") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(24);
  soc.incident("rt:ticket/7");
  soc.hours_pass(24);
  CHECK_FALSE(soc.state().starts_with("missed"));
  soc.hours_pass(1);
  CHECK(soc.state() == "missed_demand since 2026-04-01");
  CHECK(soc.rung() == 1);  // it was called for, and nobody did it in a whole look-back that was seen
  soc.view.links["rt:ticket/7"] = {"rt:ticket/8"};
  soc.analyst("a").handles_incident("rt:ticket/8");
  CHECK(soc.state() == "exercised since 2026-04-02");
  CHECK(soc.counter().find("counter.late_answers") != std::string::npos);
}

TEST_CASE("a missed demand takes no rung away that other cases carry") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(24);
  soc.analyst("a").handles_incident();
  soc.analyst("b").handles_incident();
  soc.incident("rt:ticket/7");
  soc.days_pass(2);
  CHECK(soc.state().starts_with("missed_demand"));
  CHECK(soc.rung() == 3);
  CHECK(soc.counter().find("counter.missed") != std::string::npos);
}

TEST_CASE("a missed demand is only said where everything was read through the agreed time") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(48);
  soc.incident("rt:ticket/7");
  soc.source("rt").goes_down();
  soc.days_pass(3);
  CHECK(soc.state().starts_with("blind"));
  CHECK(soc.rung() == 0);
  CHECK(soc.reasons().ends_with("rung.unseen"));  // and not "neither demand nor drill"
  soc.source("rt").returns_with_history();
  CHECK(soc.state().starts_with("missed_demand"));
}

TEST_CASE("rung 1 by a missed demand needs the whole look-back") {
  Soc soc("2026-04-01T09:00:00Z", 100);
  soc.profile("D-2").criteria.agreed = std::chrono::hours(24);
  soc.incident("rt:ticket/7");
  soc.days_pass(2);
  CHECK(soc.state().starts_with("missed_demand"));
  CHECK(soc.rung() == 0);  // somebody may have done it before the history begins
}

TEST_CASE("a demand that only uncounted people worked on is neither missed nor met") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(24);
  soc.incident("rt:ticket/7");
  soc.stranger("root").handles_incident("rt:ticket/7");
  soc.days_pass(2);
  CHECK(soc.state() == "not_observable");
  CHECK(soc.rung() == 0);
  Soc automatic;
  automatic.profile("D-2").criteria.agreed = std::chrono::hours(24);
  automatic.incident("rt:ticket/7");
  automatic.bot("soar").handles_incident("rt:ticket/7");
  automatic.days_pass(2);
  CHECK(automatic.state().starts_with("missed_demand"));  // an automatic reply answers nobody
}

TEST_CASE("with nothing agreed no demand is missed") {
  Soc soc;
  soc.incident("rt:ticket/7");
  soc.days_pass(30);
  CHECK_FALSE(soc.state().starts_with("missed"));
  CHECK(soc.rung() == 0);
  CHECK(soc.reasons().find("state.nothing_agreed") != std::string::npos);
}

TEST_CASE("per item: the oldest open item past its time, else what was done, else no demand") {
  Soc soc;
  CHECK(soc.state("D-7") == "no_demand");
  CHECK(soc.rung("D-7") == 0);
  soc.asks("D-7", "rt:ticket/3");
  soc.days_pass(10);
  soc.asks("D-7", "rt:ticket/4");
  CHECK(soc.state("D-7").starts_with("insufficient_history"));  // asked, still in time
  soc.days_pass(10);
  CHECK(soc.state("D-7") == "missed_demand since 2026-04-01");
  soc.analyst("a").does({.service = "D-7", .case_id = "rt:ticket/3"});
  CHECK(soc.state("D-7") == "exercised since 2026-04-21");
  soc.days_pass(10);
  CHECK(soc.state("D-7") == "missed_demand since 2026-04-11");
  CHECK(soc.rung("D-7") == 2);
}

TEST_CASE("unnecessary, N/A, unassigned, unjudged and outsourced are five different things") {
  Soc soc;
  soc.analyst("a").handles_incident();
  CHECK(soc.state("A-1") == "out_of_scope");
  CHECK(soc.reasons("A-1") == "scope.category");
  soc.profile("D-2").as_is = 3;
  soc.profile("D-2").assigned = Assignment::unassigned;
  CHECK(soc.state() == "not_observable");
  CHECK(soc.reasons() == "assignment.unassigned");
  CHECK(soc.rung() == 0);
  CHECK(soc.finding().as_is == 3);
  soc.profile("D-2").not_applicable = true;
  CHECK(soc.reasons() == "scope.not_applicable");
  soc.profile("D-2").level = "unnecessary";
  CHECK(soc.reasons() == "scope.unnecessary");
  soc.profile("D-2") = {};
  soc.profile("D-2").assigned = Assignment::outsource;
  CHECK(soc.finding().ladder == "outsource");
  CHECK(soc.reasons() == "report.none outside.nothing_to_look_at");
  CHECK(soc.state().starts_with("unexercised"));
}

TEST_CASE("all services are told, a combined one on both ladders, insourced first") {
  Soc soc;
  CHECK(infer_all(soc.view).size() == 64);
  soc.profile("D-2").assigned = Assignment::combined;
  const auto findings = infer_all(soc.view);
  REQUIRE(findings.size() == 65);
  const auto at = std::ranges::find(findings, "D-2", &Finding::service);
  CHECK(at->ladder == "insource");
  CHECK((at + 1)->service == "D-2");
  CHECK((at + 1)->ladder == "outsource");
}

TEST_CASE("a quarterly service is late after a quarter and unexercised after two, not before and not never") {
  Soc soc;
  soc.analyst("a").does({.service = "G-3"});
  soc.days_pass(90);
  CHECK(soc.state("G-3") == "exercised since 2026-04-01");
  soc.days_pass(30);
  CHECK(soc.state("G-3") == "late since 2026-06-30");
  CHECK(soc.rung("G-3") == 2);  // older than a quarter, and still within what it has
  soc.days_pass(61);
  CHECK(soc.state("G-3") == "unexercised since 2026-09-28");
  CHECK(soc.rung("G-3") == 1);
}

TEST_CASE("a lapse that was lost sight of keeps no rung, also where a demand was missed before") {
  Soc soc;
  soc.profile("G-11").criteria.agreed = std::chrono::hours(24);
  soc.analyst("a").keeps_systems();
  soc.asks("G-11", "rt:ticket/900");
  soc.days_pass(63);  // silent for longer than the limit, all read
  soc.source("rt").breaks("refused");
  soc.days_pass(20);
  CHECK(soc.state("G-11").starts_with("missed_demand"));
  CHECK(soc.rung("G-11") == 0);
  CHECK(soc.reasons("G-11").find("rung.lapsed_unseen") != std::string::npos);
}

TEST_CASE("records that are brought in closed ask for nothing") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(24);
  soc.analyst("a").handles_incident();
  soc.asks("D-2", "rt:ticket/901", "a", ActorKind::human);
  soc.analyst("a").only_closes("rt:ticket/901");
  soc.asks("D-2", "rt:ticket/902");
  soc.hours_pass(1);
  soc.bot("soar").only_closes("rt:ticket/902");  // asked for, and nobody looked
  soc.days_pass(3);
  const auto finding = soc.finding("D-2");
  CHECK(finding.state == State::missed_demand);
  CHECK(soc.reasons().find("state.missed") != std::string::npos);
  CHECK(finding.counter.front().args.front() == "1");
}

TEST_CASE("work by nobody identified, longer ago than the drill interval, keeps no ability alive") {
  Soc soc;
  soc.asks("D-2", "rt:ticket/903");
  soc.stranger("root").handles_incident("rt:ticket/903");
  soc.days_pass(100);
  soc.worker("desk").takes_report();
  CHECK(soc.state() == "not_observable");  // it may have been an exercise
  soc.days_pass(40);
  soc.worker("desk").takes_report();
  CHECK(soc.state().starts_with("drill_due"));
}

TEST_CASE("what was done at some time between two readings counts where both ends of that time do") {
  Soc soc;
  soc.analyst("a").keeps_systems();
  auto& item = soc.view.items["G-11"].back();
  soc.days_pass(10);
  item.observed_from = item.time - std::chrono::minutes(5);
  CHECK(soc.state("G-11") == "exercised since 2026-04-01");
  CHECK(soc.rung("G-11") == 2);
  item.observed_from = item.time - days(60);  // perhaps long before the warning, perhaps not: neither is said
  CHECK(soc.state("G-11").starts_with("blind"));
  item.observed_from = item.time - days(600);
  CHECK(soc.rung("G-11") < 2);
}

TEST_CASE("a closed incident calls for its report: the end that asks is no import") {
  Soc soc;
  soc.profile("D-7").criteria.agreed = std::chrono::hours(14 * 24);
  auto item = soc.item({.service = "D-7", .kind = "case.closed", .case_id = "rt:ticket/9", .as = EvidenceKind::demand});
  item.actor = "a";
  item.actor_kind = ActorKind::human;
  soc.view.items["D-7"].push_back(item);
  soc.days_pass(15);
  soc.worker("desk").takes_report();
  CHECK(soc.state("D-7").starts_with("missed_demand"));
}

TEST_CASE("an agreed time is told in the unit in which it was agreed") {
  const auto said = [](std::chrono::minutes agreed) {
    Soc soc;
    soc.profile("D-2").criteria.agreed = agreed;
    soc.incident("rt:ticket/1");
    soc.days_pass(20);
    const auto reasons = soc.reasons();
    return reasons.substr(reasons.find("state.missed"), reasons.find(' ', reasons.find("state.missed")) - reasons.find("state.missed"));
  };
  CHECK(said(std::chrono::minutes(30)).starts_with("state.missed_minutes"));
  CHECK(said(std::chrono::minutes(90)).starts_with("state.missed_minutes"));
  CHECK_FALSE(said(std::chrono::hours(4)).starts_with("state.missed_"));
  CHECK_FALSE(said(std::chrono::hours(48)).starts_with("state.missed_"));
  CHECK(said(std::chrono::hours(72)).starts_with("state.missed_days"));
}

TEST_CASE("half an hour is half an hour: answered in time, late, and not at all") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::minutes(30);
  soc.incident("rt:ticket/1");
  soc.analyst("a").handles_incident("rt:ticket/1");
  CHECK(soc.finding().state == State::exercised);
  soc.incident("rt:ticket/2");
  soc.hours_pass(1);
  soc.analyst("a").handles_incident("rt:ticket/2");
  soc.days_pass(1);
  CHECK(soc.finding().state == State::exercised);  // late is counter-evidence, and no lapse
  soc.incident("rt:ticket/3");
  soc.hours_pass(1);
  CHECK(soc.finding().state == State::missed_demand);
}
