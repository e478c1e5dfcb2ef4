#include "connectors/engine/classify.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

Result<std::vector<PlaceEntry>> parsed(const std::string& text) {
  auto yaml = Yaml::parse(text, "akashi.yaml");
  REQUIRE(yaml);
  const auto* list = yaml->find("classify");
  REQUIRE(list != nullptr);
  return parse_classify(*list);
}

}  // namespace

TEST_CASE("an organisation's map is read as it was written") {
  const auto entries = parsed(R"(
classify:
  - when: {place: [Incidents, "SOC *"], cf.Origin: external}
    matter: incident
    services: [D-2, D-3]
    asked: new
    working: [open, stalled]
    done: [resolved]
    refused: [abandoned]
    severity: {from: cf.Severity, critical: [P1], high: [P2], medium: P3, low: [P4, 5]}
    works_from: Incident handling
  - when: {title: "*drill*"}
    drill: true
)");
  REQUIRE(entries);
  REQUIRE(entries->size() == 2);
  const auto& incidents = entries->front();
  CHECK(incidents.when.conditions ==
        std::vector<std::pair<std::string, std::vector<std::string>>>{{"place", {"Incidents", "SOC *"}}, {"cf.Origin", {"external"}}});
  CHECK(incidents.matter == "incident");
  CHECK(incidents.services == std::vector<std::string>{"D-2", "D-3"});
  CHECK(incidents.asked == std::vector<std::string>{"new"});
  CHECK(incidents.working == std::vector<std::string>{"open", "stalled"});
  CHECK(incidents.done == std::vector<std::string>{"resolved"});
  CHECK(incidents.refused == std::vector<std::string>{"abandoned"});
  CHECK_FALSE(incidents.drill);
  CHECK(incidents.works_from == "Incident handling");
  CHECK(incidents.severity_field == "cf.Severity");
  CHECK(incidents.severities ==
        std::map<std::string, std::string>{{"p1", "critical"}, {"p2", "high"}, {"p3", "medium"}, {"p4", "low"}, {"5", "low"}});
  CHECK(incidents.where.starts_with("akashi.yaml:3"));
  CHECK(entries->back().drill == true);

  CaseState state;
  state.place = "SOC Tokyo";
  state.fields = {{"Origin", "external"}, {"Severity", "P2"}};
  state.title = "Table top drill";
  const auto meaning = OrgMap(*entries).meaning(state);
  CHECK(meaning.matter == "incident");
  CHECK(meaning.severity == "high");
  CHECK(meaning.drill);
}

TEST_CASE("an empty list says nothing and is right") {
  const auto entries = parsed("classify: []");
  REQUIRE(entries);
  CHECK(entries->empty());
}

TEST_CASE("a wrong map gets one sentence with its line") {
  struct {
    std::string text, sentence;
  } const table[] = {
      {"classify: {place: x}", "akashi.yaml:1 classify: expected a list of entries; begin each with \"- when: {place: …}\""},
      {"classify:\n  - matter: incident",
       "akashi.yaml:2 classify[0]: an entry without \"when\"; say which cases it is about, like when: {place: Incidents}"},
      {"classify:\n  - when: {place: x}",
       "akashi.yaml:2 classify[0]: an entry that says nothing; add matter, services, statuses, drill, works_from or severity"},
      {"classify:\n  - when: {}\n    matter: incident",
       "akashi.yaml:2 classify[0].when: \"when\" says of no case that it is meant; write which, like {place: Incidents}, or {place: \"*\"} for all"},
      {"classify:\n  - when: {plase: x}\n    matter: incident",
       "akashi.yaml:2 classify[0].when.plase: unknown attribute \"plase\" of a case; did you mean \"place\"? custom fields are written cf.NAME"},
      {"classify:\n  - when: {cf.: x}\n    matter: incident",
       "akashi.yaml:2 classify[0].when.cf.: unknown attribute \"cf.\" of a case; known here: place, type, category, status, severity, title, label, "
       "and cf.NAME for a "
       "custom field"},
      {"classify:\n  - when: {place: []}\n    matter: incident",
       "akashi.yaml:2 classify[0].when.place: an empty list; name at least one, or remove the key"},
      {"classify:\n  - when: {place: [a, \" \"]}\n    matter: incident",
       "akashi.yaml:2 classify[0].when.place: an empty word; remove it, or write what is meant"},
      {"classify:\n  - when: {place: x}\n    mater: incident", "akashi.yaml:3 classify[0].mater: unknown key \"mater\"; did you mean \"matter\"?"},
      {"classify:\n  - when: {place: x}\n    matter: incidents",
       "akashi.yaml:3 classify[0].matter: unknown matter \"incidents\"; did you mean \"incident\"?"},
      {"classify:\n  - when: {place: x}\n    services: D-8",
       "akashi.yaml:3 classify[0].services: service \"D-8\" is not in edition 2021; D has D-1 to D-7"},
      {"classify:\n  - when: {place: x}\n    services:\n      - D-2\n      - D-8",
       "akashi.yaml:5 classify[0].services[1]: service \"D-8\" is not in edition 2021; D has D-1 to D-7"},
      {"classify:\n  - when: {place: x}\n    done: [open, x]\n    working: Open",
       "akashi.yaml:3 classify[0].done: status \"open\" is said to mean both working and done; keep it under one of them"},
      {"classify:\n  - when: {place: x}\n    drill: yes", "akashi.yaml:3 classify[0].drill: expected true or false, found \"yes\""},
      {"classify:\n  - when: {place: x}\n    works_from: \"\"",
       "akashi.yaml:3 classify[0].works_from: expected one line that is not empty; at most 200 bytes"},
      {"classify:\n  - when: {place: x}\n    severity: {from: Severity}",
       "akashi.yaml:3 classify[0].severity.from: severity stands in \"Severity\", which is no field of a case; write severity, or cf.NAME for a "
       "custom field"},
      {"classify:\n  - when: {place: x}\n    severity: {hihg: P1}",
       "akashi.yaml:3 classify[0].severity.hihg: unknown key \"hihg\"; did you mean \"high\"?"},
      {"classify:\n  - when: {place: x}\n    severity: {low: P1, high: p1}",
       "akashi.yaml:3 classify[0].severity.high: \"p1\" is said to be both low and high; keep it under one of them"},
  };
  for (const auto& row : table) {
    INFO(row.text);
    const auto entries = parsed(row.text);
    REQUIRE_FALSE(entries);
    CHECK(sentence(entries.error()) == row.sentence);
    CHECK(entries.error().kind == ErrorKind::config);
  }
}

TEST_CASE("the map says on which day, in which time, and where a report tells what was made of it") {
  const auto entries = parsed(R"(
classify:
  - when: {place: Checks}
    performed: cf.実施日
    agreed: 2d
  - when: {place: Incidents}
    agreed: {critical: 1h, high: 4h}
  - when: {place: 委託報告}
    matter: provider_report
    services: [B-1]
    review: {note: cf.所見, checked: cf.検証値, outcome: cf.期待との比較, met: [達成], missed: [未達, 一部未達]}
)");
  REQUIRE(entries);
  const OrgMap map(*entries);
  CaseState check;
  check.place = "Checks";
  check.fields = {{"実施日", "2026年10月1日"}};
  CHECK(map.meaning(check).performed == parse_time("2026-10-01"));
  CHECK(map.meaning(check).agreed == std::chrono::hours(48));
  check.fields = {{"実施日", "later"}};
  CHECK_FALSE(map.meaning(check).performed);

  CaseState incident;
  incident.place = "Incidents";
  incident.severity = "High";
  CHECK(map.meaning(incident).agreed == std::chrono::hours(4));
  incident.severity = "low";
  CHECK(map.meaning(incident).agreed == std::chrono::hours(0));  // as the service says

  CaseState report;
  report.place = "委託報告";
  CHECK(map.meaning(report).review.empty());
  report.fields = {{"所見", "遮断ルールを見直す"}, {"期待との比較", "一部未達"}};
  CHECK(map.meaning(report).review == "noted missed");
  report.fields = {{"検証値", "12件"}, {"期待との比較", "達成"}};
  CHECK(map.meaning(report).review == "met checked");
  report.fields = {{"所見", " "}, {"期待との比較", "対象外"}};
  CHECK(map.meaning(report).review.empty());
}
