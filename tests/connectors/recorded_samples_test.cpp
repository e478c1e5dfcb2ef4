// Answers that real servers once gave, where they lie beside the repository: every record becomes an activity, a document or a listed rejection, and
// none lacks a field. Without them the test says so and passes.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "connectors/engine/extract.hpp"
#include "read_file.hpp"

namespace {

using namespace akashi;
namespace fs = std::filesystem;

const fs::path house = AKASHI_SOURCE_DIR;
const Instant now = parse_time("2026-11-21T08:00:00Z").value();

struct Read {
  Page page;
  Status status;
  std::size_t records = 0;
};

// The records at `pointer` of a recorded answer; a single object is one record.
Read read(const std::string& product, const std::string& stream, const fs::path& file, const std::string& pointer) {
  const auto connector = load_connector(house / "connectors/products" / product);
  REQUIRE(connector);
  auto json = JsonPage::open(read_file(file));
  if (!json) FAIL(file << " " << sentence(json.error()));
  const auto found = json->root().at(pointer);
  Records records;
  for (const auto element : found.elements()) records.all.push_back(element);
  if (found.is(JsonKind::object)) records.all.push_back(found);
  SourceSettings source;
  source.name = product;
  source.base_url = "https://tool.example";
  LookupTables lookups;
  const auto& spec = *connector->stream(stream);
  Values values(*connector, spec, source, lookups, now, "csirt");
  Read made;
  made.records = records.all.size();
  made.status = extract_records({spec, source, product, now, Instant{}, spec.cursor.format}, values, records, made.page);
  return made;
}

void check_accounted(const Read& made) {
  CHECK(made.status.has_value());
  CHECK(made.page.manifest.records == made.records);
  std::uint64_t rejected = 0;
  for (const auto& [reason, count] : made.page.manifest.rejected) {
    INFO(reason);
    CHECK_FALSE(reason.starts_with("no "));
    CHECK(reason != "nothing in the descriptor fits it");
    rejected += count;
  }
  CHECK(made.page.activities.size() + rejected >= made.records);
  CHECK(made.page.manifest.activities == made.page.activities.size());
}

TEST_CASE("recorded answers of real servers are accounted for to the last record") {
  const auto live = house / "../shared/live";
  if (!fs::exists(live)) {
    WARN("no recorded answers beside the repository; skipped");
    return;
  }
  for (const auto* name : {"transactions_feed", "transactions_id", "transactions_ticketsql"}) {
    const auto file = live / "rt/samples" / (std::string(name) + ".json");
    if (!fs::exists(file)) continue;
    INFO(file);
    check_accounted(read("rt", "transactions", file, "/items"));
  }
  const auto issue = read("redmine", "issues", live / "redmine/samples/issue_one.json", "/issue");
  check_accounted(issue);
  CHECK(issue.page.activities.size() > 5);
  for (const auto* name : {"wiki_page", "wiki_page_v1"}) {
    const auto page = read("redmine", "wiki", live / "redmine/samples" / (std::string(name) + ".json"), "/wiki_page");
    check_accounted(page);
    CHECK(page.page.documents.size() == 1);
  }
}

TEST_CASE("old versions of Redmine write dates that no standard knows: such an answer breaks the stream, it is not skipped") {
  const auto old = house / "../shared/samples/redmine/jsonTest.json";
  if (!fs::exists(old)) {
    WARN("no recorded answers beside the repository; skipped");
    return;
  }
  const auto made = read("redmine", "issues", old, "/issues");
  REQUIRE_FALSE(made.status);
  CHECK(made.status.error().kind == ErrorKind::schema);
}

}  // namespace
