#include "core/criteria.hpp"

#include "catch.hpp"
#include "core/catalogue.hpp"

using namespace akashi;

TEST_CASE("B, C, D and G are judged, nothing else") {
  int count = 0;
  for (const auto& service : catalogue()) {
    const bool expected = service.category() == "B" || service.category() == "C" || service.category() == "D" || service.category() == "G";
    INFO(service.id);
    CHECK(judged(service.id) == expected);
    count += expected;
  }
  CHECK(count == 28);
  CHECK_FALSE(judged("D-8"));
  CHECK_FALSE(judged(""));
}

TEST_CASE("the clocks are what the evidence rules say") {
  struct {
    std::string_view service;
    CadenceClass cadence;
    int warn, stale, look_back, agreed_hours;
    std::string_view upstream;
  } const table[] = {
      {"B-1", CadenceClass::continuous, 1, 3, 90, 0, ""},        {"B-3", CadenceClass::periodic, 14, 30, 90, 0, "B-1"},
      {"B-4", CadenceClass::on_demand, 90, 180, 365, 0, ""},     {"C-4", CadenceClass::on_demand, 180, 365, 365, 0, "D-1"},
      {"D-1", CadenceClass::periodic, 35, 60, 90, 0, ""},        {"D-2", CadenceClass::on_demand, 120, 180, 365, 0, "D-1"},
      {"D-4", CadenceClass::on_demand, 180, 270, 365, 0, "D-1"}, {"D-7", CadenceClass::per_item, 0, 0, 365, 336, "D-1"},
      {"G-1", CadenceClass::on_demand, 365, 450, 450, 0, ""},    {"G-11", CadenceClass::periodic, 35, 60, 90, 0, ""},
      {"G-3", CadenceClass::periodic, 90, 180, 180, 0, ""},      {"G-8", CadenceClass::periodic, 60, 120, 120, 0, ""},
      {"G-12", CadenceClass::per_item, 0, 0, 365, 0, ""},        {"G-13", CadenceClass::on_demand, 0, 0, 365, 0, ""},
  };
  for (const auto& row : table) {
    INFO(row.service);
    const auto criteria = default_criteria(row.service);
    CHECK(criteria.cadence == row.cadence);
    CHECK(criteria.warn_days == row.warn);
    CHECK(criteria.stale_days == row.stale);
    CHECK(criteria.look_back_days == row.look_back);
    CHECK(criteria.agreed == std::chrono::hours(row.agreed_hours));
    CHECK(criteria.upstream == row.upstream);
  }
}

TEST_CASE("every clock is whole: a warning comes before the limit, a running clock has both") {
  for (const auto& service : catalogue()) {
    if (!judged(service.id)) continue;
    INFO(service.id);
    const auto criteria = default_criteria(service.id);
    CHECK(criteria.procedure_valid_days == 365);
    CHECK(criteria.approval_valid_days == 365);
    CHECK((criteria.warn_days == 0) == (criteria.stale_days == 0));
    if (criteria.stale_days > 0) CHECK(criteria.warn_days < criteria.stale_days);
    CHECK(criteria.look_back_days >= criteria.stale_days);
    if (criteria.clock_runs_always()) CHECK(criteria.warn_days > 0);
    if (criteria.cadence == CadenceClass::per_item) CHECK(criteria.warn_days == 0);
    if (!criteria.upstream.empty()) CHECK(judged(criteria.upstream));
  }
}
