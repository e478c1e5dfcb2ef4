// Who a source is to its tool: tokens that end, log-ins of several steps, what happens when one is refused, and that no secret is ever shown.
#include "connectors/engine/credentials.hpp"

#include "catch.hpp"
#include "fake_tools.hpp"
#include "talk.hpp"

namespace akashi {
namespace {

Connector connector_with_auth(const std::string& auth, const std::string& query = "page: \"{page}\"", const std::string& more = {}) {
  const std::string text = R"(title: Tool
product: tool
kind: ticketing
permissions: [{right: Read, for: all, without: nothing}]
blind_spots: [none]
parameters: {tenant: {about: the tenant, default: [acme]}, app: {about: an id}}
)" + auth + R"(
streams:
  acts:
    request: {path: /acts, query: {)" +
                           query + R"(}}
    paging: {kind: page, limit: 2}
    records: /items
    cursor: {field: /at, overlap: 1m, lag: 1s}
    activities:
      - {kind: case.changed, object: /id, event: [/at], time: /at, actor: /who}
)" + more;
  auto made = parse_connector(text, "tool.yaml");
  if (!made) FAIL(sentence(made.error()));
  return std::move(*made);
}

SourceSettings source(const std::string& scheme) {
  SourceSettings made;
  made.name = "t";
  made.base_url = "https://tool.example";
  made.auth = scheme;
  made.user = "reader";
  made.secret = "open sesame";
  made.start_days = 10;
  return made;
}

std::string item(int id) {
  return R"({"id":)" + std::to_string(id) + R"(,"at":"2026-11-2)" + std::to_string(id % 10 == 0 ? 0 : 1) + R"(T07:0)" + std::to_string(id % 10) +
         R"(:00Z","who":"asato"})";
}

// Three pages: two full ones and a short one.
HttpResponse page_of(const HttpRequest& request) {
  const auto at = request.url.find("page=");
  const int page = at == std::string::npos ? 1 : request.url[at + 5] - '0';
  if (page > 2) return fake::json(R"({"items":[)" + item(5) + "]}");
  return fake::json(R"({"items":[)" + item(page * 2 - 1) + "," + item(page * 2) + "]}");
}

const std::string oauth =
    R"(auth: [{scheme: oauth2_client, token_url: "https://login.example/{tenant}/token", scope: "https://tool.example/.default"}])";

// Gives tokens t1, t2 … and takes the newest alone.
struct TokenTool {
  int given = 0;
  std::string expires = "3600";
  int dies_after = 1 << 30;  // answers by one token
  int answers = 0;
  HttpResponse operator()(const HttpRequest& request) {
    if (request.url.starts_with("https://login.example/")) {
      ++given;
      answers = 0;
      return fake::json(R"({"token_type":"Bearer","expires_in":)" + expires + R"(,"access_token":"token-)" + std::to_string(given) + "\"}", 201);
    }
    const bool known = fake::header_of_request(request, "Authorization") == "Bearer token-" + std::to_string(given);
    if (!known || ++answers > dies_after) return fake::json("{}", 401);
    return page_of(request);
  }
};

void nothing_is_shown(const fake::Talk& talk) {
  for (const std::string secret : {"sesame", "open%20sesame", "token-1", "token-2", "s3ss10n", "crumb", "b3BlbiBzZXNhbWU"}) {
    INFO(secret << " in " << talk.shown());
    CHECK(talk.shown().find(secret) == std::string::npos);
  }
}

}  // namespace

TEST_CASE("a token is fetched once, from the host that gives tokens, and carried to the tool alone") {
  TokenTool tool;
  const auto talk = fake::talk(connector_with_auth(oauth), source("oauth2_client"), std::ref(tool), morning);
  INFO((talk.error ? sentence(*talk.error) : ""));
  CHECK_FALSE(talk.error);
  CHECK(talk.paths() == std::vector<std::string>{"POST https://login.example/acme/token", "GET /acts", "GET /acts", "GET /acts"});
  const auto& asked = talk.requests.front();
  CHECK(asked.elsewhere);
  CHECK(asked.body == "grant_type=client_credentials&scope=https%3A%2F%2Ftool.example%2F.default&client_id=reader&client_secret=open%20sesame");
  CHECK(fake::header_of_request(asked, "Authorization").empty());
  CHECK(fake::header_of_request(asked, "Content-Type") == "application/x-www-form-urlencoded");
  for (std::size_t i = 1; i < talk.requests.size(); ++i) {
    CHECK_FALSE(talk.requests[i].elsewhere);
    CHECK(talk.requests[i].secret_headers == Headers{{"Authorization", "Bearer token-1"}});
    CHECK(talk.requests[i].body.empty());
  }
  CHECK(talk.activities.size() == 5);
  nothing_is_shown(talk);
}

TEST_CASE("a token lives on from poll to poll until shortly before its end, also when that is said as a text") {
  for (const std::string expires : {"3600", "\"3600\""}) {
    TokenTool tool;
    tool.expires = expires;
    Session session;
    const auto connector = connector_with_auth(oauth);
    (void)fake::talk(connector, source("oauth2_client"), std::ref(tool), morning, &session);
    (void)fake::talk(connector, source("oauth2_client"), std::ref(tool), morning + std::chrono::minutes(58), &session);
    CHECK(tool.given == 1);
    (void)fake::talk(connector, source("oauth2_client"), std::ref(tool), morning + std::chrono::minutes(59) + std::chrono::seconds(30), &session);
    CHECK(tool.given == 2);
  }
}

TEST_CASE("a token that ends in the middle of a list is renewed there: nothing is lost, nothing is read twice") {
  TokenTool slow;
  slow.expires = "100";  // answers take 30 s each
  const auto talk = fake::talk(connector_with_auth(oauth), source("oauth2_client"), std::ref(slow), morning, nullptr, std::chrono::seconds(30));
  CHECK_FALSE(talk.error);
  CHECK(slow.given == 2);
  CHECK(talk.activities.size() == 5);
  TokenTool revoked;
  revoked.dies_after = 2;
  const auto told = fake::talk(connector_with_auth(oauth), source("oauth2_client"), std::ref(revoked), morning);
  CHECK_FALSE(told.error);
  CHECK(revoked.given == 2);
  CHECK(told.activities.size() == 5);
  CHECK(told.again.empty());  // no waiting: the tool is well, only the token was not
  nothing_is_shown(told);
}

TEST_CASE("a fresh token that is refused too ends the poll: there is no knocking") {
  TokenTool tool;
  tool.dies_after = 0;
  const auto talk = fake::talk(connector_with_auth(oauth), source("oauth2_client"), std::ref(tool), morning);
  REQUIRE(talk.error);
  CHECK(talk.error->kind == ErrorKind::auth);
  CHECK(tool.given == 2);
  CHECK(talk.requests.size() == 4);
  nothing_is_shown(talk);
}

TEST_CASE("a refused log-in is an error at once, in the host's own words, without the secret that it repeats") {
  int asked = 0;
  const auto refuse = [&](const HttpRequest&) {
    ++asked;
    return fake::json(R"({"error":"invalid_client","error_description":"AADSTS7000215: client secret open sesame is wrong\u0007"})", 401);
  };
  const auto talk = fake::talk(connector_with_auth(oauth), source("oauth2_client"), refuse, morning);
  REQUIRE(talk.error);
  CHECK(talk.error->kind == ErrorKind::auth);
  CHECK(sentence(*talk.error) ==
        "https://login.example/acme/token: the tool refuses the log-in: AADSTS7000215: client secret *** is wrong (HTTP 401); "
        "renew the user or the secret of this source; nothing is asked before that");
  CHECK(asked == 1);
}

TEST_CASE("a host of tokens that is down is tried again; an answer without a token is no log-in") {
  int asked = 0;
  const auto flaky = [&](const HttpRequest& request) {
    if (!request.elsewhere) return page_of(request);
    return ++asked < 3 ? fake::json("{}", 503) : fake::json(R"({"access_token":"token-1"})");
  };
  const auto talk = fake::talk(connector_with_auth(oauth), source("oauth2_client"), flaky, morning);
  CHECK_FALSE(talk.error);
  CHECK(talk.again.size() == 2);
  for (const std::string body :
       {R"({"ok":true})", R"({"access_token":""})", R"({"access_token":["a"]})", R"({"access_token":"a\r\nX-Evil: b"})", "[]"}) {
    const auto empty = fake::talk(
        connector_with_auth(oauth), source("oauth2_client"), [&](const HttpRequest&) { return fake::json(body); }, morning);
    INFO(body);
    REQUIRE(empty.error);
    CHECK(empty.error->kind == ErrorKind::auth);
    CHECK(empty.requests.size() == 1);
  }
}

TEST_CASE("the address of tokens is the descriptor's or the config's, encrypted, and a parameter cannot lead it elsewhere") {
  auto settings = source("oauth2_client");
  settings.params["tenant"] = {"a@evil.example/../x?y#z"};
  TokenTool tool;
  const auto talk = fake::talk(connector_with_auth(oauth), settings, std::ref(tool), morning);
  CHECK(talk.requests.front().url == "https://login.example/a%40evil.example%2F..%2Fx%3Fy%23z/token");
  settings.token_url = "http://login.example/token";
  auto refused = fake::talk(connector_with_auth(oauth), settings, std::ref(tool), morning);
  REQUIRE(refused.error);
  CHECK(sentence(*refused.error) == "source t: token_url does not begin with https://; a secret is not sent where everybody can read it");
  CHECK(refused.requests.empty());
  settings.token_url = "/oauth_token.do";
  settings.base_url = "https://tool.example/api";
  const auto own = fake::talk(
      connector_with_auth(oauth), settings, [](const HttpRequest&) { return fake::json("{}", 400); }, morning);
  CHECK(own.requests.front().url == "https://tool.example/oauth_token.do");
  CHECK_FALSE(own.requests.front().elsewhere);
}

TEST_CASE("the client's secret may stand in the header, and fields in place of the usual ones") {
  const auto connector = connector_with_auth(
      R"(auth: [{scheme: oauth2_client, token_url: /token, client_in: basic, fields: {grant_type: password, resource: "https://api.example", username: "{user}"}}])");
  const auto talk = fake::talk(
      connector, source("oauth2_client"), [](const HttpRequest&) { return fake::json("{}", 400); }, morning);
  CHECK(talk.requests.front().body == "grant_type=password&resource=https%3A%2F%2Fapi.example&username=reader");
  CHECK(talk.requests.front().secret_headers == Headers{{"Authorization", "Basic cmVhZGVyOm9wZW4gc2VzYW1l"}});
}

const std::string two_steps = R"(auth:
  - scheme: session
    login:
      - {path: /, take: {crumb: {header: X-Crumb}}}
      - method: POST
        reads: true
        path: /login
        headers: {X-Crumb: "{crumb}"}
        body: '{"name": "{user}", "password": "{secret}", "app": "{app}"}'
        take: {token: /session/id}
        wrong: [{at: /error}]
    header: X-Session
    prefix: "id "
    cookies: true
    ttl: 1h)";

struct SessionTool {
  int log_ins = 0, refused = 0;
  bool forget_once = false;
  HttpResponse operator()(const HttpRequest& request) {
    if (request.url == "https://tool.example/") {
      auto start = fake::json("<html>welcome</html>");
      start.headers = {{"Content-Type", "text/html"}, {"X-Crumb", "crumb-7"}, {"Set-Cookie", "first=1; Path=/; HttpOnly"}};
      return start;
    }
    if (request.url == "https://tool.example/login") {
      ++log_ins;
      CHECK(request.body == R"({"name": "reader", "password": "open \"sesame\\", "app": "x,\"y"})");
      CHECK(fake::header_of_request(request, "X-Crumb") == "crumb-7");
      CHECK(fake::header_of_request(request, "Cookie") == "first=1");
      CHECK(fake::header_of_request(request, "Content-Type") == "application/json");
      auto in = fake::json(R"({"session":{"id":"s3ss10n"}})");
      in.headers.emplace_back("Set-Cookie", "JSESSIONID=s3ss10nc00kie; Secure");
      in.headers.emplace_back("set-cookie", "first=; Max-Age=0");
      return in;
    }
    const bool known =
        fake::header_of_request(request, "X-Session") == "id s3ss10n" && fake::header_of_request(request, "Cookie") == "JSESSIONID=s3ss10nc00kie";
    if (!known || std::exchange(forget_once, false)) return ++refused, fake::json("{}", 401);
    return page_of(request);
  }
};

SourceSettings session_source() {
  auto settings = source("session");
  settings.secret = "open \"sesame\\";
  settings.params["app"] = {"x", "\"y"};
  return settings;
}

TEST_CASE("a session of two steps: what one gives the next carries, cookies go back, secrets are escaped where they stand") {
  SessionTool tool;
  Session session;
  const auto connector = connector_with_auth(two_steps);
  const auto talk = fake::talk(connector, session_source(), std::ref(tool), morning, &session);
  INFO((talk.error ? sentence(*talk.error) : ""));
  CHECK_FALSE(talk.error);
  CHECK(talk.paths() == std::vector<std::string>{"GET /", "POST /login", "GET /acts", "GET /acts", "GET /acts"});
  CHECK(talk.activities.size() == 5);
  nothing_is_shown(talk);
  const auto second = fake::talk(connector, session_source(), std::ref(tool), morning + std::chrono::minutes(50), &session);
  CHECK(tool.log_ins == 1);
  tool.forget_once = true;
  const auto third = fake::talk(connector, session_source(), std::ref(tool), morning + std::chrono::minutes(55), &session);
  CHECK_FALSE(third.error);
  CHECK(tool.log_ins == 2);
  const auto fourth = fake::talk(connector, session_source(), std::ref(tool), morning + std::chrono::hours(3), &session);  // ttl
  CHECK(tool.log_ins == 3);
}

TEST_CASE("a log-in that answers 200 and means no is refused once; so is one that gives nothing") {
  const auto connector = connector_with_auth(two_steps);
  for (const std::string body : {R"({"error":"bad password s3ss10n","session":{"id":"x"}})", R"({"session":{}})", R"({"session":{"id":null}})"}) {
    int log_ins = 0;
    const auto tool = [&](const HttpRequest& request) {
      if (request.url == "https://tool.example/") return SessionTool{}(request);
      ++log_ins;
      return fake::json(body);
    };
    Session session;
    const auto talk = fake::talk(connector, session_source(), tool, morning, &session);
    INFO(body);
    REQUIRE(talk.error);
    CHECK(talk.error->kind == ErrorKind::auth);
    CHECK(log_ins == 1);
    CHECK_FALSE(session.logged_in);
    CHECK(session.taken.empty());
    CHECK(session.cookies.empty());
    nothing_is_shown(talk);
  }
}

TEST_CASE("a session's token may stand in the query and in the body, and is shown in neither") {
  const auto connector = connector_with_auth(R"(auth: [{scheme: session, login: [{path: /login, take: {sid: /id, token: /id}}]}])",
                                             R"(page: "{page}", SessionID: "{sid}")");
  const auto tool = [](const HttpRequest& request) {
    return request.url == "https://tool.example/login" ? fake::json(R"({"id":"s3ss10n+"})") : page_of(request);
  };
  const auto talk = fake::talk(connector, source("session"), tool, morning);
  CHECK_FALSE(talk.error);
  REQUIRE(talk.requests.size() == 4);
  CHECK(talk.requests[1].url == "https://tool.example/acts?page=1");
  CHECK(talk.requests[1].secret_query == "SessionID=s3ss10n%2B");
  nothing_is_shown(talk);
}

TEST_CASE("a secret as a query parameter stands apart from the address") {
  const auto connector = connector_with_auth("auth: [{scheme: query, name: apiKey}]");
  const auto talk = fake::talk(connector, source("query"), page_of, morning);
  CHECK_FALSE(talk.error);
  CHECK(talk.requests.front().secret_query == "apiKey=open%20sesame");
  nothing_is_shown(talk);
}

TEST_CASE("a next page's address that repeats the secret is cleaned before it is kept or shown") {
  auto text = connector_with_auth("auth: [{scheme: query, name: apiKey}]");
  text.streams.front().paging.kind = Paging::next_url;
  text.streams.front().paging.next = "/next";
  int asked = 0;
  const auto tool = [&](const HttpRequest& request) {
    if (++asked > 1) {
      CHECK(request.url == "https://tool.example/acts?after=2");
      CHECK(request.secret_query == "apiKey=open%20sesame");
      return fake::json(R"({"items":[]})");
    }
    return fake::json(R"({"items":[)" + item(1) + R"(],"next":"https://tool.example/acts?after=2&apiKey=open%20sesame"})");
  };
  const auto talk = fake::talk(text, source("query"), tool, morning);
  CHECK_FALSE(talk.error);
  CHECK(asked == 2);
  nothing_is_shown(talk);
}

TEST_CASE("requests are signed with the key of the region, each at its own time") {
  const auto connector = connector_with_auth("auth: [{scheme: sigv4, service: es}]");
  auto settings = source("sigv4");
  const auto refused = fake::talk(connector, settings, page_of, morning);
  REQUIRE(refused.error);
  CHECK(sentence(*refused.error) == "source t: sigv4 needs the region that the tool is in; add region: to auth");
  settings.region = "ap-northeast-1";
  const auto talk = fake::talk(connector, settings, page_of, morning, nullptr, std::chrono::minutes(3));
  CHECK_FALSE(talk.error);
  CHECK(fake::header_of_request(talk.requests[0], "X-Amz-Date") == "20261121T080000Z");
  CHECK(fake::header_of_request(talk.requests[1], "X-Amz-Date") == "20261121T080300Z");
  CHECK(fake::header_of_request(talk.requests[0], "Authorization").find("reader/20261121/ap-northeast-1/es/aws4_request") != std::string::npos);
  nothing_is_shown(talk);
}

TEST_CASE("a tool that asks for no credentials gets none; a certificate alone has to be there") {
  const auto open = fake::talk(connector_with_auth("auth: [{scheme: none}]"), source("none"), page_of, morning);
  CHECK_FALSE(open.error);
  CHECK(open.requests.front().secret_headers.empty());
  const auto connector = connector_with_auth("auth: [{scheme: bearer}, {scheme: mtls}]");
  auto settings = source("none");
  const auto refused = fake::talk(connector, settings, page_of, morning);
  REQUIRE(refused.error);
  CHECK(sentence(*refused.error) == "source t: Tool has no way to log in that is called \"none\"; write bearer or mtls");
  settings.auth = "mtls";
  const auto bare = fake::talk(connector, settings, page_of, morning);
  REQUIRE(bare.error);
  CHECK(sentence(*bare.error) == "source t: mtls needs a client's certificate; add tls: {certificate: FILE, key: FILE} to this source");
  settings.auth = "none";
  settings.client_certificate = true;
  CHECK_FALSE(fake::talk(connector, settings, page_of, morning).error);
}

}  // namespace akashi
