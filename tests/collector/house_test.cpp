// What a config and the data folders are put together to: mistakes that only both together show.
#include "collector/house.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "small_house.hpp"

using namespace akashi;

namespace {

std::vector<std::string> said_of(const std::string& sources) {
  const auto folder = std::filesystem::temp_directory_path() / ("akashi-house-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const auto file = folder / "akashi.yaml";
  std::ofstream(file) << "cdc: {name: Test}\nstore: {path: a.db}\nsources:\n" << sources;
  const HouseRead read = build_house(file.string(), AKASHI_SOURCE_DIR, false);
  std::vector<std::string> said;
  for (const auto& error : read.errors) said.push_back(sentence(error).substr(folder.string().size() + 1));
  std::filesystem::remove_all(folder);
  return said;
}

}  // namespace

TEST_CASE("house: a product that is not known is named with its line and the nearest one") {
  CHECK(said_of("  - {name: a, connector: gitlap, url: \"https://a.example\", auth: {scheme: bearer, env: T}}\n"
                "  - {name: b, connector: something, url: \"https://b.example\", auth: {scheme: bearer, env: T}}\n") ==
        std::vector<std::string>{"akashi.yaml:4 sources[0] connector: \"gitlap\" is no known product; did you mean \"gitlab\"?",
                                 "akashi.yaml:5 sources[1] connector: \"something\" is no known product; `akashi connectors list` names them"});
}

TEST_CASE("house: a stream that the product does not have is refused, too") {
  const auto said = said_of("  - {name: a, connector: fleet, url: \"https://a.example\", auth: {scheme: bearer, env: T}, streams: [activitys]}\n");
  REQUIRE(said.size() == 1);
  CHECK(said.front().find("activit") != std::string::npos);
}

TEST_CASE("house: verdicts of tools that hide who gave them show nobody judging, whatever the map gives them to") {
  const auto source = [](const std::string& name, const std::string& product, const std::string& more = {}) {
    return "  - {name: " + name + ", connector: " + product + ", url: \"https://" + name + ".example\", auth: {scheme: bearer, env: T}" + more +
           ", classify: [{when: {type: alert}, services: [B-1]}]}\n";
  };
  const samples::SmallHouse small(source("falcon", "crowdstrike") + source("graph", "graph-security", ", params: {tenant: [x]}") +
                                  source("hive", "thehive"));
  CHECK_FALSE(small.house().could_show.at("falcon").contains("B-1"));
  CHECK_FALSE(small.house().could_show.at("graph").contains("B-1"));
  CHECK(small.house().could_show.at("hive").contains("B-1"));
}

TEST_CASE("house: a map that says something of every place leaves no other") {
  const std::string rt =
      "  - {name: rt, connector: rt, url: \"https://rt.example\", auth: {scheme: bearer, env: T}, params: {queues: [A]}, classify: [";
  const auto elsewhere = [&](const std::string& entry) {
    const samples::SmallHouse small(rt + entry + "]}\n");
    return capabilities(small.house(), small.house().config.sources.front()).elsewhere;
  };
  CHECK(elsewhere("{when: {place: A}, matter: ignored}"));
  CHECK_FALSE(elsewhere("{when: {place: \"*\"}, matter: ignored}"));
  CHECK(elsewhere("{when: {label: \"*\"}, matter: ignored}"));  // an item may have none
  CHECK(elsewhere("{when: {place: \"*\"}, asked: [new]}"));     // of what it is for it says nothing
}

namespace {

std::string redmine_with(const std::string& place) {
  return "  - {name: redmine, connector: redmine, url: \"https://rm.example\", auth: {scheme: header, header: X, env: T}, params: {projects: [soc]}, "
         "classify: [" +
         place + "]}\n";
}

std::string rt_with(const std::string& queues, const std::string& places) {
  return "  - {name: rt, connector: rt, url: \"https://rt.example\", auth: {scheme: bearer, env: T}, params: {queues: [" + queues +
         "]}, classify: [" + places + "]}\n";
}

constexpr const char* contains_in_redmine = "{when: {type: Block}, matter: containment, asked: New, working: In Progress, done: Closed}";
constexpr const char* own_queue = "{when: {place: Enquiries}, matter: enquiry}";

bool rt_needed(const std::string& sources, const std::string& service = "D-4") {
  const samples::SmallHouse small(sources);
  return small.house().could_show.at("rt").contains(service);
}

}  // namespace

TEST_CASE("house: a default queue is not needed for a service that the organisation records elsewhere") {
  const auto redmine = redmine_with(contains_in_redmine);
  CHECK_FALSE(rt_needed(redmine + rt_with("Enquiries", own_queue)));
  SECTION("nothing is said of RT's queues: the defaults may hold") { CHECK(rt_needed(redmine + rt_with("Enquiries", ""))); }
  SECTION("what is ignored says nothing of what is done") {
    CHECK(rt_needed(redmine + rt_with("Enquiries", "{when: {title: \"*[test]*\"}, matter: ignored}")));
  }
  SECTION("the default queue is among those whose work counts") { CHECK(rt_needed(redmine + rt_with("Enquiries, Countermeasures", own_queue))); }
  SECTION("no place anywhere is given to it") { CHECK(rt_needed(redmine_with("") + rt_with("Enquiries", own_queue))); }
  SECTION("RT's own map names it, too") {
    CHECK(
        rt_needed(redmine + rt_with("Enquiries, Blocks", own_queue + std::string(", {when: {place: Blocks}, matter: containment, done: resolved}"))));
  }
  SECTION("of a service that only the defaults place, nothing changes") { CHECK(rt_needed(redmine + rt_with("Enquiries", own_queue), "D-2")); }
  SECTION("what a product is made of is no guess at names") {
    const samples::SmallHouse small(redmine +
                                    "  - {name: hive, connector: thehive, url: \"https://h.example\", auth: {scheme: bearer, env: T}, "
                                    "params: {organisation: [o]}, classify: [{when: {place: Alerts}, matter: alert}]}\n");
    CHECK(small.house().could_show.at("hive").contains("D-2"));
  }
}

TEST_CASE("house: a default queue in which work was seen is needed, whatever the map says") {
  samples::SmallHouse small(redmine_with(contains_in_redmine) + rt_with("Enquiries", own_queue));
  const auto at = parse_time("2026-04-01T09:00:00Z").value();
  const auto needed = [&] {
    const auto view = make_view(small.house(), small.store(), at + days(1));
    REQUIRE(view);
    return std::ranges::find(view->sources, "rt", &SourceSight::source)->could_show.contains("D-4");
  };
  small.does("rt", "asato", "case.commented", "ticket/1", "Countermeasures", at);
  CHECK_FALSE(needed());
  small.does("rt", "asato", "case.progressed", "ticket/1", "Countermeasures", at, "active");
  CHECK(needed());
}
