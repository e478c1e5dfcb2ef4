// What people enter counts like what a tool tells, marked, until it expires or is withdrawn.
#include "core/attestation.hpp"

#include "catch.hpp"
#include "core/vocabulary.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

struct Notebook {
  Soc soc;
  std::vector<Attestation> entries;

  Attestation& enter(AttestationKind kind, const std::string& title, const std::vector<std::string>& who = {}, const std::string& service = "D-2") {
    Attestation entry;
    entry.id = static_cast<std::int64_t>(entries.size()) + 1;
    entry.kind = kind;
    entry.services = {service};
    entry.title = title;
    entry.version = "1";
    entry.actors = who;
    entry.owner = "owner";
    entry.by = "Ueda";
    entry.at = entry.done = soc.view.as_of;
    entry.valid_until = entry.done + days(attestation_days);
    entries.push_back(entry);
    return entries.back();
  }
  [[nodiscard]] Finding finding(const std::string& service = "D-2") {
    auto view = soc.view;
    for (const auto* who : {"a", "b", "c"}) view.teams[who] = "csirt";
    add_attested(view, entries);
    return infer(view, service);
  }
  [[nodiscard]] int rung(const std::string& service = "D-2") { return finding(service).rung.value_or(0); }
};

}  // namespace

TEST_CASE("attested: a drill of two people is 3, marked, and surer never than medium") {
  Notebook book;
  book.enter(AttestationKind::drill, "", {"a", "b"});
  CHECK(book.rung() == 3);
  const auto finding = book.finding();
  CHECK(std::ranges::all_of(finding.sufficient, &Evidence::attested));
  CHECK(Soc::codes(finding.confidence_reasons).find("sure.attested") != std::string::npos);
  CHECK(finding.confidence < Confidence::high);
}

TEST_CASE("attested: what would lower it says when each of it ends") {
  const auto ends = [](const Finding& finding) {
    std::vector<std::string> said;
    for (const auto& one : finding.counter)
      if (one.code == "counter.attested_expires") said.push_back(say(one, Lang::en));
    return said;
  };
  Notebook book;
  book.enter(AttestationKind::drill, "", {"a", "b"});
  CHECK(ends(book.finding()) == std::vector<std::string>{"the drill was entered by a person and counts until 2027-04-01"});
  auto& paper = book.enter(AttestationKind::procedure, "IR-01 Incident handling", {"author"});
  paper.valid_until = paper.done + days(90);
  book.soc.days_pass(1);
  book.soc.analyst("a").handles_from("IR-01");
  book.soc.analyst("a").handles_incident();
  book.soc.analyst("b").handles_from("IR-01");
  CHECK(book.rung() == 4);
  CHECK(ends(book.finding()) == std::vector<std::string>{"IR-01 Incident handling was entered by a person and counts until 2026-06-30"});
  book.soc.days_pass(90);
  CHECK(ends(book.finding()).empty());
  CHECK(book.rung() == 3);
  Notebook report;
  report.soc.outsource("C-1");
  report.enter(AttestationKind::report, "", {}, "C-1").reference = "R-1";
  report.enter(AttestationKind::review, "", {"owner"}, "C-1").reference = "R-1";
  CHECK(report.rung("C-1") == 2);
  CHECK(ends(report.finding("C-1")) == std::vector<std::string>{"the look at a report was entered by a person and counts until 2027-04-01"});
}

TEST_CASE("attested: procedure, approval and work from it carry up to 5, as written") {
  Notebook book;
  book.enter(AttestationKind::procedure, "IR-01 Incident handling", {"author"});
  book.soc.days_pass(1);
  book.soc.analyst("a").handles_from("IR-01");
  book.soc.analyst("a").handles_incident();
  book.soc.analyst("b").handles_from("IR-01");
  CHECK(book.rung() == 4);
  auto& approval = book.enter(AttestationKind::approval, "IR-01 Incident handling", {"ciso"});
  approval.verdict = "approved";
  CHECK(book.rung() == 5);
  SECTION("of another version") {
    approval.version = "2";
    CHECK(book.rung() == 4);
  }
  SECTION("refused") {
    approval.verdict = "refused";
    CHECK(book.rung() == 4);
  }
  SECTION("by somebody who is no head") {
    approval.actors = {"b"};
    CHECK(book.rung() == 4);
  }
  SECTION("withdrawn") {
    approval.withdrawn = Withdrawal{"Ueda", "wrong meeting", book.soc.view.as_of};
    CHECK(book.rung() == 4);
  }
  SECTION("expired") {
    approval.valid_until = book.soc.view.as_of + days(30);
    book.soc.days_pass(30);
    CHECK(book.rung() == 4);
  }
  SECTION("before it was entered nobody knew of it") {
    approval.at = book.soc.view.as_of + days(1);
    CHECK(book.rung() == 4);
    book.soc.days_pass(1);
    CHECK(book.rung() == 5);
  }
}

TEST_CASE("attested: who is on duty is shown and counts for nothing") {
  Notebook book;
  book.enter(AttestationKind::roster, "", {"a", "b"});
  CHECK(book.rung() == 0);
  CHECK(Soc::codes(book.finding().reasons).find("attested.on_duty") != std::string::npos);
}

TEST_CASE("attested: report, review, description and expectation carry the outsourced ladder") {
  Notebook book;
  book.soc.outsource("B-1");
  book.enter(AttestationKind::description, "SOC service description", {}, "B-1");
  book.enter(AttestationKind::expectation, "SOC expectations", {}, "B-1");
  book.soc.days_pass(1);
  book.enter(AttestationKind::report, "October report", {}, "B-1").reference = "R-10";
  CHECK(book.rung("B-1") == 0);
  auto& review = book.enter(AttestationKind::review, "", {"boss"}, "B-1");
  review.reference = "R-10";
  CHECK(book.rung("B-1") == 3);
  review.verdict = "noted met checked";
  CHECK(book.rung("B-1") == 5);
  review.reference = "R-11";  // another report, which nobody says came: it is looked at, and the one that came is not
  book.soc.days_pass(20);
  CHECK(book.finding("B-1").state == State::exercised);
}

TEST_CASE("attested: a review finds the report that a tool holds by its case or its address") {
  Notebook book;
  auto contract = book.soc.outsource("B-1");
  contract.reports("rt:ticket/9");
  book.soc.days_pass(20);
  CHECK(book.rung("B-1") == 1);
  book.enter(AttestationKind::review, "", {"boss"}, "B-1").reference = "rt:ticket/9";
  CHECK(book.rung("B-1") == 2);
}

TEST_CASE("attested: every kind has its name") {
  for (const auto kind : attestation_kinds()) CHECK(name(attestation_kind(kind).value()) == kind);
  CHECK_FALSE(attestation_kind("rumour"));
}

TEST_CASE("attested: an older version does not return when the newer one has expired, only when that was a mistake") {
  Notebook book;
  book.enter(AttestationKind::procedure, "IR-01 Incident handling", {"author"});
  book.soc.days_pass(1);
  auto& newer = book.enter(AttestationKind::procedure, "IR-01 Incident handling", {"author"});
  newer.version = "2";
  newer.valid_until = newer.done + days(10);
  book.soc.days_pass(1);
  book.soc.analyst("a").handles_from("IR-01");
  book.soc.analyst("a").handles_incident();
  book.soc.analyst("b").handles_from("IR-01");
  CHECK(book.rung() == 4);
  book.soc.days_pass(10);
  CHECK(book.rung() == 3);
  newer.withdrawn = Withdrawal{"Ueda", "never in force", book.soc.view.as_of};
  CHECK(book.rung() == 4);
}
