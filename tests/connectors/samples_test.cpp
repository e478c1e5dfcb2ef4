// Recorded answers of the vendors' own products, run through the extractors: every record becomes an activity, a case or a document, or a listed
// rejection; none vanishes. The recordings are not part of this tree (their licences); where they are not beside it, nothing is checked and said so.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "connectors/engine/extract.hpp"
#include "core/text.hpp"

using namespace akashi;

namespace {

namespace fs = std::filesystem;

fs::path samples() {
  if (const char* given = std::getenv("AKASHI_SAMPLES"); given != nullptr) return given;
  return fs::path(AKASHI_SOURCE_DIR) / ".." / "shared" / "samples";
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

// A line of samples.tsv: product, stream, file, pointer of the records ("." = the whole is one record), parameters as name=value;….
struct Sample {
  std::string product, stream, file, pointer;
  std::map<std::string, std::vector<std::string>> params;
};

std::vector<Sample> listed() {
  std::vector<Sample> all;
  std::istringstream lines(content(fs::path(AKASHI_SOURCE_DIR) / "tests/connectors/samples.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto cells = split(line, '\t');
    REQUIRE(cells.size() >= 4);
    Sample one{std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), std::string(cells[3]), {}};
    if (cells.size() > 4)
      for (const auto pair : split(cells[4], ';')) {
        const auto at = pair.find('=');
        if (at != std::string_view::npos) one.params[std::string(pair.substr(0, at))].emplace_back(pair.substr(at + 1));
      }
    all.push_back(std::move(one));
  }
  return all;
}

std::size_t outcomes(const Page& page) {
  std::size_t count = page.activities.size() + page.cases.size() + page.documents.size();
  for (const auto& [reason, records] : page.manifest.rejected) count += records;
  return count;
}

}  // namespace

TEST_CASE("no recorded record vanishes") {
  if (!fs::exists(samples())) {
    WARN("skipped: the vendors' recorded answers are not here (" << samples().string() << ")");
    return;
  }
  for (const Sample& sample : listed()) {
    INFO(sample.product << "/" << sample.stream << " " << sample.file);
    const auto connector = load_connector(std::string(AKASHI_SOURCE_DIR) + "/connectors/products/" + sample.product);
    REQUIRE(connector.has_value());
    const auto* stream = connector->stream(sample.stream);
    REQUIRE(stream != nullptr);
    auto opened = JsonPage::open(content(samples() / sample.file));
    REQUIRE(opened.has_value());
    std::vector<JsonValue> records;
    if (sample.pointer == ".") {
      records.push_back(opened->root());
    } else {
      const auto list = opened->root().at(sample.pointer);
      REQUIRE(list.is(JsonKind::array));
      for (const auto record : list.elements()) records.push_back(record);
    }
    REQUIRE_FALSE(records.empty());
    SourceSettings settings;
    settings.name = sample.product;
    settings.base_url = "https://tool.example";
    settings.params = sample.params;
    const LookupTables lookups;
    const Instant now = parse_time("2027-01-01T00:00:00Z").value();
    std::size_t kept = 0;
    for (const auto& record : records) {
      Values values(*connector, *stream, settings, lookups, now, "");
      const Extraction how{*stream, settings, connector->product, now, Instant{}, stream->cursor.format};
      Page page;
      (void)extract_records(how, values, std::span(&record, 1), page);
      CHECK(outcomes(page) > 0);
      kept += page.activities.size() + page.cases.size() + page.documents.size();
    }
    CHECK(kept > 0);  // a sample of which everything is rejected shows that the descriptor does not fit it
  }
}
