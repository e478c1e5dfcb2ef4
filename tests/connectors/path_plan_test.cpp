#include "connectors/engine/path_plan.hpp"

#include <vector>

#include "catch.hpp"

namespace akashi {
namespace {

const char* const record =
    R"({"id":7,"owner":{"name":"mika","deep":{"x":1}},"a.b":"dotted","a/b":{"~":"t"},"skip":[{"id":8},{"owner":{"name":"not she"}}],)"
    R"("\u0065scaped":"e","twelve bytes":"12","long enough to be hashed twice":"l","last":null})";

std::vector<std::string> found(const JsonPage& page, const std::vector<std::string>& paths) {
  PathPlan plan;
  std::vector<std::size_t> slot_of;
  for (const std::string& path : paths) slot_of.push_back(plan.add(path).value());
  std::vector<JsonValue> slots(plan.slots());
  plan.walk(page.root(), slots);
  std::vector<std::string> raw;
  for (const std::size_t slot : slot_of) raw.emplace_back(slots[slot].raw());
  return raw;
}

TEST_CASE("one walk finds every path that was asked for") {
  const JsonPage page = JsonPage::open(record).value();
  const std::vector<std::string> paths = {"/last",    "/id",     "/owner/name", "/owner",        "/owner/deep/x", "/a.b",
                                          "/a~1b/~0", "/nobody", "/skip",       "/twelve bytes", "/escaped",      "/long enough to be hashed twice"};
  const std::vector<std::string> raw = found(page, paths);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    INFO(paths[i]);
    CHECK(raw[i] == page.root().at(paths[i]).raw());
    CHECK(raw[i].empty() == (paths[i] == "/nobody"));
  }
}

TEST_CASE("a path through something else than an object finds nothing") {
  const JsonPage page = JsonPage::open(record).value();
  CHECK(found(page, {"/id/x", "/skip/0/id", "/skip/owner", "/last/x"}) == std::vector<std::string>(4));
}

TEST_CASE("the record itself has the empty path") {
  const JsonPage page = JsonPage::open("[1]").value();
  CHECK(found(page, {"", "/0"}) == std::vector<std::string>{"[1]", ""});
}

TEST_CASE("what an earlier record held does not stay in the slots of the next one") {
  const JsonPage page = JsonPage::open(R"([{"a":1,"b":2},{"b":3},"x"])").value();
  PathPlan plan;
  REQUIRE(plan.add("/a").value() == 0);
  REQUIRE(plan.add("/b").value() == 1);
  REQUIRE(plan.add("/a").value() == 0);
  REQUIRE(plan.slots() == 2);
  std::vector<JsonValue> slots(plan.slots());
  std::string seen;
  for (const JsonValue element : page.root().elements()) {
    plan.walk(element, slots);
    seen += std::string(slots[0].text()) + "," + std::string(slots[1].text()) + ";";
  }
  CHECK(seen == "1,2;,3;,;");
  plan.walk(JsonValue{}, slots);
  CHECK(slots[0].is_missing());
}

TEST_CASE("a path that is no pointer of members is refused") {
  PathPlan plan;
  CHECK(sentence(plan.add("owner/name").error()) ==
        "owner/name: a path that does not begin with a slash; write it as a JSON pointer, such as /owner/name");
  CHECK(sentence(plan.add("/a~2").error()) == "/a~2: a ~ that is followed by neither 0 nor 1; write ~0 for ~ and ~1 for a slash in a name");
  std::string deep;
  for (std::size_t i = 0; i < PathPlan::depth_max; ++i) deep += "/a";
  CHECK(plan.add(deep));
  CHECK(plan.add(deep + "/a").error().what == "a path of more than 16 names");
}

}  // namespace
}  // namespace akashi
