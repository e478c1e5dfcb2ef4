// Rows of the outbox: what goes to whom, how often it was tried, when it was sent.
#pragma once

#include <vector>

#include "collector/store/tables.hpp"
#include "core/alert_store.hpp"

namespace akashi {

[[nodiscard]] std::vector<Outgoing> due_rows(Tables& t, const std::string& receiver, Instant now, std::size_t limit);
void keep_delivery(Tables& t, const Delivery& delivery);
[[nodiscard]] std::vector<ReceiverState> states_of_receivers(Tables& t);
[[nodiscard]] std::vector<Alert> open_and_told(Tables& t, const std::string& receiver);

}  // namespace akashi
