// What a merge request needs of the language: a list beside a list, the latest of several, a time that is not before another.
#include "catch.hpp"
#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/extract.hpp"
#include "connectors/engine/json_page.hpp"

using namespace akashi;

namespace {

constexpr std::string_view descriptor = R"(
title: Small
product: small
kind: ticketing
docs: [https://tool.example/docs]
permissions: [{right: read, on: all, for: reading, without: nothing is read}]
blind_spots: [none]
auth: [{scheme: bearer}]
budget: {requests_per_minute: 60, concurrency: 1}
streams:
  acts:
    shape: list
    request: {path: /acts}
    paging: {kind: none}
    records: /acts
    cursor: {field: /at, format: rfc3339}
    activity: {object: /id, event: [x], time: /at, actor: a, kind: case.changed}
    activities:
      - over: [/files, ^/notes]
        when:
          - {at: /said, is: [approved]}
          - {at: /at, not_before: {pick: {list: ^^/notes, key: /said, among: [push], take: /at, latest: true}, or_at: ^^/opened}, not_after: ^^/merged}
        object: ^/path
        event: [/id]
      - over: [/files, ^/notes]
        reject: nothing that counts
)";

std::vector<std::string> uids_of(const std::string& record) {
  const auto connector = parse_connector(descriptor, "connector.yaml");
  REQUIRE(connector);
  const auto& stream = connector->streams.front();
  SourceSettings source;
  source.name = "s";
  LookupTables lookups;
  Values values(*connector, stream, source, lookups, Instant{}, "");
  auto page = JsonPage::open(record);
  REQUIRE(page);
  const std::vector<JsonValue> records{page->root()};
  Page made;
  const std::string product = "small";
  REQUIRE(extract_records({stream, source, product, Instant{}, Instant{}, stream.cursor.format}, values, records, made));
  std::vector<std::string> uids;
  for (const auto& activity : made.activities) uids.push_back(activity.uid);
  return uids;
}

std::string request(const std::string& notes) {
  return R"({"id":1,"at":"2026-11-02T00:00:00Z","opened":"2026-11-01T00:00:00Z","merged":"2026-11-09T00:00:00Z","files":[{"path":"a"},{"path":"b"}],"notes":[)" +
         notes + "]}";
}

std::string note(int id, const std::string& said, const std::string& at) {
  return R"({"id":)" + std::to_string(id) + R"(,"said":")" + said + R"(","at":")" + at + "\"}";
}

using Uids = std::vector<std::string>;

}  // namespace

TEST_CASE("each element of a list beside each of another") {
  CHECK(uids_of(request(note(1, "approved", "2026-11-03T00:00:00Z"))) == Uids{"s/acts/a/1", "s/acts/b/1"});
}

TEST_CASE("what came before the last push approved something else") {
  const auto pushed = note(3, "push", "2026-11-05T00:00:00.5Z") + "," + note(2, "push", "2026-11-03T00:00:00Z");  // in no order
  CHECK(uids_of(request(note(1, "approved", "2026-11-04T00:00:00Z") + "," + pushed)).empty());
  CHECK(uids_of(request(pushed + "," + note(4, "approved", "2026-11-05T09:00:00.500+09:00"))) == Uids{"s/acts/a/4", "s/acts/b/4"});
}

TEST_CASE("what came after the end does not count, nor what has no time") {
  CHECK(uids_of(request(note(1, "approved", "2026-11-09T00:00:01Z"))).empty());
  CHECK(uids_of(request(note(1, "approved", "yesterday"))).empty());
}

TEST_CASE("a list that lies further out than there are records is refused") {
  auto text = std::string(descriptor);
  text.replace(text.find("^/notes]"), 8, "^^/notes]");
  const auto connector = parse_connector(text, "connector.yaml");
  REQUIRE_FALSE(connector);
  CHECK(connector.error().what.find("2 records out") != std::string::npos);
}

TEST_CASE("a time that no clock of ours can hold is none, not another one") {
  const auto format = *ClockFormat::named("%Y-%m-%d %H:%M:%S", "Asia/Tokyo");
  CHECK(format.read("2026-11-02 15:00:00") == parse_time("2026-11-02T06:00:00Z"));
  CHECK(format.read("2026-11-02 15:00:00.123456789") == parse_time("2026-11-02T06:00:00.123456789Z"));
  for (const auto* text :
       {"4052-11-02 15:00:00", "9999-12-31 23:59:59", "0001-01-01 00:00:00", "2026-13-02 15:00:00", "2026-11-31 15:00:00", "2026-11-02 25:00:00",
        "2026-11-02 15:00:xx", "2026-11-02 15:00:", "2026-11-02 15:00", "2026-11-02T15:00:00", "tomorrow", ""}) {
    INFO(text);
    CHECK_FALSE(format.read(text));
  }
  CHECK(parse_http_date("Sat, 21 Nov 2026 07:00:10 GMT") == parse_time("2026-11-21T07:00:10Z"));
  for (const auto* text :
       {"Sat, 21 Nov 2026 07:00:(0 GMT", "Sat, 21 Nov 2026 07:00 GMT", "Sat, 21 Nov 9026 07:00:10 GMT", "Sat, xx Nov 2026 07:00:10 GMT"}) {
    INFO(text);
    CHECK_FALSE(parse_http_date(text));
  }
  CHECK(ClockFormat::named("%b %d %Y %T", "UTC")->read("Nov 21 2026 07:00:10") == parse_time("2026-11-21T07:00:10Z"));
  CHECK_FALSE(ClockFormat::named("%b %d %Y %T", "UTC")->read("Nov 21 2026 07:00:"));
  const auto offset = *ClockFormat::named("%Y-%m-%dT%H:%M:%S%z", "UTC");
  CHECK(offset.read("2026-11-02T15:00:00+0900") == parse_time("2026-11-02T06:00:00Z"));
  CHECK_FALSE(offset.read("4052-11-02T15:00:00+0900"));
  CHECK_FALSE(offset.read("1013-11-12T10:00:00.00-+0900"));
  CHECK_FALSE(offset.read("2026-11-02T15:00:00"));
  CHECK_FALSE(offset.read("2026-11-02T15:00:00+9"));
  CHECK(offset.read("2026-11-02T15:00:00.5-0130") == parse_time("2026-11-02T16:30:00.5Z"));
  CHECK(ClockFormat::named("%Y-%m-%d", "UTC")->read("2026-11-02") == parse_time("2026-11-02T00:00:00Z"));
}
