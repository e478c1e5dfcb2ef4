// What a survey counts, and what its draft says and leaves open.
#include "collector/report/survey.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

CaseState one(const std::string& id, const std::string& place, const std::string& status, const std::string& address = {}) {
  CaseState state;
  state.id = id;
  state.place = place;
  state.status = status;
  state.labels = {"soc"};
  if (!address.empty()) state.fields["IP"] = address;
  state.fields["Reported by"] = "mail";
  return state;
}

Survey survey_of(const std::vector<CaseState>& cases) {
  Survey survey;
  survey.source = "rt";
  for (const auto& state : cases) survey.cases[state.id] = state;
  return survey;
}

OrgMap incidents() {
  PlaceEntry entry;
  entry.when.conditions = {{"place", {"Incidents"}}};
  entry.matter = "incident";
  entry.working = {"open"};
  entry.done = {"resolved"};
  return OrgMap({entry});
}

}  // namespace

TEST_CASE("a survey counts every value once a case, and leaves out fields that sort nothing") {
  std::vector<CaseState> cases;
  for (int i = 0; i < 8; ++i)
    cases.push_back(one("rt:" + std::to_string(i), i < 6 ? "Incidents" : "Odd jobs", "open", "192.0.2." + std::to_string(i)));
  cases.push_back(cases.front());
  const auto values = census(survey_of(cases));
  CHECK(values.at("place") == std::map<std::string, std::uint64_t>{{"Incidents", 6}, {"Odd jobs", 2}});
  CHECK(values.at("label").at("soc") == 8);
  CHECK(values.at("cf.Reported by").at("mail") == 8);
  CHECK_FALSE(values.contains("cf.IP"));
}

TEST_CASE("the draft says what the map says, and asks for the rest") {
  const auto draft = classify_draft(survey_of({one("rt:1", "Incidents", "open"), one("rt:2", "Incidents", "resolved"),
                                               one("rt:3", "Incidents", "stalled"), one("rt:4", "Odd \"jobs\"", "new"), one("rt:5", "", "")}),
                                    incidents(), Lang::en);
  CHECK(draft ==
        "classify:\n"
        "  - when: {place: \"Incidents\"}  # 3 cases\n"
        "    matter: incident\n"
        "    working: [\"open\"]\n"
        "    done: [\"resolved\"]\n"
        "    # asked, working, done or refused? [\"stalled\"]\n"
        "  - when: {place: \"Odd \\\"jobs\\\"\"}  # 1 cases\n"
        "    # matter: one of: intake alert advisory incident enquiry investigation containment recovery notification closing_report operation "
        "tool_check tool_trial "
        "procedure approval provider_report ignored\n"
        "    # asked, working, done or refused? [\"new\"]\n");
  CHECK(classify_draft(survey_of({}), incidents(), Lang::en).empty());
}

TEST_CASE("with one place only, types are what is sorted by") {
  auto first = one("r:1", "csirt", "New"), second = one("r:2", "csirt", "New");
  first.type = "Incident";
  second.type = "Enquiry";
  const auto draft = classify_draft(survey_of({first, second}), {}, Lang::ja);
  CHECK(draft.find("{type: \"Incident\"}  # 1件") != std::string::npos);
  CHECK(draft.find("{type: \"Enquiry\"}") != std::string::npos);
  CHECK(draft.find("次のどれか") != std::string::npos);
}
