#include "connectors/engine/settle.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

Connector described(const std::string& field) {
  const std::string text = R"(title: T
product: t
kind: siem
permissions: [{right: read, on: all, for: all, without: blind}]
blind_spots: [what it does not show]
docs: [https://example.net/]
auth: [{scheme: none}]
parameters:
  time_field: {about: the time, default: ["@timestamp"]}
  status_field: {about: the status}
  overlap: {about: how late, default: [6h]}
streams:
  acts:
    request: {path: /acts}
    records: /hits
    cursor: {field: "/fields/{time_field}", format: rfc3339, overlap: "{overlap}"}
    activities:
      - kind: alert.raised
        object: /_id
        event: [raised]
        time: /fields/{time_field}
        actor: {word: rule}
        status: {at: ")" + field +
                           R"(", when: [{at: "/fields/{status_field}"}]}
)";
  auto made = parse_connector(text, "connector.yaml");
  if (!made) FAIL(made.error().where + " " + made.error().what);
  return *made;
}

}  // namespace

TEST_CASE("a parameter stands for one segment of a pointer") {
  const auto connector = described("/fields/{status_field}");
  const auto& stream = connector.streams.front();
  CHECK(stream.settles);
  CHECK(named_in_pointers(stream) == std::set<std::string>{"status_field", "time_field"});
  SourceSettings settings;
  settings.params = {{"time_field", {"event.ingested"}}, {"status_field", {"a/b~c", "second"}}};
  const auto made = settled(connector, stream, settings);
  CHECK(made.cursor.field == "/fields/event.ingested");
  CHECK(made.activities.front().status.at->path == "/fields/a~1b~0c");
  CHECK(made.activities.front().status.when.front().value.at->path == "/fields/a~1b~0c");
}

TEST_CASE("without a value there is nothing at the pointer") {
  const auto connector = described("/fields/{status_field}");
  const auto made = settled(connector, connector.streams.front(), {});
  CHECK(made.cursor.field == "/fields/@timestamp");
  CHECK(made.activities.front().status.at->path == "/fields/\x1f");
}

TEST_CASE("a pointer without parameters is left alone") {
  const auto connector = described("/status");
  CHECK(settled(connector, connector.streams.front(), {}).activities.front().object.at->path == "/_id");
}

TEST_CASE("a pointer names only parameters that there are") {
  const auto made = parse_connector(R"(title: T
product: t
kind: siem
permissions: [{right: read, on: all, for: all, without: blind}]
blind_spots: [what it does not show]
docs: [https://example.net/]
auth: [{scheme: none}]
parameters:
  time_field: {about: the time}
streams:
  acts:
    request: {path: /acts}
    records: /hits
    cursor: {field: "/fields/{time_feild}", format: rfc3339}
    activities: [{reject: nothing}]
)",
                                    "connector.yaml");
  REQUIRE_FALSE(made);
  CHECK(made.error().mend.find("time_field") != std::string::npos);
}
