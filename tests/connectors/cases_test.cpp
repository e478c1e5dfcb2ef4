// Every case of every product: a folder with exchange.json and expected.jsonl. AKASHI_APPROVE=1 writes what came out as what is expected; the
// difference is then reviewed where it is seen, in the diff.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "catch.hpp"
#include "connectors/engine/replay.hpp"

namespace {

using namespace akashi;
namespace fs = std::filesystem;

const fs::path products = fs::path(AKASHI_SOURCE_DIR) / "connectors/products";

void approve(const fs::path& folder, const std::vector<std::string>& lines) {
  std::ofstream out(folder / "expected.jsonl", std::ios::binary);
  for (const auto& line : lines) out << line << "\n";
}

TEST_CASE("every product's descriptor loads, and says its rights and blind spots") {
  for (const auto& product : fs::directory_iterator(products)) {
    INFO(product.path());
    const auto connector = load_connector(product.path());
    if (!connector) FAIL(sentence(connector.error()));
    CHECK(connector->product == product.path().filename());
    CHECK_FALSE(connector->permissions.empty());
    CHECK_FALSE(connector->blind_spots.empty());
    CHECK(fs::exists(product.path() / "README.md"));
    CHECK(fs::exists(product.path() / "cases"));
  }
}

TEST_CASE("every case of every product comes out as expected") {
  int cases = 0;
  for (const auto& product : fs::directory_iterator(products)) {
    const auto connector = load_connector(product.path());
    if (!connector) FAIL(sentence(connector.error()));
    for (const auto& folder : fs::directory_iterator(product.path() / "cases")) {
      ++cases;
      INFO(folder.path());
      const auto report = replay(*connector, folder.path());
      if (!report) FAIL(sentence(report.error()));
      CHECK_FALSE(report->about.empty());
      if (std::getenv("AKASHI_APPROVE") != nullptr) approve(folder.path(), report->outcome);
      for (const auto& difference : report->differences) UNSCOPED_INFO(difference);
      CHECK(report->holds());
    }
  }
  CHECK(cases >= 20);
}

}  // namespace
