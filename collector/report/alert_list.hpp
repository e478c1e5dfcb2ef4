// Alerts for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "core/alert_store.hpp"

namespace akashi {

struct AlertReport {
  std::vector<Alert> alerts;  // by id
  std::vector<Pause> pauses;  // running ones
  std::vector<ReceiverState> receivers;
  std::vector<std::string> configured;  // receivers of the config, in order
  Duration offset{};                    // of the organisation's clock
};

void print_alerts(const Screen& screen, const AlertReport& report);
// {"alerts": [...], "pauses": [{id, target, by, because, at}], "receivers": [{receiver, waiting, last_sent, tries, error}]}
[[nodiscard]] std::string alerts_json(const AlertReport& report, Lang lang);

// One alert and everything that was said of it.
void print_alert(const Screen& screen, const std::vector<AlertEvent>& history, Duration offset);
[[nodiscard]] std::string alert_json(const std::vector<AlertEvent>& history, Lang lang);  // {"alert": {...}, "history": [{event, what, tell, alert}]}

// What `status` says: how many are open, and which receivers cannot be reached.
void print_alert_summary(const Screen& screen, const AlertReport& report);

}  // namespace akashi
