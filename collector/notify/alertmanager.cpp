// Prometheus Alertmanager, API v2. An alert there is its labels; it ends by itself at endsAt, so what is still so is said again in time.
#include <fmt/format.h>

#include "collector/json_writer.hpp"
#include "collector/notify/notifier.hpp"

namespace akashi {

namespace {

constexpr int holds_for = 4;  // intervals: three may fail before it ends there by itself

// The matter, which stays what it is while late becomes unexercised.
std::string_view alert_name(AlertKind kind) {
  switch (kind) {
    case AlertKind::late:
    case AlertKind::unexercised:
      return "AkashiServiceSilent";
    case AlertKind::missed_demand:
      return "AkashiDemandMissed";
    case AlertKind::drill_due:
      return "AkashiDrillDue";
    case AlertKind::blind:
      return "AkashiSourceBlind";
    case AlertKind::approval_expiring:
    case AlertKind::approval_expired:
      return "AkashiApproval";
    case AlertKind::drift:
      break;
  }
  return "AkashiScoreDrift";
}

// RFC 3339 to the millisecond: finer is not kept there.
std::string stamp(Instant at) { return format_time(std::chrono::floor<std::chrono::milliseconds>(at)); }

class Alertmanager final : public Notifier {
 public:
  Alertmanager(NotifierParts parts, CurlMulti& multi, Clock& clock) : end_(parts, multi, clock), parts_(std::move(parts)) {}

  Sending send(const Outgoing& row, Instant now, const std::stop_token& stop) override {
    const Alert& alert = row.event.change.alert;
    JsonWriter json;
    json.array();
    // Its level is a label, by which Alertmanager routes: with another level it is another alert there, and the old one ends.
    if (row.before && row.before->level != alert.level) write(json, *row.before, now);
    write(json, alert, alert.closed ? now : now + parts_.config.resend * holds_for);
    json.end_array();
    return post(json, row.key, stop);
  }

  Sending test(Instant now, const std::stop_token& stop) override {
    const auto said = test_message(parts_.config.name, parts_.voice);
    JsonWriter json;
    json.array()
        .object()
        .key("labels")
        .object()
        .member("alertname", "AkashiTest")
        .member("cdc", parts_.voice.cdc)
        .member("severity", "info")
        .end_object();
    write_times(json, said, now, now + parts_.config.resend);
    json.end_object().end_array();
    return post(json, "test", stop);
  }

  std::optional<Status> probe(Instant, const std::stop_token& stop) override { return end_.get("/api/v2/status", stop).status; }

  std::optional<Duration> resend() const override { return parts_.config.resend; }

  Sending keep_up(const std::vector<Alert>& open, Instant now, const std::stop_token& stop) override {
    if (open.empty()) return {};
    JsonWriter json;
    json.array();
    for (const Alert& one : open) write(json, one, now + parts_.config.resend * holds_for);
    json.end_array();
    return post(json, "still", stop);
  }

 private:
  void write(JsonWriter& json, const Alert& alert, Instant ends) const {
    json.object().key("labels").object().member("alertname", alert_name(alert.kind)).member("cdc", parts_.voice.cdc);
    json.member("severity", name(alert.level)).member("akashi_alert", std::to_string(alert.id));
    if (alert.source.empty()) json.member("service", alert.service).member("ladder", alert.ladder);
    else json.member("source", alert.source);
    json.end_object();
    write_times(json, message({AlertChange::What::updated, alert, true}, parts_.voice), alert.opened, ends);
    json.end_object();
  }
  static void write_times(JsonWriter& json, const Message& said, Instant starts, Instant ends) {
    json.key("annotations").object().member("summary", said.subject).member("description", said.text()).end_object();
    json.member("startsAt", stamp(starts)).member("endsAt", stamp(std::max(starts, ends)));
  }
  Sending post(const JsonWriter& json, const std::string& key, const std::stop_token& stop) {
    return end_.post("/api/v2/alerts", json.text(), {{"Idempotency-Key", key}}, stop);
  }

  HttpEnd end_;
  NotifierParts parts_;
};

}  // namespace

std::unique_ptr<Notifier> make_alertmanager(NotifierParts parts, CurlMulti& multi, Clock& clock) {
  return std::make_unique<Alertmanager>(std::move(parts), multi, clock);
}

}  // namespace akashi
