#include <thread>

#include "catch.hpp"
#include "collector/http/patience.hpp"
#include "collector/http/url.hpp"
#include "frozen_clock.hpp"

namespace akashi {
namespace {

using std::chrono::seconds;

const Instant first_of_april = Instant(std::chrono::sys_days(std::chrono::year(2026) / 4 / 1));

}  // namespace

TEST_CASE("Retry-After is read as seconds or as a date") {
  CHECK(retry_after("120", first_of_april) == Duration(seconds(120)));
  CHECK(retry_after("0", first_of_april) == Duration{});
  CHECK(retry_after("Wed, 01 Apr 2026 00:01:30 GMT", first_of_april) == Duration(seconds(90)));
  CHECK(retry_after("Tue, 31 Mar 2026 23:59:00 GMT", first_of_april) == Duration{});
  for (const char* bad : {"", "-5", "soon", "1.5", "99999999999999", "Wed, 31 Feb 2026 00:00:00 GMT", "Wed, 01 Apr 2026 24:01:30 GMT",
                          "Wed, 01 Apr 2026 00:01:30 JST", "Wed, 01 Foo 2026 00:01:30 GMT"}) {
    INFO(bad);
    CHECK_FALSE(retry_after(bad, first_of_april));
  }
}

TEST_CASE("waits grow, stay within half and all of the back-off, and end") {
  FrozenClock clock(first_of_april);
  Patience patience({.waits_max = 6, .first = seconds(1), .longest = seconds(8), .told_longest = seconds(900)}, clock, 7);
  for (const int whole : {1, 2, 4, 8, 8, 8}) {
    REQUIRE(patience.wait({}, {}));
    CHECK(clock.slept().back() <= seconds(whole));
    CHECK(clock.slept().back() >= Duration(seconds(whole)) / 2);
  }
  CHECK_FALSE(patience.wait({}, {}));
  patience.succeeded();
  REQUIRE(patience.wait({}, {}));
  CHECK(clock.slept().back() <= seconds(1));
}

TEST_CASE("the tool's own word is never shortened, and too long a word ends the conversation") {
  FrozenClock clock(first_of_april);
  Patience patience({}, clock, 7);
  const auto wait = patience.next(seconds(120));
  REQUIRE(wait);
  CHECK(*wait >= seconds(120));
  CHECK(*wait <= seconds(121));
  CHECK_FALSE(patience.next(std::chrono::hours(1)));
}

TEST_CASE("two collectors do not come back in step") {
  FrozenClock clock(first_of_april);
  CHECK(Patience({}, clock, 1).next({}) != Patience({}, clock, 2).next({}));
}

TEST_CASE("a stop ends a wait") {
  SystemClock clock;
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  CHECK_FALSE(clock.sleep_until(clock.now() + std::chrono::hours(1), stop.get_token()));
  Patience patience({}, clock, 1);
  CHECK_FALSE(patience.wait(seconds(600), stop.get_token()));
}

TEST_CASE("a budget lets no more through than its requests a minute and a short burst") {
  FrozenClock clock(first_of_april);
  RequestBudget budget(60, clock);
  for (int i = 0; i < 120; ++i) REQUIRE(budget.take({}));
  const Duration took = clock.now() - first_of_april;
  CHECK(took >= seconds(113));
  CHECK(took <= seconds(120));
  clock.move(std::chrono::hours(1));  // idle time is not saved up beyond the burst
  const Instant later = clock.now();
  for (int i = 0; i < 66; ++i) REQUIRE(budget.take({}));
  CHECK(clock.now() - later >= seconds(59));
}

TEST_CASE("a budget of nothing is no limit, and a slow one still begins at once") {
  FrozenClock clock(first_of_april);
  RequestBudget unlimited(0, clock), slow(1, clock);
  for (int i = 0; i < 1000; ++i) REQUIRE(unlimited.take({}));
  CHECK(clock.now() == first_of_april);
  REQUIRE(slow.take({}));
  CHECK(clock.now() == first_of_april);
  REQUIRE(slow.take({}));
  CHECK(clock.now() == first_of_april + seconds(60));
}

TEST_CASE("a clock that was set back does not hold a source up") {
  FrozenClock clock(first_of_april);
  RequestBudget budget(60, clock);
  for (int i = 0; i < 60; ++i) REQUIRE(budget.take({}));
  clock.move(-std::chrono::hours(5));
  const Instant set_back = clock.now();
  REQUIRE(budget.take({}));
  CHECK(clock.now() - set_back <= seconds(1));
}

TEST_CASE("addresses are taken apart, and shown without what is secret") {
  const auto url = parse_url("HTTPS://User:Pw@Tool.Example:8443/rt/REST/2.0?token=x#top");
  REQUIRE(url);
  CHECK(url->origin() == "https://tool.example:8443");
  CHECK(url->has_userinfo);
  CHECK(url->path == "/rt/REST/2.0");
  CHECK(url->query == "?token=x");
  CHECK(shown_url("https://u:p@tool.example:443/a?token=x#y") == "https://tool.example/a");
  CHECK(shown_url("http://[::1]:8080") == "http://[::1]:8080/");
  CHECK(shown_url("mailto:u:p@x") == "(no http address)");
  for (const char* bad : {"", "http://", "http://h:0/", "http://h:99999/", "http://h:8x/", "ftp://h/", "http://h/a b", "http://h/\n", "http://[::1/",
                          "//h/", "http://evil.example\\@good.example/"}) {
    INFO(bad);
    CHECK_FALSE(parse_url(bad));
  }
}

TEST_CASE("a Location is read against the address that sent it") {
  const Url base = *parse_url("https://tool.example/rt/list?page=2");
  const auto there = [&](const char* location) {
    const auto url = resolve_url(base, location);
    return url ? url->text() : "none";
  };
  CHECK(there("/a?b#c") == "https://tool.example/a?b");
  CHECK(there("next") == "https://tool.example/rt/next");
  CHECK(there("?page=3") == "https://tool.example/rt/list?page=3");
  CHECK(there("//other.example/x") == "https://other.example/x");
  CHECK(there("http://tool.example/x") == "http://tool.example/x");
  CHECK(there("a/b:c") == "https://tool.example/rt/a/b:c");
  CHECK(there("javascript:alert(1)") == "none");
  CHECK(there("") == "none");
}

}  // namespace akashi
