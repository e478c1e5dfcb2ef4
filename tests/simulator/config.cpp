// The config that a user of this SOC would write: people, profile, and what the places mean.
#include <fmt/format.h>

#include "soc.hpp"

namespace akashi::simulator {

namespace {

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "\"" : ", \"") + word + "\"";
  return "[" + text + "]";
}

std::string people_of(const Soc& soc) {
  std::string text = "people:\n";
  for (const Worker& one : soc.people) {
    text += fmt::format("  - {{name: {}, kind: {}", one.name, one.kind);
    if (!one.team.empty()) text += ", team: " + one.team;
    if (one.head) text += ", head: true";
    text += ", accounts: {";
    bool first = true;
    for (const auto& [desk, accounts] : one.accounts) {
      text += (first ? "" : ", ") + desk + ": " + list(accounts);
      first = false;
    }
    text += "}}\n";
  }
  return text;
}

std::string services_of(const Soc& soc) {
  std::string text = "services:\n";
  for (const Service& one : soc.services) {
    text += fmt::format("  {}: {{assignment: {}", one.clock.service, one.assignment);
    if (one.assignment != "outsource") text += ", team: " + one.team;
    if (one.reports) text += ", provider: Watch Inc, owner: " + one.owner;
    if (one.reports && one.monthly && !one.clock.runs_always) text += ", reports: 31d";
    if (one.agreed_days > 0) text += fmt::format(", agreed: {}d", one.agreed_days);
    if (one.as_is) text += fmt::format(", as_is: {}", *one.as_is);
    text += "}\n";
  }
  return text;
}

std::string meaning_of(const Soc& soc, std::size_t desk) {
  const char* key = soc.desks[desk].product == "redmine" ? "type" : "place";
  const Words& words = soc.desks[desk].words;
  std::string text = "    classify:\n      - when: {title: \"*[test]*\"}\n        matter: ignored\n";
  if (soc.desks[desk].product != "opensearch") text += fmt::format("      - when: {{{}: \"*\"}}\n        performed: cf.Done on\n", key);
  text += "      - when: {cf.Drill: \"yes\"}\n        drill: true\n";
  std::map<std::string, std::pair<std::string, std::vector<std::string>>> places;  // place → matter, services
  std::map<std::string, std::string> from;
  for (const Service& one : soc.services)
    if (one.home.desk == desk) {
      auto& place = places[one.home.place];
      place.first = one.home.matter;
      place.second.emplace_back(one.clock.service);
      if (!one.works_from.empty()) from[one.home.place] = one.works_from;
    }
  for (const Service& one : soc.services)
    if (one.reports && one.reports->desk == desk) places[one.reports->place] = {"provider_report", {std::string(one.clock.service)}};
  if (soc.approvals.desk == desk) places[soc.approvals.place] = {"approval", {}};
  for (const auto& [place, what] : places) {
    text += fmt::format("      - when: {{{}: \"{}\"}}\n", key, place);
    if (!what.first.empty()) text += fmt::format("        matter: {}\n", what.first);
    const bool given = what.first.empty() || what.first == "operation" || what.first == "investigation" || what.first == "provider_report";
    if (given && !what.second.empty()) text += "        services: " + list(what.second) + "\n";
    if (what.first == "provider_report")
      text += "        review: {note: cf.Note, checked: cf.Figure, outcome: cf.Outcome, met: [\"as agreed\"], missed: [below]}\n";
    if (what.first == "incident" && soc.desks[desk].product == "rt") text += "        severity: {from: cf.Severity, critical: [Critical]}\n";
    if (from.contains(place)) text += fmt::format("        works_from: {}\n", from[place]);
    text += fmt::format("        asked: \"{}\"\n        working: \"{}\"\n        done: \"{}\"\n        refused: \"{}\"\n", words.asked, words.working,
                        words.done, words.refused);
  }
  return text;
}

// The organisation's own names in its alert index.
constexpr const char* alert_fields =
    "      alert_indices: [\"soc-alerts-*\"]\n      time_field: [written]\n      created_field: [raised]\n      status_field: [state]\n"
    "      status_time_field: [decided]\n      actor_field: [analyst]\n      automation_users: [svc-soar]\n      rule_field: [rule]\n"
    "      severity_field: [level]\n      title_field: [what]\n      verdict_field: [verdict]\n      procedure_field: [by]\n      label_field: "
    "[tags]\n";

std::string source_of(const Soc& soc, std::size_t at) {
  const Desk& desk = soc.desks[at];
  const auto start = std::chrono::duration_cast<std::chrono::hours>(soc.polls.front() - soc.sights[at].begins).count() / 24;
  std::string text = fmt::format("  - name: {}\n    connector: {}\n    url: \"{}\"\n", desk.name, desk.product, desk.base);
  if (desk.product == "mediawiki") return text + "    auth: {scheme: none}\n    start: 400d\n    params:\n      reader: [anon]\n";
  if (desk.product == "opensearch") text += "    auth: {scheme: basic, user: akashi, env: AKASHI_SIMULATOR_TOKEN}\n";
  else
    text += fmt::format("    auth: {{scheme: header, header: {}, env: AKASHI_SIMULATOR_TOKEN}}\n",
                        desk.product == "rt" ? "Authorization" : "X-Redmine-API-Key");
  text += fmt::format("    start: {}d\n    params:\n", std::max<std::int64_t>(1, start));
  if (desk.product == "rt") text += "      queues: " + list(desk.places) + "\n";
  else if (desk.product == "redmine") text += "      projects: [soc]\n";
  else text += alert_fields;
  return text + meaning_of(soc, at);
}

}  // namespace

std::string Soc::config() const {
  std::string text = "cdc:\n  name: Simulated SOC\nstore:\n  path: akashi.db\n  key_file: akashi.key\n  actors: clear\n";
  text += people_of(*this) + services_of(*this) + "sources:\n";
  for (std::size_t i = 0; i < desks.size(); ++i) text += source_of(*this, i);
  return text;
}

}  // namespace akashi::simulator
