// What `alerts` and `status` show of alerts, read from the store.
#pragma once

#include "collector/config/config.hpp"
#include "collector/report/alert_list.hpp"

namespace akashi {

[[nodiscard]] Result<AlertReport> alert_report(const Config& config, AlertStore& store, bool closed_too, Instant as_of);

}  // namespace akashi
