#include "catch.hpp"
#include "store_samples.hpp"
#include "store_suite.hpp"

namespace akashi {
namespace {

using namespace samples;

Proposal proposal(const std::string& service, int to, const std::string& digest) {
  Proposal p;
  p.service = service;
  p.ladder = "insource";
  p.to = to;
  p.digest = digest;
  p.made = at(10);
  p.confidence = Confidence::medium;
  return p;
}

Decision decision(std::int64_t id, const std::string& verdict, const std::string& digest) {
  return {.proposal = id, .verdict = verdict, .score = {}, .by = "山田", .because = "チケットを確認した", .at = at(100 + id), .digest = digest};
}

Status cover(Store& store, std::int64_t from, std::int64_t to, bool complete = true, const std::string& reason = "") {
  const auto poll = store.begin_poll("rt", "transactions", at(0));
  if (!poll) return std::unexpected(poll.error());
  PageCommit p;
  p.source = "rt";
  p.stream = "transactions";
  p.poll = *poll;
  p.coverage = {{"rt", "transactions", {at(from), at(to)}, complete, reason}};
  return store.keep(p);
}

CoverageSpan span(std::int64_t from, std::int64_t to, bool complete = true, const std::string& reason = "") {
  return {"rt", "transactions", {at(from), at(to)}, complete, reason};
}

}  // namespace

void suite_tallies(const FreshStore& fresh) {
  const auto store = fresh();
  REQUIRE(why(keep_pages(*store, 0, 6)) == "ok");
  SECTION("shares of a day become one tally") {
    const auto tallies = store->tallies().value();
    REQUIRE(tallies.size() == 2);
    CHECK(tallies[0].first.actor == "person-0");
    CHECK(tallies[0].second.count == 3);
    CHECK(tallies[0].second.first == at(0));
    CHECK(tallies[0].second.last == at(4));
    Tally expected;
    for (const int number : {0, 2, 4}) expected.merge(page(number).tallies[0].second);
    CHECK(tallies[0].second == expected);
  }
  SECTION("a record that is remembered is not counted twice: the page is refused whole") {
    const auto before = store->tallies().value();
    const auto poll = store->begin_poll("rt", "transactions", at(100));
    auto again = page(3);
    again.poll = *poll;
    const auto kept = store->keep(again);
    REQUIRE_FALSE(kept.has_value());
    CHECK(kept.error().what == "record rt/alerts/3 was tallied before and would be counted twice");
    CHECK(store->tallies().value() == before);
    auto doubled = page(7);
    doubled.poll = *poll;
    doubled.tallied.push_back(doubled.tallied[0]);
    CHECK_FALSE(store->keep(doubled).has_value());
    auto nameless = page(7);
    nameless.poll = *poll;
    nameless.tallied.clear();
    CHECK_FALSE(store->keep(nameless).has_value());
    CHECK(store->tallies().value() == before);
  }
  SECTION("uids are forgotten by reading, not by waiting") {
    // Away for a year: the overlap of the next poll still shows the last records read.
    REQUIRE(store->begin_poll("rt", "transactions", at(0) + days(365)).has_value());
    CHECK(store->remembered("rt", {"rt/alerts/3"}).value().size() == 1);
    const auto poll = store->begin_poll("rt", "transactions", at(0) + days(366));
    Manifest end;
    end.ended = at(1) + days(366);
    end.drained = true;
    REQUIRE(why(store->end_poll(*poll, end)) == "ok");
    CHECK(store->remembered("rt", {"rt/alerts/3"}).value().size() == 1);
    // Everything since then was read: no overlap reaches back that far.
    REQUIRE(store->begin_poll("rt", "transactions", at(0) + days(367)).has_value());
    CHECK(store->remembered("rt", {"rt/alerts/3"}).value().empty());
    CHECK(store->tallies().value()[0].second.count == 3);
    CHECK(store->counts().value().at("remembered") == 0);
  }
}

void suite_coverage(const FreshStore& fresh) {
  const auto store = fresh();
  REQUIRE(why(cover(*store, 10, 20)) == "ok");
  const auto all = [&] { return store->coverage().value(); };
  SECTION("touching complete spans are one, in any order") {
    REQUIRE(why(cover(*store, 30, 40)) == "ok");
    CHECK((all() == std::vector{span(10, 20), span(30, 40)}));
    REQUIRE(why(cover(*store, 20, 30)) == "ok");
    CHECK((all() == std::vector{span(10, 40)}));
    REQUIRE(why(cover(*store, 0, 50)) == "ok");
    REQUIRE(why(cover(*store, 15, 16)) == "ok");
    CHECK((all() == std::vector{span(0, 50)}));
  }
  SECTION("an empty span says nothing") {
    REQUIRE(why(cover(*store, 25, 25)) == "ok");
    REQUIRE(why(cover(*store, 28, 25)) == "ok");
    CHECK((all() == std::vector{span(10, 20)}));
  }
  SECTION("an incomplete span stays apart and takes nothing away") {
    REQUIRE(why(cover(*store, 15, 30, false, "6 of 100 rows hidden")) == "ok");
    CHECK((all() == std::vector{span(10, 20), span(15, 30, false, "6 of 100 rows hidden")}));
    SECTION("the same reason with other numbers goes on, another reason stands beside it") {
      REQUIRE(why(cover(*store, 30, 40, false, "2 of 40 rows hidden")) == "ok");
      REQUIRE(why(cover(*store, 40, 50, false, "capped at 1000")) == "ok");
      CHECK((all() == std::vector{span(10, 20), span(15, 40, false, "2 of 40 rows hidden"), span(40, 50, false, "capped at 1000")}));
    }
    SECTION("what is read completely afterwards is hidden no more") {
      REQUIRE(why(cover(*store, 18, 25)) == "ok");
      CHECK((all() == std::vector{span(10, 25), span(15, 18, false, "6 of 100 rows hidden"), span(25, 30, false, "6 of 100 rows hidden")}));
      REQUIRE(why(cover(*store, 0, 30)) == "ok");
      CHECK((all() == std::vector{span(0, 30)}));
    }
  }
}

void suite_attestations(const FreshStore& fresh) {
  const auto store = fresh();
  Attestation approval;
  approval.kind = AttestationKind::approval;
  approval.services = {"D-2", "D-4"};
  approval.title = "初動対応手順";
  approval.version = "3";
  approval.verdict = "approved";
  approval.actors = {"p-1", "p-2"};
  approval.by = "佐藤";
  approval.at = at(500);
  approval.done = at(100);
  approval.valid_until = at(900);
  approval.reference = "minutes 12";
  approval.digest = "aa";
  approval.note = "in the meeting";
  Attestation drill;
  drill.kind = AttestationKind::drill;
  drill.services = {"D-6"};
  drill.owner = "csirt";
  drill.by = "Ueda";
  drill.at = drill.done = at(600);
  drill.valid_until = at(1000);
  approval.id = store->attest(approval).value();
  drill.id = store->attest(drill).value();
  CHECK(approval.id != drill.id);
  CHECK(store->attestations().value() == std::vector{approval, drill});

  const Withdrawal end{"Ueda", "another version was meant", at(700)};
  REQUIRE(why(store->withdraw_attestation(approval.id, end)) == "ok");
  approval.withdrawn = end;
  CHECK(store->attestations().value() == std::vector{approval, drill});
  CHECK(why(store->withdraw_attestation(approval.id, end)) ==
        "attest: attestation " + std::to_string(approval.id) + " was withdrawn already; `akashi attest list` shows them");
  CHECK(why(store->withdraw_attestation(999, end)) == "attest: there is no attestation 999; `akashi attest list` shows them");
  CHECK(store->attestations().value() == std::vector{approval, drill});
}

void suite_judgement(const FreshStore& fresh) {
  const auto store = fresh();
  Offers offers;
  offers.make = {proposal("B-4", 2, "digest-b"), proposal("D-2", 3, "digest-d")};
  offers.make[1].from = 2;
  RungHeld held{"D-2", "insource", 3, at(5)};
  RungHeld unknown{"D-3", "insource", std::nullopt, at(6)};
  REQUIRE(why(store->keep_judgement({held, unknown}, offers, at(10))) == "ok");
  auto proposals = store->proposals().value();
  REQUIRE(proposals.size() == 2);
  const auto first = proposals[0].id, second = proposals[1].id;

  SECTION("rungs and proposals come back") {
    const auto rungs = store->rungs_held().value();
    REQUIRE(rungs.size() == 2);
    CHECK(rungs[0].rung == 3);
    CHECK(rungs[0].since == at(5));
    CHECK_FALSE(rungs[1].rung.has_value());
    auto expected = offers.make;
    expected[0].id = first;
    expected[1].id = second;
    CHECK(proposals == expected);
    held.rung = 2;
    held.since = at(50);
    REQUIRE(why(store->keep_judgement({held}, {}, at(50))) == "ok");
    CHECK(store->rungs_held().value()[0].rung == 2);
    CHECK(store->rungs_held(at(49)).value()[0].rung == 3);  // as it was then
    CHECK(store->rungs_held(at(9)).value().empty());
  }
  SECTION("the same offer twice is one; a rejected one does not return, other evidence does") {
    REQUIRE(why(store->keep_judgement({}, offers, at(11))) == "ok");
    CHECK(store->proposals().value() == proposals);
    REQUIRE(why(store->decide(decision(first, "reject", "digest-b"))) == "ok");
    REQUIRE(why(store->keep_judgement({}, offers, at(12))) == "ok");
    CHECK(store->proposals().value().size() == 2);
    offers.make[0].digest = "digest-new";
    REQUIRE(why(store->keep_judgement({}, offers, at(13))) == "ok");
    CHECK(store->proposals().value().size() == 3);
  }
  SECTION("accepting, amending, rejecting, withdrawing") {
    auto amend = decision(first, "amend", "digest-b");
    amend.score = 1;
    REQUIRE(why(store->decide(amend)) == "ok");
    REQUIRE(why(store->decide(decision(second, "accept", "digest-d"))) == "ok");
    Offers more;
    more.make = {proposal("D-7", 4, "digest-7"), proposal("G-11", 2, "digest-11")};
    REQUIRE(why(store->keep_judgement({}, more, at(200))) == "ok");
    proposals = store->proposals().value();
    REQUIRE(why(store->decide(decision(proposals[2].id, "reject", "digest-7"))) == "ok");
    more.make.clear();
    more.withdraw = {first, proposals[3].id};  // the first was decided meanwhile and stays decided
    REQUIRE(why(store->keep_judgement({}, more, at(201))) == "ok");
    proposals = store->proposals().value();
    CHECK(proposals[0].state == ProposalState::amended);
    CHECK(proposals[1].state == ProposalState::accepted);
    CHECK(proposals[2].state == ProposalState::rejected);
    CHECK(proposals[3].state == ProposalState::withdrawn);
    const auto decisions = store->decisions().value();
    REQUIRE(decisions.size() == 3);
    CHECK(decisions[0] == amend);
    CHECK(decisions[1].score == 3);
    CHECK_FALSE(decisions[2].score.has_value());
    const auto accepted = store->accepted(at(1000)).value();
    REQUIRE(accepted.size() == 2);
    CHECK(accepted[0].service == "B-4");
    CHECK(accepted[0].score == 1);
    CHECK(accepted[1].score == 3);
    CHECK(accepted[1].proposal == second);
  }
  SECTION("every score can be asked as of a day") {
    REQUIRE(why(store->decide(decision(second, "accept", "digest-d"))) == "ok");
    Offers more;
    more.make = {proposal("D-2", 2, "digest-later")};
    REQUIRE(why(store->keep_judgement({}, more, at(300))) == "ok");
    auto later = decision(store->proposals().value().back().id, "accept", "digest-later");
    later.at = at(400);
    REQUIRE(why(store->decide(later)) == "ok");
    CHECK(store->accepted(at(101)).value().empty());
    CHECK(store->accepted(at(399)).value()[0].score == 3);
    CHECK(store->accepted(at(400)).value()[0].score == 2);
  }
  SECTION("proposals can be asked as of a day: made, decided and withdrawn when they were") {
    const auto accept = decision(second, "accept", "digest-d");
    REQUIRE(why(store->decide(accept)) == "ok");
    Offers end;
    end.withdraw = {first};
    REQUIRE(why(store->keep_judgement({}, end, at(500))) == "ok");
    const auto made = proposals[0].made;
    CHECK(store->proposals(made - std::chrono::seconds(1)).value().empty());
    const auto before = store->proposals(accept.at - std::chrono::seconds(1)).value();
    REQUIRE(before.size() == 2);
    CHECK(before[1].state == ProposalState::open);
    CHECK(store->proposals(accept.at).value()[1].state == ProposalState::accepted);
    CHECK(store->proposals(at(499)).value()[0].state == ProposalState::open);
    CHECK(store->proposals(at(500)).value()[0].state == ProposalState::withdrawn);
  }
  SECTION("a decision that cannot stand is refused with a sentence") {
    const auto refused = [&](Decision d, const std::string& text) {
      const auto done = store->decide(d);
      REQUIRE_FALSE(done.has_value());
      CHECK(done.error().kind == ErrorKind::config);
      CHECK(sentence(done.error()) == text);
    };
    refused(decision(99, "accept", "x"), "proposal 99: there is no such proposal; see `akashi proposals`");
    refused(decision(1, "accept", "older"), "proposal 1: the evidence has changed since it was shown; look at it again with `akashi explain B-4`");
    refused(decision(1, "maybe", "digest-b"), "proposal 1: \"maybe\" is not a decision; accept, reject or amend it");
    refused(decision(1, "amend", "digest-b"), "proposal 1: an amendment needs a score from 1 to 5; say which");
    auto nobody = decision(1, "accept", "digest-b");
    nobody.by.clear();
    refused(nobody, "proposal 1: a decision needs the name of who decides; say it with --as NAME");
    auto groundless = decision(1, "accept", "digest-b");
    groundless.because.clear();
    refused(groundless, "proposal 1: a decision needs a reason; say it with --because TEXT");
    auto other = decision(1, "accept", "digest-b");
    other.score = 5;
    refused(other, "proposal 1: it proposes 2, not 5; amend it to set another score");
    REQUIRE(why(store->decide(decision(1, "accept", "digest-b"))) == "ok");
    refused(decision(1, "reject", "digest-b"), "proposal 1: it is accepted already; see `akashi proposals` for the open ones");
    CHECK(store->decisions().value().size() == 1);
  }
}

}  // namespace akashi
