// Ninety days of one small SOC under a frozen clock: what is said on which day, and that nothing is said twice or too early.
#include "catch.hpp"
#include "core/proposal.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

// One SOC, judged every day for D-2 and G-11; every change of state, rung and offers is written down.
struct Diary {
  Soc soc{};
  std::vector<std::string> lines{};
  std::map<std::string, std::string> before{};
  std::vector<Proposal> known{};
  std::vector<RungHeld> held{};
  int day = 0;

  void judge() {
    std::vector<Finding> findings;
    std::vector<RungHeld> now;
    for (const auto* service : {"D-2", "G-11"}) {
      findings.push_back(soc.finding(service));
      now.push_back(hold(held_before(service), findings.back(), soc.view.as_of));
      note(findings.back());
    }
    held = now;
    const auto offers = offer(findings, known, held, soc.view.as_of);
    for (const auto id : offers.withdraw) {
      known[static_cast<std::size_t>(id) - 1].state = ProposalState::withdrawn;
      say("withdraws " + known[static_cast<std::size_t>(id) - 1].service);
    }
    for (auto made : offers.make) {
      made.id = static_cast<std::int64_t>(known.size()) + 1;
      known.push_back(made);
      say("offers " + made.service + " " + std::to_string(made.to));
    }
  }
  void until(int to) {
    while (day < to) {
      ++day;
      soc.days_pass(1);
      soc.worker("desk").takes_report();
      judge();
    }
  }
  void accept(const std::string& service) {
    const auto at = std::ranges::find_if(known, [&](const Proposal& one) { return one.service == service && one.state == ProposalState::open; });
    REQUIRE(at != known.end());
    at->state = ProposalState::accepted;
    soc.view.accepted[service] = at->to;
  }

 private:
  std::optional<RungHeld> held_before(const std::string& service) const {
    const auto at = std::ranges::find(held, service, &RungHeld::service);
    return at == held.end() ? std::nullopt : std::optional(*at);
  }
  void note(const Finding& finding) {
    const auto now = finding.service + " " + std::string(name(finding.state)) + " " + (finding.rung ? std::to_string(*finding.rung) : "-");
    if (before[finding.service] != now) say(now);
    before[finding.service] = now;
  }
  void say(const std::string& what) { lines.push_back("day " + std::to_string(day) + ": " + what); }
};

}  // namespace

TEST_CASE("ninety days: first scores, a stand-in, a procedure, an approval, a blind week, a lapse, and back") {
  Diary diary;
  auto& soc = diary.soc;
  soc.profile("D-2").criteria.agreed = std::chrono::hours(48);
  soc.assign("G-11", "csirt");
  soc.worker("ops").keeps_systems();
  soc.incident("rt:ticket/1");
  soc.analyst("a").handles_incident("rt:ticket/1");
  diary.judge();
  diary.accept("D-2");
  diary.accept("G-11");
  diary.until(5);
  soc.analyst("b").handles_incident("rt:ticket/1");
  diary.until(8);
  diary.accept("D-2");
  soc.analyst("a").writes("Incident handling", "1");
  diary.until(12);
  soc.incident("rt:ticket/2");
  soc.analyst("b").does({.case_id = "rt:ticket/2", .procedures = {"Incident handling"}});
  diary.until(15);
  diary.accept("D-2");
  soc.head("ciso").approves("Incident handling", "1");
  diary.until(18);
  diary.accept("D-2");
  diary.until(30);
  soc.source("rt").goes_down();
  diary.until(38);
  soc.source("rt").returns_with_history();
  diary.until(40);
  soc.incident("rt:ticket/3");  // nobody takes it
  diary.until(50);
  soc.analyst("a").handles_incident("rt:ticket/3");
  diary.until(75);
  soc.worker("ops").keeps_systems();
  diary.until(90);

  const std::string expected =
      "day 0: D-2 exercised 2\n"
      "day 0: G-11 exercised 2\n"
      "day 0: offers D-2 2\n"  // a first score at once
      "day 0: offers G-11 2\n"
      "day 6: D-2 exercised 3\n"  // b took part
      "day 7: offers D-2 3\n"     // up after a day
      "day 13: D-2 exercised 4\n"
      "day 14: offers D-2 4\n"
      "day 16: D-2 exercised 5\n"
      "day 17: offers D-2 5\n"
      "day 36: G-11 blind 2\n"  // 35 days without care, but who could have seen it?
      "day 39: G-11 late 2\n"   // everything read again: it was not done
      "day 43: D-2 missed_demand 5\n"
      "day 51: D-2 exercised 5\n"
      "day 61: G-11 unexercised 1\n"
      "day 68: offers G-11 1\n"  // down after a week
      "day 76: G-11 exercised 2\n"
      "day 76: withdraws G-11\n";
  std::string told;
  for (const auto& line : diary.lines) told += line + "\n";
  CHECK(told == expected);
}
