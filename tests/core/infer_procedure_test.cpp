// Rungs 4 and 5 with their near misses: the procedure, who worked from it, and who approved it.
#include "catch.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

// Two people handle incidents; a wrote "Incident handling" version 1 a week ago and works most; b worked from it yesterday. That is 4.
Soc written_and_used() {
  Soc soc;
  soc.analyst("a").handles_incident().handles_incident().handles_incident();
  soc.analyst("b").handles_incident();
  soc.analyst("a").writes("Incident handling", "1");
  soc.days_pass(6);
  soc.analyst("b").handles_from("Incident handling");
  soc.days_pass(1);
  return soc;
}

// The same, and version 1 approved by the CISO. That is 5.
Soc approved() {
  Soc soc = written_and_used();
  soc.head("ciso").approves("Incident handling", "1");
  soc.days_pass(1);
  return soc;
}

Document& document(Soc& soc) { return soc.view.documents.back(); }
std::vector<Evidence>& items(Soc& soc) { return soc.view.items["D-2"]; }
std::string say_missing(const Soc& soc) { return say(soc.finding().missing.at(0), Lang::en); }

}  // namespace

TEST_CASE("a procedure in force that another person worked from is 4") {
  const Soc soc = written_and_used();
  CHECK(soc.rung() == 4);
  const auto found = soc.finding();
  REQUIRE(found.sufficient.size() == 3);  // the work from it, the usual performer's, the document
  CHECK(found.sufficient[0].actor == "b");
  CHECK(found.sufficient[1].actor == "a");
  CHECK(found.sufficient[2].kind == EvidenceKind::document);
  CHECK(say_missing(soc) == "for 5: ciso has to approve “Incident handling” version 1 (authorised heads; not its author)");
}

TEST_CASE("4 falls to 3 when the document lacks a piece, and the piece is named") {
  Soc soc = written_and_used();
  document(soc).owner.clear();
  CHECK(soc.rung() == 3);
  CHECK(soc.missing() == "missing.owner");
  soc = written_and_used();
  document(soc).version.clear();
  CHECK(soc.rung() == 3);
  CHECK(soc.missing() == "missing.version");
  soc = written_and_used();
  document(soc).author.clear();
  CHECK(soc.rung() == 3);
  CHECK(soc.missing() == "missing.author");
  soc = written_and_used();
  document(soc).services = {"D-3"};
  CHECK(soc.rung() == 3);
  CHECK(soc.missing() == "missing.document");
  soc = written_and_used();
  soc.view.documents.clear();
  CHECK(soc.rung() == 3);
}

TEST_CASE("a procedure is in force for a year from its last look; a review without change renews it") {
  Soc soc = written_and_used();
  document(soc).published = soc.view.as_of - days(366);
  CHECK(soc.rung() == 3);
  CHECK(soc.missing() == "missing.review");
  document(soc).published = soc.view.as_of - days(365);
  CHECK(soc.rung() == 4);
  document(soc).published = soc.view.as_of - days(800);
  document(soc).reviewed = soc.view.as_of - days(365);
  CHECK(soc.rung() == 4);
  document(soc).reviewed = soc.view.as_of + days(1);  // not yet
  CHECK(soc.rung() == 3);
  document(soc).published = soc.view.as_of - days(10);  // saved again, and still says when it was last looked over
  document(soc).reviewed = soc.view.as_of - days(366);
  CHECK(soc.rung() == 3);
}

TEST_CASE("the author working from the own document is no hand-over") {
  Soc soc = written_and_used();
  for (auto& item : items(soc)) item.procedures.clear();
  CHECK(soc.missing() == "missing.reference");
  soc.analyst("a").handles_from("Incident handling");
  CHECK(soc.rung() == 3);
  CHECK(soc.missing() == "missing.another_worker");
  soc.analyst("b").handles_from("Incident handling");
  CHECK(soc.rung() == 4);
}

TEST_CASE("the usual performer working from somebody else's document is no second person") {
  Soc soc = written_and_used();
  document(soc).author = "writer";  // who does none of the work
  CHECK(soc.rung() == 4);           // a usually does it, b worked from the document
  for (int i = 0; i < 5; ++i) soc.analyst("b").handles_incident();
  CHECK(soc.rung() == 3);  // b now is the usual performer
  CHECK(soc.counter().find("counter.stand_in_is_usual") != std::string::npos);
  CHECK(say_missing(soc) == "for 4: so far only b worked from “Incident handling”, who wrote it or usually does the work; somebody else has to");
  soc.analyst("a").handles_from("Incident handling");
  CHECK(soc.rung() == 4);
}

TEST_CASE("more work from the document never lowers: beside a working author anybody else has taken over") {
  Soc soc = written_and_used();
  for (int i = 0; i < 20; ++i) soc.hours_pass(1), soc.analyst("b").handles_from("Incident handling");
  CHECK(soc.rung() == 4);
}

TEST_CASE("work before the version in force was published is not from it") {
  Soc soc = written_and_used();
  soc.analyst("a").writes("Incident handling", "2");
  soc.days_pass(1);
  CHECK(soc.rung() == 3);
  CHECK(soc.missing() == "missing.after_publication");
  soc.analyst("b").handles_from("Incident handling v1");  // from an old print
  CHECK(soc.rung() == 3);
  soc.analyst("b").handles_from("Incident handling v2");
  CHECK(soc.rung() == 4);
}

TEST_CASE("closing a ticket that names the document is no work from it") {
  Soc soc = written_and_used();
  items(soc).back().activity = "case.closed";
  CHECK(soc.rung() == 3);
  CHECK(soc.missing() == "missing.more_than_closing");
}

TEST_CASE("references count by title, id and address, whatever their spelling") {
  for (const auto* reference : {"incident  handling", "Incident_Handling", "wiki:Incident handling", "https://wiki.example/Incident handling#x"}) {
    INFO(reference);
    Soc soc = written_and_used();
    items(soc).back().procedures = {"something else", reference};
    CHECK(soc.rung() == 4);
  }
  Soc soc = written_and_used();
  items(soc).back().procedures = {"Incident"};
  CHECK(soc.rung() == 3);
  items(soc).back().procedures = {"Incident handling v2"};  // another version than the one in force
  CHECK(soc.rung() == 3);
}

TEST_CASE("a drill from the document is a hand-over, and is marked as a drill") {
  Soc soc = written_and_used();
  auto& last = items(soc).back();
  last.kind = EvidenceKind::drill;
  last.drill = true;
  CHECK(soc.rung() == 4);
  CHECK(soc.reasons().find("rung.by_drill") != std::string::npos);
}

TEST_CASE("work by those who do not count is no work from the document") {
  Soc soc = written_and_used();
  auto& last = items(soc).back();
  last.actor = "sales person";
  last.team = "sales";
  CHECK(soc.rung() == 3);
  last.actor = "soar";
  last.actor_kind = ActorKind::automation;
  CHECK(soc.rung() == 3);
}

TEST_CASE("a document with one person is 2, with a note; with nobody it is untested") {
  Soc soc;
  soc.analyst("a").handles_incident();
  soc.analyst("a").writes("Incident handling", "1");
  CHECK(soc.rung() == 2);
  CHECK(soc.reasons().find("document.one_person") != std::string::npos);
  Soc unused;
  unused.analyst("a").writes("Incident handling", "1");
  CHECK(unused.rung() == 0);
  CHECK(unused.reasons().find("document.untested") != std::string::npos);
  Soc cadence;
  cadence.publish("Operations", "1", "a", "owner");
  document(cadence).services = {"G-11"};
  CHECK(cadence.rung("G-11") == 1);  // a cadence service: the document alone supports nothing above 1
}

TEST_CASE("an authorised head's approval of the version in force is 5") {
  const Soc soc = approved();
  CHECK(soc.rung() == 5);
  CHECK(soc.finding().missing.empty());
  CHECK(soc.finding().sufficient.size() == 4);
  CHECK(soc.finding().sufficient.back().kind == EvidenceKind::approval);
}

TEST_CASE("what is no approval, and why") {
  Soc soc = written_and_used();
  soc.view.heads = {"ciso", "a"};
  soc.analyst("b").approves("Incident handling", "1");
  CHECK(soc.rejected() == "approval_not_head");
  soc.seconds_pass(1);
  soc.analyst("a").approves("Incident handling", "1");
  soc.seconds_pass(1);
  soc.bot("workflow").approves("Incident handling", "1");
  soc.seconds_pass(1);
  soc.head("ciso").judges("Incident handling", "1", "");
  soc.seconds_pass(1);
  soc.head("ciso").approves("Incident handling", "2");
  soc.seconds_pass(1);
  soc.head("ciso").approves("Incident handling", "");
  CHECK(soc.rejected() == "approval_not_head approval_own approval_not_human approval_pending approval_version approval_no_version");
  CHECK(soc.rung() == 4);
  CHECK(soc.missing() == "missing.approval");
  soc.head("ciso").approves("Something else", "1");
  CHECK(soc.rung() == 4);
  soc.head("ciso").approves("wiki:Incident handling", "Version 1.0");
  CHECK(soc.rung() == 5);
}

TEST_CASE("an approval does not hold for a version that came after it") {
  Soc soc = approved();
  soc.analyst("a").writes("Incident handling", "2");
  soc.days_pass(1);
  soc.analyst("b").handles_from("Incident handling");
  CHECK(soc.rung() == 4);
  CHECK(soc.rejected() == "approval_version");
  soc.head("ciso").approves("Incident handling", "2");
  CHECK(soc.rung() == 5);
}

TEST_CASE("an approval dated before the version's publication is none") {
  Soc soc = written_and_used();
  soc.head("ciso").approves("Incident handling", "1");
  items(soc).back().time = document(soc).published - std::chrono::seconds(1);
  CHECK(soc.rung() == 4);
  CHECK(soc.rejected() == "approval_early");
  items(soc).back().time = document(soc).published;
  CHECK(soc.rung() == 5);
}

TEST_CASE("an approval seen by comparing counts only if it came after the publication whenever it was given") {
  Soc soc = approved();
  auto& approval = items(soc).back();
  REQUIRE(approval.kind == EvidenceKind::approval);
  approval.observed_from = approval.time - std::chrono::minutes(5);
  CHECK(soc.rung() == 5);
  approval.observed_from = document(soc).published - std::chrono::seconds(1);
  CHECK(soc.rung() == 4);
  CHECK(soc.rejected() == "approval_early");
}

TEST_CASE("an approval expires after a year, also of a document reviewed without change") {
  Soc soc = approved();
  soc.days_pass(364);
  soc.analyst("a").handles_incident();
  soc.analyst("b").handles_from("Incident handling");
  soc.review("Incident handling");
  CHECK(soc.rung() == 5);
  soc.days_pass(1);
  CHECK(soc.rung() == 4);
  CHECK(soc.rejected() == "approval_expired");
}

TEST_CASE("a refusal by a head takes the approval back, somebody else's does not") {
  Soc soc = approved();
  soc.analyst("b").judges("Incident handling", "1", "refused");
  CHECK(soc.rung() == 5);
  soc.head("director").judges("Incident handling", "1", "refused");
  CHECK(soc.rung() == 4);
  CHECK(soc.rejected().find("approval_superseded") != std::string::npos);
  soc.days_pass(1);
  soc.head("ciso").approves("Incident handling", "1");
  CHECK(soc.rung() == 5);
}

TEST_CASE("an approval without all of 4 is no 5") {
  Soc soc = approved();
  items(soc)[4].procedures.clear();  // b's work from the document
  CHECK(soc.rung() == 3);
  soc = approved();
  document(soc).owner.clear();
  CHECK(soc.rung() == 3);
  soc = approved();
  std::erase_if(items(soc), [](const Evidence& item) { return item.actor == "b"; });
  CHECK(soc.rung() == 2);
}

TEST_CASE("an approval is filed under no service or any: the document it names decides") {
  Soc soc = written_and_used();
  soc.head("ciso").approves("Incident handling", "1");
  auto approval = items(soc).back();
  items(soc).pop_back();
  approval.service.clear();
  soc.view.items[""].push_back(approval);
  CHECK(soc.rung() == 5);
}

TEST_CASE("without an authorised head in the config nobody can approve") {
  Soc soc = approved();
  soc.view.heads.clear();
  CHECK(soc.rung() == 4);
  CHECK(soc.missing() == "missing.heads");
}

TEST_CASE("of two procedures the one that carries more decides") {
  Soc soc = approved();
  soc.days_pass(1);
  soc.publish("Playbook", "1", "c", "");
  CHECK(soc.rung() == 5);
  document(soc).owner = "owner";
  soc.analyst("b").handles_from("Playbook");
  CHECK(soc.rung() == 5);
}

TEST_CASE("a wiki that is not read any more makes 4 doubtful, not untrue") {
  Soc soc = written_and_used();
  soc.days_pass(10);
  const auto before = soc.finding().confidence;
  soc.source("wiki").breaks("401 Unauthorized");
  soc.days_pass(2);
  CHECK(soc.rung() == 4);
  CHECK(soc.finding().confidence < before);
  CHECK(soc.counter().find("counter.document_unread") != std::string::npos);
}
