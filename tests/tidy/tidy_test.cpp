// The house rules that a machine can see. Each broken one is printed as file:line: what, do this instead.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"

namespace fs = std::filesystem;

namespace {

constexpr std::size_t file_lines_max = 500;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t cmake_lines_max = 300;

struct Source {
  std::string path;  // from the top of the house
  std::vector<std::string> lines;
};

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Source> sources(std::initializer_list<const char*> roots) {
  const fs::path top = AKASHI_SOURCE_DIR;
  std::vector<Source> found;
  for (const char* root : roots) {
    for (const auto& entry : fs::recursive_directory_iterator(top / root)) {
      const auto extension = entry.path().extension();
      if (extension == ".cpp" || extension == ".hpp") found.push_back({fs::relative(entry.path(), top).string(), lines_of(entry.path())});
    }
  }
  REQUIRE(!found.empty());
  return found;
}

std::string at(const Source& source, std::size_t line, const std::string& what) { return source.path + ":" + std::to_string(line + 1) + ": " + what; }

void expect_none(const std::vector<std::string>& broken) {
  std::string all;
  for (const std::string& one : broken) all += one + "\n";
  INFO(all);
  CHECK(broken.empty());
}

std::size_t indent_of(const std::string& line) { return std::min(line.find_first_not_of(' '), line.size()); }

// A function opens at the margin, or two columns in when it stands in a class.
bool opens_function(const std::string& line) {
  const std::size_t indent = indent_of(line);
  if ((indent != 0 && indent != 2) || !line.ends_with("{") || line.find('(') == std::string::npos) return false;
  static const std::regex other(
      R"(^\s*(inline constexpr|constexpr|namespace|class|struct|enum|union|extern|if|for|while|switch|do|else|try|catch|return|TEST_CASE|SCENARIO)\b)");
  return !std::regex_search(line, other);
}

std::size_t block_length(const Source& source, std::size_t first) {
  const std::string close = std::string(indent_of(source.lines[first]), ' ') + "}";
  for (std::size_t i = first + 1; i < source.lines.size(); ++i)
    if (source.lines[i].starts_with(close)) return i - first + 1;
  return 1;
}

// A story with sections runs once for each of them, so what is read at a time is its beginning and one section.
std::size_t function_length(const Source& source, std::size_t first) {
  const std::size_t whole = block_length(source, first);
  const std::string section = std::string(indent_of(source.lines[first]) + 2, ' ') + "SECTION(";
  std::size_t beginning = 0, longest = 0;
  for (std::size_t i = first; i < first + whole; ++i) {
    if (!source.lines[i].starts_with(section)) continue;
    if (beginning == 0) beginning = i - first;
    longest = std::max(longest, block_length(source, i));
  }
  return longest == 0 ? whole : beginning + longest;
}

}  // namespace

TEST_CASE("files and functions stay small enough to read") {
  std::vector<std::string> broken;
  for (const Source& source : sources({"core", "connectors", "mappings", "collector", "tests"})) {
    if (source.lines.size() > file_lines_max) broken.push_back(at(source, file_lines_max, "longer than 500 lines, split it by noun"));
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      if (opens_function(source.lines[i]) && function_length(source, i) > function_lines_max)
        broken.push_back(at(source, i, "a function of more than 70 lines, name its parts"));
    }
  }
  expect_none(broken);
}

TEST_CASE("a floor includes only the floors below it") {
  const std::map<std::string, std::vector<std::string>> above{{"core/", {"connectors/", "mappings/", "collector/"}},
                                                              {"connectors/", {"mappings/", "collector/"}},
                                                              {"mappings/", {"connectors/", "collector/"}}};
  std::vector<std::string> broken;
  for (const Source& source : sources({"core", "connectors", "mappings"})) {
    const auto floor = std::ranges::find_if(above, [&](const auto& entry) { return source.path.starts_with(entry.first); });
    for (std::size_t i = 0; i < source.lines.size(); ++i)
      for (const std::string& forbidden : floor->second)
        if (source.lines[i].starts_with("#include \"" + forbidden))
          broken.push_back(at(source, i, "includes a floor that it must not know, move the type down or the code up"));
  }
  expect_none(broken);
}

TEST_CASE("below the collector there is no clock, no socket, no curl and no SQL") {
  const std::regex world(
      R"((system_clock|steady_clock)::now|\btime\(nullptr\)|#include <(curl/|sqlite3|boost/asio|boost/beast|sys/socket|netinet/))");
  std::vector<std::string> broken;
  for (const Source& source : sources({"core", "connectors", "mappings"}))
    for (std::size_t i = 0; i < source.lines.size(); ++i)
      if (std::regex_search(source.lines[i], world)) broken.push_back(at(source, i, "asks the world, take it as an argument"));
  expect_none(broken);
}

TEST_CASE("each library is included by one file pair of ours") {
  const std::map<std::string, std::regex> libraries{
      {"curl", std::regex("#include <curl/")},          {"SQLite", std::regex("#include <sqlite3")},
      {"yaml-cpp", std::regex("#include <yaml-cpp/")},  {"libdeflate", std::regex("#include <libdeflate")},
      {"CLI11", std::regex("#include <CLI/")},          {"simdjson", std::regex("#include <simdjson")},
      {"spdlog", std::regex("#include <spdlog/")},      {"date", std::regex("#include <date/")},
      {"RapidJSON", std::regex("#include <rapidjson/")}};
  std::vector<std::string> broken;
  for (const auto& [library, include] : libraries) {
    std::map<std::string, std::string> pairs;  // path without extension → first place
    for (const Source& source : sources({"core", "connectors", "mappings", "collector"}))
      for (std::size_t i = 0; i < source.lines.size(); ++i)
        if (std::regex_search(source.lines[i], include))
          pairs.emplace(source.path.substr(0, source.path.size() - 4),
                        at(source, i, "includes " + library + ", which another file pair already wraps"));
    if (pairs.size() > 1)
      for (const auto& [stem, place] : pairs) broken.push_back(place);
  }
  expect_none(broken);
}

TEST_CASE("the top of the house is fixed, and CMake stays short") {
  const std::set<std::string> allowed{"CMakeLists.txt", "collector", "connectors", "mappings", "core", "tests", "packaging", "README.md", "LICENSE"};
  std::vector<std::string> broken;
  std::size_t cmake_lines = 0;
  for (const auto& entry : fs::directory_iterator(AKASHI_SOURCE_DIR)) {
    const std::string name = entry.path().filename().string();
    const bool made = name.starts_with("build") || name == "akashi-demo";  // ignored by git
    if (!name.starts_with(".") && !made && !allowed.contains(name)) broken.push_back(name + ": does not belong at the top, find its floor");
  }
  for (const char* root : {"core", "connectors", "mappings", "collector", "tests", "packaging"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(AKASHI_SOURCE_DIR) / root))
      if (entry.path().filename() == "CMakeLists.txt" || entry.path().extension() == ".cmake") cmake_lines += lines_of(entry.path()).size();
  cmake_lines += lines_of(fs::path(AKASHI_SOURCE_DIR) / "CMakeLists.txt").size();
  if (cmake_lines > cmake_lines_max)
    broken.push_back("CMakeLists.txt: " + std::to_string(cmake_lines) + " lines of CMake in all, keep it within 300");
  expect_none(broken);
}

TEST_CASE("nothing in the house is left open or speaks of where it was built") {
  const std::regex open_end(R"(\b(TODO|FIXME|XXX)\b)");
  const std::regex workplace(R"((^|[^A-Za-z0-9_.$}])/(work|farm)/)");
  std::vector<std::string> broken;
  for (const Source& source : sources({"core", "connectors", "mappings", "collector", "tests"})) {
    if (source.path == "tests/tidy/tidy_test.cpp") continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      if (std::regex_search(source.lines[i], open_end)) broken.push_back(at(source, i, "left open, do it or write an issue"));
      if (std::regex_search(source.lines[i], workplace)) broken.push_back(at(source, i, "an absolute path of one machine, make it relative"));
    }
  }
  expect_none(broken);
}
