// Alerts in the store: history, outbox, pauses, and that they are kept with the judgement or not at all.
#include "alert_samples.hpp"
#include "catch.hpp"
#include "store_samples.hpp"

using namespace akashi;
using namespace akashi::samples;

using What = AlertChange::What;

namespace {

struct Desk {
  TempDir dir;
  std::unique_ptr<Store> store = writer(dir.file("a.db"));
  void keep(const AlertsKept& alerts) { REQUIRE(why(store->keep_judgement({}, {}, alerts.news.judged, alerts)) == "ok"); }
  Alert opened(const Alert& alert, const std::vector<std::string>& receivers, Instant at = april) {
    keep(kept(What::opened, alert, receivers, at));
    return store->alerts(false).value().back();
  }
};

}  // namespace

TEST_CASE("an alert comes back as it was kept, whatever a tool said in it") {
  Desk desk;
  const Alert alert = desk.opened(outage(), {});
  Alert expected = outage();
  expected.id = alert.id;
  CHECK(alert.id > 0);
  CHECK(alert == expected);
  const auto book = desk.store->alert_book().value();
  REQUIRE(book.open.size() == 1);
  CHECK(book.first_run == april);
  CHECK(book.judged == april);
  CHECK_FALSE(book.audit_ended);
}

TEST_CASE("history is kept: every change, and how it was at any moment") {
  Desk desk;
  Alert alert = desk.opened(silent(), {});
  alert.kind = AlertKind::unexercised;
  alert.level = alert.peak = AlertLevel::alarm;
  desk.keep(kept(What::updated, alert, {}, april + days(30)));
  alert.closed = april + days(31);
  alert.over = reason<"alert.over">("@state.exercised");
  desk.keep(kept(What::closed, alert, {}, april + days(31)));
  CHECK(desk.store->alerts(false).value().empty());
  REQUIRE(desk.store->alerts(true).value().size() == 1);
  CHECK(desk.store->alerts(true).value()[0].over == alert.over);
  const auto then = desk.store->alerts(false, april + days(2)).value();
  REQUIRE(then.size() == 1);
  CHECK(then[0].kind == AlertKind::late);
  const auto history = desk.store->alert_history(alert.id).value();
  REQUIRE(history.size() == 3);
  CHECK(name(history[2].change.what) == "closed");
  CHECK(desk.store->alert_history(99).value().empty());
  const Alert again = desk.opened(silent(), {}, april + days(80));
  CHECK(again.id != alert.id);
}

TEST_CASE("what the first run found and an outage closed is remembered as never told") {
  Desk desk;
  Alert found = silent();
  found.silence = Silence::first_run;
  Alert alert = desk.opened(found, {});
  alert.closed = april + days(1);
  alert.over = reason<"alert.unseen">("@state.blind");
  desk.keep(kept(What::closed, alert, {}, april + days(1), false));
  CHECK(desk.store->alert_book().value().never_told == std::set<std::string>{alert.matter});
  Alert again = desk.opened(found, {}, april + days(2));
  CHECK(desk.store->alert_book().value().never_told.empty());
  again.closed = april + days(3);
  again.over = reason<"alert.over">("@state.exercised");
  desk.keep(kept(What::closed, again, {}, april + days(3), false));
  CHECK(desk.store->alert_book().value().never_told.empty());
}

TEST_CASE("the outbox: one row a receiver, sent once, tried again later, in the order of the alert") {
  Desk desk;
  Alert alert = desk.opened(silent(), {"chat", "mail"});
  alert.level = AlertLevel::alarm;
  desk.keep(kept(What::updated, alert, {"chat", "mail"}, april + days(1)));
  const Instant now = april + days(1);
  auto chat = desk.store->outgoing("chat", now, 10).value();
  REQUIRE(chat.size() == 1);  // the change waits for the opening
  CHECK(name(chat[0].event.change.what) == "opened");
  CHECK_FALSE(chat[0].before);
  const std::string key = chat[0].key;
  CHECK(key.size() == 32);
  CHECK(key != desk.store->outgoing("mail", now, 10).value().at(0).key);
  REQUIRE(why(desk.store->delivered({chat[0].id, false, now, now + std::chrono::minutes(1), "receiver chat: answered with status 500"})) == "ok");
  CHECK(desk.store->outgoing("chat", now, 10).value().empty());
  CHECK(desk.store->outgoing("mail", now, 10).value().size() == 1);  // nobody waits for chat
  const auto states = desk.store->receiver_states().value();
  REQUIRE(states.size() == 2);
  CHECK(states[0].waiting == 2);
  CHECK(states[0].tries == 1);
  CHECK(states[0].error == "receiver chat: answered with status 500");
  CHECK(states[1].tries == 0);
  chat = desk.store->outgoing("chat", now + std::chrono::minutes(1), 10).value();
  REQUIRE(chat.size() == 1);
  CHECK(chat[0].key == key);  // receivers can tell a repetition
  CHECK(chat[0].tries == 1);
  CHECK(desk.store->told_open("chat").value().empty());
  REQUIRE(why(desk.store->delivered({chat[0].id, true, now + std::chrono::minutes(1), {}, {}})) == "ok");
  CHECK(desk.store->told_open("chat").value().size() == 1);
  chat = desk.store->outgoing("chat", now + std::chrono::minutes(1), 10).value();
  REQUIRE(chat.size() == 1);
  REQUIRE(chat[0].before);
  CHECK(chat[0].before->level == AlertLevel::warning);
  CHECK(desk.store->told_open("chat").value().at(0).level == AlertLevel::warning);  // it has not heard of more
  Pause pause{.id = 0, .target = "D-2", .by = "a", .because = "b", .at = april, .ended = now, .ended_by = "a", .ended_because = "b"};
  REQUIRE(why(desk.store->pause(pause)) == "ok");
  CHECK(desk.store->told_open("chat").value().empty());
  REQUIRE(why(desk.store->resume(pause)) == "ok");
  CHECK(desk.store->told_open("chat").value().size() == 1);
  CHECK(chat[0].event.change.alert.level == AlertLevel::alarm);
}

TEST_CASE("what waits for the end of a quiet window comes then") {
  Desk desk;
  auto alerts = kept(What::opened, silent(), {"mail"});
  alerts.notices[0].due = april + std::chrono::hours(10);
  desk.keep(alerts);
  CHECK(desk.store->outgoing("mail", april + std::chrono::hours(9), 10).value().empty());
  CHECK(desk.store->outgoing("mail", april + std::chrono::hours(10), 10).value().size() == 1);
  CHECK(desk.store->receiver_states().value().at(0).waiting == 1);
}

TEST_CASE("a judgement that cannot be kept keeps neither alert nor message") {
  Desk desk;
  auto alerts = kept(What::opened, silent(), {"mail", "mail"});  // one change twice to one receiver is a mistake of ours
  CHECK_FALSE(desk.store->keep_judgement({}, {}, april, alerts));
  CHECK(desk.store->alerts(true).value().empty());
  CHECK(desk.store->outgoing("mail", april, 10).value().empty());
  CHECK_FALSE(desk.store->alert_book().value().first_run);
}

TEST_CASE("pauses: by a person, ended by a person, kept for good") {
  Desk desk;
  Pause pause{.id = 0, .target = "D-2", .by = "山田", .because = "棚卸し中", .at = april, .ended = {}, .ended_by = {}, .ended_because = {}};
  REQUIRE(why(desk.store->pause(pause)) == "ok");
  CHECK(desk.store->alert_book().value().paused == std::set<std::string>{"D-2"});
  CHECK(why(desk.store->pause(pause)).find("paused already, by 山田") != std::string::npos);
  Pause end{.id = 0, .target = "rt", .by = {}, .because = {}, .at = {}, .ended = april + days(1), .ended_by = "鈴木", .ended_because = "終了"};
  CHECK(why(desk.store->resume(end)).find("not paused") != std::string::npos);
  end.target = "D-2";
  REQUIRE(why(desk.store->resume(end)) == "ok");
  CHECK(desk.store->alert_book().value().paused.empty());
  REQUIRE(why(desk.store->pause(pause)) == "ok");
  const auto all = desk.store->pauses().value();
  REQUIRE(all.size() == 2);
  CHECK(all[0].ended_by == "鈴木");
  CHECK_FALSE(all[1].ended);
}
