// Stories of polling: whatever moves, hides, dies or repeats while a list is read, nothing is lost, nothing doubled, and nothing is vouched for that
// was not seen.
#include <algorithm>
#include <random>

#include "catch.hpp"
#include "fake_tools.hpp"

namespace {

using namespace akashi;
using fake::Kept;

struct Record {
  int id = 0;
  Instant at{};
  bool hidden = false;
  [[nodiscard]] std::string json() const { return R"({"id":)" + std::to_string(id) + R"(,"at":")" + format_time(at) + R"(","who":"hoshi"})"; }
};

std::string items(const std::vector<Record>& records, const std::string& more = {}) {
  std::string text;
  for (const auto& record : records) text += (text.empty() ? "" : ",") + record.json();
  return R"({"items":[)" + text + "]" + more + "}";
}

// Like Redmine: sorted by the time of change, offsets, a total.
struct ChangingList {
  std::vector<Record> records;
  std::function<void(ChangingList&)> between = [](ChangingList&) {};

  HttpResponse answer(const fake::Asked& asked) {
    const auto since = parse_time(asked.of("since")).value(), until = parse_time(asked.of("until")).value();
    std::vector<Record> found;
    for (const auto& record : records) {
      if (record.at >= since && record.at <= until) found.push_back(record);
    }
    std::ranges::sort(found, [](const Record& a, const Record& b) { return std::pair(a.at, a.id) < std::pair(b.at, b.id); });
    const auto offset = std::min<std::size_t>(std::stoul(asked.of("offset")), found.size());
    const auto end = std::min(found.size(), offset + std::stoul(asked.of("limit")));
    const std::vector<Record> cut(found.begin() + static_cast<std::ptrdiff_t>(offset), found.begin() + static_cast<std::ptrdiff_t>(end));
    auto response = fake::json(items(cut, R"(,"total":)" + std::to_string(found.size())));
    between(*this);
    return response;
  }
};

Connector changing_list() {
  return fake::connector_of("kind: keyset, limit: 5, id: /id, total: /total",
                            R"(since: "{since}", until: "{until}", offset: "{offset}", limit: "{limit}")");
}

std::set<int> ids_of(const Kept& kept) {
  std::set<int> ids;
  for (const auto& [uid, activity] : kept.activities) ids.insert(std::stoi(uid.substr(7, uid.find('/', 7) - 7)));
  return ids;
}

TEST_CASE("records that move while a list is read are never skipped") {
  const auto connector = changing_list();
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    ChangingList tool;
    const int count = static_cast<int>(random() % 40);
    for (int id = 0; id < count; ++id) tool.records.push_back({id, morning - std::chrono::hours(2) + std::chrono::seconds(random() % 12)});
    int moves = 0;
    tool.between = [&](ChangingList& list) {
      if (list.records.empty() || ++moves > 30 || random() % 2 != 0) return;
      list.records[random() % list.records.size()].at = morning - std::chrono::minutes(30) + std::chrono::seconds(moves);
    };
    Kept kept;
    fake::poll(
        connector, fake::source(), [&](const fake::Asked& asked) { return tool.answer(asked); }, morning, kept);
    INFO("seed " << seed);
    if (kept.error) FAIL(sentence(*kept.error));
    CHECK(kept.drained);
    CHECK(ids_of(kept).size() == static_cast<std::size_t>(count));
    REQUIRE(kept.coverage.size() == 1);
    CHECK(kept.coverage[0].complete);
  }
}

TEST_CASE("a collector that dies between any two pages loses nothing and doubles nothing") {
  const auto connector = changing_list();
  ChangingList tool;
  for (int id = 0; id < 33; ++id) tool.records.push_back({id, morning - std::chrono::hours(3) + std::chrono::seconds(id / 7)});
  const auto answer = [&](const fake::Asked& asked) { return tool.answer(asked); };
  Kept undisturbed;
  fake::poll(connector, fake::source(), answer, morning, undisturbed);
  CHECK(undisturbed.activities.size() == 33);
  for (int die_after = 0; die_after < undisturbed.pages; ++die_after) {
    INFO("dies after page " << die_after);
    Kept kept;
    fake::poll(connector, fake::source(), answer, morning, kept, die_after);
    CHECK(kept.coverage.empty());
    fake::poll(connector, fake::source(), answer, morning, kept);
    CHECK(kept.activities == undisturbed.activities);
    CHECK(kept.state == undisturbed.state);
    CHECK(kept.coverage == undisturbed.coverage);
  }
}

// Like Request Tracker: rising ids; rows that the reader may not see are dropped after the page was cut; no totals.
struct StoryFeed {
  std::vector<Record> records;
  HttpResponse answer(const fake::Asked& asked) const {
    const auto position = asked.of("query");
    const bool inclusive = position.starts_with("id >= ");
    const int after = position.starts_with("id") ? std::stoi(position.substr(position.find_last_of(' ') + 1)) : -1;
    std::vector<Record> found;
    for (const auto& record : records) {
      if (record.id > after || (inclusive && record.id == after)) found.push_back(record);
    }
    if (asked.of("order") == "DESC") std::ranges::reverse(found);
    const auto size = std::stoul(asked.of("limit")), begin = (std::stoul(asked.of("page")) - 1) * size;
    std::vector<Record> cut;
    for (std::size_t i = begin; i < std::min(found.size(), begin + size); ++i) {
      if (!found[i].hidden) cut.push_back(found[i]);
    }
    return fake::json(items(cut, R"(,"total":null)"));
  }
};

Connector feed_connector() {
  return fake::connector_of(
      R"(kind: id_after, limit: 4, id: /id, total: /total, first: all, after: "id > {after}", from: "id >= {after}", ascending: ASC, descending: DESC, hidden: grant it)",
      R"(query: "{position}", order: "{order}", limit: "{limit}", page: "{page}")");
}

TEST_CASE("completeness is only claimed when every row could be seen, and everything that can be seen is read") {
  const auto connector = feed_connector();
  for (unsigned seed = 0; seed < 400; ++seed) {
    std::mt19937 random(seed);
    StoryFeed tool;
    const int count = static_cast<int>(random() % 25);
    const auto hiding = random() % 5;
    bool any_hidden = false;
    for (int id = 0; id < count; ++id) {
      const bool hidden = hiding > 0 && random() % 10 < hiding;
      any_hidden = any_hidden || hidden;
      tool.records.push_back({id * 3 + 1, morning - std::chrono::hours(2) + std::chrono::seconds(id / 3), hidden});
    }
    Kept kept;
    fake::poll(
        connector, fake::source(), [&](const fake::Asked& asked) { return tool.answer(asked); }, morning, kept);
    INFO("seed " << seed);
    if (kept.error) FAIL(sentence(*kept.error));
    REQUIRE(kept.coverage.size() == 1);
    const auto visible = std::ranges::count(tool.records, false, &Record::hidden);
    const bool provable = visible > 0;  // of nothing at all it cannot be told whether it is hidden
    CHECK(kept.coverage[0].complete == (provable && !any_hidden));
    if (kept.coverage[0].complete) CHECK(kept.activities.size() == static_cast<std::size_t>(visible));
    else CHECK_FALSE(kept.coverage[0].why.empty());
  }
}

TEST_CASE("hidden rows behind the last one that was read are noticed by a later poll, whenever they are followed or not") {
  const auto connector = feed_connector();
  StoryFeed tool;
  for (int id = 1; id <= 3; ++id) tool.records.push_back({id, morning - std::chrono::hours(2)});
  const auto answer = [&](const fake::Asked& asked) { return tool.answer(asked); };
  Kept kept;
  fake::poll(connector, fake::source(), answer, morning, kept);
  CHECK(kept.coverage.back().complete);
  tool.records.push_back({4, morning + std::chrono::minutes(5), true});
  fake::poll(connector, fake::source(), answer, morning + std::chrono::hours(1), kept);
  CHECK_FALSE(kept.coverage.back().complete);
  tool.records.push_back({5, morning + std::chrono::minutes(70)});
  fake::poll(connector, fake::source(), answer, morning + std::chrono::hours(2), kept);
  CHECK_FALSE(kept.coverage.back().complete);
  CHECK(kept.activities.size() == 4);
  fake::poll(connector, fake::source(), answer, morning + std::chrono::hours(3), kept);
  CHECK(kept.coverage.back().complete);
}

TEST_CASE("a row that becomes visible late, before one that was read, is found in the overlap") {
  const auto connector = feed_connector();
  StoryFeed tool;
  tool.records = {{1, morning - std::chrono::hours(1)}, {3, morning - std::chrono::seconds(20)}};
  const auto answer = [&](const fake::Asked& asked) { return tool.answer(asked); };
  Kept kept;
  fake::poll(connector, fake::source(), answer, morning, kept);
  tool.records = {{1, morning - std::chrono::hours(1)}, {2, morning - std::chrono::seconds(21)}, {3, morning - std::chrono::seconds(20)}};
  fake::poll(connector, fake::source(), answer, morning + std::chrono::seconds(30), kept);
  CHECK(ids_of(kept) == std::set<int>{1, 2, 3});
}

TEST_CASE("next-page links are followed inside the source, once each") {
  const auto connector = fake::connector_of("kind: next_url, next: /next", "limit: \"{limit}\"");
  const auto record = Record{1, morning - std::chrono::hours(1)};
  const auto run = [&](const std::string& second) {
    Kept kept;
    fake::poll(
        connector, fake::source(),
        [&](const fake::Asked& asked) {
          if (asked.of("page").empty()) return fake::json(items({record}, R"(,"next":"https://tool.example/acts?page=2")"));
          return fake::json(items({Record{2, record.at}}, second.empty() ? "" : R"(,"next":")" + second + "\""));
        },
        morning, kept);
    return kept;
  };
  const auto whole = run("");
  CHECK(whole.drained);
  CHECK(whole.activities.size() == 2);
  const auto round = run("https://tool.example/acts?page=2");
  REQUIRE(round.error);
  CHECK(round.error->kind == ErrorKind::schema);
  CHECK(round.coverage.empty());
  const auto away = run("https://evil.example/acts?page=3");
  REQUIRE(away.error);
  CHECK(sentence(*away.error) ==
        "https://tool.example/acts: the tool's next page leads outside this source's address; if the tool is behind a proxy, let the source's url be "
        "the "
        "address that the tool gives for itself");
}

TEST_CASE("pages by offset end at the total; a tool that gives less than it counts is not believed") {
  const auto connector = fake::connector_of("kind: offset, limit: 2, total: /total", R"(offset: "{offset}", limit: "{limit}")");
  for (const int total : {5, 7}) {
    Kept kept;
    fake::poll(
        connector, fake::source(),
        [&](const fake::Asked& asked) {
          std::vector<Record> page;
          for (int id = std::stoi(asked.of("offset")); id < 5 && page.size() < 2; ++id) page.push_back({id, morning - std::chrono::hours(1)});
          return fake::json(items(page, R"(,"total":)" + std::to_string(total)));
        },
        morning, kept);
    CHECK_FALSE(kept.error);
    CHECK(kept.activities.size() == 5);
    REQUIRE(kept.coverage.size() == 1);
    CHECK(kept.coverage[0].complete == (total == 5));
  }
}

TEST_CASE("a list without end is cut off with an error, and what was read is kept") {
  const auto connector = fake::connector_of("kind: page, limit: 1, pages_max: 20", R"(page: "{page}")");
  Kept kept;
  fake::poll(
      connector, fake::source(),
      [&](const fake::Asked& asked) {
        return fake::json(items({Record{std::stoi(asked.of("page")), morning - std::chrono::hours(1)}}));
      },
      morning, kept);
  REQUIRE(kept.error);
  CHECK(kept.error->kind == ErrorKind::schema);
  CHECK(kept.activities.size() == 20);
  CHECK(kept.coverage.empty());
}

TEST_CASE("a poll that has used up its requests goes on at the next one") {
  const auto connector = changing_list();
  ChangingList tool;
  for (int id = 0; id < 40; ++id) tool.records.push_back({id, morning - std::chrono::hours(3) + std::chrono::seconds(id)});
  auto source = fake::source();
  source.requests_per_poll_max = 3;
  Kept kept;
  int polls = 0;
  do {
    fake::poll(
        connector, source, [&](const fake::Asked& asked) { return tool.answer(asked); }, morning, kept);
  } while (!kept.drained && ++polls < 20);
  CHECK(kept.drained);
  CHECK(polls > 2);
  CHECK(kept.activities.size() == 40);
  CHECK(kept.coverage.size() == 1);
}

TEST_CASE("a tool that fails is asked four times and no more; one that asks for patience a little longer") {
  const auto connector = changing_list();
  Kept broken;
  fake::poll(
      connector, fake::source(), [](const fake::Asked&) { return fake::json("{}", 503); }, morning, broken);
  CHECK(broken.requests == 4);
  CHECK(broken.error->kind == ErrorKind::transient);
  Kept cut;
  fake::poll(
      connector, fake::source(), [](const fake::Asked&) { return HttpResponse{}; }, morning, cut);
  CHECK(cut.requests == 4);
  Kept busy;
  fake::poll(
      connector, fake::source(), [](const fake::Asked&) { return fake::json("{}", 429); }, morning, busy);
  CHECK(busy.requests == 11);
  CHECK(busy.error->kind == ErrorKind::rate_limited);
  Kept refused;
  fake::poll(
      connector, fake::source(), [](const fake::Asked&) { return fake::json("{}", 401); }, morning, refused);
  CHECK(refused.requests == 1);
  CHECK(refused.error->kind == ErrorKind::auth);
  for (const auto* kept : {&broken, &cut, &busy, &refused}) CHECK(kept->coverage.empty());
}

TEST_CASE("credentials stand in the secret headers and nowhere else") {
  const auto connector = changing_list();
  auto source = fake::source();
  for (const auto& [scheme, expected] :
       std::vector<std::pair<std::string, std::string>>{{"bearer", "Bearer sesame"}, {"basic", "Basic aG9zaGk6c2VzYW1l"}}) {
    source.auth = scheme;
    source.user = "hoshi";
    LookupTables lookups;
    StreamPoll poll(connector, connector.streams.front(), source, "", morning, lookups);
    const auto step = poll.next();
    REQUIRE(step);
    const auto& request = std::get<Ask>(*step).request;
    CHECK(request.secret_headers == Headers{{"Authorization", expected}});
    for (const auto& [name, value] : request.headers) CHECK(value.find("sesame") == std::string::npos);
    CHECK(request.url.find("sesame") == std::string::npos);
  }
}

TEST_CASE("a way to log in that the tool does not have is refused before anything is asked") {
  auto source = fake::source();
  source.auth = "header";
  Kept kept;
  fake::poll(
      changing_list(), source, [](const fake::Asked&) { return fake::json("{}"); }, morning, kept);
  CHECK(kept.requests == 0);
  REQUIRE(kept.error);
  CHECK(sentence(*kept.error) == "source t: Tool has no way to log in that is called \"header\"; write bearer or basic");
}

TEST_CASE("a poll can be given up at any step") {
  const auto connector = changing_list();
  ChangingList tool;
  for (int id = 0; id < 12; ++id) tool.records.push_back({id, morning - std::chrono::hours(3)});
  for (int steps = 0; steps < 12; ++steps) {
    LookupTables lookups;
    StreamPoll poll(connector, connector.streams.front(), fake::source(), "", morning, lookups);
    for (int i = 0; i < steps; ++i) {
      const auto step = poll.next();
      REQUIRE(step);
      if (const auto* ask = std::get_if<Ask>(&*step)) poll.answer(tool.answer(fake::asked(ask->request)));
    }
  }
}

TEST_CASE("after its end a poll says the same again") {
  const auto connector = changing_list();
  LookupTables lookups;
  StreamPoll poll(connector, connector.streams.front(), fake::source(), "akashi-stream 9\n", morning, lookups);
  const auto first = poll.next();
  REQUIRE_FALSE(first);
  CHECK(first.error().kind == ErrorKind::storage);
  const auto second = poll.next();
  REQUIRE_FALSE(second);
  CHECK(sentence(second.error()) == sentence(first.error()));
}

}  // namespace
