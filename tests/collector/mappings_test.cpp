// `akashi mappings`, as it is typed: what is printed, and how it ends.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "catch.hpp"
#include "collector/cli/commands.hpp"

using namespace akashi;

namespace {

namespace fs = std::filesystem;

struct Typed {
  int exit = 0;
  std::string out, err;
  [[nodiscard]] bool says(std::string_view what) const { return out.find(what) != std::string::npos; }
  [[nodiscard]] bool complains(std::string_view what) const { return err.find(what) != std::string::npos; }
};

Typed type(std::vector<const char*> words, const std::string& input = {}) {
  words.insert(words.begin(), {"akashi", "mappings"});
  words.insert(words.end(), {"--data", AKASHI_SOURCE_DIR});
  std::ostringstream out, err;
  const auto parsed = parse_arguments(static_cast<int>(words.size()), words.data(), out, err);
  REQUIRE(parsed.arguments);
  std::istringstream in(input);
  auto* before = std::cin.rdbuf(in.rdbuf());
  const int exit = command_mappings(*parsed.arguments, {out, err});
  std::cin.rdbuf(before);
  return {exit, out.str(), err.str()};
}

// A folder with one rule in it.
class Folder {
 public:
  explicit Folder(const std::string& rule) {
    fs::create_directories(path_);
    std::ofstream(path_ / "one.yaml") << rule;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const char* path() const { return text_.c_str(); }

 private:
  fs::path path_ = fs::temp_directory_path() / ("akashi-mappings-" + std::to_string(getpid()));
  std::string text_ = path_.string();
};

constexpr const char* failing = R"(title: closed things
id: 11111111-2222-4333-8444-555555555555
status: experimental
service: D-2
why: so
author: me
date: 2026-11-21
evidence: exercise
seen: {kind: case.closed}
condition: seen
falsepositives: [none]
tests:
  - match: {kind: case.opened}
  - match: {kind: case.closed}
)";

}  // namespace

TEST_CASE("mappings lint: nothing wrong with the shipped rules") {
  const auto typed = type({"lint", "--strict"});
  CHECK(typed.exit == 0);
  CHECK(typed.says("0 mistakes, 0 remarks"));
}

TEST_CASE("mappings lint: every mistake with file, line, key and the nearest known word") {
  const auto typed = type({"lint", "--json", AKASHI_SOURCE_DIR "/tests/refused/rules"});
  CHECK(typed.exit == 1);
  CHECK(typed.says("misspells_kind.yaml:10 closed.kind"));
  CHECK(typed.says("did you mean \\\"case.closed\\\""));
  CHECK(typed.says("is_wrong_three_times.yaml:4 service"));
  CHECK(typed.says("is_wrong_three_times.yaml:10 closed.kid"));
  CHECK(type({"lint", "no/such/folder"}).exit == 1);
}

TEST_CASE("mappings lint: remarks are mistakes only where they are asked to be") {
  std::string sound(failing);
  sound.replace(sound.find("case.opened"), 11, "case.closed");
  const Folder folder(sound);
  CHECK(type({"lint", folder.path()}).exit == 0);
  CHECK(type({"lint", folder.path()}).says("1 remarks"));
  CHECK(type({"lint", "--strict", folder.path()}).exit == 1);
}

TEST_CASE("mappings test: which failed, and why") {
  const Folder folder(failing);
  const auto typed = type({"test", folder.path()});
  CHECK(typed.exit == 1);
  CHECK(typed.says("one.yaml:13 tests[0]"));
  CHECK(type({"test", "--json", folder.path()}).says("\"why\": \"seen does not hold\""));
  CHECK(typed.says("1 rules, 2 tests, 1 failed"));
  const auto all = type({"test", "--json"});
  CHECK(all.exit == 0);
  CHECK(all.says("\"failed\": []"));
  CHECK(type({"test", "d2_incident_handled"}).says("1 rules, 9 tests, 0 failed"));
  CHECK(type({"test", "ac0003eb-d73d-4589-98f5-a958be39f55a"}).says("1 rules, 9 tests"));
}

TEST_CASE("mappings show: a list, those of a service, one in full") {
  CHECK(type({"show"}).says("D/d2_incident_handled.yaml"));
  const auto of_service = type({"show", "--service", "d2"});
  CHECK(of_service.says("D/d2_incident_opened.yaml"));
  CHECK_FALSE(of_service.says("d3_incident_classified"));
  const auto one = type({"show", "D/d2_incident_handled.yaml", "--lang", "ja"});
  CHECK(one.says("インシデントハンドリング"));
  CHECK(one.says("actor|fieldref: subject_id"));
  const auto misspelt = type({"show", "d2_incident_handeld"});
  CHECK(misspelt.exit == 1);
  CHECK(misspelt.complains("did you mean \"d2_incident_handled\""));
  CHECK(type({"show", "--service", "D-9"}).complains("D-7"));
}

TEST_CASE("mappings explain: a made-up activity, selection by selection") {
  const auto typed = type({"explain", "-"}, R"({"kind": "case.closed", "matter": "incident"})");
  CHECK(typed.exit == 0);
  CHECK(typed.says("Rules that match: 1"));
  CHECK(typed.says("✓ D-2 exercise"));
  CHECK(typed.says("✗ kind: case.assigned  (here: case.closed)"));
  const auto near = type({"explain", "-", "--lang", "ja"}, R"({"kind": "case.closed"})");
  CHECK(near.says("一致した規則: 0件"));
  CHECK(near.says("成り立たない"));
  const auto of_service = type({"explain", "-", "--service", "G-13"}, R"({"kind": "case.closed"})");
  CHECK(of_service.says("tool_trial"));
  CHECK_FALSE(of_service.says("D-2"));
  CHECK(type({"explain", "-"}, R"({"kid": "case.closed"})").complains("did you mean \"kind\""));
  CHECK(type({"explain", "-"}, "[1, 2").exit == 1);
}
