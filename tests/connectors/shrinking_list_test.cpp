// A list that becomes shorter while it is read by number: what moves up past the next page's beginning is not lost.
#include <fmt/format.h>

#include "catch.hpp"
#include "tests/connectors/fake_tools.hpp"

using namespace akashi;
using fake::Kept;

namespace {

// Twenty records; after the page with that number (from 1, over all pages that are asked for) the oldest one that is left is changed and leaves the
// list.
struct Shrinking {
  std::set<int> after;
  std::vector<int> ids;
  int pages = 0;

  Shrinking(std::set<int> pages_that_shrink) : after(std::move(pages_that_shrink)) {
    for (int id = 0; id < 20; ++id) ids.push_back(id);
  }
  HttpResponse operator()(const fake::Asked& asked) {
    const auto offset = static_cast<std::size_t>(std::stoi(asked.of("offset")));
    std::string items;
    for (std::size_t i = offset; i < std::min(ids.size(), offset + 5); ++i)
      items += fmt::format(R"({}{{"id":{},"at":"{}","who":"oki"}})", items.empty() ? "" : ",", ids[i],
                           format_time(early_november - days(5) + std::chrono::hours(ids[i])));
    auto answer = fake::json(fmt::format(R"({{"total":{},"items":[{}]}})", ids.size(), items));
    if (after.contains(++pages)) ids.erase(ids.begin());
    return answer;
  }
};

Kept read(Shrinking& tool) {
  const auto connector = fake::connector_of("kind: offset, limit: 5, total: /total", "offset: \"{offset}\", since: \"{since}\"", "");
  Kept kept;
  fake::poll(connector, fake::source(), std::ref(tool), early_november, kept);
  if (kept.error) FAIL(sentence(*kept.error));
  return kept;
}

}  // namespace

TEST_CASE("shrinking: a record that moved up past a page is found by reading once more") {
  Shrinking tool({2});
  const auto kept = read(tool);
  CHECK(kept.activities.size() == 20);
  CHECK(kept.coverage.back().complete);
  CHECK(tool.pages == 4 + 4);
}

TEST_CASE("shrinking: a list that stays as it is is read once") {
  Shrinking tool({});
  const auto kept = read(tool);
  CHECK(kept.activities.size() == 20);
  CHECK(tool.pages == 4);
}

TEST_CASE("shrinking: again and again is said, and nothing is called complete") {
  Shrinking tool({1, 2, 5, 6});
  const auto kept = read(tool);
  CHECK_FALSE(kept.coverage.back().complete);
  CHECK(kept.coverage.back().why.find("passed over") != std::string::npos);
}
