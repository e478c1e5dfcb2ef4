// From findings to the outbox: who is told, and when.
#include "collector/alerting.hpp"

#include "alert_samples.hpp"
#include "catch.hpp"
#include "store_samples.hpp"

using namespace akashi;
using namespace akashi::samples;

namespace {

Finding late(const std::string& service, Instant since) {
  Finding finding;
  finding.service = service;
  finding.rung = 2;
  finding.state = State::late;
  finding.since = since;
  finding.reasons = {reason<"state.silent_late">(35, 60)};
  return finding;
}

struct AlertBench {
  TempDir dir;
  std::unique_ptr<Store> store = writer(dir.file("a.db"));
  House house{};

  AlertBench() {
    ReceiverConfig chat, pager, desk;
    chat.name = "chat";
    pager.name = "pager";
    pager.level = AlertLevel::alarm;
    desk.name = "desk";
    desk.only = {"D"};
    house.config.alerts.receivers = {chat, pager, desk};
    house.config.alerts.policy.calendar.offset = std::chrono::hours(9);
    judge({}, april);  // the first run
  }
  AlertsKept judge(const std::vector<Finding>& findings, Instant now) {
    auto kept = alerts_of(house, *store, findings, now);
    REQUIRE(kept);
    REQUIRE(why(store->keep_judgement({}, {}, now, *kept)) == "ok");
    return std::move(*kept);
  }
};

std::string told(const AlertsKept& kept) {
  std::string text;
  for (const Notice& one : kept.notices) text += (text.empty() ? "" : ", ") + one.receiver + " " + format_time(one.due);
  return text;
}

}  // namespace

TEST_CASE("receivers hear by level and category, at once outside quiet windows") {
  AlertBench bench;
  const Instant now = april + days(1);
  CHECK(told(bench.judge({late("G-11", now)}, now)) == "chat 2026-04-02T09:00:00Z");
  CHECK(told(bench.judge({late("G-11", now), late("D-2", now)}, now)) == "chat 2026-04-02T09:00:00Z, desk 2026-04-02T09:00:00Z");
  CHECK(told(bench.judge({late("G-11", now), late("D-2", now)}, now + days(1))).empty());
}

TEST_CASE("a quiet window holds back what it holds, and the outbox gives it out when it ends") {
  AlertBench bench;
  QuietWindow night;
  night.from_minute = 20 * 60;
  night.to_minute = 8 * 60;
  night.holds_to = static_cast<std::uint8_t>(AlertLevel::warning);
  bench.house.config.alerts.policy.calendar.quiet = {night};
  const Instant evening = parse_time("2026-04-02T21:00:00+09:00").value();
  CHECK(told(bench.judge({late("G-11", evening)}, evening)) == "chat 2026-04-02T23:00:00Z");  // 08:00 there
  CHECK(bench.store->outgoing("chat", evening + std::chrono::hours(10), 10).value().empty());
  CHECK(bench.store->outgoing("chat", evening + std::chrono::hours(11), 10).value().size() == 1);
  Finding worse = late("G-11", evening);
  worse.state = State::unexercised;
  const auto alarm = bench.judge({worse}, evening + std::chrono::hours(1));
  CHECK(told(alarm) == "chat 2026-04-02T13:00:00Z, pager 2026-04-02T13:00:00Z");  // an alarm wakes
  CHECK(bench.store->outgoing("pager", evening + std::chrono::hours(1), 10).value().size() == 1);
  CHECK(bench.store->outgoing("chat", evening + std::chrono::hours(12), 10).value().size() == 1);  // in order: the opening first
}

TEST_CASE("what is said of a judgement is said once, whoever asks again") {
  AlertBench bench;
  const Instant now = april + days(1);
  auto first = alerts_of(bench.house, *bench.store, {late("G-11", now)}, now);
  REQUIRE(first);
  CHECK(first->notices.size() == 1);
  // not kept: the process died here
  CHECK(told(bench.judge({late("G-11", now)}, now)) == "chat 2026-04-02T09:00:00Z");
  CHECK(told(bench.judge({late("G-11", now)}, now)).empty());
  CHECK(bench.store->alerts(true).value().size() == 1);
}
