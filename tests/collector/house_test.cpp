// What a config and the data folders are put together to: mistakes that only both together show.
#include "collector/house.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catch.hpp"

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
