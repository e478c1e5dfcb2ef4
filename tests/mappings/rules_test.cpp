#include "mappings/engine/rules.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "catch.hpp"
#include "mappings/engine/read_rule.hpp"

using namespace akashi;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "akashi-rules-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void put(const std::string& file, const std::string& text) const {
    fs::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file) << text;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string rule(const std::string& id, const std::string& service = "D-2", const std::string& kind = "case.closed",
                 const std::string& title = "Closed") {
  return "title: " + title + "\nid: " + id + "\nstatus: experimental\nservice: " + service +
         "\nwhy: w\nauthor: a\ndate: 2026-11-21\nevidence: exercise\nclosed:\n  kind: " + kind +
         "\ncondition: closed\nfalsepositives: [none known]\n";
}

constexpr const char* id_a = "aaaaaaaa-0000-4000-8000-000000000000";
constexpr const char* id_b = "bbbbbbbb-0000-4000-8000-000000000000";

std::string digest(const std::string& text) {
  std::vector<Error> errors;
  const auto made = read_rule(text, "rule.yaml", errors);
  REQUIRE(made);
  return made->digest;
}

}  // namespace

TEST_CASE("rules are found in any depth and come in the order of their ids") {
  const Folder folder;
  folder.put("b.yaml", rule(id_a));
  folder.put("D/deep/er/a.yaml", rule(id_b));
  folder.put("D/README.md", "no rule");
  const auto loaded = load_rules(folder.path());
  CHECK(loaded.errors.empty());
  REQUIRE(loaded.rules.size() == 2);
  CHECK(loaded.rules[0].id == id_a);
  CHECK(loaded.rules[1].file == (folder.path() / "D/deep/er/a.yaml").string());
}

TEST_CASE("all that is wrong in a folder is told at once, and the good rules are there") {
  const Folder folder;
  folder.put("1.yaml", rule(id_a, "D-9"));
  folder.put("2.yaml", rule(id_a, "D-2", "case.close"));
  folder.put("3.yaml", rule(id_b));
  folder.put("4.yaml", "title: [");
  const auto loaded = load_rules(folder.path());
  CHECK(loaded.rules.size() == 1);
  REQUIRE(loaded.errors.size() == 3);
  CHECK(loaded.errors[0].what == "service \"D-9\" is not in edition 2021");
  CHECK(loaded.errors[1].where == (folder.path() / "2.yaml").string() + ":10 closed.kind");
  CHECK(loaded.errors[2].where.starts_with((folder.path() / "4.yaml").string() + ":"));
}

TEST_CASE("a second rule of the same id is refused, and told which is the first") {
  const Folder folder;
  folder.put("1.yaml", rule(id_a));
  folder.put("2.yaml", rule(id_a, "D-3"));
  const auto loaded = load_rules(folder.path());
  CHECK(loaded.rules.size() == 1);
  REQUIRE(loaded.errors.size() == 1);
  const auto first = (folder.path() / "1.yaml").string(), second = (folder.path() / "2.yaml").string();
  CHECK(sentence(loaded.errors[0]) == second + ": id " + id_a + " is already the id of " + first + "; give this rule a fresh UUID");
}

TEST_CASE("a folder that is not there, or holds no rules, is an error") {
  const Folder folder;
  CHECK(load_rules(folder.path()).errors.size() == 1);
  const auto missing = load_rules(folder.path() / "missing");
  REQUIRE(missing.errors.size() == 1);
  CHECK(missing.errors[0].what == "the rules cannot be read: No such file or directory");
}

TEST_CASE("a file that is too large is refused without being read whole") {
  const Folder folder;
  folder.put("1.yaml", "#" + std::string(2U << 20U, 'x'));
  const auto loaded = load_rules(folder.path());
  REQUIRE(loaded.errors.size() == 1);
  CHECK(loaded.errors[0].what == "is larger than 1 MiB");
}

TEST_CASE("a rule's digest covers what decides and nothing else") {
  const auto whole = rule(id_a);
  const auto known = digest(whole);
  CHECK(known.size() == 64);
  CHECK(digest("# a word\n" + whole) == known);
  CHECK(digest(rule(id_a, "D-2", "case.closed", "Ended")) == known);
  CHECK(digest(rule(id_a, "D-2", "CASE.Closed")) == known);
  CHECK(digest(whole + "tests:\n  - match: {kind: case.closed}\n") == known);
  CHECK(digest(rule(id_b)) != known);
  CHECK(digest(rule(id_a, "D-3")) != known);
  CHECK(digest(rule(id_a, "place")) != digest(rule(id_a, "document")));
  CHECK(digest(rule(id_a, "D-2", "case.opened")) != known);
  CHECK(digest(rule(id_a, "D-2", "[case.opened, case.closed]")) == digest(rule(id_a, "D-2", "[case.closed, case.opened]")));
}

TEST_CASE("the digest of all rules does not mind their order, and minds every rule") {
  const Folder folder;
  folder.put("1.yaml", rule(id_a));
  folder.put("2.yaml", rule(id_b));
  auto rules = load_rules(folder.path()).rules;
  const auto both = rules_digest(rules);
  std::ranges::reverse(rules);
  CHECK(rules_digest(rules) == both);
  rules.pop_back();
  CHECK(rules_digest(rules) != both);
  CHECK(rules_digest({}) != both);
}
