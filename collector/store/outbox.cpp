#include "collector/store/outbox.hpp"

#include <fmt/format.h>

#include "collector/store/alerts.hpp"
#include "core/digest.hpp"

namespace akashi {
namespace {

// The same row gives the same key after any restart; the moment of its change tells it from the row of that number in another store.
std::string key_of(const Outgoing& row) {
  const Alert& alert = row.event.change.alert;
  return hex(sha256(fmt::format("{}\n{}\n{}\n{}\n{}", row.receiver, row.id, row.event.id, alert.matter, to_ns(alert.changed)))).substr(0, 32);
}

std::optional<Alert> before(Tables& t, const AlertEvent& event) {
  auto row = t.db.query("SELECT * FROM alert_event WHERE coalesce(alert, id) = ? AND id < ? ORDER BY id DESC LIMIT 1");
  return row.with(event.change.alert.id, event.id).next() ? std::optional(read_event(row).change.alert) : std::nullopt;
}

AlertEvent event_of(Tables& t, std::int64_t id) {
  auto row = t.db.query("SELECT * FROM alert_event WHERE id = ?");
  return row.with(id).next() ? read_event(row) : AlertEvent{};
}

}  // namespace

std::vector<Outgoing> due_rows(Tables& t, const std::string& receiver, Instant now, std::size_t limit) {
  std::vector<Outgoing> found;
  auto row = t.db.query(
      "SELECT o.id, o.event, o.tries FROM outbox o JOIN alert_event e ON e.id = o.event WHERE o.receiver = ?1 AND o.sent IS NULL AND o.next_try <= ?2"
      " AND NOT EXISTS (SELECT 1 FROM outbox b JOIN alert_event f ON f.id = b.event WHERE b.receiver = ?1 AND b.sent IS NULL AND b.event < o.event"
      "   AND coalesce(f.alert, f.id) = coalesce(e.alert, e.id))"
      " ORDER BY o.event LIMIT ?3");
  row.with(receiver, to_ns(now), static_cast<std::uint64_t>(limit));
  while (row.next()) {
    Outgoing one;
    one.receiver = receiver;
    one.id = row.integer();
    one.event.id = row.integer();
    one.tries = static_cast<int>(row.integer());
    found.push_back(std::move(one));
  }
  for (Outgoing& one : found) {
    one.event = event_of(t, one.event.id);
    one.before = before(t, one.event);
    one.key = key_of(one);
  }
  return found;
}

void keep_delivery(Tables& t, const Delivery& d) {
  t.db.query("UPDATE outbox SET tries = tries + 1, sent = ?, next_try = ?, error = ? WHERE id = ? AND sent IS NULL")
      .with(d.sent ? std::optional(to_ns(d.at)) : std::nullopt, to_ns(d.sent ? d.at : d.next_try), d.error, d.outgoing)
      .run();
}

std::vector<ReceiverState> states_of_receivers(Tables& t) {
  std::vector<ReceiverState> found;
  auto row =
      t.db.query("SELECT receiver, sum(sent IS NULL), max(sent), max(CASE WHEN sent IS NULL THEN tries ELSE 0 END) FROM outbox GROUP BY receiver");
  while (row.next()) {
    ReceiverState one;
    one.receiver = row.text();
    one.waiting = static_cast<std::uint64_t>(row.integer());
    one.last_sent = instant_of(row.maybe());
    one.tries = static_cast<int>(row.integer());
    found.push_back(std::move(one));
  }
  for (ReceiverState& one : found) {
    auto worst = t.db.query("SELECT error FROM outbox WHERE receiver = ? AND sent IS NULL AND tries > 0 ORDER BY tries DESC, id LIMIT 1");
    if (worst.with(one.receiver).next()) one.error = worst.text();
  }
  return found;
}

// As the receiver knows it: what it was last sent. A change that waits for the end of a quiet window is not given away before.
std::vector<Alert> open_and_told(Tables& t, const std::string& receiver) {
  std::vector<Alert> found;
  auto row = t.db.query(
      "SELECT e.* FROM alert_event e WHERE e.id IN (SELECT max(o.event) FROM outbox o JOIN alert_event f ON f.id = o.event"
      "   WHERE o.receiver = ? AND o.sent IS NOT NULL GROUP BY coalesce(f.alert, f.id))"
      " AND EXISTS (SELECT 1 FROM alert_event n WHERE n.closed IS NULL AND n.silence = ''"
      "   AND n.id = (SELECT max(id) FROM alert_event WHERE coalesce(alert, id) = coalesce(e.alert, e.id)))"
      " AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.target IN (e.service, e.source) AND p.id NOT IN (SELECT pause FROM resume)) ORDER BY e.id");
  row.with(receiver);
  while (row.next()) found.push_back(read_event(row).change.alert);
  return found;
}

}  // namespace akashi
