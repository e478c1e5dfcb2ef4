// Lists as tools page them: tokens, links, totals, windows. Whatever a page lacks, repeats or contradicts, nothing is lost and nothing is vouched
// for that was not read.
#include <algorithm>

#include "catch.hpp"
#include "connectors/engine/link_header.hpp"
#include "fake_tools.hpp"

namespace {

using namespace akashi;
using fake::Kept;

std::string record(int id, Instant at = morning - std::chrono::hours(1)) {
  return R"({"id":)" + std::to_string(id) + R"(,"at":")" + format_time(at) + R"(","who":"hoshi"})";
}

std::string answer(const std::vector<std::string>& records, const std::string& more = {}) {
  std::string text;
  for (const auto& one : records) text += (text.empty() ? "" : ",") + one;
  return R"({"items":[)" + text + "]" + (more.empty() ? "" : "," + more) + "}";
}

// Pages by their name: token, page number or offset, whichever the request carries as "at"; "" is the first.
Kept read_pages(const Connector& connector, const std::map<std::string, std::string>& pages) {
  Kept kept;
  fake::poll(
      connector, fake::source(),
      [&](const fake::Asked& asked) {
        const auto page = pages.find(asked.of("at"));
        return page == pages.end() ? fake::json(R"({"message":"no such page"})", 404) : fake::json(page->second);
      },
      morning, kept);
  return kept;
}

TEST_CASE("pages by token end where there is no token, and a token that comes again is an error") {
  const auto connector = fake::connector_of("kind: token_in_body, token: /next", R"(at: "{token}")");
  const std::string end = GENERATE(R"("next":null)", R"("next":"")", "");
  const auto whole = read_pages(connector, {{"", answer({record(1)}, R"("next":"b")")}, {"b", answer({record(2)}, end)}});
  CHECK(complete(whole));
  CHECK(whole.activities.size() == 2);
  const auto round = read_pages(connector, {{"", answer({record(1)}, R"("next":"b")")}, {"b", answer({record(2)}, R"("next":"b")")}});
  REQUIRE(round.error);
  CHECK(round.error->kind == ErrorKind::schema);
  CHECK(round.activities.size() == 2);
  CHECK(round.coverage.empty());
}

TEST_CASE("the same page under another token is an error") {
  const auto connector = fake::connector_of("kind: token_in_body, token: /next", R"(at: "{token}")");
  const auto kept = read_pages(connector, {{"", answer({record(1)}, R"("next":"b")")}, {"b", answer({record(1)}, R"("next":"c")")}});
  REQUIRE(kept.error);
  CHECK(kept.coverage.empty());
}

TEST_CASE("an empty page in the middle is passed over where the descriptor says so") {
  const std::map<std::string, std::string> pages{
      {"", answer({record(1)}, R"("next":"b")")}, {"b", answer({}, R"("next":"c")")}, {"c", answer({record(2)})}};
  const auto skipping = read_pages(fake::connector_of("kind: token_in_body, token: /next, empty: skip", R"(at: "{token}")"), pages);
  CHECK(complete(skipping));
  CHECK(skipping.activities.size() == 2);
  const auto ending = read_pages(fake::connector_of("kind: token_in_body, token: /next", R"(at: "{token}")"), pages);
  CHECK(complete(ending));
  CHECK(ending.activities.size() == 1);
}

TEST_CASE("more and last decide before the token") {
  const auto more = fake::connector_of("kind: token_in_body, token: /next, more: /more", R"(at: "{token}")");
  const auto ended = read_pages(more, {{"", answer({record(1)}, R"("next":"b","more":false)")}});
  CHECK(complete(ended));
  const auto nowhere = read_pages(more, {{"", answer({record(1)}, R"("more":true)")}});
  CHECK(nowhere.drained);
  CHECK_FALSE(complete(nowhere));
  const auto last = fake::connector_of("kind: page, limit: 2, last: /last", R"(at: "{page}")");
  const auto short_page = read_pages(last, {{"1", answer({record(1)}, R"("last":false)")}, {"2", answer({record(2), record(3)}, R"("last":true)")}});
  CHECK(complete(short_page));
  CHECK(short_page.activities.size() == 3);
  const auto nothing = read_pages(last, {{"1", answer({record(1), record(2)}, R"("last":false)")}, {"2", answer({}, R"("last":false)")}});
  CHECK(nothing.drained);
  CHECK_FALSE(complete(nothing));
}

TEST_CASE("pages may be counted from 0") {
  const auto connector = fake::connector_of("kind: page, limit: 2, first_page: 0", R"(at: "{page}")");
  const auto kept = read_pages(connector, {{"0", answer({record(1), record(2)})}, {"1", answer({record(3)})}});
  CHECK(complete(kept));
  CHECK(kept.activities.size() == 3);
}

TEST_CASE("a total that is smaller than what was given does not end the list") {
  const auto connector = fake::connector_of("kind: offset, limit: 2, total: /total", R"(at: "{offset}")");
  const auto kept = read_pages(connector, {{"0", answer({record(1), record(2)}, R"("total":1)")}, {"2", answer({record(3)}, R"("total":1)")}});
  CHECK(kept.drained);
  CHECK(kept.activities.size() == 3);
}

TEST_CASE("a total that is larger than what was given is a doubt") {
  const auto connector = fake::connector_of("kind: page, limit: 2, total: /total, empty: skip", R"(at: "{page}")");
  const auto kept = read_pages(connector, {{"1", answer({record(1), record(2)}, R"("total":5)")},
                                           {"2", answer({}, R"("total":5)")},
                                           {"3", answer({record(3)}, R"("total":5)")},
                                           {"4", answer({}, R"("total":5)")}});
  CHECK(kept.drained);
  CHECK(kept.activities.size() == 3);
  REQUIRE(kept.coverage.size() == 1);
  CHECK(kept.coverage[0].why == "the tool counts 5 records but gave 3");
}

TEST_CASE("a total in a header counts like one in the body") {
  const auto connector = fake::connector_of("kind: offset, limit: 2, total_header: Content-Range", R"(at: "{offset}")");
  Kept kept;
  fake::poll(
      connector, fake::source(),
      [](const fake::Asked& asked) {
        auto response = fake::json(asked.of("at") == "0" ? answer({record(1), record(2)}) : answer({record(3), record(4)}));
        response.headers.emplace_back("content-range", "items 0-1/4");
        return response;
      },
      morning, kept);
  CHECK(complete(kept));
  CHECK(kept.requests == 2);
  CHECK(kept.activities.size() == 4);
}

TEST_CASE("a list that is sorted newest first is left where it is older than asked for") {
  const auto connector = fake::connector_of("kind: page, limit: 2, stop_before_since: true", R"(at: "{page}")");
  const auto old = morning - days(20);
  const std::map<std::string, std::string> pages{
      {"1", answer({record(4), record(3, old)})}, {"2", answer({record(2, old), record(1, old)})}, {"3", answer({record(0, old), record(-1, old)})}};
  const auto kept = read_pages(connector, pages);
  CHECK(complete(kept));
  CHECK(kept.requests == 2);
  CHECK(kept.activities.size() == 1);
  const auto timeless = read_pages(connector, {{"1", answer({R"({"id":1,"who":"x"})", R"({"id":2,"who":"x"})"})}, {"2", answer({record(3)})}});
  CHECK(timeless.activities.size() == 1);
}

TEST_CASE("a list that the tool cuts at its newest is vouched for only when it reaches back to what was read before") {
  const auto connector = fake::connector_of("kind: none, cap: 3, stop_before_since: true", R"(at: "1")");
  const auto old = morning - days(40);
  CHECK(complete(read_pages(connector, {{"1", answer({record(3), record(2), record(1, old)})}})));
  CHECK(complete(read_pages(connector, {{"1", answer({record(2), record(1)})}})));
  const auto cut = read_pages(connector, {{"1", answer({record(3), record(2), record(1)})}});
  REQUIRE(cut.coverage.size() == 1);
  CHECK_FALSE(cut.coverage[0].complete);
  CHECK(cut.coverage[0].why.find("newest 3 records only") != std::string::npos);
  CHECK(cut.activities.size() == 3);
}

TEST_CASE("the link of the next page is found among others") {
  CHECK(next_link({{"Link", R"(<https://a/?p=1>; rel="prev", <https://a/?p=3>; rel="next")"}}) == "https://a/?p=3");
  CHECK(next_link({{"link", R"(<https://a/?p=3>; title="a, b; rel=\"next\""; rel=last)"}}).empty());
  CHECK(next_link({{"LINK", R"(<https://a/?p=1>; rel=self)"}, {"Link", R"(<https://a/?p=3>;REL="last NEXT")"}}) == "https://a/?p=3");
  CHECK(next_link({{"Link", "<https://a/?p=3"}}).empty());
  CHECK(next_link({{"Link", "<>; rel=next"}}).empty());
  CHECK(next_link({{"Link", R"(<a>; rel="next)"}}).empty());
  CHECK(next_link({{"Link", std::string(100000, '<')}}).empty());
}

TEST_CASE("links in headers are followed inside the source only") {
  const auto connector = fake::connector_of("kind: link_header", R"(limit: "{limit}")");
  const auto run = [&](const std::string& second) {
    Kept kept;
    fake::poll(
        connector, fake::source(),
        [&](const fake::Asked& asked) {
          auto response = fake::json(answer({record(asked.of("p").empty() ? 1 : 2)}));
          const auto link = asked.of("p").empty() ? "https://tool.example/acts?p=2" : second;
          if (!link.empty()) response.headers.emplace_back("Link", "<" + link + R"(>; rel="next")");
          return response;
        },
        morning, kept);
    return kept;
  };
  CHECK(complete(run("")));
  CHECK(run("").activities.size() == 2);
  REQUIRE(run("https://tool.example/acts?p=2").error);
  REQUIRE(run("https://evil.example/acts?p=3").error);
  CHECK(run("https://evil.example/acts?p=3").activities.size() == 2);
}

// Like a search that gives 10 records at most, whatever is asked.
struct Window {
  std::vector<Instant> times;
  bool counts = true;
  HttpResponse answer_to(const fake::Asked& asked) const {
    const auto since = parse_time(asked.of("since")).value(), until = parse_time(asked.of("until")).value();
    std::vector<std::string> found;
    for (std::size_t id = 0; id < times.size(); ++id) {
      if (times[id] >= since && times[id] <= until) found.push_back(record(static_cast<int>(id), times[id]));
    }
    const auto total = found.size();
    if (found.size() > 10) found.resize(10);
    return fake::json(answer(found, counts ? R"("total":)" + std::to_string(total) : ""));
  }
};

Connector window() { return fake::connector_of("kind: window, cap: 10, total: /total", R"(since: "{since}", until: "{until}")"); }

TEST_CASE("a span that holds more than the tool gives is read in halves") {
  Window tool;
  tool.counts = GENERATE(true, false);
  for (int i = 0; i < 100; ++i) tool.times.push_back(morning - days(9) + std::chrono::minutes(i * i));
  Kept kept;
  fake::poll(
      window(), fake::source(), [&](const fake::Asked& asked) { return tool.answer_to(asked); }, morning, kept);
  CHECK(complete(kept));
  CHECK(kept.activities.size() == 100);
}

TEST_CASE("one instant that holds more than the tool gives is an error, and what was before it stays") {
  Window tool;
  tool.times.assign(12, morning - days(2));
  tool.times.push_back(morning - days(8));
  Kept kept;
  fake::poll(
      window(), fake::source(), [&](const fake::Asked& asked) { return tool.answer_to(asked); }, morning, kept);
  REQUIRE(kept.error);
  CHECK(kept.error->kind == ErrorKind::schema);
  CHECK(kept.error->what.starts_with("the tool holds more records of 2026-11-1"));
  CHECK(kept.coverage.empty());
  CHECK(kept.activities.size() == 1);
}

TEST_CASE("null in place of a list is nothing only where the descriptor says so") {
  const auto run = [](const std::string& more) {
    return read_pages(fake::connector_of("kind: none", R"(at: "")", more), {{"", R"({"items":null})"}});
  };
  CHECK(complete(run("    null_is_empty: true\n")));
  REQUIRE(run("").error);
  CHECK(run("").error->kind == ErrorKind::schema);
}

}  // namespace
