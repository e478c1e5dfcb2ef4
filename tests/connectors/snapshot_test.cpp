#include "connectors/engine/snapshot.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

SnapshotSpec watching() {
  SnapshotSpec spec;
  spec.given = true;
  spec.id = "/id";
  spec.watch = {{"owner", "/owner/name"}, {"state", "/state"}};
  return spec;
}

Snapshot seen(const std::string& at, const std::string& objects) {
  const auto page = JsonPage::open(objects);
  REQUIRE(page);
  Snapshot made{*parse_time(at), {}};
  for (const auto object : page->root().elements()) made.objects.emplace(object.member("id").text(), seen_object(watching(), object));
  return made;
}

const std::string one = R"([{"id":"1","owner":{"name":"asato"},"state":"open"},{"id":"2","state":"open"}])";
const std::string other = R"([{"id":"1","owner":{"name":"田中"},"state":"closed"},{"id":"3","state":"open"}])";

}  // namespace

TEST_CASE("what is seen first is told as such, and nothing is gone") {
  const auto now = seen("2026-11-21T08:00:00Z", one);
  CHECK(changes_between(watching(), std::nullopt, now, true) ==
        R"([{"event":"first","at":"2026-11-21T08:00:00Z","lead":true,"object":{"id":"1","owner":{"name":"asato"},"state":"open"}},)"
        R"({"event":"first","at":"2026-11-21T08:00:00Z","lead":true,"object":{"id":"2","state":"open"}}])");
}

TEST_CASE("what is forgotten is read when it is there, is not kept, and makes no difference") {
  auto spec = watching();
  spec.forget = {"text"};
  const auto object = [&](const std::string& text) {
    const auto page = JsonPage::open(R"({"id":"1","text":)" + text + R"(,"state":"open"})");
    REQUIRE(page);
    Snapshot made{*parse_time("2026-11-21T08:00:00Z"), {}};
    made.objects.emplace("1", seen_object(spec, page->root()));
    return made;
  };
  const auto first = object(R"("secret")");
  CHECK(changes_between(spec, std::nullopt, first, true).find("secret") != std::string::npos);
  const auto kept = write_snapshot(first);
  CHECK(kept.find("secret") == std::string::npos);
  const auto before = read_snapshot(spec, kept);
  REQUIRE(before);
  CHECK(changes_between(spec, *before, object(R"("other")"), true) == "[]");
}

TEST_CASE("each watched field that changed is a record, the first of an object leads") {
  const auto before = seen("2026-11-21T08:00:00Z", one);
  const auto now = seen("2026-11-21T08:05:00Z", other);
  const auto text = changes_between(watching(), before, now, true);
  const auto page = JsonPage::open(text);
  REQUIRE(page);
  std::vector<std::string> told;
  for (const auto record : page->root().elements()) {
    told.push_back(std::string(record.member("event").text()) + " " + std::string(record.at("/object/id").text()) + " " +
                   std::string(record.member("field").text()) + " " + std::string(record.member("before").text()) + ">" +
                   std::string(record.member("now").text()) + (record.member("lead").is_missing() ? "" : " lead"));
  }
  CHECK(told == std::vector<std::string>{"changed 1 owner asato>田中 lead", "changed 1 state open>closed", "appeared 3  > lead", "gone 2  > lead"});
}

TEST_CASE("a list that was not read to its end calls nothing gone") {
  const auto text = changes_between(watching(), seen("2026-11-21T08:00:00Z", one), seen("2026-11-21T08:05:00Z", other), false);
  CHECK(text.find("gone") == std::string::npos);
}

TEST_CASE("an object that only changed elsewhere is no event") {
  const auto now = seen("2026-11-21T08:05:00Z", R"([{"id":"2","state":"open","title":"x"},{"id":"1","owner":{"name":"asato"},"state":"open"}])");
  const auto text = changes_between(watching(), seen("2026-11-21T08:00:00Z", one), now, true);
  CHECK(text == R"([{"event":"kept","at":"2026-11-21T08:05:00Z","from":"2026-11-21T08:00:00Z","lead":true,)"
                R"("object":{"id":"2","state":"open","title":"x"}}])");
}

TEST_CASE("a snapshot is read as it was written, on one line") {
  const auto spec = watching();
  const auto before = seen("2026-11-21T08:00:00Z", "[{\"id\":\"a \\\"b\\\"\",\n \"owner\":{\"name\":\"line\\nbreak\"}}]");
  const auto text = write_snapshot(before);
  CHECK(text.find('\n') == std::string::npos);
  const auto again = read_snapshot(spec, text);
  REQUIRE(again);
  REQUIRE(*again);
  CHECK((*again)->at == before.at);
  CHECK((*again)->objects == before.objects);
  CHECK_FALSE(*read_snapshot(spec, ""));
  CHECK_FALSE(read_snapshot(spec, "{\"at\":"));
  auto more = spec;
  more.watch.emplace_back("severity", "/severity");
  CHECK_FALSE(*read_snapshot(more, text));  // other fields are watched: begin anew
}
