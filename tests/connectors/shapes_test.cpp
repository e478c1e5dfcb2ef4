// What the records of a list stand for: children, records by id, the results of a search. What is gone is said; what cannot be read ends the poll.
#include <algorithm>

#include "catch.hpp"
#include "fake_tools.hpp"

namespace {

using namespace akashi;
using fake::Kept;

Connector connector_of(const std::string& stream) {
  auto made = parse_connector(R"(title: Tool
product: tool
kind: ticketing
permissions: [{right: Read, for: all, without: nothing}]
blind_spots: [none]
auth: [{scheme: bearer}]
streams:
  acts:
)" + stream,
                              "tool.yaml");
  if (!made) FAIL(sentence(made.error()));
  return std::move(*made);
}

using Answers = std::map<std::string, std::string>;  // path, or path?query as the tests write it → body; "" = 404

std::string key_of(const fake::Asked& asked) {
  std::string key = asked.path;
  for (const auto& [name, value] : asked.query) key += (key == asked.path ? "?" : "&") + name + "=" + value;
  return key;
}

Kept read_paths(const Connector& connector, const Answers& answers, std::vector<std::string>* asked_for = nullptr) {
  Kept kept;
  fake::poll(
      connector, fake::source(),
      [&](const fake::Asked& asked) {
        if (asked_for != nullptr) asked_for->push_back(key_of(asked));
        const auto found = answers.find(key_of(asked));
        if (found == answers.end() || found->second.empty()) return fake::json(R"({"message":"nothing here"})", 404);
        return fake::json(found->second);
      },
      morning, kept);
  return kept;
}

std::string note(const std::string& id) { return R"({"id":")" + id + R"(","at":"2026-11-21T07:00:00Z","who":"hoshi"})"; }

const std::string families = R"(    shape: child
    request: {path: /tickets}
    paging: {kind: none, id: /id}
    records: /tickets
    cursor: {field: /at}
    child:
      request: {path: "/tickets/{id}/notes", query: {page: "{token}"}, answers: {404: {action: skip_item}}}
      records: /notes
      paging: {kind: token_in_body, token: /next, limit: 2, pages_max: 3}
      when: [{at: /closed, absent: true}]
      also_parent: true
    cases:
      - {of: parent, id: {prefix: ticket/, at: /id}, title: /name}
    activities:
      - {of: parent, kind: case.opened, object: /id, event: [opened], time: /at, actor: /who}
      - {kind: case.commented, object: ^/id, event: [/id], time: /at, actor: /who, case: {prefix: ticket/, at: ^/id}}
)";

TEST_CASE("the children of each record are read to their end, the record around them") {
  const auto connector = connector_of(families);
  const auto kept = read_paths(connector, {{"/tickets", R"({"tickets":[{"id":"A","at":"2026-11-21T06:00:00Z","who":"oki","name":"Phishing"},)"
                                                        R"({"id":"B","at":"2026-11-21T06:30:00Z","who":"oki"}]})"},
                                           {"/tickets/A/notes?page=", R"({"notes":[)" + note("1") + "," + note("2") + R"(],"next":"x"})"},
                                           {"/tickets/A/notes?page=x", R"({"notes":[)" + note("3") + "]}"},
                                           {"/tickets/A/notes", R"({"notes":[)" + note("1") + "," + note("2") + R"(],"next":"x"})"},
                                           {"/tickets/B/notes", R"({"notes":[]})"},
                                           {"/tickets/B/notes?page=", R"({"notes":[]})"}});
  if (kept.error) FAIL(sentence(*kept.error));
  CHECK(complete(kept));
  REQUIRE(kept.activities.contains("t/acts/A/3"));
  CHECK(kept.activities.at("t/acts/A/3").case_id == "t:ticket/A");
  CHECK(kept.activities.contains("t/acts/B/opened"));
  CHECK(kept.activities.size() == 5);
}

TEST_CASE("children of a record that is gone are a listed rejection; a list of children that goes round ends the poll") {
  const auto connector = connector_of(families);
  const std::string list = R"({"tickets":[{"id":"A","at":"2026-11-21T06:00:00Z","who":"oki"}]})";
  const auto gone = read_paths(connector, {{"/tickets", list}});
  CHECK(complete(gone));
  CHECK(gone.rejected.at("gone when it was asked for") == 1);
  const std::string round = R"({"notes":[)" + note("1") + R"(],"next":"x"})";
  const auto kept =
      read_paths(connector, {{"/tickets", list}, {"/tickets/A/notes", round}, {"/tickets/A/notes?page=", round}, {"/tickets/A/notes?page=x", round}});
  REQUIRE(kept.error);
  CHECK(kept.coverage.empty());
}

TEST_CASE("a record whose children are not wanted is not asked for them, and is a record all the same") {
  std::vector<std::string> asked;
  const auto kept =
      read_paths(connector_of(families), {{"/tickets", R"({"tickets":[{"id":"A","at":"2026-11-21T06:00:00Z","who":"oki","closed":true}]})"}}, &asked);
  CHECK(complete(kept));
  CHECK(asked == std::vector<std::string>{"/tickets"});
  CHECK(kept.activities.size() == 1);
}

const std::string by_id = R"(    shape: list_then_get
    request: {path: /ids, query: {at: "{offset}"}}
    paging: {kind: offset, limit: 3, total: /total}
    records: /ids
    cursor: {field: /at}
    get:
      request: {path: /things, query: {ids: "{ids}"}}
      chunk: 2
      records: /things
      id: /id
    activities:
      - {kind: case.changed, object: /id, event: [/at], time: /at, actor: /who}
)";

TEST_CASE("records are asked for by the ids of a list; what is gone by then is said") {
  const auto kept = read_paths(connector_of(by_id), {{"/ids?at=0", R"({"ids":["a","b","c"],"total":4})"},
                                                     {"/ids?at=3", R"({"ids":["d"],"total":4})"},
                                                     {"/things?ids=a,b", R"({"things":[)" + note("b") + "," + note("a") + "]}"},
                                                     {"/things?ids=c", R"({"things":[]})"},
                                                     {"/things?ids=d", R"({"things":[)" + note("d") + "," + note("z") + "]}"}});
  if (kept.error) FAIL(sentence(*kept.error));
  CHECK(complete(kept));
  CHECK(kept.activities.size() == 3);
  CHECK(kept.rejected.at("gone before it could be read") == 1);
  CHECK(kept.rejected.at("given without being asked for, or twice") == 1);
}

TEST_CASE("ids whose records are no list end the poll, they are not nothing") {
  const auto kept = read_paths(connector_of(by_id), {{"/ids?at=0", R"({"ids":["a"],"total":1})"}, {"/things?ids=a", R"({"error":"busy"})"}});
  REQUIRE(kept.error);
  CHECK(kept.error->kind == ErrorKind::schema);
  CHECK(kept.coverage.empty());
}

const std::string job = R"(    shape: job
    job:
      submit: {path: /search, query: {from: "{since}"}}
      id: /sid
      status: {path: "/search/{job}"}
      done: [{at: /state, is: [DONE]}]
      failed: [{at: /state, is: [FAILED]}]
      wait: 5s
      wait_max: 20s
    request: {path: "/search/{job}/results", query: {at: "{offset}"}}
    paging: {kind: offset, limit: 2}
    records: /results
    cursor: {field: /at}
    activities:
      - {kind: case.changed, object: /id, event: [/at], time: /at, actor: /who}
)";

struct Searching {
  std::vector<std::string> states;
  std::size_t asked = 0;
  HttpResponse answer(const fake::Asked& request) {
    if (request.path == "/search") return fake::json(R"({"sid":"s 1"})");
    if (request.path == "/search/s 1") return fake::json(R"({"state":")" + states[std::min(asked++, states.size() - 1)] + R"("})");
    if (request.of("at") == "0") return fake::json(R"({"results":[)" + note("a") + "," + note("b") + "]}");
    return fake::json(R"({"results":[]})");
  }
};

TEST_CASE("a search of the tool's own is waited for, and its results are read") {
  Searching tool{{"QUEUED", "RUNNING", "DONE"}};
  Kept kept;
  fake::poll(
      connector_of(job), fake::source(), [&](const fake::Asked& asked) { return tool.answer(asked); }, morning, kept);
  CHECK(complete(kept));
  CHECK(kept.activities.size() == 2);
  CHECK(kept.waits == std::vector<Duration>{std::chrono::seconds(5), std::chrono::seconds(5)});
}

TEST_CASE("a search that fails or never ends is not an empty one") {
  for (const std::string state : {"FAILED", "RUNNING"}) {
    Searching tool{{state}};
    Kept kept;
    fake::poll(
        connector_of(job), fake::source(), [&](const fake::Asked& asked) { return tool.answer(asked); }, morning, kept);
    REQUIRE(kept.error);
    CHECK(kept.error->kind == ErrorKind::transient);
    CHECK(kept.error->what == (state == "FAILED" ? "the tool's search has failed" : "the tool's search was not done after 20 s"));
    CHECK(kept.coverage.empty());
  }
}

const std::string needing = R"(    request: {path: /acts}
    records: /items
    cursor: {field: /at}
    needs: [/who]
    missing_max: 10
    activities:
      - {kind: case.changed, object: /id, event: [/at], time: /at, actor: {at: /who, or_at: /id}}
)";

TEST_CASE("a field that every record needs and too many lack: the stream is broken, not empty") {
  const auto items = [](int lacking) {
    std::string text;
    for (int i = 0; i < 10; ++i) {
      text += (i == 0 ? "" : ",") + (i < lacking ? R"({"id":")" + std::to_string(i) + R"(","at":"2026-11-21T07:00:00Z"})" : note(std::to_string(i)));
    }
    return R"({"items":[)" + text + "]}";
  };
  CHECK(complete(read_paths(connector_of(needing), {{"/acts", items(1)}})));
  const auto broken = read_paths(connector_of(needing), {{"/acts", items(2)}});
  REQUIRE(broken.error);
  CHECK(broken.error->kind == ErrorKind::schema);
  CHECK(broken.error->what == "2 of 10 records lack a field that is needed (/who)");
}

const std::string values = R"(    request: {path: /acts}
    records: /rows/*
    cursor: {field: /at, format: epoch_ms}
    activities:
      - kind: case.changed
        object: {parts: [/kind, "#"], with: ":"}
        event: [{at: /stamp, decode: base64}]
        time: {at: /written, format: "%d.%m.%Y %H:%M", zone: Asia/Tokyo}
        actor: /who
        automation: [{at: /level, gte: 10, lte: 12}]
        labels: [/tags, {at: /words, split: ","}, {at: /note, pattern: '#([a-z]+)', every: true}]
)";

TEST_CASE("values as tools wrap them") {
  const auto kept = read_paths(connector_of(values),
                               {{"/acts", R"({"rows":{"n 1":{"kind":"x","stamp":"YWI","written":"21.11.2026 16:30","at":1795244400000.5,)"
                                          R"("who":"bot","level":11.5,"tags":["a","b, c"],"words":"d, e,,f","note":"#g and #h, # i"},)"
                                          R"("n2":{"kind":"y","stamp":"!!","written":"21.11.2026 16:30","at":1795244400000,"who":"oki"}}})"}});
  if (kept.error) FAIL(sentence(*kept.error));
  REQUIRE(kept.activities.contains("t/acts/x:n 1/ab"));
  const auto& one = kept.activities.at("t/acts/x:n 1/ab");
  CHECK(format_time(one.time) == "2026-11-21T07:30:00Z");
  CHECK(one.actor_kind == ActorKind::automation);
  CHECK(one.labels == std::vector<std::string>{"a", "b, c", "d", "e", "f", "g", "h"});
  CHECK(kept.rejected.at("no event") == 1);
}

const std::string standing = R"(    shape: snapshot_diff
    request: {path: /boards}
    records: /boards
    snapshot_diff: {id: /id, watch: {owner: /owner}}
    activities:
      - {when: [{at: /event, is: [first]}], reject: there before}
      - {kind: case.assigned, object: /object/id, event: [/field, /from], time: /at, actor: /now}
)";

TEST_CASE("what was seen by comparing has the time since the poll before as its span") {
  const auto connector = connector_of(standing);
  Kept kept;
  for (const std::string owner : {"oki", "hoshi", "hoshi"}) {
    fake::poll(
        connector, fake::source(), [&](const fake::Asked&) { return fake::json(R"({"boards":[{"id":"7","owner":")" + owner + R"("}]})"); },
        owner == "oki" ? morning : morning + std::chrono::minutes(5), kept);
    if (kept.error) FAIL(sentence(*kept.error));
  }
  CHECK(kept.rejected.at("there before") == 1);
  REQUIRE(kept.activities.size() == 1);
  const auto& act = kept.activities.begin()->second;
  CHECK(act.time == morning + std::chrono::minutes(5));
  CHECK(act.observed_from == morning);
  CHECK(act.labels.front() == "observed");
}

}  // namespace
