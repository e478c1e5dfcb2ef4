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
