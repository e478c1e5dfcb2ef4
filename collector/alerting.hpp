// From findings to the outbox: what is new, and who is told when.
#pragma once

#include "collector/house.hpp"
#include "collector/notify/message.hpp"
#include "core/alert_store.hpp"

namespace akashi {

// Ready to be kept with the judgement. Reads the store only.
[[nodiscard]] Result<AlertsKept> alerts_of(const House& house, Store& store, const std::vector<Finding>& findings, Instant now);

// How the centre speaks, where a receiver says nothing else.
[[nodiscard]] Voice centre_voice(const Config& config);

}  // namespace akashi
