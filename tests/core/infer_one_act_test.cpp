// One act is counted once, in however many parts and words it is told.
#include "catch.hpp"
#include "soc.hpp"

using namespace akashi;

namespace {

// What one person does on one alert: `first`, and so many seconds later `second`.
std::size_t acts(const std::string& first, const std::string& second, int seconds, const std::string& case_id = "rt:ticket/9",
                 const std::string& who = "a", bool drill = false) {
  Soc soc;
  soc.analyst("a").does({.service = "B-1", .kind = first, .case_id = "rt:ticket/9"});
  soc.seconds_pass(seconds);
  soc.analyst(who).does({.service = "B-1", .kind = second, .case_id = case_id, .drill = drill});
  return soc.finding("B-1").evidence_count;
}

}  // namespace

TEST_CASE("a verdict and the end of the same alert within a minute are one act, in either order") {
  CHECK(acts("alert.judged", "case.closed", 30) == 1);
  CHECK(acts("case.closed", "alert.judged", 30) == 1);
  CHECK(acts("alert.judged", "case.refused", 60) == 1);
}

TEST_CASE("what is not one act stays two: later, another alert, another person, a drill, another kind") {
  CHECK(acts("alert.judged", "case.closed", 61) == 2);
  CHECK(acts("alert.judged", "case.closed", 30, "rt:ticket/10") == 2);
  CHECK(acts("alert.judged", "case.closed", 30, "rt:ticket/9", "b") == 2);
  CHECK(acts("alert.judged", "case.closed", 30, "rt:ticket/9", "a", true) == 2);
  CHECK(acts("case.commented", "case.closed", 30) == 2);
  CHECK(acts("case.closed", "case.closed", 30) == 2);
}

TEST_CASE("a verdict joins one end only") {
  Soc soc;
  for (const auto* kind : {"alert.judged", "case.closed", "case.closed"}) {
    soc.analyst("a").does({.service = "B-1", .kind = kind, .case_id = "rt:ticket/9"});
    soc.seconds_pass(10);
  }
  CHECK(soc.finding("B-1").evidence_count == 2);
}

TEST_CASE("counting an end with its verdict takes nobody away") {
  Soc soc;
  for (const auto* who : {"a", "b"}) {
    const auto alert = std::string("rt:ticket/") + who;
    soc.analyst(who).does({.service = "B-1", .kind = "alert.judged", .case_id = alert});
    soc.seconds_pass(5);
    soc.analyst(who).does({.service = "B-1", .kind = "case.closed", .case_id = alert});
    soc.hours_pass(1);
  }
  CHECK(soc.finding("B-1").evidence_count == 2);
  CHECK(soc.rung("B-1") == 3);
}

TEST_CASE("who ends alerts judges them: an alert's end is its verdict") {
  Soc soc;
  for (const auto* who : {"a", "b"}) {
    soc.analyst(who).only_closes();
    soc.analyst(who).does({.service = "B-1", .kind = "case.closed"});
  }
  CHECK(soc.rung("D-2") == 2);  // an incident's end alone shows nobody who could stand in
  CHECK(soc.rung("B-1") == 3);
}

TEST_CASE("one act on one case is one act and no bulk, in however many parts it is told") {
  Soc soc;
  for (int i = 0; i < 30; ++i) soc.analyst("a").does({.service = "G-3", .kind = "rule.changed", .case_id = "git:merge/7"});
  CHECK(soc.rejected("G-3").empty());
  CHECK(soc.rung("G-3") == 2);
  CHECK(soc.finding("G-3").evidence_count == 1);
}

TEST_CASE("as many acts on as many cases in one second are a bulk still") {
  Soc soc;
  for (int i = 0; i < 21; ++i) soc.analyst("a").does({.service = "G-3", .kind = "rule.changed"});
  CHECK(soc.rejected("G-3") == "bulk");
  CHECK(soc.finding("G-3").evidence_count == 0);
}
