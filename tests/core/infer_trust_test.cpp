// What a finding says about itself: confidence, comparison with the score, suspicions, and the digest that a decision is bound to.
#include "catch.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

// Spread over the year, so that nothing looks arranged.
Soc busy(int acts, const std::vector<std::string>& people) {
  Soc soc;
  for (int i = 0; i < acts; ++i) {
    soc.analyst(people[static_cast<std::size_t>(i) % people.size()]).handles_incident();
    soc.days_pass(12);
  }
  soc.worker("desk").takes_report();
  return soc;
}

}  // namespace

TEST_CASE("confidence grows with acts, and falls with what was not read") {
  CHECK(Soc().finding().confidence == Confidence::none);
  CHECK(busy(2, {"a", "b"}).finding().confidence == Confidence::low);
  CHECK(busy(5, {"a", "b"}).finding().confidence == Confidence::medium);
  Soc soc = busy(20, {"a", "b"});
  CHECK(soc.finding().confidence == Confidence::high);
  soc.source("rt").goes_down();
  soc.days_pass(5);
  CHECK(soc.finding().confidence == Confidence::medium);
  CHECK(Soc::codes(soc.finding().confidence_reasons) == "sure.acts sure.not_whole");
}

TEST_CASE("drills alone are less sure than cases, and more set aside than counted is a doubt") {
  Soc soc;
  for (int i = 0; i < 12; ++i) soc.analyst(i % 2 == 0 ? "a" : "b").drills(), soc.days_pass(20);
  CHECK(soc.rung() == 3);
  CHECK(soc.finding().confidence == Confidence::medium);
  Soc shared = busy(12, {"a", "b"});
  for (int i = 0; i < 13; ++i) shared.stranger("root").handles_incident();
  CHECK(shared.finding().confidence == Confidence::medium);
  CHECK(shared.counter().find("counter.unknown_actors") != std::string::npos);
}

TEST_CASE("a score is supported up to the rung, and contradicted only by what was seen") {
  Soc soc = busy(12, {"a"});
  const auto compared = [&](int as_is) {
    soc.profile("D-2").as_is = as_is;
    return soc.finding().supported;
  };
  CHECK(compared(1) == Supported::supports);
  CHECK(compared(2) == Supported::supports);
  CHECK(compared(3) == Supported::contradicts);  // everything was read, and only one person did it
  soc.source("rt").goes_down();
  soc.days_pass(3);
  CHECK(compared(3) == Supported::does_not_support);
  soc = busy(12, {"a", "b"});
  CHECK(compared(5) == Supported::does_not_support);  // a document and an approval may lie where nothing is connected
  CHECK(Soc().finding().supported == Supported::no_score);
  Soc quiet;
  quiet.profile("D-2").as_is = 3;
  CHECK(quiet.finding().supported == Supported::not_determinable);
  quiet.profile("G-11").as_is = 3;
  CHECK(quiet.finding("G-11").supported == Supported::contradicts);
}

TEST_CASE("a manual score wins over an accepted one") {
  Soc soc;
  soc.view.accepted["D-2"] = 2;
  CHECK(soc.finding().as_is == 2);
  CHECK_FALSE(soc.finding().as_is_manual);
  soc.profile("D-2").as_is = 4;
  CHECK(soc.finding().as_is == 4);
  CHECK(soc.finding().as_is_manual);
}

TEST_CASE("the same words on case after case are asked about") {
  const auto counter = [](int alike, int different, const std::string& one_case = "") {
    Soc soc;
    std::int64_t next = 100;
    for (int i = 0; i < alike; ++i) soc.analyst("a").does({.case_id = one_case, .wording = 7}), soc.days_pass(1);
    for (int i = 0; i < different; ++i) soc.analyst("a").does({.wording = ++next}), soc.days_pass(1);
    for (int i = 0; i < 9; ++i) soc.analyst("b").does({.wording = i % 2 == 0 ? 0 : ++next});  // nothing, and something else every time
    CHECK(soc.rung() == 3);
    for (const auto& one : soc.finding().counter)
      if (one.code == "suspicion.same_words") return say(one, Lang::en);
    return std::string();
  };
  CHECK(counter(5, 0) == "on 5 of the 5 cases on which a wrote, it is word for word the same text: ask what was found out in each");
  CHECK(counter(5, 5) == "on 5 of the 10 cases on which a wrote, it is word for word the same text: ask what was found out in each");
  CHECK(counter(4, 0).empty());
  CHECK(counter(5, 6).empty());                 // a form now and then
  CHECK(counter(9, 0, "rt:ticket/1").empty());  // many acts of one case
}

TEST_CASE("suspicions are shown and change no rung") {
  Soc soc;
  soc.analyst("a").handles_incident().handles_incident();
  soc.analyst("b").handles_incident();
  CHECK(soc.counter().find("suspicion.last_days") != std::string::npos);
  CHECK(soc.rung() == 3);
  soc.days_pass(14);
  CHECK(soc.counter().find("suspicion.last_days") != std::string::npos);
  soc.seconds_pass(1);
  CHECK(soc.counter().find("suspicion") == std::string::npos);
  Soc awake;
  for (int i = 0; i < 24; ++i) awake.analyst("a").handles_incident(), awake.hours_pass(1);
  CHECK(awake.counter().find("suspicion.round_the_clock") == std::string::npos);  // two shifts of two days
  awake.view.as_of = parse_time("2026-04-03T00:00:00Z").value();
  for (int i = 0; i < 17; ++i) awake.analyst("a").handles_incident(), awake.hours_pass(1);
  CHECK(awake.counter().find("suspicion.round_the_clock") != std::string::npos);
  Soc hasty;
  hasty.incident("rt:ticket/1");
  hasty.seconds_pass(5);
  hasty.analyst("a").only_closes("rt:ticket/1");
  CHECK(hasty.counter().find("suspicion.seconds") != std::string::npos);
  CHECK(hasty.rung() == 2);
}

TEST_CASE("what the rung hangs on is said: whose work leaves the look-back when") {
  Soc soc;
  soc.analyst("b").handles_incident();
  soc.days_pass(30);
  soc.analyst("a").handles_incident();
  const auto counter = soc.finding().counter;
  REQUIRE(counter.size() == 1);
  CHECK(say(counter[0], Lang::en) == "b's last work leaves the look-back on 2027-04-01; without new work the evidence then supports less");
}

TEST_CASE("the digest does not change by time passing, however much work lies behind") {
  Soc soc = busy(20, {"a", "b", "c"});
  const auto digest = soc.finding().digest;
  CHECK(digest.size() == 64);
  const auto rung = soc.rung();
  for (int i = 0; i < 80; ++i) {
    soc.days_pass(1);
    REQUIRE(soc.rung() == rung);
    CHECK(soc.finding().digest == digest);
  }
}

TEST_CASE("the digest changes with the evidence that carries it, the rules and the rung") {
  Soc soc = busy(6, {"a", "b"});
  const auto digest = soc.finding().digest;
  Soc ruled = soc;
  ruled.view.rules_digest = "other rules";
  CHECK(ruled.finding().digest != digest);
  Soc more = soc;
  more.analyst("a").handles_incident();  // the first of a new month
  CHECK(more.finding().digest != digest);
  const auto after = more.finding().digest;
  more.hours_pass(1);
  more.analyst("a").handles_incident();  // the next ticket carries nothing new
  CHECK(more.finding().digest == after);
  Soc other = soc;
  std::erase_if(other.view.items["D-2"], [](const Evidence& item) { return item.actor == "b"; });
  CHECK(other.finding().digest != digest);
}

TEST_CASE("silence after another last exercise has another digest") {
  Soc soc;
  soc.analyst("a").keeps_systems();
  soc.days_pass(70);
  const auto first = soc.finding("G-11").digest;
  soc.days_pass(10);
  CHECK(soc.finding("G-11").digest == first);
  soc.analyst("a").keeps_systems();
  soc.days_pass(70);
  CHECK(soc.rung("G-11") == 1);
  CHECK(soc.finding("G-11").digest != first);
}

TEST_CASE("what is written down more than a week after the day it is said of does not count") {
  Soc soc;
  soc.analyst("a").handles_incident();
  auto& item = soc.view.items["D-2"].back();
  item.recorded = item.time + days(7);
  soc.days_pass(8);
  CHECK(soc.rung() == 2);
  soc.view.items["D-2"].back().recorded = item.time + days(7) + std::chrono::seconds(1);
  CHECK(soc.rung() == 0);
  CHECK(soc.rejected() == "back_dated");
}

TEST_CASE("the time agreed for one demand goes before the service's") {
  Soc soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(24);
  soc.incident("rt:ticket/9");
  soc.hours_pass(10);
  CHECK(soc.state() != "missed_demand since 2026-04-01");
  soc.view.items["D-2"].back().agreed = std::chrono::hours(4);
  CHECK(soc.state() == "missed_demand since 2026-04-01");
  CHECK(say(soc.finding().reasons.front(), Lang::en).find("agreed 4 hours") != std::string::npos);
}

TEST_CASE("many acts of one day of performance are no bulk; written down in one second they are") {
  const auto checks = [](Duration apart) {
    Soc soc;
    soc.assign("G-11", "csirt");
    const auto done = soc.view.as_of;
    for (int i = 0; i < 25; ++i) {
      soc.analyst("a").does({.service = "G-11", .kind = "case.closed"});
      auto& item = soc.view.items["G-11"].back();
      item.time = done;
      item.recorded = done + days(1) + i * apart;
    }
    soc.days_pass(3);
    return soc.finding("G-11").evidence_count;
  };
  CHECK(checks(std::chrono::minutes(1)) == 25);
  CHECK(checks(Duration{}) == 0);
}

TEST_CASE("two acts on one case of one day of performance stay two") {
  Soc soc;
  soc.assign("G-11", "csirt");
  for (int i = 0; i < 2; ++i) {
    soc.analyst("a").does({.service = "G-11", .kind = "case.answered", .case_id = "rt:ticket/5"});
    auto& item = soc.view.items["G-11"].back();
    item.recorded = item.time + std::chrono::hours(i + 1);
  }
  soc.days_pass(1);
  CHECK(soc.finding("G-11").evidence_count == 2);
}
