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

// A line of samples.tsv: product, stream, file, pointer of the records, parameters as name=value;…, the record around each of them as JSON.
// Of the pointer: "." = the whole is one record; "A>B" = the text at A is an answer of its own, as in a recording of requests; "^" before it = these
// are the parents whose children the stream reads, and are read as such; "!" before all = the descriptor rejects every one of them, and rightly so.
struct Sample {
  std::string product, stream, file, pointer;
  std::map<std::string, std::vector<std::string>> params;
  std::string around;
  bool rejected = false;
};

std::vector<Sample> listed() {
  std::vector<Sample> all;
  std::istringstream lines(content(fs::path(AKASHI_SOURCE_DIR) / "tests/connectors/samples.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto cells = split(line, '\t');
    REQUIRE(cells.size() >= 4);
    Sample one{std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), std::string(cells[3]), {}, {}, cells[3].starts_with('!')};
    if (one.rejected) one.pointer.erase(0, 1);
    if (cells.size() > 5) one.around = std::string(cells[5]);
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

// The answers that a sample was opened from, which own what its records are read in.
struct Opened {
  std::vector<JsonPage> pages;
  std::vector<JsonValue> records;
  std::optional<JsonValue> around;
};

JsonValue open_in(std::vector<JsonPage>& pages, std::string text) {
  auto opened = JsonPage::open(std::move(text));
  REQUIRE(opened.has_value());
  pages.push_back(std::move(*opened));
  return pages.back().root();
}

Opened open(const Sample& sample) {
  Opened made;
  std::string_view pointer = sample.pointer;
  if (pointer.starts_with('^')) pointer.remove_prefix(1);
  auto root = open_in(made.pages, content(samples() / sample.file));
  if (const auto inside = pointer.find('>'); inside != std::string_view::npos) {
    root = open_in(made.pages, text_of(root.at(pointer.substr(0, inside))).value_or(""));
    pointer.remove_prefix(inside + 1);
  }
  if (!sample.around.empty()) made.around = open_in(made.pages, sample.around);
  if (pointer == ".") {
    made.records.push_back(root);
    return made;
  }
  const auto list = root.at(pointer);
  REQUIRE(list.is(JsonKind::array));
  for (const auto record : list.elements()) made.records.push_back(record);
  return made;
}

Records as_read(const Sample& sample, const Opened& opened, const JsonValue& record) {
  Records one;
  (sample.pointer.starts_with('^') ? one.parents : one.all).push_back(record);
  if (opened.around) one.around.push_back(*opened.around);
  return one;
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
    const auto opened = open(sample);
    REQUIRE_FALSE(opened.records.empty());
    SourceSettings settings;
    settings.name = sample.product;
    settings.base_url = "https://tool.example";
    settings.params = sample.params;
    const auto parts = settings.params.find(stream->for_each);
    const std::string part = parts == settings.params.end() ? "" : parts->second.front();
    const LookupTables lookups;
    const Instant now = parse_time("2027-01-01T00:00:00Z").value();
    std::size_t kept = 0;
    for (const auto& record : opened.records) {
      Values values(*connector, *stream, settings, lookups, now, part);
      const Extraction how{*stream, settings, connector->product, now, Instant{}, stream->cursor.format};
      Page page;
      (void)extract_records(how, values, as_read(sample, opened, record), page);
      CHECK(outcomes(page) > 0);
      kept += page.activities.size() + page.cases.size() + page.documents.size();
    }
    CHECK((kept == 0) == sample.rejected);  // a sample of which everything is rejected shows that the descriptor does not fit it
  }
}
