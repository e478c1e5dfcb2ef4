// Every wrong rule is refused with sentences that say where, what, and how to mend it. A sample is a file named after its defect; the sentences it
// has to give stand in refused/rules.txt, so that what people read is reviewed like code.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "catch.hpp"
#include "mappings/engine/read_rule.hpp"

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string said_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  std::string said;
  for (const auto& file : files) {
    std::vector<akashi::Error> errors;
    const auto rule = akashi::read_rule(text_of(file), file.filename().string(), errors);
    if (rule) said += file.filename().string() + ": was accepted\n";
    for (const auto& error : errors) said += sentence(error) + "\n";
  }
  return said;
}

}  // namespace

TEST_CASE("every refused rule gives its sentences") {
  const fs::path refused = AKASHI_SOURCE_DIR "/tests/refused";
  const auto said = said_of(refused / "rules");
  std::istringstream is(said), wanted(text_of(refused / "rules.txt"));
  std::string line, approved;
  while (std::getline(wanted, approved)) {
    std::getline(is, line);
    CHECK(line == approved);
  }
  CHECK_FALSE(std::getline(is, line));
  CHECK(said.find("was accepted") == std::string::npos);
}
