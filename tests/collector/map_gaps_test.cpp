// What the organisation's map leaves open, told before anything is read.
#include "collector/map_gaps.hpp"

#include <algorithm>

#include "catch.hpp"
#include "small_house.hpp"

using namespace akashi;

namespace {

std::string desk_that_reads(const std::string& queues, const std::string& classify) {
  return "  - {name: rt, connector: rt, url: \"https://rt.example\", auth: {scheme: bearer, env: T}, params: {queues: " + queues +
         "}, classify: " + classify + "}\n";
}

std::vector<std::string> unmapped(const std::string& queues, const std::string& classify) {
  const samples::SmallHouse small(desk_that_reads(queues, classify));
  std::vector<std::string> names;
  for (const auto& one : places_without_a_service(small.house())) names.push_back(one.parameter + " " + one.place);
  return names;
}

bool is_gap(const samples::SmallHouse& small, std::string_view service) {
  const auto gaps = services_without_a_place(small.house());
  return std::ranges::find(gaps, service) != gaps.end();
}

}  // namespace

TEST_CASE("map gaps: a queue that is read and means nothing is named") {
  using Names = std::vector<std::string>;
  CHECK(unmapped("[Incidents, Odds and ends]", "[{when: {place: \"x\"}, matter: operation}]") == Names{"queues Odds and ends"});
  CHECK(unmapped("[Incidents, Odds and ends]", "[{when: {place: \"Odds*\"}, matter: enquiry}]") == Names{});
  CHECK(unmapped("[Incidents, Odds and ends]", "[{when: {place: \"Odds*\"}, asked: [new]}]") ==
        Names{"queues Odds and ends"});                                                           // statuses alone say nothing
  CHECK(unmapped("[Incidents, Desk]", "[{when: {cf.Work: Edge}, services: [G-2]}]") == Names{});  // a field may say it in any queue
}

TEST_CASE("map gaps: services that nothing could show, except those out of scope or nobody's") {
  const samples::SmallHouse small(desk_that_reads("[Incidents]", "[{when: {place: Edge}, services: [G-2]}]"));
  CHECK_FALSE(is_gap(small, "D-2"));
  CHECK_FALSE(is_gap(small, "G-2"));
  CHECK(is_gap(small, "G-4"));
}

TEST_CASE("map gaps: a service of which only reports are seen is a gap unless it is outsourced; what is out of scope is none") {
  const std::string reports =
      desk_that_reads("[Vendor]", "[{when: {place: Vendor}, matter: provider_report}, {when: {place: Vendor, cf.Work: Cloud}, services: [G-6]}]");
  const auto profile = [&](const std::string& one) {
    const samples::SmallHouse small(reports, "store: {path: a.db, key_file: a.key, actors: clear}\nservices:\n  G-6: " + one + "\n");
    return is_gap(small, "G-6");
  };
  CHECK(profile("{assignment: insource, team: csirt}"));
  CHECK_FALSE(profile("{assignment: outsource, provider: P, owner: Aiko Sato}"));  // the matter of the wider entry, the service of the narrower
  CHECK_FALSE(profile("{assignment: unassigned}"));
  CHECK_FALSE(profile("{level: unnecessary}"));
}
