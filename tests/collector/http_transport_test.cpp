// What a request and its answer carry when all goes well, and who hears the credential.
#include <atomic>
#include <thread>

#include "catch.hpp"
#include "collector/http/patience.hpp"
#include "collector/http_rig.hpp"

namespace akashi {
namespace {

ServerAnswer say(int status, std::string body, Headers headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body), .raw = {}, .mischief = {}};
}

}  // namespace

TEST_CASE("an answer comes as it is, with any status") {
  HttpRig rig;
  Heard heard;
  LoopbackServer server([&](const ServerRequest& request) {
    heard.add(request);
    if (request.path == "/none") return say(204, "");
    if (request.path == "/denied") return say(401, "");
    return say(200, "{\"a\":1}", {{"Content-Type", "application/json"}, {"X-Next", "  2 "}});
  });
  const auto answer = rig.get(server.url() + "/a?q=id+%3E+5");
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == "{\"a\":1}");
  CHECK(answer->received == rig.clock.now());
  CHECK(answer->headers[1] == std::pair<std::string, std::string>("X-Next", "2"));
  CHECK(told(rig.get(server.url() + "/none"), {}) == "ok 204");
  CHECK(told(rig.get(server.url() + "/denied"), {}) == "ok 401");
  const auto asked = heard.all();
  REQUIRE(asked.size() == 3);
  CHECK(asked[0].method == "GET");
  CHECK(asked[0].parameter("q") == "id > 5");
  CHECK(asked[0].header("authorization") == "token s3cret");
  CHECK(asked[0].header("Accept-Encoding") == "gzip");
}

TEST_CASE("a POST that reads carries its body") {
  HttpRig rig;
  Heard heard;
  LoopbackServer server([&](const ServerRequest& request) {
    heard.add(request);
    return say(200, "[]");
  });
  HttpRequest request = HttpRig::request(server.url() + "/search");
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"}};
  request.body = std::string("{\"a\":\"\0\"}", 9);
  CHECK(told(rig.send(request), {}) == "ok 200");
  CHECK(heard.all().at(0).method == "POST");
  CHECK(heard.all().at(0).body == request.body);
  CHECK(heard.all().at(0).header("Content-Type") == "application/json");
  CHECK(heard.all().at(0).header("Expect").empty());
}

TEST_CASE("gzip is inflated, also in several members") {
  HttpRig rig;
  std::string text;
  for (int i = 0; i < 40000; ++i) text += "{\"id\":" + std::to_string(i) + "}\n";
  LoopbackServer server([&](const ServerRequest& request) {
    const bool two = request.path == "/two";
    return say(200, two ? gzipped(text.substr(0, 9000)) + gzipped(text.substr(9000)) : gzipped(text), {{"Content-Encoding", "GZIP"}});
  });
  const auto one = rig.get(server.url() + "/one"), two = rig.get(server.url() + "/two");
  REQUIRE(one);
  REQUIRE(two);
  CHECK(one->body == text);
  CHECK(two->body == text);
}

TEST_CASE("an answer of exactly the allowed size passes, compressed or not") {
  HttpRig rig;
  const std::string text(5000, 'x');
  LoopbackServer server([&](const ServerRequest& request) {
    return request.path == "/gzip" ? say(200, gzipped(text), {{"Content-Encoding", "gzip"}}) : say(200, text);
  });
  for (const char* path : {"/gzip", "/plain"}) {
    HttpRequest request = HttpRig::request(server.url() + path);
    request.answer_bytes_max = 5000;
    CHECK(told(rig.send(request), {}) == "ok 200");
    request.answer_bytes_max = 4999;
    CHECK(rig.send(request).error().kind == ErrorKind::schema);
  }
}

TEST_CASE("a connection is kept for the next request") {
  HttpRig rig;
  LoopbackServer server([](const ServerRequest&) { return say(200, "{}"); });
  for (int i = 0; i < 20; ++i) REQUIRE(rig.get(server.url() + "/a"));
  CHECK(server.connections() == 1);
  CHECK(server.requests() == 20);
}

TEST_CASE("a kept connection that the server closed meanwhile is opened again") {
  HttpRig rig;
  LoopbackServer server([](const ServerRequest&) { return say(200, "{}", {{"Connection", "keep-alive"}}); });  // says keep, but closes
  for (int i = 0; i < 3; ++i) CHECK(told(rig.get(server.url() + "/a"), {}) == "ok 200");
  CHECK(server.connections() == 3);
}

TEST_CASE("never more exchanges with one host than agreed") {
  HttpRig rig;
  LoopbackServer server([](const ServerRequest&) {
    ServerAnswer answer = say(200, "{}");
    answer.mischief.stall = std::chrono::milliseconds(5);
    return answer;
  });
  constexpr int threads = 12, each = 5;
  std::atomic<int> answered = 0;
  std::vector<std::jthread> askers;
  for (int i = 0; i < threads; ++i) {
    askers.emplace_back([&] {
      for (int j = 0; j < each; ++j) answered += rig.get(server.url() + "/a").has_value() ? 1 : 0;
    });
  }
  askers.clear();
  CHECK(answered == threads * each);
  CHECK(server.connections_max() <= 4);
}

TEST_CASE("a redirect is followed on the same host only, and carries no credential elsewhere") {
  HttpRig rig;
  Heard at_home, elsewhere;
  LoopbackServer other([&](const ServerRequest& request) {
    elsewhere.add(request);
    return say(200, "{}");
  });
  LoopbackServer server([&](const ServerRequest& request) {
    at_home.add(request);
    if (request.path == "/here") return say(302, "", {{"Location", "/there?x=1"}});
    if (request.path == "/relative") return say(307, "", {{"Location", "there"}});
    if (request.path == "/loop") return say(301, "", {{"Location", "/loop"}});
    if (request.path == "/away") return say(302, "", {{"Location", other.url() + "/take?token=s3cret"}});
    if (request.path == "/echo") return say(302, "", {{"Location", other.url() + "/s3cret/take"}});
    if (request.path == "/tls") return say(301, "", {{"Location", "https://" + request.header("Host") + "/tls"}});
    if (request.path == "/file") return say(302, "", {{"Location", "file:///etc/passwd"}});
    if (request.path == "/user") return say(302, "", {{"Location", "//me:pw@" + request.header("Host") + "/there"}});
    if (request.path == "/nowhere") return say(302, "stay");
    return say(200, "{}");
  });
  const auto get = [&](const char* path) { return told(rig.get(server.url() + path), server.url()); };
  CHECK(get("/here") == "ok 200");
  CHECK(at_home.all().back().target == "/there?x=1");
  CHECK(at_home.all().back().header("Authorization") == "token s3cret");
  CHECK(get("/relative") == "ok 200");
  CHECK(get("/nowhere") == "ok 302");
  CHECK(get("/loop") == "config: URL/loop: more than 3 redirects in a row; set url to the address where they end");
  CHECK(get("/echo").find("s3cret") == std::string::npos);
  CHECK(get("/away") == "config: URL/away: the tool sends us on to " + other.url() +
                            "/take, where credentials are not carried; set url to that address if it is the tool's own");
  CHECK(get("/tls").starts_with("config: URL/tls: the tool sends us on to https://127.0.0.1:"));
  CHECK(get("/file").starts_with("config: URL/file: the tool sends us on to something that is no http address,"));
  CHECK(get("/user").starts_with("config: URL/user: the tool sends us on to URL/there,"));
  HttpRequest post = HttpRig::request(server.url() + "/here");
  post.method = "POST";
  CHECK(told(rig.send(post), server.url()) ==
        "config: URL/here: the tool answers a POST with a redirect to URL/there; set url to the address that answers without one");
  CHECK(elsewhere.all().empty());
}

TEST_CASE("a tool that asks to wait is an answer, with its word in the header") {
  HttpRig rig;
  LoopbackServer server([](const ServerRequest& request) {
    return say(429, "", {{"Retry-After", request.path == "/seconds" ? "120" : "Wed, 01 Apr 2026 00:05:00 GMT"}});
  });
  for (const auto& [path, seconds] : {std::pair("/seconds", 120), std::pair("/date", 300)}) {
    const auto answer = rig.get(server.url() + path);
    REQUIRE(answer);
    CHECK(answer->status == 429);
    REQUIRE_FALSE(answer->headers.empty());
    CHECK(retry_after(answer->headers.front().second, rig.clock.now()) == Duration(std::chrono::seconds(seconds)));
  }
}

TEST_CASE("the environment's proxy is not used") {
  REQUIRE(setenv("http_proxy", "http://127.0.0.1:1", 1) == 0);
  REQUIRE(setenv("ALL_PROXY", "http://127.0.0.1:1", 1) == 0);
  HttpRig rig;
  LoopbackServer server([](const ServerRequest&) { return say(200, "{}"); });
  CHECK(told(rig.get(server.url() + "/a"), {}) == "ok 200");
  REQUIRE(unsetenv("http_proxy") == 0);
  REQUIRE(unsetenv("ALL_PROXY") == 0);
}

TEST_CASE("a configured proxy is used, but not for this machine") {
  HttpRig rig;
  Heard asked;
  LoopbackServer proxy([&](const ServerRequest& request) {
    asked.add(request);
    return say(200, "{\"from\":\"proxy\"}");
  });
  LoopbackServer server([](const ServerRequest&) { return say(200, "{\"from\":\"server\"}"); });
  rig.line.proxy = proxy.url();
  CHECK(rig.get("http://tool.invalid/a")->body == "{\"from\":\"proxy\"}");
  CHECK(asked.all().at(0).target == "http://tool.invalid/a");
  CHECK(rig.get(server.url() + "/a")->body == "{\"from\":\"server\"}");
  CHECK(asked.all().size() == 1);
}

}  // namespace akashi
