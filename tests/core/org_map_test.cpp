#include "core/org_map.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

CaseState incident() {
  CaseState state;
  state.id = "rt:ticket/12";
  state.place = "Incidents";
  state.title = "Phishing drill 2026";
  state.status = "open";
  state.labels = {"phish", "教育"};
  state.fields = {{"Severity", "P1"}, {"Systems", "mail\nvpn"}};
  return state;
}

PlaceEntry entry(std::vector<std::pair<std::string, std::vector<std::string>>> conditions) {
  PlaceEntry e;
  e.when.conditions = std::move(conditions);
  return e;
}

Activity move(std::string from, std::string to) {
  Activity a;
  a.kind = "case.progressed";
  a.status_before = std::move(from);
  a.status = std::move(to);
  return a;
}

Meaning rt_incidents() {
  PlaceEntry e = entry({{"place", {"Incidents"}}});
  e.matter = "incident";
  e.services = {"D-2"};
  e.asked = {"new"};
  e.working = {"Open"};
  e.done = {"resolved", "closed"};
  e.refused = {"abandoned"};
  return OrgMap({e}).meaning(incident());
}

}  // namespace

TEST_CASE("a selector fits when every condition has a fitting value") {
  const auto state = incident();
  CHECK(Selector{}.fits(state));
  struct {
    std::vector<std::pair<std::string, std::vector<std::string>>> conditions;
    bool fits;
  } const table[] = {
      {{{"place", {"incidents"}}}, true},
      {{{"place", {"Incident Reports", "Incid*"}}}, true},
      {{{"place", {"Incident"}}}, false},
      {{{"place", {"Incidents"}}, {"title", {"*drill*"}}}, true},
      {{{"place", {"Incidents"}}, {"title", {"*exercise*"}}}, false},
      {{{"label", {"phish"}}}, true},
      {{{"label", {"PHISH"}}}, true},
      {{{"label", {"phi"}}}, false},
      {{{"label", {"教?"}}}, true},
      {{{"cf.Severity", {"P1", "P2"}}}, true},
      {{{"cf.severity", {"P1"}}}, true},
      {{{"cf.Systems", {"vpn"}}}, true},
      {{{"cf.Systems", {"mail*vpn"}}}, false},
      {{{"cf.Absent", {"*"}}}, false},
      {{{"queue", {"Incidents"}}}, false},
      {{{"place", {}}}, false},
      {{{"type", {""}}}, true},
  };
  for (const auto& row : table) {
    INFO(row.conditions[0].first << " " << (row.conditions[0].second.empty() ? "" : row.conditions[0].second[0]));
    CHECK(Selector{row.conditions}.fits(state) == row.fits);
  }
}

TEST_CASE("the first fitting entry gives the meaning, later ones fill what it left open") {
  PlaceEntry drills = entry({{"title", {"*drill*"}}});
  drills.drill = true;
  drills.working = {"paused"};
  PlaceEntry ours = entry({{"place", {"Incidents"}}});
  ours.matter = "incident";
  ours.done = {"Closed"};
  PlaceEntry others = entry({{"place", {"Elsewhere"}}});
  others.matter = "recovery";
  PlaceEntry defaults = entry({{"place", {"*"}}});
  defaults.matter = "enquiry";
  defaults.services = {"B-4"};
  defaults.drill = false;
  defaults.done = {"paused", "resolved"};
  defaults.works_from = "Incident handling";
  const auto meaning = OrgMap({drills, ours, others, defaults}).meaning(incident());
  CHECK(meaning.matter == "incident");
  CHECK(meaning.services == std::vector<std::string>{"B-4"});
  CHECK(meaning.drill);
  CHECK(meaning.works_from == "Incident handling");
  CHECK(meaning.of("PAUSED") == StatusMeaning::working);
  CHECK(meaning.of("closed") == StatusMeaning::done);
  CHECK(meaning.of("resolved") == StatusMeaning::done);
  CHECK(meaning.of("new") == StatusMeaning::none);
  CHECK(meaning.of("") == StatusMeaning::none);
}

TEST_CASE("an ignored place means nothing, whatever later entries say of it") {
  PlaceEntry ours = entry({{"place", {"Incidents"}}});
  ours.matter = "ignored";
  PlaceEntry defaults = entry({{"place", {"*"}}});
  defaults.matter = "incident";
  defaults.services = {"D-2"};
  defaults.done = {"resolved"};
  const auto meaning = OrgMap({ours, defaults}).meaning(incident());
  CHECK(meaning.matter == "ignored");
  CHECK(meaning.services.empty());
  CHECK(meaning.of("resolved") == StatusMeaning::none);
}

TEST_CASE("a selector within another: whatever fits the one fits the other") {
  const auto inside = [](std::vector<std::pair<std::string, std::vector<std::string>>> narrow,
                         std::vector<std::pair<std::string, std::vector<std::string>>> wide) {
    return within(entry(std::move(narrow)).when, entry(std::move(wide)).when);
  };
  CHECK(inside({{"place", {"Vendor"}}, {"cf.Work", {"Cloud"}}}, {{"place", {"Vendor"}}}));
  CHECK(inside({{"place", {"soc-1", "soc-2"}}}, {{"place", {"soc-*"}}}));
  CHECK(inside({{"cf.Work", {"Cloud"}}}, {{"place", {"*"}}}));  // every case has a place, if only an empty one
  CHECK(inside({{"cf.Work", {"Cloud"}}}, {}));
  CHECK_FALSE(inside({{"place", {"Vendor"}}}, {{"place", {"Vendor"}}, {"cf.Work", {"Cloud"}}}));
  CHECK_FALSE(inside({{"place", {"Vendor", "Desk"}}}, {{"place", {"Vendor"}}}));
  CHECK_FALSE(inside({{"cf.Work", {"Cloud"}}}, {{"place", {"Vendor"}}}));
  CHECK_FALSE(inside({{"place", {"Vendor"}}}, {{"label", {"*"}}}));  // a case may have no label
}

TEST_CASE("a case of an entry is surely told what wider entries say, too") {
  auto vendor = entry({{"place", {"Vendor"}}});
  vendor.matter = "provider_report";
  auto cloud = entry({{"place", {"Vendor"}}, {"cf.Work", {"Cloud"}}});
  cloud.services = {"G-6"};
  auto edge = entry({{"cf.Work", {"Edge"}}});
  edge.services = {"G-2"};
  auto late = cloud;  // never comes to its word
  late.services = {"C-1"};
  const OrgMap map({vendor, cloud, edge, late});
  CHECK(map.surely_said(0).matter == "provider_report");
  CHECK(map.surely_said(0).services.empty());
  CHECK(map.surely_said(1).matter == "provider_report");
  CHECK(map.surely_said(1).services == std::vector<std::string>{"G-6"});
  CHECK(map.surely_said(1).by_itself);
  CHECK(map.surely_said(2).matter.empty());  // it may lie in Vendor, and may not
  CHECK(map.surely_said(3).services == std::vector<std::string>{"G-6"});
  CHECK_FALSE(map.surely_said(3).by_itself);
}

TEST_CASE("the fields by which a map tells cases apart, as they are in one of them") {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  const OrgMap map(
      {entry({{"place", {"Desk"}}, {"cf.Systems", {"web"}}}), entry({{"cf.Systems", {"db"}}, {"category", {"x"}}}), entry({{"cf.Other", {"y"}}})});
  auto state = incident();
  CHECK(map.told_apart_by(state) == Pairs{{"cf.Systems", "mail"}});  // its first value; it has no category and no field Other
  state.category = "canteen";
  CHECK(map.told_apart_by(state) == Pairs{{"cf.Systems", "mail"}, {"category", "canteen"}});
}

TEST_CASE("nothing said means nothing known") {
  const auto meaning = OrgMap{}.meaning(incident());
  CHECK(meaning.matter.empty());
  CHECK(meaning.services.empty());
  CHECK_FALSE(meaning.drill);
  CHECK(meaning.statuses.empty());
}

TEST_CASE("a drill label marks a drill unless an entry says otherwise") {
  auto state = incident();
  for (const auto label : {"drill", "Drill", " 訓練 ", "演習", "tabletop"}) {
    state.labels = {label};
    CHECK(OrgMap{}.meaning(state).drill);
  }
  for (const auto label : {"drilldown", "not a drill", "訓練計画"}) {
    state.labels = {label};
    CHECK_FALSE(OrgMap{}.meaning(state).drill);
  }
  state.labels = {"drill"};
  PlaceEntry real = entry({});
  real.drill = false;
  CHECK_FALSE(OrgMap({real}).meaning(state).drill);
}

TEST_CASE("severity is the organisation's word on our scale") {
  PlaceEntry scale = entry({});
  scale.severity_field = "cf.Severity";
  scale.severities = {{"p1", "critical"}, {"P3", "low"}};
  auto state = incident();
  const OrgMap map({scale});
  CHECK(map.meaning(state).severity == "critical");
  state.fields["Severity"] = "p3";
  CHECK(map.meaning(state).severity == "low");
  state.fields["Severity"] = "High";
  CHECK(map.meaning(state).severity == "high");
  state.fields["Severity"] = "P2";
  CHECK(map.meaning(state).severity == "P2");
  state.fields.erase("Severity");
  state.severity = "Medium";
  CHECK(map.meaning(state).severity == "medium");
  state.severity = "50";
  CHECK(OrgMap{}.meaning(state).severity == "50");
}

TEST_CASE("a status move becomes what its meaning says") {
  const auto meaning = rt_incidents();
  struct {
    std::string from, to;
    std::string_view kind, means;
  } const table[] = {
      {"new", "open", "case.progressed", "working"},    {"open", "resolved", "case.closed", "done"},
      {"open", "RESOLVED", "case.closed", "done"},      {"resolved", "closed", "case.progressed", "done"},
      {"open", "abandoned", "case.refused", "refused"}, {"resolved", "abandoned", "case.refused", "refused"},
      {"abandoned", "resolved", "case.closed", "done"}, {"resolved", "open", "case.reopened", "working"},
      {"abandoned", "new", "case.reopened", "asked"},   {"resolved", "waiting", "case.reopened", ""},
      {"open", "waiting", "case.progressed", ""},       {"waiting", "stalled", "case.progressed", ""},
      {"", "resolved", "case.closed", "done"},          {"open", "", "case.progressed", ""},
  };
  for (const auto& row : table) {
    INFO(row.from << " -> " << row.to);
    const auto activity = move(row.from, row.to);
    const auto joined = joined_kind(activity, meaning);
    CHECK(joined.kind == row.kind);
    CHECK(name(joined.meaning) == row.means);
  }
  Activity comment;
  comment.kind = "case.commented";
  CHECK(joined_kind(comment, meaning).kind == "case.commented");
}

TEST_CASE("a row shows activity, case and meaning together, also after it was moved") {
  auto activity = move("open", "resolved");
  activity.source = "rt";
  activity.product = "rt";
  activity.actor = "p-1";
  activity.actor_kind = ActorKind::human;
  activity.case_id = "rt:ticket/12";
  activity.labels = {"phish", "own"};
  activity.procedures = {"rt:article/3"};
  auto meaning = rt_incidents();
  meaning.works_from = "rt:article/4";
  const auto state = incident();
  auto built = make_row(activity, &state, meaning);
  const auto joined = std::move(built);
  const auto& row = joined.row;
  CHECK(row[Field::kind] == "case.closed");
  CHECK(row[Field::meaning] == "done");
  CHECK(row[Field::matter] == "incident");
  CHECK(row[Field::place] == "Incidents");
  CHECK(row[Field::title] == "Phishing drill 2026");
  CHECK(row[Field::status] == "resolved");
  CHECK(row[Field::actor_kind] == "human");
  CHECK(row[Field::drill] == "false");
  CHECK(row[Field::text].empty());
  CHECK(std::vector<std::string_view>(row.labels.begin(), row.labels.end()) == std::vector<std::string_view>{"phish", "own", "教育"});
  CHECK(std::vector<std::string_view>(row.procedures.begin(), row.procedures.end()) == std::vector<std::string_view>{"rt:article/3", "rt:article/4"});
  CHECK(std::vector<std::string_view>(row.services.begin(), row.services.end()) == std::vector<std::string_view>{"D-2"});

  const auto bare = make_row(activity, nullptr, Meaning{});
  CHECK(bare.row[Field::place].empty());
  CHECK(bare.row[Field::kind] == "case.progressed");
  CHECK(bare.row.labels.size() == 2);
}
