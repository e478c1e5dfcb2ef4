#include <algorithm>
#include <limits>

#include "catch.hpp"
#include "store_samples.hpp"
#include "store_suite.hpp"

namespace akashi {
namespace {

using namespace samples;

std::int64_t begin(Store& store) {
  const auto poll = store.begin_poll("rt", "transactions", at(0));
  REQUIRE(poll.has_value());
  return *poll;
}

PageCommit empty_page(std::int64_t poll) {
  PageCommit p;
  p.source = "rt";
  p.stream = "transactions";
  p.poll = poll;
  return p;
}

void keeps_odd_texts(Store& store, const std::string& odd) {
  auto p = empty_page(begin(store));
  Activity a = activity(1);
  for (auto* text : {&a.uid, &a.source, &a.stream, &a.product, &a.kind, &a.actor, &a.team, &a.subject_type, &a.subject_id, &a.domain, &a.case_id,
                     &a.status_before, &a.status, &a.object, &a.object_version, &a.verdict, &a.url, &a.digest}) {
    *text = odd;
  }
  a.uid = "uid" + odd;
  a.labels = {odd, "", odd};
  a.procedures = {odd};
  Evidence e = evidence_for(a);
  e.rule = e.service = e.matter = e.severity = e.title = odd;
  CaseState c = case_state(1);
  c.id = "case" + odd;
  c.title = c.place = c.version = odd;
  c.fields = {{odd, odd}, {"x" + odd, ""}};
  Document d = document(1);
  d.id = d.title = d.version = odd;
  d.services = {odd};
  p.activities = {a};
  p.evidence = {e};
  p.cases = {c};
  p.documents = {d};
  p.next_state = odd;
  REQUIRE(why(store.keep(p)) == "ok");
  REQUIRE(why(store.set_meta("key" + odd, odd)) == "ok");
  CHECK((store.activities_after("", 10).value() == std::vector{a}));
  CHECK((store.evidence({}).value() == std::vector{e}));
  CHECK((store.cases({c.id}).value() == std::vector{c}));
  CHECK((store.documents().value() == std::vector{d}));
  CHECK(store.stream_state("rt", "transactions").value() == odd);
  CHECK(store.meta("key" + odd).value() == odd);
}

void keeps_each_kind(Store& store) {
  auto p = empty_page(begin(store));
  int number = 0;
  for (const auto kind : {EvidenceKind::exercise, EvidenceKind::drill, EvidenceKind::demand, EvidenceKind::document, EvidenceKind::handover,
                          EvidenceKind::approval, EvidenceKind::provider_report, EvidenceKind::review, EvidenceKind::sla}) {
    Activity a = activity(number);
    a.actor_kind = static_cast<ActorKind>(number % 4);
    Evidence e = evidence_for(a);
    e.kind = kind;
    e.drill = number % 2 == 0;
    p.activities.push_back(a);
    p.evidence.push_back(e);
    ++number;
  }
  REQUIRE(why(store.keep(p)) == "ok");
  CHECK(store.evidence({}).value() == p.evidence);
  auto kept = store.activities_after("", 100).value();
  std::ranges::sort(kept, {}, &Activity::time);
  CHECK(kept == p.activities);
}

}  // namespace

void suite_round_trips(const FreshStore& fresh) {
  SECTION("a page comes back as it was given") {
    const auto store = fresh();
    auto p = page(1);
    p.poll = begin(*store);
    REQUIRE(why(store->keep(p)) == "ok");
    CHECK(store->activities_after("", 100).value() == p.activities);
    CHECK(store->evidence({}).value() == p.evidence);
    CHECK(store->cases({"rt:ticket/1"}).value() == p.cases);
    CHECK(store->documents().value() == p.documents);
    CHECK(store->tallies().value() == p.tallies);
    CHECK(store->coverage().value() == p.coverage);
    CHECK(store->stream_state("rt", "transactions").value() == p.next_state);
    CHECK(store->remembered("rt", {"rt/alerts/1", "rt/alerts/2"}).value() == std::set<std::string>{"rt/alerts/1"});
    CHECK(store->remembered("other", {"rt/alerts/1"}).value().empty());
    CHECK((store->known({"rt/transactions/0/3", "nobody"}).value() == std::set<std::string>{"rt/transactions/0/3"}));
    const auto found = store->activities({"nobody", "rt/transactions/0/3"}).value();
    CHECK((found.size() == 1 && found.front().uid == "rt/transactions/0/3"));
  }
  SECTION("empty texts") { keeps_odd_texts(*fresh(), ""); }
  SECTION("Japanese") { keeps_odd_texts(*fresh(), "不正アクセス「緊急」\\n𠮷野"); }
  SECTION("quotes, controls, bytes that are no text") { keeps_odd_texts(*fresh(), std::string("a\"b\\c\n\t\0d\x7f\xff\xfe[,]{}:", 18)); }
  SECTION("a huge text") { keeps_odd_texts(*fresh(), std::string(300'000, 'x') + "終"); }
  SECTION("each kind of evidence and of actor") { keeps_each_kind(*fresh()); }
  SECTION("times before 1970 and far away") {
    const auto store = fresh();
    auto p = page(1);
    p.poll = begin(*store);
    p.cases[0].opened = from_ns(std::numeric_limits<std::int64_t>::min());
    p.cases[0].closed = from_ns(std::numeric_limits<std::int64_t>::max());
    p.cases[0].due = from_ns(-1);
    REQUIRE(why(store->keep(p)) == "ok");
    CHECK(store->cases({p.cases[0].id}).value() == p.cases);
  }
  SECTION("health, with and without times") {
    const auto store = fresh();
    const SourceHealth broken{"rt", true, "auth", "https://rt.example: 401; renew the token", std::nullopt, at(5)};
    const SourceHealth well{"redmine", false, "", "", at(4), at(4)};
    REQUIRE(why(store->set_health(broken)) == "ok");
    REQUIRE(why(store->set_health(well)) == "ok");
    CHECK((store->health().value() == std::vector{well, broken}));
    const SourceHealth failed{"redmine", true, "transient", "the connection was closed", std::nullopt, at(4)};
    REQUIRE(why(store->set_health(failed)) == "ok");
    CHECK(store->health().value().front().last_ok == at(4));  // stays as it was
    REQUIRE(why(store->set_health(well)) == "ok");
    const SourceHealth mended{"rt", false, "", "", at(9), at(9)};
    REQUIRE(why(store->set_health(mended)) == "ok");
    CHECK((store->health().value() == std::vector{well, mended}));
    CHECK(store->health(at(3)).value().empty());
    auto then = store->health(at(6)).value();  // as it was known then
    REQUIRE(then.size() == 2);
    CHECK(then[1].broken);
    CHECK(then[1].error == broken.error);
    CHECK_FALSE(store->health(at(9)).value()[1].broken);
  }
  SECTION("what is unset is empty") {
    const auto store = fresh();
    CHECK(store->meta("nothing").value().empty());
    CHECK(store->stream_state("nobody", "nothing").value().empty());
    CHECK(store->evidence({.service = "D-2", .source = "nobody", .case_id = "nothing", .within = {}}).value().empty());
    CHECK(store->activities_of({"nothing", ""}).value().empty());
  }
}

void suite_pages(const FreshStore& fresh) {
  const auto store = fresh();
  auto p = page(1);
  p.poll = begin(*store);
  REQUIRE(why(store->keep(p)) == "ok");
  auto again = p;
  again.tallies.clear();
  again.tallied.clear();

  SECTION("a record read again changes nothing, whatever it says now") {
    again.activities[0].kind = "case.changed";
    again.evidence[0].title = "changed";
    again.evidence.push_back(evidence_for(p.activities[0], "G-11"));
    REQUIRE(why(store->keep(again)) == "ok");
    CHECK(store->activities_after("", 100).value() == p.activities);
    CHECK(store->evidence({}).value() == p.evidence);
    CHECK(store->tallies().value() == p.tallies);
    CHECK(store->coverage().value() == p.coverage);
  }
  SECTION("the same record twice on one page is one") {
    auto twice = page(2);
    twice.poll = p.poll;
    twice.activities.push_back(twice.activities[0]);
    twice.evidence.push_back(twice.evidence[0]);
    REQUIRE(why(store->keep(twice)) == "ok");
    CHECK(store->counts().value().at("activity") == 6);
    CHECK(store->counts().value().at("evidence") == 6);
  }
  SECTION("judged again on a page: its evidence is what the page says, the rest stays") {
    const auto uid = p.activities[0].uid;
    again.rejudged = {uid};
    again.evidence = {evidence_for(p.activities[0], "D-5"), evidence_for(p.activities[1], "D-5")};
    REQUIRE(why(store->keep(again)) == "ok");
    CHECK((store->evidence({}).value() == std::vector{again.evidence[0], p.evidence[1], p.evidence[2]}));
    again.evidence.clear();
    REQUIRE(why(store->keep(again)) == "ok");
    CHECK((store->evidence({}).value() == std::vector{p.evidence[1], p.evidence[2]}));
  }
  SECTION("judged again by themselves") {
    const auto replaced = evidence_for(p.activities[2], "G-12");
    REQUIRE(why(store->replace_evidence({p.activities[1].uid, p.activities[2].uid, "nobody"}, {replaced})) == "ok");
    CHECK((store->evidence({}).value() == std::vector{p.evidence[0], replaced}));
    CHECK_FALSE(store->replace_evidence({p.activities[1].uid}, {evidence_for(p.activities[0], "G-12")}).has_value());
    CHECK((store->evidence({}).value() == std::vector{p.evidence[0], replaced}));
  }
  SECTION("evidence of an activity that is not kept is refused, and nothing of its page stays") {
    auto wrong = page(2);
    wrong.poll = p.poll;
    wrong.evidence.push_back(evidence_for(activity(999)));
    const auto kept = store->keep(wrong);
    REQUIRE_FALSE(kept.has_value());
    CHECK(kept.error().kind == ErrorKind::storage);
    CHECK(store->activities_after("", 100).value() == p.activities);
    CHECK(store->stream_state("rt", "transactions").value() == p.next_state);
    wrong.evidence.pop_back();
    CHECK(why(store->keep(wrong)) == "ok");
    CHECK(store->counts().value().at("activity") == 6);
  }
  SECTION("a page of a poll that was not begun on this stream is refused") {
    auto stray = page(2);
    stray.poll = 4711;
    CHECK_FALSE(store->keep(stray).has_value());
    stray.poll = p.poll;
    stray.stream = "tickets";
    CHECK_FALSE(store->keep(stray).has_value());
    CHECK_FALSE(store->end_poll(4711, {}).has_value());
  }
  SECTION("a case is what was last seen of it") {
    again.cases[0].status = "resolved";
    again.cases[0].closed = at(77);
    again.cases[0].links.clear();
    REQUIRE(why(store->keep(again)) == "ok");
    CHECK(store->cases({"rt:ticket/1", "nobody"}).value() == again.cases);
  }
  SECTION("links hold both ways") {
    auto linked = page(2);
    linked.poll = p.poll;
    linked.cases[0].links = {"rt:ticket/1", "rt:ticket/2"};
    REQUIRE(why(store->keep(linked)) == "ok");
    const auto links = store->links().value();
    CHECK((links.at("rt:ticket/1") == std::vector<std::string>{"rt:ticket/2", "rt:ticket/90001", "rt:ticket/90002"}));
    CHECK((links.at("rt:ticket/2") == std::vector<std::string>{"rt:ticket/1"}));
    CHECK((links.at("rt:ticket/90001") == std::vector<std::string>{"rt:ticket/1"}));
  }
  SECTION("a version of a document stays; its review, title, services and address follow the tool") {
    auto newer = p.documents[0];
    newer.reviewed = at(500);
    newer.title = "新しい題";
    newer.services = {"D-7"};
    newer.url = "https://rt.example/moved";
    auto expected = newer;
    newer.author = "somebody else";
    newer.digest = "other";
    again.documents = {newer};
    auto second = newer;
    second.version = "2";
    second.published = at(400);
    again.documents.push_back(second);
    REQUIRE(why(store->keep(again)) == "ok");
    CHECK((store->documents().value() == std::vector{expected, second}));
  }
  SECTION("evidence by service, source, case and time; a limit keeps the newest") {
    REQUIRE(why(keep_pages(*store, 2, 12)) == "ok");
    const auto all = store->evidence({}).value();
    REQUIRE(all.size() == 33);
    const auto where = [&](auto fits) {
      std::vector<Evidence> some;
      std::ranges::copy_if(all, std::back_inserter(some), fits);
      return some;
    };
    CHECK(store->evidence({.service = "B-4", .source = "", .case_id = "", .within = {}}).value() ==
          where([](const auto& e) { return e.service == "B-4"; }));
    CHECK(store->evidence({.service = "", .source = "rt", .case_id = "rt:ticket/2", .within = {}}).value() ==
          where([](const auto& e) { return e.case_id == "rt:ticket/2"; }));
    CHECK(store->evidence({.service = "D-2", .source = "", .case_id = "rt:ticket/2", .within = {}}).value() ==
          where([](const auto& e) { return e.case_id == "rt:ticket/2" && e.service == "D-2"; }));
    const Span span{all[4].time, all[9].time};
    CHECK(store->evidence({.service = "", .source = "", .case_id = "", .within = span}).value() ==
          std::vector<Evidence>(all.begin() + 4, all.begin() + 9));
    CHECK(store->evidence({.service = "", .source = "", .case_id = "", .within = {}, .limit = 5}).value() ==
          std::vector<Evidence>(all.end() - 5, all.end()));
    CHECK(store->evidence({.service = "", .source = "other", .case_id = "", .within = {}}).value().empty());
  }
  SECTION("activities of cases by time, and all of them in batches by uid") {
    REQUIRE(why(keep_pages(*store, 2, 12)) == "ok");
    const auto some = store->activities_of({"rt:ticket/3", "rt:ticket/2", "rt:ticket/3"}).value();
    CHECK(some.size() == 10);
    CHECK(std::ranges::is_sorted(some, {}, &Activity::time));
    std::vector<std::string> uids;
    std::string after;
    while (true) {
      const auto batch = store->activities_after(after, 4).value();
      if (batch.empty()) break;
      for (const auto& a : batch) uids.push_back(a.uid);
      after = uids.back();
    }
    CHECK(uids.size() == 33);
    CHECK(std::ranges::is_sorted(uids));
  }
  SECTION("the manifest sums the pages of a poll; newest first") {
    auto second = page(2);
    second.poll = p.poll;
    REQUIRE(why(store->keep(second)) == "ok");
    Manifest end;
    end.ended = at(50);
    end.why_not = "the tool asked to wait";
    REQUIRE(why(store->end_poll(p.poll, end)) == "ok");
    REQUIRE(store->begin_poll("rt", "transactions", at(60)).has_value());
    REQUIRE(store->begin_poll("rt", "tickets", at(61)).has_value());
    const auto all = store->manifests(5).value();
    REQUIRE(all.size() == 3);
    CHECK(all[0].stream == "tickets");
    CHECK(all[1].started == at(60));
    CHECK(all[2].pages == 2);
    CHECK(all[2].records == 6);
    CHECK(all[2].bytes == 3400);
    CHECK((all[2].rejected == std::map<std::string, std::uint64_t>{{"rejected.automation", 4}}));
    CHECK(all[2].ended == at(50));
    CHECK_FALSE(all[2].drained);
    CHECK(all[2].why_not == "the tool asked to wait");
    CHECK(store->manifests(1).value().size() == 2);
  }
}

}  // namespace akashi
