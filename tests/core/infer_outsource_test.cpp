// The outsourced ladder, rung by rung, with its near misses, and its states.
#include "catch.hpp"
#include "core/vocabulary.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

const std::string description(description_role), expectation(expectation_role);

// A provider watches (B-1) and reports each month; "boss" looks at what comes.
struct Watched {
  Soc soc;
  Soc::Contract contract = soc.outsource("B-1");
  int report = 0;

  Watched& month(const std::string& words = "", bool looked = true) {
    const auto id = "rt:ticket/r" + std::to_string(++report);
    contract.reports(id);
    soc.days_pass(2);
    if (looked) contract.looked_at(id, "boss", words);
    soc.days_pass(28);
    return *this;
  }
  [[nodiscard]] int rung() const { return soc.rung("B-1"); }
  [[nodiscard]] std::string state() const { return std::string(name(soc.finding("B-1").state)); }
  [[nodiscard]] std::string missing() const { return soc.missing("B-1"); }
};

}  // namespace

TEST_CASE("outsourced 1: nobody inside looked at the last report that is due") {
  Watched it;
  it.month("", false);
  CHECK(it.rung() == 1);
  CHECK(it.state() == "missed_demand");
  CHECK(it.soc.reasons("B-1") == "report.last report.unread outside.not_looked_at");
  CHECK(it.missing() == "missing.look");

  SECTION("a look, however late, is 2") {
    it.contract.looked_at("rt:ticket/r1", "boss");
    CHECK(it.rung() == 2);
    CHECK(it.state() == "exercised");
  }
  SECTION("the provider's own look is none") {
    it.contract.looked_at("rt:ticket/r1", "supplier", "noted met checked", ActorKind::provider);
    CHECK(it.rung() == 1);
    CHECK(it.soc.rejected("B-1") == "provider_review");
  }
  SECTION("an account that nobody is named for: it cannot be said that nobody looked") {
    it.contract.looked_at("rt:ticket/r1", "u-1", "", ActorKind::unknown);
    CHECK(it.rung() == 0);
    CHECK(it.soc.reasons("B-1").ends_with("rung.nobody_identified"));
  }
  SECTION("moved on with twenty others in one second is no look") {
    for (int i = 0; i < 21; ++i) it.contract.looked_at("rt:ticket/old" + std::to_string(i), "boss");
    it.contract.looked_at("rt:ticket/r1", "boss");
    CHECK(it.soc.rejected("B-1") == "bulk");
    CHECK(it.rung() == 1);
  }
}

TEST_CASE("a report within its two weeks says nothing yet") {
  Watched it;
  it.contract.reports("rt:ticket/new");
  it.soc.days_pass(13);
  CHECK(it.rung() == 0);
  CHECK(it.soc.reasons("B-1").ends_with("report.in_time"));
  it.soc.days_pass(2);
  CHECK(it.rung() == 1);
}

TEST_CASE("the last report that was looked at stands while the next is still in time") {
  Watched it;
  it.month();
  it.contract.reports("rt:ticket/new");
  it.soc.days_pass(10);
  CHECK(it.rung() == 2);
  it.soc.days_pass(5);
  CHECK(it.rung() == 1);
}

TEST_CASE("outsourced 2: looked at, and nothing else") {
  Watched it;
  it.month().month();
  CHECK(it.rung() == 2);
  CHECK(it.missing() == "missing.description missing.note");
  CHECK(it.soc.finding("B-1").sufficient.size() == 1);
}

TEST_CASE("outsourced 3: the content or the result is understood, not both") {
  Watched it;
  SECTION("the description was reviewed by its inside owner") {
    it.contract.writes(description, "SOC service description");
    it.month().month();
    CHECK(it.rung() == 3);
    CHECK(it.missing() == "missing.note");
  }
  SECTION("what follows from the report was noted") {
    it.month("noted");
    CHECK(it.rung() == 3);
    CHECK(it.missing() == "missing.description");
  }
  SECTION("a description that the provider wrote was reviewed by nobody inside") {
    it.contract.writes(description, "SOC service description", "supplier");
    it.month();
    CHECK(it.rung() == 2);
    CHECK(it.missing() == "missing.description_inside missing.note");
    it.contract.reviews("SOC service description", "supplier", ActorKind::provider);
    it.contract.reviews("SOC service description", "stranger");  // a person, but none on the roster
    CHECK(it.rung() == 2);
    it.contract.reviews("SOC service description", "boss");
    CHECK(it.rung() == 3);
  }
  SECTION("whoever owns it, somebody inside who wrote it has looked into it") {
    it.contract.writes(description, "SOC service description");
    it.soc.view.documents.back().owner = "supplier";
    it.month();
    CHECK(it.rung() == 3);
  }
  SECTION("a head's approval is a review, of the version that it names") {
    it.contract.writes(description, "SOC service description", "supplier");
    it.soc.head("ciso").approves("SOC service description", "2");
    CHECK(it.month().rung() == 2);
    it.soc.head("ciso").approves("SOC service description", "1");
    CHECK(it.rung() == 3);
  }
  SECTION("a description that nobody looked into for a year") {
    it.contract.writes(description, "SOC service description");
    it.soc.days_pass(340);
    it.month();
    CHECK(it.rung() == 2);
    CHECK(it.missing() == "missing.description_review missing.note");
  }
  SECTION("a procedure is no description") {
    it.contract.writes(std::string(procedure_role), "How we call the provider");
    it.month();
    CHECK(it.rung() == 2);
  }
  SECTION("a note of last quarter is no understanding of now") {
    it.month("noted");
    it.month().month().month();
    CHECK(it.rung() == 2);
  }
}

TEST_CASE("both understood, and nothing expected in writing beforehand: 3 or 4, and no more is said") {
  Watched it;
  it.contract.writes(description, "SOC service description");
  it.month("noted met checked");
  CHECK(it.rung() == 3);
  CHECK(it.missing() == "missing.expectation");
  SECTION("what is written down afterwards expects nothing of the report before it") {
    it.contract.writes(expectation, "SOC expectations");
    CHECK(it.rung() == 3);
    CHECK(it.missing() == "missing.outcome");
    it.soc.days_pass(1);
    it.month("noted met checked");
    CHECK(it.rung() == 5);
  }
}

TEST_CASE("outsourced 4: below what was expected") {
  Watched it;
  it.contract.writes(description, "SOC service description").writes(expectation, "SOC expectations");
  it.soc.days_pass(1);
  it.month("noted missed checked");
  CHECK(it.rung() == 4);
  CHECK(it.missing() == "missing.as_expected");
  SECTION("one that was met does not undo the miss of the same quarter") {
    it.month("noted met checked");
    CHECK(it.rung() == 4);
  }
  SECTION("a quarter later it is over") {
    it.month("noted met checked").month("noted met checked").month("noted met checked");
    CHECK(it.rung() == 5);
  }
}

TEST_CASE("outsourced 5: as expected, by a person inside who checked a figure") {
  Watched it;
  it.contract.writes(description, "SOC service description").writes(expectation, "SOC expectations");
  it.soc.days_pass(1);
  SECTION("all of it") {
    it.month("noted met checked");
    CHECK(it.rung() == 5);
    CHECK(it.missing().empty());
    CHECK(it.soc.finding("B-1").sufficient.size() == 6);
  }
  SECTION("nobody judged") {
    it.month("noted checked");
    CHECK(it.rung() == 3);
    CHECK(it.missing() == "missing.outcome");
  }
  SECTION("on the provider's word alone") {
    it.month("noted met");
    CHECK(it.rung() == 4);
    CHECK(it.missing() == "missing.own_figure");
  }
  SECTION("the last report was not judged") {
    it.month("noted met checked").month("noted");
    CHECK(it.rung() == 4);
    CHECK(it.missing() == "missing.outcome");
  }
  SECTION("judged by the provider") {
    it.contract.reports("rt:ticket/x").looked_at("rt:ticket/x", "supplier", "noted met checked", ActorKind::provider);
    it.contract.looked_at("rt:ticket/x", "boss", "noted");
    CHECK(it.rung() == 3);
  }
}

TEST_CASE("states of an outsourced service: reports come, late, not at all, or cannot be seen") {
  Watched it;
  it.month();
  CHECK(it.soc.state("B-1") == "exercised since 2026-04-03");
  it.soc.days_pass(15);
  CHECK(it.state() == "exercised");  // a month and two weeks
  it.soc.days_pass(1);
  CHECK(it.state() == "late");
  CHECK(it.rung() == 2);
  it.soc.days_pass(31);
  CHECK(it.state() == "unexercised");
  CHECK(it.rung() == 1);
  CHECK(it.missing() == "missing.report");
}

TEST_CASE("nothing is said of reports that could not be seen") {
  SECTION("while the ticket system cannot be read") {
    Watched unseen;
    unseen.month();
    unseen.soc.source("rt").breaks("refused");
    unseen.soc.days_pass(60);
    CHECK(unseen.state() == "blind");
    CHECK(unseen.rung() == 2);
  }
  SECTION("no report ever, everything read: none came") {
    Watched none;
    CHECK(none.state() == "unexercised");
    CHECK(none.rung() == 1);
  }
  SECTION("no source could show a report") {
    Watched none;
    for (auto& source : none.soc.view.sources) source.could_show_reports.clear();
    CHECK(none.state() == "not_observable");
    CHECK(none.rung() == 0);
  }
  SECTION("read for too short a time") {
    Soc young("2026-04-01T09:00:00Z", 20);
    young.outsource("B-1");
    CHECK(young.state("B-1") == "insufficient_history since 2026-03-12");
    CHECK(young.rung("B-1") == 0);
  }
}

TEST_CASE("combined: both ladders side by side, each with its own score") {
  Soc soc;
  auto contract = soc.outsource("D-2", Assignment::combined);
  soc.profile("D-2").team = "csirt";
  soc.view.accepted_outside["D-2"] = 4;
  soc.analyst("a").handles_incident();
  soc.analyst("b").handles_incident();
  contract.reports("rt:ticket/r1").looked_at("rt:ticket/r1", "boss");
  std::vector<std::string> told;
  for (const auto& finding : infer_all(soc.view))
    if (finding.service == "D-2")
      told.push_back(finding.ladder + " " + std::to_string(finding.rung.value_or(0)) + " of " + std::to_string(finding.as_is.value_or(0)));
  CHECK(told == std::vector<std::string>{"insource 3 of 0", "outsource 2 of 4"});
}

TEST_CASE("downstream, a watch that a provider reports on is alive while somebody looks, and unknown when nobody does") {
  Soc soc;
  auto contract = soc.outsource("B-1");
  contract.reports("rt:ticket/r1").looked_at("rt:ticket/r1", "boss");
  soc.profile("D-2").criteria.upstream = "B-1";
  CHECK(soc.state("D-2").starts_with("drill_due"));
  soc.days_pass(60);
  contract.reports("rt:ticket/r2");
  soc.days_pass(20);
  CHECK(soc.state("D-2").starts_with("blind"));
}
