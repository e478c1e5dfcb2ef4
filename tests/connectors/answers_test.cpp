// What an answer means: by its status, its body, its header; what is then done; and how long a tool is left alone that says so.
#include "connectors/engine/answers.hpp"

#include "catch.hpp"
#include "fake_tools.hpp"
#include "talk.hpp"

namespace akashi {
namespace {

Connector connector_with_answers(const std::string& more, const std::string& answers = "{}",
                                 const std::string& request = "path: /acts, query: {page: \"{page}\"}") {
  const std::string text = R"(title: Tool
product: tool
kind: ticketing
permissions: [{right: Read, for: all, without: nothing}]
blind_spots: [none]
auth: [{scheme: bearer}]
parameters: {words: {about: some words}}
)" + more + R"(
streams:
  acts:
    request: {)" + request +
                           ", answers: " + answers +
                           R"(}
    paging: {kind: page, limit: 2}
    records: /items
    cursor: {field: /at, overlap: 1m, lag: 1s}
    activities:
      - {kind: case.changed, object: /id, event: [/at], time: /at, actor: /who}
)";
  auto made = parse_connector(text, "tool.yaml");
  if (!made) FAIL(sentence(made.error()));
  return std::move(*made);
}

const std::string one_item = R"({"items":[{"id":1,"at":"2026-11-21T07:00:00Z","who":"asato"}]})";

HttpResponse with(HttpResponse response, const std::string& name, const std::string& value) {
  response.headers.emplace_back(name, value);
  return response;
}

// The first answer is `first`, all later ones are good.
fake::Talk after(const Connector& connector, const HttpResponse& first, Session* session = nullptr) {
  int asked = 0;
  return fake::talk(
      connector, fake::source(), [&](const HttpRequest&) { return asked++ == 0 ? first : fake::json(one_item); }, morning, session);
}

}  // namespace

TEST_CASE("a tool that sends our secret back does not get it shown") {
  const auto connector = connector_with_answers("", "{}");
  for (const auto& hostile : {with(HttpResponse{.status = 200, .headers = {}, .body = one_item, .received = {}}, "Content-Type", "text/sesame"),
                              with(fake::json(one_item, 307), "Location", "https://sesame.example/sesame"), fake::json(R"({"sesame":1,"sesame":2})"),
                              fake::json(R"({"items":"sesame"})"), fake::json(R"({"items":[{"id":"sesame","at":"sesame"}]})")}) {
    const auto talk = after(connector, hostile);
    INFO(talk.shown());
    CHECK(talk.shown().find("sesame") == std::string::npos);
  }
}

TEST_CASE("of several rules the first that fits counts: a status before its class, the request's before the connector's") {
  const auto connector = connector_with_answers(
      "answers: {404: {action: fail, class: permission, say: the connector's word}, 4xx: {action: fail, class: config, say: any other}}",
      R"({404: [{when: [{at: /code, is: ["7"]}], action: fail, class: transient, say: the request's word}]})");
  const auto said = [&](int status, const std::string& body) {
    const auto talk = after(connector, fake::json(body, status));
    REQUIRE(talk.error);
    return std::string(name(talk.error->kind)) + " " + talk.error->what;
  };
  CHECK(said(404, R"({"code":7})") == "transient the request's word (HTTP 404)");
  CHECK(said(404, R"({"code":8})") == "permission the connector's word (HTTP 404)");
  CHECK(said(404, "no JSON at all") == "permission the connector's word (HTTP 404)");
  CHECK(said(410, "{}") == "config any other (HTTP 410)");
  const auto gateway = after(connector, fake::json("", 502));
  CHECK(gateway.again == std::vector<std::string>{"https://tool.example/acts: a gateway before the tool failed (HTTP 502)"});
}

TEST_CASE("an answer of 200 that means an error is one, with the tool's own words cut and cleaned") {
  const auto connector = connector_with_answers(
      "", R"({200: [{when: [{at: /error}], action: fail, class: permission, say: the tool refuses, mend: grant it, detail: /error/data}]})");
  const auto talk =
      after(connector, fake::json(R"({"error":{"data":"no\u001b[31m rights for Bearer sesame on )" + std::string(300, 'x') + R"("},"items":[]})"));
  REQUIRE(talk.error);
  CHECK(talk.error->kind == ErrorKind::permission);
  CHECK(talk.error->what.starts_with("the tool refuses: no [31m rights for Bearer *** on xxx"));
  CHECK(talk.error->what.size() < 160);
  CHECK(talk.requests.size() == 1);
}

TEST_CASE("what is tried again is an error in the end, never nothing there") {
  const auto connector =
      connector_with_answers("", R"({200: [{when: [{at: /_shards/failed, is_not: ["0"]}], action: retry, say: some shards did not answer}]})");
  const auto failing = [](const HttpRequest&) { return fake::json(R"({"_shards":{"failed":2},"items":[]})"); };
  const auto talk = fake::talk(connector, fake::source(), failing, morning);
  REQUIRE(talk.error);
  CHECK(talk.error->kind == ErrorKind::transient);
  CHECK(talk.requests.size() == 4);
  CHECK(talk.coverage.empty());
  const auto mended = after(connector, fake::json(R"({"_shards":{"failed":1},"items":[]})"));
  CHECK(mended.error.has_value());  // a good answer without _shards: the condition's value is not "0" either
}

TEST_CASE("a partial answer is read, and the coverage says what is missing from it") {
  const auto connector = connector_with_answers(
      "",
      R"({206: {header: Warning, pattern: "shards", action: partial, say: some of the store is down}, 2xx: {header: X-Cut, action: partial, say: cut}})");
  auto cut = with(fake::json(one_item, 206), "warning", "299 - \"2 shards failed\"");
  const auto talk = after(connector, cut);
  CHECK_FALSE(talk.error);
  CHECK(talk.activities.size() == 1);
  REQUIRE(talk.coverage.size() == 1);
  CHECK_FALSE(talk.coverage.front().complete);
  CHECK(talk.coverage.front().why == "some of the store is down");
  const auto other = after(connector, with(fake::json(one_item, 206), "Warning", "199 - \"slow\""));
  REQUIRE(other.coverage.size() == 1);
  CHECK(other.coverage.front().complete);
}

TEST_CASE("refresh_auth where there is nothing to log in with anew is an error of credentials, at once") {
  const auto connector =
      connector_with_answers("", R"({200: [{when: [{at: /error/data, pattern: "re-login"}], action: refresh_auth, say: the session is over}]})");
  const auto talk = after(connector, fake::json(R"({"error":{"data":"please re-login"}})"));
  REQUIRE(talk.error);
  CHECK(talk.error->kind == ErrorKind::auth);
  CHECK(talk.error->what == "the session is over (HTTP 200)");
  CHECK(talk.requests.size() == 1);
}

TEST_CASE("an answer without a body may be said to be nothing; otherwise it is asked for again") {
  const auto nothing = after(connector_with_answers("", "{204: {action: skip_item}}"), fake::json("", 204));
  CHECK_FALSE(nothing.error);
  CHECK(nothing.requests.size() == 1);
  const auto again = after(connector_with_answers(""), fake::json("", 204));
  CHECK_FALSE(again.error);
  CHECK(again.again.size() == 1);
}

TEST_CASE("a quota that is used up is waited for before the next request; Retry-After comes before the reset") {
  const auto connector = connector_with_answers("budget: {remaining: X-Left, reset: X-Reset}");
  Session session;
  const auto reset = std::to_string(std::chrono::duration_cast<std::chrono::seconds>((morning + std::chrono::minutes(4)).time_since_epoch()).count());
  const auto first = after(connector, with(with(fake::json(one_item), "x-left", "0"), "X-Reset", reset), &session);
  CHECK_FALSE(first.error);
  CHECK(first.waits.empty());
  const auto second = fake::talk(
      connector, fake::source(), [](const HttpRequest&) { return fake::json(one_item); }, morning + std::chrono::minutes(1), &session);
  CHECK(second.waits == std::vector<Duration>{std::chrono::minutes(3)});
  CHECK_FALSE(session.quiet_until);
  const auto limited = after(connector, with(with(fake::json("{}", 429), "Retry-After", "7"), "X-Reset", reset), &session);
  CHECK_FALSE(limited.error);
  CHECK(limited.waits.empty());
  REQUIRE(session.quiet_until);
  CHECK(*session.quiet_until == morning + std::chrono::seconds(8));
}

TEST_CASE("a quota that comes back much later ends the poll instead of holding it; the next one does not even ask") {
  for (const auto& [as, value] :
       std::vector<std::pair<std::string, std::string>>{{"seconds", "1800"}, {"epoch_ms", "1795249801000"}, {"epoch_s", "1795249801.5"}}) {
    const auto connector = connector_with_answers("budget: {remaining: X-Left, reset: X-Reset, reset_as: " + as + "}");
    Session session;
    INFO(as);
    const auto first = after(connector, with(with(fake::json(one_item), "X-Left", "0"), "X-Reset", value), &session);
    CHECK_FALSE(first.error);
    const auto talk = fake::talk(
        connector, fake::source(), [](const HttpRequest&) { return fake::json(one_item); }, morning + std::chrono::seconds(1), &session);
    REQUIRE(talk.error);
    CHECK(sentence(*talk.error) == "source t: the tool has no more requests for us until 2026-11-21T08:30:01Z; it goes on from here at a later poll");
    CHECK(talk.error->kind == ErrorKind::rate_limited);
    CHECK(talk.requests.empty());
  }
}

TEST_CASE("absurd times are bounded, and what is no number says nothing") {
  const auto connector = connector_with_answers("budget: {remaining: X-Left, reset: X-Reset, reset_as: seconds}");
  for (const std::string value : {"99999999999999", "86400"}) {
    Session session;
    (void)after(connector, with(with(fake::json(one_item), "X-Left", "0"), "X-Reset", value), &session);
    REQUIRE(session.quiet_until);
    CHECK(*session.quiet_until <= morning + std::chrono::hours(1) + std::chrono::seconds(1));
  }
  for (const std::string value : {"", "soon", "-5", "99999999999999999999999999"}) {
    Session session;
    (void)after(connector, with(with(fake::json(one_item), "X-Left", "0"), "X-Reset", value), &session);
    CHECK_FALSE(session.quiet_until);
  }
}

TEST_CASE("what stands before every answer against scripts is cut off") {
  const auto connector = connector_with_answers("xssi: \")]}'\"");
  const auto talk = after(connector, fake::json(")]}'\n" + one_item));
  CHECK_FALSE(talk.error);
  CHECK(talk.activities.size() == 1);
}

TEST_CASE("a body's placeholders are escaped as JSON, a form's as a form, and a parameter's values are joined") {
  auto source = fake::source();
  source.params["words"] = {"a\"b", "c&d"};
  const auto sent = [&](const std::string& request) {
    const auto talk = fake::talk(
        connector_with_answers("", "{}", request), source, [](const HttpRequest&) { return fake::json(one_item); }, morning);
    REQUIRE_FALSE(talk.requests.empty());
    return talk.requests.front();
  };
  const auto body = sent(R"(method: POST, reads: true, path: "/acts/{words}", body: '{"q": "{words}", "n": {limit}, "from": "{from}"}')");
  CHECK(body.url == "https://tool.example/acts/a%22b%2Cc%26d");
  CHECK(body.body == R"({"q": "a\"b,c&d", "n": 2, "from": "2026-11-11T08:00:00Z"})");
  CHECK(fake::header_of_request(body, "Content-Type") == "application/json");
  const auto form = sent(
      R"(method: POST, reads: true, path: /acts, form: {search: "{words}", after: "{after}", last: "{last}"}, headers: {Range: "items={offset}-{last}"})");
  CHECK(form.body == "search=a%22b%2Cc%26d&last=1");
  CHECK(fake::header_of_request(form, "Content-Type") == "application/x-www-form-urlencoded");
  CHECK(fake::header_of_request(form, "Range") == "items=0-1");
  const auto rpc = sent(R"(method: POST, reads: true, path: /acts, headers: {Content-Type: application/json-rpc}, body: '{"auth": {"a": 1}}')");
  CHECK(fake::header_of_request(rpc, "Content-Type") == "application/json-rpc");
}

}  // namespace akashi
