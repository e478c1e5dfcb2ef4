// People who join and leave, shared accounts, provider staff, heads out of office.
#include "catch.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

void leaves(Soc& soc, const std::string& name) { soc.view.tenures[name].until = soc.view.as_of; }

}  // namespace

TEST_CASE("what is done under a leaver's account counts for nothing, what was done before does") {
  Soc soc;
  soc.analyst("a").handles_incident();
  soc.days_pass(1);
  leaves(soc, "a");
  soc.hours_pass(1);
  soc.analyst("a").handles_incident();
  CHECK(soc.rejected() == "left");
  CHECK(soc.state() == "exercised since 2026-04-01");
  Soc still;
  still.analyst("a").handles_incident();
  still.view.tenures["a"].until = still.view.as_of + std::chrono::seconds(1);  // the act is the last of the last day
  CHECK(still.rejected().empty());
  CHECK(still.rung() == 2);
}

TEST_CASE("what an account did before its person joined is somebody else's") {
  Soc soc;
  soc.analyst("a").handles_incident();
  soc.view.tenures["a"].from = soc.view.as_of + std::chrono::seconds(1);
  CHECK(soc.rejected() == "not_joined");
  CHECK(soc.rung() == 0);
  soc.view.tenures["a"].from = soc.view.as_of;
  CHECK(soc.rung() == 2);
}

TEST_CASE("a leaver stands in for nobody from the day after") {
  Soc soc;
  soc.analyst("a").handles_incident();
  soc.analyst("b").handles_incident();
  CHECK(soc.rung() == 3);
  soc.view.tenures["b"].until = soc.view.as_of + days(2);
  soc.days_pass(1);
  CHECK(soc.rung() == 3);
  soc.days_pass(1);
  CHECK(soc.rung() == 2);
  CHECK(soc.reasons().find("rung.left") != std::string::npos);
  CHECK(soc.finding().evidence_count == 1);
  CHECK(soc.missing() == "missing.second_person");
}

TEST_CASE("when all who did it have left, work was done and nobody does it: no rung, and 1 only when it lapses") {
  Soc soc;
  soc.assign("G-11", "csirt");
  soc.analyst("a").keeps_systems();
  soc.days_pass(10);
  leaves(soc, "a");
  CHECK(soc.state("G-11") == "exercised since 2026-04-01");
  CHECK(soc.rung("G-11") == 0);
  CHECK(soc.reasons("G-11").find("rung.all_left") != std::string::npos);
  CHECK(soc.finding("G-11").confidence == Confidence::none);
  soc.days_pass(51);
  CHECK(soc.state("G-11") == "unexercised since 2026-05-31");
  CHECK(soc.rung("G-11") == 1);
}

TEST_CASE("a demand that a leaver answered was met, and unanswered ones make no 1 of it") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(48);
  soc.incident("rt:ticket/1");
  soc.analyst("a").handles_incident("rt:ticket/1");
  soc.hours_pass(1);
  leaves(soc, "a");
  soc.days_pass(5);
  CHECK(soc.state() == "exercised since 2026-04-01");
  soc.incident("rt:ticket/2");
  soc.days_pass(5);
  CHECK(soc.finding().state == State::missed_demand);
  CHECK(soc.rung() == 0);
}

TEST_CASE("the second person of 4 has to be here still") {
  Soc soc;
  soc.worker("author").writes("Incidents", "1");
  soc.days_pass(1);
  soc.analyst("a").handles_incident().handles_incident().handles_incident();
  soc.analyst("b").handles_from("Incidents");
  soc.analyst("c").handles_incident();
  CHECK(soc.rung() == 4);
  soc.days_pass(1);
  Soc without = soc;
  leaves(without, "b");
  CHECK(without.rung() == 3);
  CHECK(without.missing() == "missing.reference");
  Soc other = soc;
  leaves(other, "c");  // not the one it hangs on
  CHECK(other.rung() == 4);
  Soc author = soc;
  leaves(author, "author");  // the document stays in force: it has an owner
  CHECK(author.rung() == 4);
}

TEST_CASE("an approval holds that a head gave in office, not one given before or after") {
  const auto with = [](auto change) {
    Soc soc;
    soc.worker("author").writes("Incidents", "1");
    soc.days_pass(1);
    soc.analyst("a").handles_incident().handles_incident();
    soc.analyst("b").handles_from("Incidents");
    soc.head("ciso").approves("Incidents", "1");
    const Instant approved = soc.view.as_of;
    soc.days_pass(10);
    change(soc, approved);
    return soc;
  };
  CHECK(with([](Soc&, Instant) {}).rung() == 5);
  CHECK(with([](Soc& soc, Instant at) { soc.view.tenures["ciso"].until = at + days(1); }).rung() == 5);  // left since
  const Soc after = with([](Soc& soc, Instant at) { soc.view.tenures["ciso"].until = at; });
  CHECK(after.rung() == 4);
  CHECK(after.rejected() == "approval_not_in_office");
  CHECK(after.missing() == "missing.heads");  // nobody is left who could
  CHECK(with([](Soc& soc, Instant at) { soc.view.tenures["ciso"].from = at + days(1); }).rung() == 4);
  const Soc refused = with([](Soc& soc, Instant at) {
    soc.view.tenures["ciso"].until = at + days(1);
    soc.head("ciso").judges("Incidents", "1", "refused");  // after leaving: takes nothing back
  });
  CHECK(refused.rung() == 5);
}

TEST_CASE("a shared account counts for nobody, and neither does a provider's staff as insiders") {
  Soc soc;
  soc.analyst("a").handles_incident();
  Soc::Worker shared{soc, "desk account", "csirt", ActorKind::shared};
  shared.handles_incident();
  soc.provider("vendor").handles_incident();
  CHECK(soc.rung() == 2);
  CHECK(soc.rejected() == "shared_account provider");
  Soc alone;
  Soc::Worker{alone, "desk account", "csirt", ActorKind::shared}.handles_incident();
  CHECK(alone.rung() == 0);  // done, by nobody who could be named
  CHECK(alone.reasons().find("rung.nobody_identified") != std::string::npos);
}

TEST_CASE("a leaver's tallied acts count up to the last day") {
  Soc soc;
  const TallyKey key{"siem", "B-1", "rule", EvidenceKind::exercise, "a", ActorKind::human, "csirt", day_of(soc.view.as_of - days(1))};
  Tally tally;
  tally.add(soc.view.as_of - days(1), "d1");
  soc.view.tallies.emplace_back(key, tally);
  CHECK(soc.rung("B-1") == 2);
  soc.view.tenures["a"].until = soc.view.as_of - days(2);
  CHECK(soc.rung("B-1") == 1);
  CHECK(soc.rejected("B-1") == "left");
}
