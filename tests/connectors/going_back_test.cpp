// What could not be seen at first and can be seen later is behind the cursor: reading goes back for it, once the checks hold, and nothing is lost.
#include <fmt/format.h>

#include "catch.hpp"
#include "tests/connectors/fake_tools.hpp"

using namespace akashi;
using fake::Kept;

namespace {

// A feed of one record an hour since the day before. While the right is missing it shows only what is younger than `shown_from`.
struct Feed {
  Instant now = early_november;
  bool right = true;
  Instant shown_from{};
  std::string partial;  // a header that says that the answer is not whole
  int lists = 0;

  HttpResponse operator()(const fake::Asked& asked) {
    if (asked.path == "/rights") return fake::json(right ? R"({"rights":["Read"]})" : R"({"rights":[]})");
    ++lists;
    const auto since = *parse_time(asked.of("since"));
    std::string items;
    int found = 0;
    for (int hour = 1; early_november - days(1) + std::chrono::hours(hour) <= now; ++hour) {
      const auto at = early_november - days(1) + std::chrono::hours(hour);
      if (at < since || (!right && at < shown_from)) continue;
      const int number = found++;
      if (!asked.of("offset").empty() &&
          (number < std::stoi(asked.of("offset")) || number >= std::stoi(asked.of("offset")) + std::stoi(asked.of("limit"))))
        continue;
      items += fmt::format(R"({}{{"id":{},"at":"{}","who":"oki"}})", items.empty() ? "" : ",", hour, format_time(at));
    }
    auto answer = fake::json(R"({"items":[)" + items + "]}");
    if (!partial.empty()) answer.headers.emplace_back("Warning", partial);
    return answer;
  }
};

Connector feed(const std::string& paging = "kind: none") {
  return fake::connector_of(
      paging, "since: \"{since}\", limit: \"{limit}\"" + std::string(paging.starts_with("kind: offset") ? ", offset: \"{offset}\"" : ""),
      R"(    checks:
      - about: the right is there
        request: {path: /rights}
        records: /rights
        value: ""
        must: [Read]
        say: the right {value} is missing
        mend: grant it
answers:
  2xx: {header: Warning, action: partial, say: a part is down}
)");
}

void poll(const Connector& connector, Feed& tool, Kept& kept) {
  fake::poll(connector, fake::source(), std::ref(tool), tool.now, kept);
  if (kept.error) FAIL(sentence(*kept.error));
}

}  // namespace

TEST_CASE("going back: a right that is granted later shows what it hid") {
  const auto connector = feed();
  Feed tool;
  Feed undisturbed;
  Kept kept, expected;
  tool.right = false;
  tool.shown_from = early_november - std::chrono::hours(2);
  poll(connector, tool, kept);
  CHECK(kept.activities.size() == 3);
  CHECK_FALSE(kept.coverage.back().complete);
  tool.now += days(1);
  poll(connector, tool, kept);
  CHECK_FALSE(kept.coverage.back().complete);
  tool.right = true;
  tool.now += std::chrono::minutes(15);  // the check is asked again
  poll(connector, tool, kept);
  undisturbed.now = tool.now;
  poll(connector, undisturbed, expected);
  CHECK(kept.activities.size() == expected.activities.size());
  CHECK(kept.coverage.back().complete);
  CHECK(kept.coverage.back().span.from == kept.coverage.front().span.from);
  CHECK(kept.state.find("back") == std::string::npos);
}

TEST_CASE("going back: while the right is missing nothing is read again") {
  const auto connector = feed();
  Feed tool;
  Kept kept;
  tool.right = false;
  for (int i = 0; i < 5; ++i) {
    poll(connector, tool, kept);
    tool.now += days(1);
  }
  CHECK(tool.lists == 5);
  CHECK(kept.state.find("back never") != std::string::npos);
  CHECK(kept.activities.size() == 4U * 24 + 24);
}

TEST_CASE("going back: after an answer that was not whole it is tried again, once a day") {
  const auto connector = feed();
  Feed tool;
  Kept kept;
  tool.partial = "199 shards";
  poll(connector, tool, kept);
  CHECK_FALSE(kept.coverage.back().complete);
  tool.partial.clear();
  tool.now += std::chrono::hours(1);
  poll(connector, tool, kept);
  CHECK(kept.coverage.back().complete);  // of the last hour
  CHECK(kept.coverage.back().span.from > early_november - std::chrono::hours(1));
  tool.now += days(1);
  poll(connector, tool, kept);
  CHECK(kept.coverage.back().complete);
  CHECK(kept.coverage.back().span.from < early_november - days(9));
  CHECK(kept.state.find("back") == std::string::npos);
}

TEST_CASE("going back: a pass that is cut off on the way goes on, and nothing is left out") {
  const auto connector = feed("kind: offset, limit: 5");
  Feed tool;
  Kept kept;
  tool.right = false;
  tool.shown_from = early_november;
  poll(connector, tool, kept);
  tool.right = true;
  tool.now += std::chrono::minutes(15);
  fake::poll(connector, fake::source(), std::ref(tool), tool.now, kept, 1);
  for (int i = 0; i < 3; ++i) {
    tool.now += days(1);
    poll(connector, tool, kept);
  }
  CHECK(kept.activities.size() == 4U * 24);
  CHECK(kept.coverage.back().complete);
}
