// Rows of alerts: their changes (append-only), what was noticed, when was judged, and the pauses.
#pragma once

#include <vector>

#include "collector/store/tables.hpp"
#include "core/alert_store.hpp"

namespace akashi {

[[nodiscard]] AlertBook book_of_alerts(Tables& t);
[[nodiscard]] std::vector<Alert> alerts_at(Tables& t, bool closed_too, Instant as_of);
[[nodiscard]] std::vector<AlertEvent> history_of_alert(Tables& t, std::int64_t alert);
[[nodiscard]] std::vector<Pause> all_pauses(Tables& t);
void keep_alerts(Tables& t, const AlertsKept& alerts);
void keep_pause(Tables& t, const Pause& pause);
void keep_resume(Tables& t, const Pause& ended);

// The columns of an event in the order in which read_event() takes them.
[[nodiscard]] AlertEvent read_event(sqlite::Query& row);

}  // namespace akashi
