// Alerts for tests of the store and of what receivers get.
#pragma once

#include "core/alert_store.hpp"
#include "core/reasons.hpp"

namespace akashi::samples {

inline const Instant april = parse_time("2026-04-01T09:00:00Z").value();

inline Alert silent(const std::string& service = "D-2") {
  Alert alert;
  alert.matter = "silence/" + service + "/insource";
  alert.kind = AlertKind::late;
  alert.level = alert.peak = AlertLevel::warning;
  alert.service = service;
  alert.ladder = "insource";
  alert.services = {service};
  alert.since = april - days(1);
  alert.opened = alert.changed = april;
  alert.reasons = {reason<"state.last_done">(april - days(36)), reason<"state.silent_late">(35, 60)};
  return alert;
}

inline Alert outage(const std::string& source = "rt") {
  Alert alert;
  alert.matter = "blind/" + source;
  alert.kind = AlertKind::blind;
  alert.level = alert.peak = AlertLevel::warning;
  alert.source = source;
  alert.services = {"B-1", "D-1", "D-2"};
  alert.since = april - std::chrono::hours(1);
  alert.opened = alert.changed = april;
  alert.reasons = {reason<"blind.broken">(source, "<https://evil.example|cannot connect> & \"quoted\"\n,[x]\x1f")};
  return alert;
}

// One change that goes to these receivers at once.
inline AlertsKept kept(AlertChange::What what, Alert alert, const std::vector<std::string>& receivers, Instant at = april, bool tell = true) {
  AlertsKept made;
  alert.changed = at;
  made.news.changes = {{what, std::move(alert), tell}};
  made.news.first_run = april;
  made.news.judged = at;
  for (const std::string& one : receivers) made.notices.push_back({0, one, at});
  return made;
}

}  // namespace akashi::samples
