// What receivers get: words, JSON, Slack's form, mails; and what a receiver's answer means.
#include <filesystem>
#include <fstream>
#include <thread>

#include "alert_samples.hpp"
#include "catch.hpp"
#include "collector/locked_store.hpp"
#include "collector/notify/courier.hpp"
#include "collector/notify/mail.hpp"
#include "core/digest.hpp"
#include "http_rig.hpp"
#include "store_samples.hpp"

using namespace akashi;
using namespace akashi::samples;

using What = AlertChange::What;

namespace {

Voice voice(Lang lang) { return {"例示CSIRT", lang, std::chrono::hours(9)}; }

}  // namespace

TEST_CASE("a message says what, since when, why, and where to look, in both languages") {
  const auto ja = message({What::opened, silent(), true}, voice(Lang::ja));
  CHECK(ja.subject == "[注意] D-2 インシデントハンドリング: 実施遅れ");
  CHECK(ja.text() ==
        "CDC: 例示CSIRT\nサービス: D-2 インシデントハンドリング\n警告: 実施遅れ / 注意 / 発生\nいつから: 2026-03-31 18:00 (+09:00)\n"
        "- 直近の実施は 2026-02-24\n- 35日を超えて実施がない(観測漏れなし)。60日を超えると未実施\n\nakashi alerts show 0 / akashi explain D-2\n");
  const auto en = message({What::opened, silent(), true}, voice(Lang::en));
  CHECK(en.subject == "[warning] D-2 Incident handling: late");
  Alert over = silent();
  over.closed = april;
  over.over = reason<"alert.over">("@state.exercised");
  const auto closed = message({What::closed, over, true}, voice(Lang::ja));
  CHECK(closed.subject == "[解消] D-2 インシデントハンドリング: 実施遅れ");
  CHECK(closed.text().find("解消: 2026-04-01 18:00 (+09:00)  現在は「実施あり」") != std::string::npos);
  const auto blind = message({What::opened, outage(), true}, voice(Lang::ja));
  CHECK(blind.subject == "[注意] rt: 接続先の観測不能");
  CHECK(blind.text().find("3件のサービスで") != std::string::npos);
  CHECK(blind.text().find('\x1f') == std::string::npos);
}

TEST_CASE("mail: RFC 2047 subjects, short lines, no line that a tool could add") {
  CHECK(encoded_word("plain") == "plain");
  CHECK(encoded_word("a =?b") != "a =?b");
  const std::string word = encoded_word("[警報] D-2 インシデントハンドリング: 対応漏れ");
  for (std::size_t at = 0; at < word.size(); at = word.find("\r\n", at) == std::string::npos ? word.size() : word.find("\r\n", at) + 2)
    CHECK(std::min(word.find("\r\n", at), word.size()) - at <= 76);
  CHECK(mail_date(april) == "Wed, 01 Apr 2026 09:00:00 +0000");
  Message hostile;
  hostile.subject = "x\r\nBcc: everybody@example.org";
  hostile.lines = {"."};
  const auto text = mail_text({"akashi@example.jp", {"soc@example.jp", "b@example.jp"}, "akashi.k", "akashi.alert.1", "k"}, hostile, april);
  CHECK(text.find("\r\nBcc:") == std::string::npos);
  CHECK(text.find("Message-ID: <akashi.k@example.jp>\r\n") != std::string::npos);
  CHECK(text.ends_with("\r\n"));
}

TEST_CASE("who hears of what: levels by the highest so far, categories, sources always") {
  ReceiverConfig receiver;
  receiver.level = AlertLevel::alarm;
  CHECK_FALSE(hears(receiver, silent()));
  Alert worse = silent();
  worse.peak = AlertLevel::alarm;
  CHECK(hears(receiver, worse));  // also when it has become less since: who heard of the alarm hears of its end
  receiver.level = AlertLevel::info;
  receiver.only = {"B", "D-2"};
  CHECK(hears(receiver, silent("D-2")));
  CHECK(hears(receiver, silent("B-1")));
  CHECK_FALSE(hears(receiver, silent("D-3")));
  CHECK(hears(receiver, outage()));
}

TEST_CASE("waits grow to an hour; the receiver's own word is never shortened") {
  using namespace std::chrono;
  CHECK(back_off(1, {}) == minutes(1));
  CHECK(back_off(3, {}) == minutes(4));
  CHECK(back_off(50, {}) == hours(1));
  CHECK(back_off(1, hours(2)) == hours(2));
  CHECK(back_off(1, seconds(1)) == minutes(1));
  CHECK(back_off(1, akashi::days(30)) == akashi::days(1));
}

namespace {

// A receiver that answers as told and remembers what it was sent.
struct Hook {
  std::mutex mutex{};
  std::vector<ServerRequest> heard{};
  std::vector<ServerAnswer> answers{{}};  // the last one stays
  LoopbackServer server{[this](const ServerRequest& request) {
    const std::lock_guard lock(mutex);
    heard.push_back(request);
    auto answer = answers.front();
    if (answers.size() > 1) answers.erase(answers.begin());
    return answer;
  }};
};

// JSON without the blanks between its parts.
std::string compact(const std::string& json) {
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"' && (i == 0 || json[i - 1] != '\\')) inside = !inside;
    if (inside || (json[i] != ' ' && json[i] != '\n')) out += json[i];
  }
  return out;
}

ServerAnswer status(int code, Headers headers = {}) {
  ServerAnswer answer;
  answer.status = code;
  answer.headers = std::move(headers);
  return answer;
}

struct Post {
  Hook hook;
  FrozenClock clock{april};
  CurlMulti multi;
  TempDir dir;
  std::unique_ptr<Store> store = writer(dir.file("a.db"));
  ReceiverConfig config{};

  Post() {
    config.name = "chat";
    config.kind = "webhook";
    config.url = hook.server.url() + "/hook";
    config.where = "akashi.yaml:9";
  }
  void secret(const std::string& text, SecretPlace& place, const std::string& name) {
    std::ofstream(dir.file(name)) << text << "\n";
    std::filesystem::permissions(dir.file(name), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    place = {SecretPlace::Kind::file, dir.file(name)};
  }
  Receiver receiver() {
    auto made = make_notifier(config, voice(Lang::ja), multi, clock);
    REQUIRE(made);
    return {config.name, std::move(*made)};
  }
  void open(const Alert& alert) { REQUIRE(why(store->keep_judgement({}, {}, april, kept(What::opened, alert, {"chat"}))) == "ok"); }
};

}  // namespace

TEST_CASE("webhook: our JSON, signed, with the key of the row; struck out when taken") {
  Post post;
  post.config.auth = "bearer";
  post.secret("hush-4711", post.config.secret, "token");
  post.secret("sign-4711", post.config.signing, "sign");
  post.open(outage());
  const auto key = post.store->outgoing("chat", april, 1).value().at(0).key;
  auto receiver = post.receiver();
  const auto round = deliver(receiver, *post.store, post.clock, {});
  REQUIRE(round);
  CHECK(round->sent == 1);
  REQUIRE(post.hook.heard.size() == 1);
  const auto& heard = post.hook.heard[0];
  CHECK(heard.method == "POST");
  CHECK(heard.header("Authorization") == "Bearer hush-4711");
  CHECK(heard.header("Idempotency-Key") == key);
  CHECK(heard.header("X-Akashi-Signature") == "sha256=" + hex(hmac_sha256("sign-4711", heard.body)));
  const auto body = compact(heard.body);
  CHECK(body.find("\"event\":\"opened\"") != std::string::npos);
  CHECK(body.find("\"services\":[\"B-1\",\"D-1\",\"D-2\"]") != std::string::npos);
  CHECK(heard.body.find("hush-4711") == std::string::npos);
  CHECK(deliver(receiver, *post.store, post.clock, {})->sent == 0);
  CHECK(post.hook.heard.size() == 1);
}

TEST_CASE("Slack: text and blocks, and a tool's text makes no link") {
  Post post;
  post.config.kind = "slack";
  post.config.auth = "url";
  post.config.url.clear();
  post.secret(post.hook.server.url() + "/services/T000/B000/hush-4711", post.config.secret, "hook");
  post.open(outage());
  auto receiver = post.receiver();
  SECTION("taken") {
    CHECK(deliver(receiver, *post.store, post.clock, {})->sent == 1);
    const auto body = compact(post.hook.heard.at(0).body);
    CHECK(post.hook.heard[0].path == "/services/T000/B000/hush-4711");
    CHECK(body.starts_with("{\"text\":\"[注意] rt: 接続先の観測不能\",\"blocks\":["));
    CHECK(body.find("<https://evil") == std::string::npos);
    CHECK(body.find("&lt;https://evil.example|cannot connect&gt; &amp;") != std::string::npos);
  }
  SECTION("its address is a secret: no error repeats it") {
    post.hook.answers = {status(302, {{"Location", post.hook.server.url() + "/services/T000/B000/hush-4711/more"}}), status(404)};
    const auto redirected = deliver(receiver, *post.store, post.clock, {});
    CHECK(redirected->failed == 1);
    CHECK(redirected->error.find("hush") == std::string::npos);
    post.clock.move(std::chrono::hours(1));
    const auto gone = deliver(receiver, *post.store, post.clock, {});
    CHECK(gone->error == "receiver chat: answered with status 404; check its address and what it accepts");
  }
}

TEST_CASE("a receiver that is busy, broken or gone loses nothing") {
  Post post;
  post.open(silent());
  auto receiver = post.receiver();
  post.hook.answers = {status(500), status(429, {{"Retry-After", "7200"}}), status(204)};
  CHECK(deliver(receiver, *post.store, post.clock, {})->failed == 1);
  CHECK(deliver(receiver, *post.store, post.clock, {})->failed == 0);  // not before its time
  post.clock.move(std::chrono::minutes(1));
  CHECK(deliver(receiver, *post.store, post.clock, {})->failed == 1);
  post.clock.move(std::chrono::hours(2) - std::chrono::seconds(1));
  CHECK(deliver(receiver, *post.store, post.clock, {})->sent == 0);  // it said two hours
  post.clock.move(std::chrono::seconds(1));
  CHECK(deliver(receiver, *post.store, post.clock, {})->sent == 1);
  REQUIRE(post.hook.heard.size() == 3);
  CHECK(post.hook.heard[0].header("Idempotency-Key") == post.hook.heard[2].header("Idempotency-Key"));
  CHECK(post.store->receiver_states().value().at(0).waiting == 0);
}

TEST_CASE("one alert that is refused for good does not hold up the others") {
  Post post;
  post.open(silent("D-2"));
  post.open(silent("D-3"));
  auto receiver = post.receiver();
  post.hook.answers = {status(400), status(200)};
  CHECK(deliver(receiver, *post.store, post.clock, {})->failed == 1);
  CHECK(deliver(receiver, *post.store, post.clock, {})->sent == 1);
  CHECK(post.store->receiver_states().value().at(0).waiting == 1);
  CHECK(post.store->receiver_states().value().at(0).error == "receiver chat: answered with status 400; check its address and what it accepts");
}

TEST_CASE("Alertmanager: starts, ends later than the next resend, and ends when it is over; another level ends the old one") {
  Post post;
  post.config.kind = "alertmanager";
  post.config.url = post.hook.server.url();
  post.open(silent());
  auto receiver = post.receiver();
  CHECK(deliver(receiver, *post.store, post.clock, {})->sent == 1);
  CHECK(post.hook.heard.at(0).path == "/api/v2/alerts");
  const auto first = compact(post.hook.heard.at(0).body);
  CHECK(first.find("\"alertname\":\"AkashiServiceSilent\"") != std::string::npos);
  CHECK(first.find("\"severity\":\"warning\"") != std::string::npos);
  CHECK(first.find("\"startsAt\":\"2026-04-01T09:00:00Z\",\"endsAt\":\"2026-04-01T09:04:00Z\"") != std::string::npos);
  Alert alert = post.store->alerts(false).value().at(0);
  alert.kind = AlertKind::unexercised;
  alert.level = alert.peak = AlertLevel::alarm;
  REQUIRE(why(post.store->keep_judgement({}, {}, april, kept(What::updated, alert, {"chat"}))) == "ok");
  CHECK(deliver(receiver, *post.store, post.clock, {})->sent == 1);
  const auto worse = compact(post.hook.heard.at(1).body);
  CHECK(worse.find("\"severity\":\"warning\"") < worse.find("\"severity\":\"alarm\""));
  CHECK(worse.find("\"endsAt\":\"2026-04-01T09:00:00Z\"") != std::string::npos);
  CHECK(receiver.notifier->resend() == std::chrono::minutes(1));
  const auto open = post.store->told_open("chat").value();
  REQUIRE(open.size() == 1);
  CHECK(receiver.notifier->keep_up(open, april + std::chrono::minutes(1), {}).status);
  CHECK(compact(post.hook.heard.at(2).body).find("\"endsAt\":\"2026-04-01T09:05:00Z\"") != std::string::npos);
}

TEST_CASE("the courier sends by itself, and one receiver that hangs holds up nobody") {
  Post post;
  SystemClock clock;
  post.hook.answers.front().mischief.stall = std::chrono::hours(1);
  Hook quick;
  auto alerts = kept(What::opened, silent(), {"chat", "quick"}, clock.now());
  REQUIRE(why(post.store->keep_judgement({}, {}, clock.now(), alerts)) == "ok");
  LockedStore store(*post.store);
  ReceiverConfig other = post.config;
  other.name = "quick";
  other.url = quick.server.url();
  std::vector<Error> errors;
  AlertsConfig config;
  config.receivers = {post.config, other};
  {
    Courier courier(make_receivers(config, voice(Lang::ja), post.multi, clock, errors), store, clock);
    courier.wake();
    for (int i = 0; i < 400 && store.told_open("quick").value().empty(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(store.told_open("quick").value().size() == 1);
  }  // ends at once, the hanging one too
  const auto left = store.outgoing("chat", clock.now(), 10).value();
  REQUIRE(left.size() == 1);
  CHECK(left[0].tries == 0);  // dropped by ourselves
}
