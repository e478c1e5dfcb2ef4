#include "connectors/engine/newest_cases.hpp"

#include "catch.hpp"

using namespace akashi;

TEST_CASE("only what is written alike can be older") {
  struct {
    std::string_view a, b;
    bool older;
  } const table[] = {
      {"2026-04-01T09:00:00Z", "2026-04-01T09:00:01Z", true},
      {"2026-04-01T09:00:01Z", "2026-04-01T09:00:00Z", false},
      {"2026-04-01T09:00:00Z", "2026-04-01T09:00:00Z", false},
      {"2026-04-01T09:00:00Z", "2026-04-01T09:00:00.5Z", false},
      {"2026-04-01T09:00:00+09:00", "2026-04-01T09:00:00-01:00", false},
      {"9", "10", true},
      {"10", "9", false},
      {"v9", "v10", false},
      {"", "2026-04-01T09:00:00Z", false},
  };
  for (const auto& row : table) {
    INFO(row.a << " " << row.b);
    CHECK(surely_older(row.a, row.b) == row.older);
  }
}

TEST_CASE("a feed given newest first leaves each case as it is, not as it was") {
  const auto state = [](const std::string& version, const std::string& status) {
    CaseState made;
    made.id = "desk:1";
    made.version = version;
    made.status = status;
    return made;
  };
  NewestCases newest;
  std::vector<CaseState> first{state("2026-04-02T00:00:00Z", "closed"), state("2026-04-01T00:00:00Z", "open")};
  newest.keep(first);
  REQUIRE(first.size() == 1);
  CHECK(first[0].status == "closed");
  std::vector<CaseState> second{state("2026-03-01T00:00:00Z", "new"), state("2026-04-03T00:00:00Z", "reopened")};
  newest.keep(second);
  REQUIRE(second.size() == 1);
  CHECK(second[0].status == "reopened");
}
