// A descriptor is refused with one sentence that says where, what, and how to mend it. A sample is a file named after its defect; the sentences
// stand in refused/connectors.txt, so that what people read is reviewed like code. AKASHI_APPROVE=1 writes them anew.

#include "connectors/engine/descriptor.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "connectors/engine/schema.hpp"
#include "read_file.hpp"

namespace {

using namespace akashi;
namespace fs = std::filesystem;

TEST_CASE("every refused descriptor gives its sentence") {
  const fs::path refused = fs::path(AKASHI_SOURCE_DIR) / "tests/refused";
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(refused / "connectors")) files.push_back(entry.path());
  std::ranges::sort(files);
  std::string said;
  for (const auto& file : files) {
    const auto read = parse_connector(read_file(file), file.filename());
    said += read ? file.filename().string() + " is not refused\n" : sentence(read.error()) + "\n";
  }
  if (std::getenv("AKASHI_APPROVE") != nullptr) std::ofstream(refused / "connectors.txt", std::ios::binary) << said;
  std::istringstream is(said), wanted(read_file(refused / "connectors.txt"));
  for (std::string a, b; std::getline(is, a);) {
    std::getline(wanted, b);
    CHECK(a == b);
  }
  CHECK(files.size() >= 40);
}

TEST_CASE("a folder without a descriptor is refused by name") {
  const auto read = load_connector("no/such/folder");
  REQUIRE_FALSE(read);
  CHECK(sentence(read.error()) == "no/such/folder/connector.yaml: there is no such file, or it cannot be read; name a folder of connectors/products");
}

TEST_CASE("the reference is printed from the tables that parse") {
  const auto reference = connector_reference();
  for (const auto* key : {"blind_spots", "for_each", "id_after", "skip_item", "overlap", "pick", "elsewhere", "must", "adds", "everything"}) {
    INFO(key);
    CHECK(reference.find(key) != std::string::npos);
  }
}

TEST_CASE("every misspelt and missing key of a descriptor is told at once, and nothing of a right one") {
  for (const auto& product : fs::directory_iterator(fs::path(AKASHI_SOURCE_DIR) / "connectors/products")) {
    INFO(product.path());
    CHECK(connector_mistakes(product.path().string()).empty());
    const auto root = Yaml::parse(read_file(product.path() / "connector.yaml"), "connector.yaml");
    REQUIRE(root);
    CHECK(key_mistakes(*root).empty());
  }
  auto text = read_file(fs::path(AKASHI_SOURCE_DIR) / "connectors/products/rt/connector.yaml");
  for (const auto& [right, wrong] :
       {std::pair<std::string, std::string>{"blind_spots:", "blind_spot:"}, {"records:", "recods:"}, {"cursor:", "cursr:"}}) {
    const auto at = text.find(right);
    REQUIRE(at != std::string::npos);
    text.replace(at, right.size(), wrong);
  }
  std::string told;
  for (const auto& one : connector_mistakes(text, "connector.yaml")) told += sentence(one) + "\n";
  for (const auto* mistake : {"unknown key \"blind_spot\"; did you mean \"blind_spots\"?", "unknown key \"recods\"; did you mean \"records\"?",
                              "unknown key \"cursr\"; did you mean \"cursor\"?"}) {
    INFO(told);
    CHECK(told.find(mistake) != std::string::npos);
  }
}

TEST_CASE("no request of any product can write") {
  for (const auto& product : fs::directory_iterator(fs::path(AKASHI_SOURCE_DIR) / "connectors/products")) {
    const auto connector = load_connector(product.path());
    REQUIRE(connector);
    const auto harmless = [](const RequestSpec& request) { return request.method == "GET" || (request.method == "POST" && request.reads); };
    for (const auto& stream : connector->streams) {
      CHECK(harmless(stream.request));
      CHECK(harmless(stream.child.request));
      for (const auto& one : stream.attach) CHECK(harmless(one.request));
      for (const auto& one : stream.checks) CHECK(harmless(one.request));
    }
    for (const auto& lookup : connector->lookups) CHECK(harmless(lookup.request));
  }
}

TEST_CASE("what stands in a descriptor is found again") {
  const auto rt = load_connector(fs::path(AKASHI_SOURCE_DIR) / "connectors/products/rt");
  REQUIRE(rt);
  CHECK(rt->stream("transactions") != nullptr);
  CHECK(rt->stream("nothing") == nullptr);
  CHECK(rt->parameter("queues")->required);
  CHECK(rt->lookup("users")->one_by_one);
  const auto incidents = std::ranges::find(rt->classify, std::string("incident"), &PlaceEntry::matter);
  REQUIRE(incidents != rt->classify.end());
  CHECK(incidents->done == std::vector<std::string>{"resolved"});
}

}  // namespace
