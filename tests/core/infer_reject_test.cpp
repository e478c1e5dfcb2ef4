// What does not count, sign by sign, each with what only looks like it; and what is asked about and changes nothing.
#include "catch.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

// The newest item of a service, to be made special.
Evidence& last(Soc& soc, const std::string& service = "D-2") { return soc.view.items[service].back(); }

}  // namespace

TEST_CASE("a case marked as a test is no work and no demand, a drill is work, and testing platforms is the work itself") {
  for (const std::string title : {"[TEST] phishing", "【テスト】不審なメール", "(デモ)画面確認", "test", "テスト", "[Training] new analyst"}) {
    Soc soc;
    soc.analyst("a").handles_incident();
    last(soc).title = title;
    INFO(title);
    CHECK(soc.rejected() == "test");
    CHECK(soc.rung() == 0);
    Soc drill;
    drill.analyst("a").drills();
    last(drill).title = title;
    CHECK(drill.rung() == 2);
    Soc platform;
    platform.analyst("a").does({.service = "G-12"});
    last(platform, "G-12").title = title;
    CHECK(platform.rung("G-12") == 2);
  }
  for (const std::string title : {"Test account compromised", "テスト環境への不正アクセス", "Contest of phishing", "[TESTER] x", ""}) {
    Soc soc;
    soc.analyst("a").handles_incident();
    last(soc).title = title;
    INFO(title);
    CHECK(soc.rung() == 2);
  }
  Soc asked;
  asked.profile("D-2").criteria.agreed = std::chrono::hours(48);
  asked.incident("rt:ticket/1");
  last(asked).title = "[test] does the form work?";
  asked.days_pass(5);
  CHECK(asked.finding().state != State::missed_demand);
  asked.incident("rt:ticket/2");
  asked.days_pass(5);
  CHECK(asked.finding().state == State::missed_demand);
}

TEST_CASE("an alert judged, reopened and judged again by the same person is one; by another person it is that person's, too") {
  Soc soc;
  soc.assign("B-1", "csirt");
  soc.analyst("a").does({.service = "B-1", .kind = "alert.judged", .case_id = "siem:alert/1"});
  soc.hours_pass(1);
  soc.analyst("a").does({.service = "B-1", .kind = "alert.judged", .case_id = "siem:alert/1"});
  CHECK(soc.rejected("B-1") == "again");
  CHECK(soc.finding("B-1").evidence_count == 1);
  soc.analyst("b").does({.service = "B-1", .kind = "alert.judged", .case_id = "siem:alert/1"});
  CHECK(soc.rung("B-1") == 3);
  soc.analyst("a").does({.service = "B-1", .kind = "alert.judged", .case_id = "siem:alert/2"});
  CHECK(soc.finding("B-1").evidence_count == 3);
}

TEST_CASE("one act told by two streams with a time zone between them counts once") {
  const auto told = [](Duration later, const std::string& source, const std::string& title, const std::string& by = "a") {
    Soc soc;
    soc.connect("jira", 400);
    soc.seconds_pass(17);
    soc.analyst("a").handles_incident("rt:ticket/1");
    last(soc).title = "不審なメール";
    soc.pass(later);
    soc.analyst(by).does({.case_id = source == "rt" ? "rt:ticket/1" : "jira:issue/7", .source = source});
    last(soc).title = title;
    return soc.rejected();
  };
  CHECK(told(std::chrono::hours(9), "jira", "不審なメール") == "shifted");
  CHECK(told(std::chrono::minutes(330), "jira", "不審なメール") == "shifted");
  CHECK(told(Duration{}, "jira", "不審なメール") == "shifted");
  CHECK(told(std::chrono::hours(9) + std::chrono::seconds(1), "jira", "不審なメール").empty());
  CHECK(told(std::chrono::hours(15), "jira", "不審なメール").empty());
  CHECK(told(std::chrono::hours(9), "jira", "another").empty());
  CHECK(told(std::chrono::hours(9), "jira", "不審なメール", "b").empty());
  CHECK(told(std::chrono::hours(9), "rt", "不審なメール").empty());  // two acts of one stream are two
}

TEST_CASE("what was recorded in the second in which an older case was brought in is an import; later work on it counts") {
  Soc soc;
  soc.incident("rt:ticket/1");
  soc.analyst("a").handles_incident("rt:ticket/1");
  soc.days_pass(1);
  soc.view.opened["rt:ticket/1"] = soc.view.as_of - days(90);
  CHECK(soc.rejected() == "brought_in");
  CHECK(soc.rung() == 0);
  Soc worked = soc;
  worked.analyst("a").handles_incident("rt:ticket/1");
  CHECK(worked.rung() == 2);
  Soc fresh = soc;
  fresh.view.opened["rt:ticket/1"] = parse_time("2026-03-31T10:00:00Z").value();  // a report of last night, opened in the morning
  CHECK(fresh.rejected().empty());
  CHECK(fresh.rung() == 2);
}

TEST_CASE("a closing that calls for a report is a demand; an opening that is closed in its second is an import") {
  Soc soc;
  soc.asks("D-7", "rt:ticket/1");
  last(soc, "D-7").activity = "case.closed";
  soc.days_pass(15);
  CHECK(soc.finding("D-7").state == State::missed_demand);
  last(soc, "D-7").activity = "case.opened";
  CHECK(soc.finding("D-7").state == State::missed_demand);
  soc.view.items["D-7"].push_back(last(soc, "D-7"));
  last(soc, "D-7").activity = "case.closed";
  last(soc, "D-7").uid = "rt/transactions/x";
  last(soc, "D-7").kind = EvidenceKind::exercise;
  last(soc, "D-7").actor_kind = ActorKind::human;
  CHECK(soc.finding("D-7").state != State::missed_demand);
}

TEST_CASE("a notice that was first sent after its incident had been closed only completes the record") {
  const auto told = [](int close_after_h, int notice_after_h, bool earlier_notice) {
    Soc soc;
    soc.assign("D-6", "csirt");
    soc.profile("D-6").criteria.agreed = std::chrono::hours(0);
    soc.view.links["rt:ticket/9"] = {"rt:ticket/1"};
    if (earlier_notice) soc.analyst("a").does({.service = "D-6", .kind = "notice.sent", .case_id = "rt:ticket/9"});
    soc.hours_pass(close_after_h);
    soc.analyst("a").only_closes("rt:ticket/1");
    soc.hours_pass(notice_after_h);
    soc.analyst("a").does({.service = "D-6", .kind = "notice.sent", .case_id = "rt:ticket/9"});
    return soc.rejected("D-6");
  };
  CHECK(told(5, 30, false) == "after_closure");
  CHECK(told(5, 24, false).empty());  // on the day after
  CHECK(told(5, 300, true).empty());  // a last word on what was told before
  Soc agreed;
  agreed.assign("D-6", "csirt");
  agreed.profile("D-6").criteria.agreed = std::chrono::hours(72);
  agreed.analyst("a").only_closes("rt:ticket/1");
  agreed.hours_pass(70);
  agreed.analyst("a").does({.service = "D-6", .kind = "notice.sent", .case_id = "rt:ticket/1"});
  CHECK(agreed.rejected("D-6").empty());  // within what was agreed
}

TEST_CASE("a verification that began after the change is none; one that only ended after it is") {
  const auto told = [](bool before, bool linked) {
    Soc soc;
    soc.assign("G-12", "csirt");
    if (linked) soc.view.links["rt:ticket/2"] = {"rt:ticket/1"};
    if (before) soc.analyst("a").does({.service = "G-12", .case_id = "rt:ticket/2"});
    soc.hours_pass(1);
    soc.analyst("b").does({.service = "G-9", .kind = "change.implemented", .case_id = "rt:ticket/1"});
    soc.hours_pass(1);
    soc.analyst("a").does({.service = "G-12", .kind = "case.closed", .case_id = "rt:ticket/2"});
    return soc.rejected("G-12");
  };
  CHECK(told(false, true) == "after_change");
  CHECK(told(true, true).empty());
  CHECK(told(false, false).empty());
}

TEST_CASE("all work in the days before an assessment is asked about, work spread over the look-back is not") {
  Soc soc;
  soc.view.assessments = {soc.view.as_of + days(10)};
  soc.analyst("a").handles_incident().handles_incident();
  soc.analyst("b").handles_incident();
  soc.days_pass(40);
  CHECK(soc.counter().find("suspicion.before_assessment") != std::string::npos);  // also when looked at later
  CHECK(soc.rung() == 3);
  Soc spread = soc;
  spread.analyst("a").handles_incident();
  CHECK(spread.counter().find("suspicion.before_assessment") == std::string::npos);
  Soc early;
  early.view.assessments = {early.view.as_of + days(15)};
  early.analyst("a").handles_incident().handles_incident().handles_incident();
  early.days_pass(40);
  CHECK(early.counter().find("suspicion.before_assessment") == std::string::npos);
  Soc two = soc;
  two.view.items["D-2"].pop_back();
  CHECK(two.counter().find("suspicion") == std::string::npos);  // two acts say nothing
}

TEST_CASE("work of the last days only is asked about where the days before were read") {
  const auto told = [](int history) {
    Soc soc("2026-04-01T09:00:00Z", history);
    soc.analyst("a").handles_incident().handles_incident().handles_incident();
    soc.days_pass(1);
    return soc.counter().find("suspicion.last_days") != std::string::npos;
  };
  CHECK(told(400));
  CHECK(told(27));
  CHECK_FALSE(told(20));  // too little was read before
}

TEST_CASE("acts that show up long after their time while their stream was read are asked about, late history is not") {
  const auto told = [](auto change) {
    Soc soc;
    soc.analyst("a").handles_incident();
    soc.days_pass(20);
    soc.analyst("b").handles_incident();
    soc.days_pass(20);
    soc.analyst("a").handles_incident();
    change(soc, last(soc));
    return soc.counter().find("suspicion.entered_late") != std::string::npos;
  };
  CHECK(told([](Soc& soc, Evidence& item) { item.time = soc.view.as_of - days(30); }));
  CHECK_FALSE(told([](Soc& soc, Evidence& item) { item.time = soc.view.as_of - days(6); }));
  CHECK_FALSE(told([](Soc& soc, Evidence& item) { item.time = soc.view.as_of - days(15); }));  // an outage: nothing later had been read
  CHECK_FALSE(told([](Soc& soc, Evidence& item) {                                              // the first reading: all at once, in any order
    for (auto& one : soc.view.items["D-2"]) one.seen = soc.view.as_of;
    item.time = soc.view.as_of - days(30);
  }));
  CHECK_FALSE(told([](Soc& soc, Evidence& item) {  // seen by comparing: the time is that of the reading
    item.time = soc.view.as_of - days(30);
    item.observed_from = item.time;
  }));
  CHECK_FALSE(told([](Soc& soc, Evidence& item) {  // a stream that is read only now
    item.time = soc.view.as_of - days(30);
    item.uid = "rt/articles/1";
  }));
}

TEST_CASE("one person with everything is asked about, and nothing is taken away") {
  Soc soc;
  const std::vector<std::string> services{"B-1", "B-2", "B-3", "B-4", "C-1", "C-2", "D-3", "D-4", "D-5", "D-6"};
  for (const auto& service : services) soc.analyst("a").does({.service = service});
  CHECK(soc.counter("B-1").find("suspicion.everything") != std::string::npos);
  CHECK(soc.rung("B-1") == 2);
  soc.analyst("b").does({.service = "B-2"});
  CHECK(soc.counter("B-1").find("suspicion.everything") == std::string::npos);  // nine are no ten
  CHECK(soc.counter("B-2").find("suspicion.everything") == std::string::npos);
}
