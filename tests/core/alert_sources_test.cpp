// Alerts of sources: one outage is one alert, and nothing is said of absence behind it.
#include "catch.hpp"
#include "tests/core/watch.hpp"

using namespace akashi;

TEST_CASE("an outage of one source is one alert that lists what it hides; it grows to an alarm and ends by itself") {
  Soc soc;
  Watch watch{.soc = soc};
  CHECK(watch.judge().empty());
  soc.hours_pass(1);
  soc.source("rt").breaks("connection refused");
  CHECK(watch.judge().empty());
  const auto heard = watch.hours(2);
  CHECK(heard == "opened blind/rt blind warning");
  REQUIRE(watch.open("blind/rt") != nullptr);
  CHECK(watch.open("blind/rt")->services.size() > 15);
  CHECK(say(watch.open("blind/rt")->reasons.at(0), Lang::ja) == "rt を読み取れない: connection refused");
  CHECK(watch.hours(30) == "updated blind/rt blind alarm");  // and not one word about absence
  soc.source("rt").returns_with_history();
  const auto after = watch.judge();
  CHECK(after.find("closed blind/rt blind alarm") != std::string::npos);
}

TEST_CASE("a source that flaps, or is down for minutes, alerts nobody") {
  Soc soc;
  Watch watch{.soc = soc, .only = {"B-1", "G-11"}};
  soc.analyst("a").does({.service = "B-1"});
  soc.analyst("a").keeps_systems();
  CHECK(watch.judge().empty());
  for (int i = 0; i < 20; ++i) {
    soc.source("rt").breaks("timed out");
    soc.seconds_pass(2400);
    CHECK(watch.judge().empty());
    soc.source("rt").returns_with_history();
    soc.seconds_pass(300);
    CHECK(watch.judge().empty());
  }
  CHECK(watch.written.empty());
}

TEST_CASE("the collector's own stand-still is no outage of a tool: after a restart every source has its time again") {
  Soc soc;
  Watch watch{.soc = soc, .only = {"B-1", "G-11"}};
  soc.analyst("a").keeps_systems();
  soc.analyst("a").does({.service = "B-1"});
  CHECK(watch.judge().empty());
  soc.source("rt").goes_down();  // nobody reads
  soc.days_pass(2);
  CHECK(watch.judge().empty());  // the first judgement after it, before rt was polled
  soc.source("rt").returns_with_history();
  soc.seconds_pass(60);
  CHECK(watch.judge().find("blind") == std::string::npos);
}

TEST_CASE("no absence is alerted while blind; an alert of absence that can no longer be seen is closed, not kept up") {
  Soc soc;
  Watch watch{.soc = soc, .only = {"G-11"}};
  soc.analyst("a").keeps_systems();
  CHECK(watch.judge().empty());
  soc.days_pass(36);
  CHECK(watch.judge() == "opened silence/G-11/insource late warning");
  soc.source("rt").breaks("down");
  soc.seconds_pass(600);
  CHECK(watch.judge().empty());
  soc.seconds_pass(600);
  CHECK(watch.judge().empty());  // for a moment it stands
  CHECK(watch.open("silence/G-11/insource") != nullptr);
  const auto heard = watch.hours(2);
  CHECK(heard == "opened blind/rt blind warning, closed silence/G-11/insource late warning");
  CHECK(watch.hours(24 * 40).find("silence") == std::string::npos);  // past every limit
  SECTION("it was done meanwhile: never unexercised") {
    soc.view.as_of -= days(3);
    soc.analyst("a").keeps_systems();
    soc.view.as_of += days(3);
    soc.source("rt").returns_with_history();
    CHECK(watch.judge() == "closed blind/rt blind alarm");
  }
  SECTION("it was not: now it can be said, as a new alert") {
    soc.source("rt").returns_with_history();
    const auto now = watch.judge();
    CHECK(now.find("closed blind/rt blind alarm") != std::string::npos);
    CHECK(now.find("opened silence/G-11/insource unexercised alarm") != std::string::npos);
  }
}

TEST_CASE("what was there at the first run is not told because a tool was away meanwhile") {
  Soc soc;
  Watch watch{.soc = soc, .only = {"G-11"}};
  CHECK(watch.judge().empty());
  CHECK(watch.open("silence/G-11/insource")->silence == Silence::first_run);
  soc.hours_pass(1);
  soc.source("rt").breaks("down");
  CHECK(watch.hours(5) == "opened blind/rt blind warning");
  CHECK(watch.open("silence/G-11/insource") == nullptr);
  soc.source("rt").returns_with_history();
  CHECK(watch.judge() == "closed blind/rt blind warning");
  REQUIRE(watch.open("silence/G-11/insource") != nullptr);
  CHECK(watch.open("silence/G-11/insource")->silence == Silence::first_run);
  SECTION("a silence that begins anew is news, outage or not") {
    soc.analyst("a").keeps_systems();
    CHECK(watch.judge().empty());
    soc.days_pass(36);
    CHECK(watch.judge() == "opened silence/G-11/insource late warning");
  }
}

TEST_CASE("what stays hidden of the past after an outage is information, no alarm") {
  Soc soc;
  Watch watch{.soc = soc, .only = {"G-11"}};
  CHECK(watch.judge().empty());
  soc.hours_pass(1);
  soc.source("rt").breaks("down");
  watch.judge();
  CHECK(watch.hours(30).find("blind/rt blind alarm") != std::string::npos);
  soc.source("rt").returns();  // what happened meanwhile stays unread
  soc.hours_pass(1);
  CHECK(watch.judge().find("updated blind/rt blind info") != std::string::npos);
}

TEST_CASE("a paused source is recorded and not sent") {
  Soc soc;
  Watch watch{.soc = soc, .only = {"G-11"}};
  CHECK(watch.judge().empty());
  watch.book.paused = {"rt"};
  soc.source("rt").breaks("moved to another data centre");
  CHECK(watch.hours(30).empty());
  CHECK(watch.open("blind/rt")->level == AlertLevel::alarm);
  watch.book.paused.clear();
  CHECK(watch.hours(1) == "updated blind/rt blind alarm");
}

TEST_CASE("a tool's error that is worded anew every time is no news") {
  Soc soc;
  Watch watch{.soc = soc, .only = {"G-11"}};
  CHECK(watch.judge().empty());
  soc.hours_pass(1);
  soc.source("rt").breaks("no answer in 10.1 s");
  watch.judge();
  CHECK(watch.hours(2) == "opened blind/rt blind warning");
  const auto written = watch.written.size();
  soc.sight("rt").why = "no answer in 10.2 s";
  CHECK(watch.hours(1).empty());
  CHECK(watch.written.size() == written);
}
