// Alerts of services as stories, each with its near misses.
#include "catch.hpp"
#include "tests/core/watch.hpp"

using namespace akashi;

namespace {

// G-11 was done just now, and the store was judged for the first time.
struct Begun {
  Soc soc{};
  Watch watch{.soc = soc, .only = {"G-11"}};
  Begun() {
    soc.analyst("a").keeps_systems();
    CHECK(watch.judge().empty());
  }
};

}  // namespace

TEST_CASE("late warns, unexercised alarms in the same alert, work closes it, and a new silence is a new alert") {
  Begun begun;
  auto& [soc, watch] = begun;
  soc.days_pass(35);
  CHECK(watch.judge().empty());
  soc.days_pass(1);
  CHECK(watch.judge() == "opened silence/G-11/insource late warning");
  soc.days_pass(10);
  CHECK(watch.judge().empty());  // said once
  soc.days_pass(15);
  CHECK(watch.judge() == "updated silence/G-11/insource unexercised alarm");
  CHECK(watch.open("silence/G-11/insource")->id == 1);
  soc.analyst("a").keeps_systems();
  CHECK(watch.judge() == "closed silence/G-11/insource unexercised alarm");
  CHECK(watch.book.open.empty());
  soc.days_pass(36);
  CHECK(watch.judge() == "opened silence/G-11/insource late warning");
  CHECK(watch.open("silence/G-11/insource")->id == 2);
}

TEST_CASE("late data that turns silence back closes the alert and says why") {
  Begun begun;
  auto& [soc, watch] = begun;
  soc.days_pass(70);
  CHECK(watch.judge() == "opened silence/G-11/insource unexercised alarm");
  soc.view.as_of -= days(20);
  soc.analyst("a").keeps_systems();  // done then, read now
  soc.view.as_of += days(20);
  const auto news = update_alerts(watch.findings(), watch.sources(), watch.book, watch.policy, soc.view.as_of);
  REQUIRE(news.changes.size() == 1);
  CHECK(say(*news.changes[0].alert.over, Lang::en) == "it is now “exercised”");
  CHECK(say(*news.changes[0].alert.over, Lang::ja) == "現在は「実施あり」");
}

TEST_CASE("the first run is an audit: what is there is listed and told to nobody, what comes later is told") {
  Soc soc;
  Watch watch{.soc = soc};
  CHECK(watch.judge().empty());
  REQUIRE(watch.open("silence/B-1/insource") != nullptr);
  CHECK(watch.open("silence/B-1/insource")->silence == Silence::first_run);
  const auto found = watch.book.open.size();
  CHECK(watch.judge().empty());  // and nothing is said at the second run either
  CHECK(watch.book.open.size() == found);
  SECTION("its end is not told to those who never heard of it") {
    soc.analyst("a").does({.service = "B-1"});
    CHECK(watch.judge().find("B-1") == std::string::npos);
    CHECK(watch.open("silence/B-1/insource") == nullptr);
    SECTION("but when it returns it is news") {
      soc.days_pass(2);
      CHECK(watch.judge().find("opened silence/B-1/insource late warning") != std::string::npos);
    }
  }
  SECTION("when it grows worse it is told") {
    Soc other;
    Watch late{.soc = other, .only = {"G-11"}};
    other.analyst("a").keeps_systems();
    other.days_pass(40);
    CHECK(late.judge().empty());
    CHECK(late.open("silence/G-11/insource")->kind == AlertKind::late);
    other.days_pass(25);
    CHECK(late.judge() == "updated silence/G-11/insource unexercised alarm");
    other.analyst("a").keeps_systems();
    CHECK(late.judge() == "closed silence/G-11/insource unexercised alarm");
  }
}

TEST_CASE("the audit lasts until every source was read once: a slow first contact brings no flood") {
  Soc soc;
  soc.connect("redmine", 0, {"G-11"});
  soc.up["redmine"] = false;
  soc.sight("redmine").complete.at("transactions") = {};
  Watch watch{.soc = soc, .only = {"G-11"}};
  CHECK(watch.judge().empty());
  CHECK_FALSE(watch.book.audit_ended);
  soc.hours_pass(5);
  soc.up["redmine"] = true;
  soc.from["redmine"] = soc.view.as_of - days(400);
  soc.read("redmine");
  CHECK(watch.judge().empty());  // unexercised for long, seen only now
  CHECK(watch.book.audit_ended);
  CHECK(watch.open("silence/G-11/insource")->silence == Silence::first_run);
}

TEST_CASE("an alert says why, in whatever unit a time was agreed, and of what a provider reports, too") {
  const auto first_reason = [](Soc& soc, const std::string& service, const std::string& matter) {
    Watch watch{.soc = soc, .only = {service}};
    (void)watch.judge();
    const auto* alert = watch.open(matter);
    REQUIRE(alert != nullptr);
    REQUIRE_FALSE(alert->reasons.empty());
    return alert->reasons.back().code;
  };
  Soc inside;
  inside.profile("D-2").criteria.agreed = std::chrono::minutes(30);
  inside.incident("rt:ticket/1");
  inside.hours_pass(1);
  CHECK(first_reason(inside, "D-2", "demand/D-2/insource") == "state.missed_minutes");
  Soc unread;
  unread.outsource("B-1").reports("rt:ticket/2");
  unread.days_pass(20);
  CHECK(first_reason(unread, "B-1", "demand/B-1/outsource") == "report.unread");
  Soc silent;
  silent.outsource("B-1").reports("rt:ticket/3").looked_at("rt:ticket/3", "owner");
  silent.days_pass(200);
  CHECK(first_reason(silent, "B-1", "silence/B-1/outsource") != "report.last");  // and what is owed
}

TEST_CASE("a missed demand alarms; one that is still in time, or answered, does not; another one more is told again") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(4);
  soc.analyst("a").handles_incident();
  Watch watch{.soc = soc, .only = {"D-2"}};
  CHECK(watch.judge().empty());
  soc.incident("rt:ticket/900");
  soc.hours_pass(3);
  CHECK(watch.judge().empty());
  soc.hours_pass(2);
  CHECK(watch.judge() == "opened demand/D-2/insource missed_demand alarm");
  CHECK(watch.judge().empty());
  soc.incident("rt:ticket/901");
  soc.hours_pass(5);
  CHECK(watch.judge() == "updated demand/D-2/insource missed_demand alarm");
  soc.analyst("a").handles_incident("rt:ticket/901");
  CHECK(watch.judge().empty());  // one less: written down
  CHECK(watch.written.back() == "updated demand/D-2/insource missed_demand alarm");
  soc.analyst("a").handles_incident("rt:ticket/900");
  CHECK(watch.judge() == "closed demand/D-2/insource missed_demand alarm");
}

TEST_CASE("a drill that is due is a reminder, overdue a warning, and a drill ends it") {
  Soc soc;
  Watch watch{.soc = soc, .only = {"D-2"}};
  soc.profile("D-2").criteria.warn_days = 180;
  soc.profile("D-2").criteria.stale_days = 300;
  soc.analyst("a").drills();
  CHECK(watch.judge().empty());
  for (int month = 0; month < 7; ++month) {
    soc.days_pass(30);
    soc.worker("desk").takes_report();  // the desk is alive
  }
  CHECK(watch.judge() == "opened drill/D-2/insource drill_due info");
  for (int month = 0; month < 4; ++month) {
    soc.days_pass(30);
    soc.worker("desk").takes_report();
  }
  CHECK(watch.judge() == "updated drill/D-2/insource drill_due warning");
  soc.analyst("a").drills();
  CHECK(watch.judge() == "closed drill/D-2/insource drill_due warning");
}

TEST_CASE("an approval: a reminder before it expires, a warning when it has, and a new one ends it") {
  Soc soc;
  soc.analyst("a").writes("Handling", "1.0");
  soc.days_pass(1);
  soc.analyst("a").handles_incident();
  soc.analyst("b").handles_from("Handling 1.0");
  soc.head("ciso").approves("Handling", "1.0");
  Watch watch{.soc = soc, .only = {"D-2"}};
  CHECK(watch.judge().empty());
  CHECK(watch.book.open.empty());
  soc.days_pass(330);
  soc.analyst("a").handles_incident();
  soc.analyst("b").handles_from("Handling 1.0");
  CHECK(watch.judge().empty());
  CHECK(watch.book.open.empty());
  soc.days_pass(6);
  CHECK(watch.judge() == "opened approval/D-2/insource approval_expiring info");
  SECTION("renewed in time") {
    soc.head("ciso").approves("Handling", "1.0");
    CHECK(watch.judge() == "closed approval/D-2/insource approval_expiring info");
  }
  SECTION("expired, although the procedure's own review has lapsed as well") {
    soc.days_pass(31);
    CHECK(soc.rung() < 4);
    CHECK(watch.judge() == "updated approval/D-2/insource approval_expired warning");
    SECTION("a newer approval somewhere that nobody reads may be there: nothing new is said") {
      soc.source("rt").breaks("down");
      soc.hours_pass(1);
      watch.judge();
      CHECK(watch.open("approval/D-2/insource") != nullptr);
    }
    SECTION("approved again") {
      soc.head("ciso").approves("Handling", "1.0");
      CHECK(watch.judge() == "closed approval/D-2/insource approval_expired warning");
    }
  }
}

TEST_CASE("a score that differs from its evidence is told after the hysteresis, not before, and not while half is unseen") {
  Soc soc;
  soc.analyst("a").handles_incident();
  soc.analyst("b").handles_incident();
  soc.view.accepted["D-2"] = 3;
  Watch watch{.soc = soc, .only = {"D-2"}};
  CHECK(watch.judge().empty());
  soc.days_pass(300);
  soc.analyst("a").handles_incident();
  CHECK(watch.judge().empty());
  soc.days_pass(66);  // what b did leaves the look-back
  CHECK(soc.rung() == 2);
  CHECK(watch.judge().empty());
  soc.days_pass(6);
  CHECK(watch.judge().empty());
  SECTION("below: a week") {
    soc.source("rt").breaks("down");
    soc.days_pass(2);
    CHECK(watch.judge().find("drift") == std::string::npos);  // what it rests on may be where nobody looks
    soc.source("rt").returns_with_history();
    CHECK(watch.judge() == "opened drift/D-2/insource drift warning");
    CHECK(say(watch.open("drift/D-2/insource")->reasons.at(0), Lang::en) == "the service score is 3, but the evidence supports no more than 2");
    soc.view.accepted["D-2"] = 2;
    CHECK(watch.judge() == "closed drift/D-2/insource drift warning");
    SECTION("above: a day, and only for information") {
      soc.analyst("b").handles_incident();
      CHECK(watch.judge().empty());
      soc.hours_pass(25);
      CHECK(watch.judge() == "opened drift/D-2/insource drift info");
    }
  }
  SECTION("one that agrees again in time is nothing") {
    soc.analyst("b").handles_incident();
    CHECK(watch.judge().empty());
    soc.days_pass(30);
    CHECK(watch.judge().empty());
  }
}

TEST_CASE("a difference that was there at the first run stays an entry in the list") {
  Soc soc;
  soc.analyst("a").handles_incident();
  soc.view.accepted["D-2"] = 4;
  Watch watch{.soc = soc, .only = {"D-2"}};
  CHECK(watch.judge().empty());
  soc.days_pass(8);
  CHECK(watch.judge().empty());
  REQUIRE(watch.open("drift/D-2/insource") != nullptr);
  CHECK(watch.open("drift/D-2/insource")->silence == Silence::first_run);
}

TEST_CASE("a clock that steps back for a moment neither closes nor opens; a restart in between says nothing twice") {
  Begun begun;
  auto& [soc, watch] = begun;
  soc.days_pass(36);
  CHECK(watch.judge() == "opened silence/G-11/insource late warning");
  soc.view.as_of -= std::chrono::hours(23);
  CHECK(watch.judge().empty());
  CHECK(watch.open("silence/G-11/insource") != nullptr);
  soc.view.as_of += std::chrono::hours(24);
  soc.read("rt");
  Watch again{.soc = soc, .book = watch.book, .only = {"G-11"}};  // only what was kept
  CHECK(again.judge().empty());
  soc.view.as_of -= days(10);  // it had been set ahead for ten days: what was said was wrong
  CHECK(again.judge() == "closed silence/G-11/insource late warning");
}

TEST_CASE("a paused service is recorded and not sent; the resume tells what is still so") {
  Begun begun;
  auto& [soc, watch] = begun;
  watch.book.paused = {"G-11"};
  soc.days_pass(36);
  CHECK(watch.judge().empty());
  CHECK(watch.written.back() == "opened silence/G-11/insource late warning");
  CHECK(watch.open("silence/G-11/insource")->silence == Silence::paused);
  SECTION("still so at the resume") {
    soc.days_pass(300);  // a pause has no end of its own
    CHECK(watch.judge().empty());
    watch.book.paused.clear();
    CHECK(watch.judge() == "updated silence/G-11/insource unexercised alarm");
    CHECK(watch.judge().empty());
  }
  SECTION("over before the resume") {
    soc.analyst("a").keeps_systems();
    CHECK(watch.judge().empty());
    watch.book.paused.clear();
    CHECK(watch.judge().empty());
    CHECK(watch.book.open.empty());
  }
  SECTION("a pause of another service silences nothing") {
    watch.book.paused = {"D-2", "rt"};
    CHECK(watch.judge() == "updated silence/G-11/insource late warning");
  }
}

TEST_CASE("a kind that is switched off is not raised, and what is open of it is closed") {
  Begun begun;
  auto& [soc, watch] = begun;
  soc.days_pass(36);
  CHECK(watch.judge() == "opened silence/G-11/insource late warning");
  watch.policy.levels.at(static_cast<std::size_t>(AlertKind::late)) = std::nullopt;
  CHECK(watch.judge() == "closed silence/G-11/insource late warning");
  CHECK(watch.judge().empty());
}

TEST_CASE("a service that leaves the scope takes its alert with it") {
  Begun begun;
  auto& [soc, watch] = begun;
  soc.days_pass(36);
  CHECK(watch.judge() == "opened silence/G-11/insource late warning");
  soc.profile("G-11").level = "unnecessary";
  CHECK(watch.judge() == "closed silence/G-11/insource late warning");
}

TEST_CASE("a service of business days is late by its own clock only") {
  Soc soc("2026-04-03T09:00:00Z");  // a Friday
  soc.profile("B-1").assigned = Assignment::insource;
  soc.analyst("a").does({.service = "B-1"});
  Watch watch{.soc = soc, .only = {"B-1"}};
  CHECK(watch.judge().empty());
  const auto criteria = default_criteria("B-1");
  SECTION("a clock that runs always: late on Saturday") { CHECK(watch.hours(26).find("opened silence/B-1/insource late") != std::string::npos); }
  SECTION("business days: late on Monday after the same hours") {
    watch.policy.business["B-1"] = {criteria.warn_days, criteria.stale_days};
    CHECK(watch.hours(71).empty());  // Monday 08:00
    CHECK(watch.hours(2) == "opened silence/B-1/insource late warning");
    CHECK(watch.hours(46).empty());
    CHECK(watch.hours(3) == "updated silence/B-1/insource unexercised alarm");  // Wednesday, the third business day
  }
}
