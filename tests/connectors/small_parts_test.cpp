// The engine's small parts: placeholders, addresses, clocks, patterns, kept rows, the state between polls.
#include "catch.hpp"
#include "connectors/engine/clock_format.hpp"
#include "connectors/engine/http.hpp"
#include "connectors/engine/json_line.hpp"
#include "connectors/engine/lookup_tables.hpp"
#include "connectors/engine/pattern.hpp"
#include "connectors/engine/placeholders.hpp"
#include "connectors/engine/poll_state.hpp"
#include "connectors/engine/url.hpp"

namespace {

using namespace akashi;

Instant at(const char* text) { return parse_time(text).value(); }

TEST_CASE("placeholders are lower-case words in braces; other braces are text") {
  CHECK(placeholders_in(R"([{"field":"id","value":{id}}] {page})") == std::vector<std::string>{"id", "page"});
  CHECK(fill(R"({"a":{id}})", {{"id", "7"}}) == R"({"a":7})");
  CHECK(fill("{id}{", {{"id", "{id}"}}) == "{id}{");  // what is filled in is not looked at again
  CHECK(fill("{} {Id} {x y}", {}) == "{} {Id} {x y}");
  CHECK(fill("a{gone}b", {}) == "ab");
}

TEST_CASE("a value in a path ends no segment and begins no query") {
  CHECK(fill_path("/wiki/{id}.json", {{"id", "a/b?c#d é"}}) == "/wiki/a%2Fb%3Fc%23d%20%C3%A9.json");
  CHECK(percent_encode("A-z_0.9~") == "A-z_0.9~");
  CHECK(percent_encode("><|") == "%3E%3C%7C");
}

TEST_CASE("the source's address") {
  CHECK(checked_base("https://rt.example/rt/").value() == "https://rt.example/rt");
  for (const auto* wrong : {"", "rt.example", "ftp://rt.example", "https://", "https://user@rt.example", "https://rt.example/a?b",
                            "https://rt.example/#x", "https://rt.example/a/../b", "https://rt.example/a b", "file:///etc/passwd"}) {
    INFO(wrong);
    CHECK_FALSE(checked_base(wrong));
  }
}

TEST_CASE("a next page stays inside the source's scheme, host, port and path") {
  const std::string base = "https://rt.example/rt";
  const std::string here = base + "/list?page=1";
  for (const auto& [link, meant] : std::vector<std::pair<std::string, std::string>>{
           {"https://rt.example/rt/list?page=2", "https://rt.example/rt/list?page=2"},
           {"https://RT.example:443/rt/list", "https://RT.example:443/rt/list"},
           {"/rt/list?page=2", "https://rt.example/rt/list?page=2"},
           {"?page=2", "https://rt.example/rt/list?page=2"},
           // as Microsoft Sentinel writes it; what is escaped already stays
           {"/rt/list?$filter=a ge 'x'&b=%20é", "https://rt.example/rt/list?$filter=a%20ge%20'x'&b=%20%C3%A9"}}) {
    CHECK(confined(base, here, link).value() == meant);
  }
  for (const auto* out : {"http://rt.example/rt/list", "https://rt.example:8443/rt/list", "https://evil.example/rt/list",
                          "https://rt.example/rtx/list", "https://rt.example/other", "//evil.example/rt", "https://rt.example@evil.example/rt/list",
                          "https://rt.example/rt/../admin", "https://rt.example/rt/%2e%2E/admin", "https://rt.example/rt/a\r\nX: y", "list?page=2",
                          "javascript:alert(1)", "", "https://evil.example /rt/list", "https://rt.example\\@evil.example/rt/"}) {
    INFO(out);
    const auto said = confined(base, here, out);
    REQUIRE_FALSE(said);
    CHECK(said.error().kind == ErrorKind::schema);
    CHECK(said.error().where == "https://rt.example/rt/list");
  }
}

TEST_CASE("base64") {
  CHECK(base64("") == "");
  CHECK(base64("a") == "YQ==");
  CHECK(base64("ab") == "YWI=");
  CHECK(base64("abc") == "YWJj");
  CHECK(base64("\xff\xfe\xfd") == "//79");
}

TEST_CASE("times as tools write them") {
  const auto instant = at("2026-11-21T08:00:05Z");
  CHECK(ClockFormat{}.read("2026-11-21T17:00:05+09:00") == instant);
  CHECK(ClockFormat::named("epoch_s")->read("1795248005") == instant);
  CHECK(ClockFormat::named("epoch_s")->read("1795248005.25") == instant + std::chrono::milliseconds(250));
  CHECK(ClockFormat::named("epoch_ms")->read("1795248005000") == instant);
  CHECK(ClockFormat::named("%Y-%m-%d %H:%M:%S")->read("2026-11-21 08:00:05") == instant);
  CHECK(ClockFormat::named("%Y-%m-%d %H:%M:%S", "Asia/Tokyo")->read("2026-11-21 17:00:05") == instant);
  CHECK(ClockFormat::named("%Y/%m/%d %H:%M:%S %z")->read("2026/11/21 17:00:05 +0900") == instant);
  CHECK(ClockFormat::named("%Y-%m-%d %H:%M:%S", "Asia/Tokyo")->write(instant) == "2026-11-21 17:00:05");
  CHECK(ClockFormat::named("epoch_ms")->write(instant) == "1795248005000");
  CHECK(ClockFormat{}.write(instant + std::chrono::milliseconds(900)) == "2026-11-21T08:00:05Z");
  CHECK(parse_http_date("Sat, 21 Nov 2026 08:00:05 GMT") == instant);
}

TEST_CASE("what is no time is no time") {
  for (const auto* wrong : {"", "yesterday", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"}) {
    INFO(wrong);
    CHECK_FALSE(ClockFormat{}.read(wrong));
  }
  for (const auto* wrong : {"", "12x", "99999999999999999999", "-99999999999999"}) CHECK_FALSE(ClockFormat::named("epoch_s")->read(wrong));
  CHECK_FALSE(ClockFormat::named("%Y-%m-%d")->read("2026-11-21 later"));
  CHECK_FALSE(parse_http_date("2026-11-21"));
}

TEST_CASE("a pattern takes the group that is asked for") {
  CHECK(Pattern::compile("/ticket/([0-9]+)$", "")->find("fsck.com-rt://soc.example/ticket/20") == "20");
  CHECK(Pattern::compile("[0-9]+", "")->find("a12b") == "12");
  CHECK(Pattern::compile("(?P<a>x)(?P<b>y)?", "b")->find("x") == std::nullopt);
  CHECK(Pattern{}.find("anything") == std::nullopt);
  const auto wrong = Pattern::compile("(", "");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::config);
}

TEST_CASE("rows of a lookup are kept until they are too old") {
  LookupTables tables;
  tables.put("users", "31", {{"name", "hoshi"}}, at("2026-11-20T00:00:00Z"));
  REQUIRE(tables.find("users", "31", at("2026-11-19T00:00:00Z")) != nullptr);
  CHECK(tables.find("users", "31", at("2026-11-19T00:00:00Z"))->at("name") == "hoshi");
  CHECK(tables.find("users", "31", at("2026-11-21T00:00:00Z")) == nullptr);
  CHECK(tables.find("users", "32", Instant{}) == nullptr);
  CHECK(tables.find("teams", "31", Instant{}) == nullptr);
  tables.expire(at("2026-11-21T00:00:00Z"));
  CHECK(tables.find("users", "31", Instant{}) == nullptr);
}

TEST_CASE("a lookup's table is bounded") {
  LookupTables tables;
  for (std::size_t i = 0; i <= LookupTables::rows_max; ++i) tables.put("users", std::to_string(i), {}, Instant{});
  CHECK(tables.find("users", "0", Instant{}) == nullptr);
  CHECK(tables.find("users", std::to_string(LookupTables::rows_max), Instant{}) != nullptr);
}

TEST_CASE("the state between polls is read as it was written") {
  PollState state;
  state.start = at("2025-10-17T00:00:00Z");
  state.covered_to = at("2026-11-21T08:00:00.5Z");
  state.doubts = {"rows are hidden; grant it", "two\nlines"};
  state.parts["csirt"] = {"4711", at("2026-11-21T07:50:00Z"), {}};
  state.parts["two words"] = {};
  state.back.emplace().covered_to = at("2026-11-20T08:00:00Z");
  state.back->parts["csirt"] = {"17", at("2026-11-20T07:50:00Z"), {}};
  state.back->parts["other"] = {};
  CHECK(read_poll_state(write_poll_state(state)).value().back == state.back);
  state.back->tried = at("2026-11-21T08:00:00Z");
  auto again = read_poll_state(write_poll_state(state)).value();
  state.doubts = {"rows are hidden; grant it", "two lines"};
  CHECK(again == state);
  CHECK(read_poll_state("").value() == PollState{});
}

TEST_CASE("a damaged state, or one of another version, is refused") {
  for (const auto* wrong : {"akashi-stream 2\n", "x", "akashi-stream 1\nstart never\n", "akashi-stream 1\nafter 7\n", "akashi-stream 1\npart\n",
                            "akashi-stream 1\nlater 7\n", "akashi-stream 1\nback soon\n", "akashi-stream 1\nback_part a\n",
                            "akashi-stream 1\nback never\nback_after 7\n", "akashi-stream 1\npart a\nsince 7\n"}) {
    INFO(wrong);
    const auto read = read_poll_state(wrong);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::storage);
  }
}

TEST_CASE("a header is found whatever its case") {
  HttpResponse response;
  response.headers = {{"retry-after", "30"}};
  CHECK(response.header("Retry-After") == "30");
  CHECK(response.header("Date").empty());
}

TEST_CASE("a line of JSON") {
  CHECK(JsonLine().text("a", "x\"\n\\\x01").text("b", "").number("c", 2).truth("d", false).texts("e", {"1", "二"}).str() ==
        R"({"a":"x\"\n\\\u0001","c":2,"d":false,"e":["1","二"]})");
}

}  // namespace
