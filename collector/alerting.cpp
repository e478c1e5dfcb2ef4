#include "collector/alerting.hpp"

#include <algorithm>

#include "collector/cli/screen.hpp"
#include "collector/notify/notifier.hpp"

namespace akashi {

namespace {

// A source counts as read once when all its streams that are read were drained at some time; a poll that failed since leaves its health behind.
std::vector<SourceState> states_of(const House& house, const std::vector<SourceHealth>& health) {
  std::vector<SourceState> states;
  for (const SourceConfig& source : house.config.sources) {
    SourceState state{.source = source.name, .read_once = false, .broken = false, .last_ok = {}, .why = {}};
    const auto known = std::ranges::find(health, source.name, &SourceHealth::source);
    if (known != health.end()) {
      state.read_once = known->last_ok.has_value();
      state.broken = known->broken;
      state.last_ok = known->last_ok;
      state.why = known->error;
    }
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace

Result<AlertsKept> alerts_of(const House& house, Store& store, const std::vector<Finding>& findings, Instant now) {
  const auto book = store.alert_book();
  if (!book) return std::unexpected(book.error());
  const auto health = store.health(now);
  if (!health) return std::unexpected(health.error());
  const AlertsConfig& config = house.config.alerts;
  AlertsKept kept;
  kept.news = update_alerts(findings, states_of(house, *health), *book, config.policy, now);
  for (std::size_t i = 0; i < kept.news.changes.size(); ++i) {
    const AlertChange& change = kept.news.changes[i];
    if (!change.tell) continue;
    const Instant due = config.policy.calendar.awake(now, static_cast<std::uint8_t>(change.alert.level));
    for (const ReceiverConfig& receiver : config.receivers)
      if (hears(receiver, change.alert)) kept.notices.push_back({i, receiver.name, due});
  }
  return kept;
}

Voice centre_voice(const Config& config) { return {config.cdc, choose_language("", config.language), config.alerts.policy.calendar.offset}; }

}  // namespace akashi
