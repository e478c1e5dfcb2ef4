// Webhooks: our own JSON, or the form that Slack (and what imitates it: Mattermost, Rocket.Chat) reads.
#include <fmt/format.h>

#include "collector/notify/alert_json.hpp"
#include "collector/notify/notifier.hpp"
#include "core/digest.hpp"

namespace akashi {

namespace {

constexpr std::size_t slack_text_max = 2900;  // characters of a block are limited to 3,000 there

// Slack's three control characters, so that a tool's text makes neither links nor mentions.
std::string slack_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else out += c;
  }
  return out;
}

std::string_view mark_of(const AlertChange& change) {
  if (change.what == AlertChange::What::closed) return lost_sight(change.alert) ? ":grey_question:" : ":white_check_mark:";
  if (change.alert.level == AlertLevel::alarm) return ":rotating_light:";
  return change.alert.level == AlertLevel::warning ? ":warning:" : ":information_source:";
}

std::string slack_body(const Message& message, std::string_view mark) {
  std::string lines;
  for (const std::string& line : message.lines)
    if (lines.size() + line.size() < slack_text_max) lines += slack_escaped(line) + "\n";
  const auto subject = slack_escaped(message.subject);
  JsonWriter json;
  json.object().member("text", subject).key("blocks").array();
  json.object()
      .member("type", "section")
      .key("text")
      .object()
      .member("type", "mrkdwn")
      .member("text", fmt::format("{} *{}*", mark, subject))
      .end_object()
      .end_object();
  json.object().member("type", "section").key("text").object().member("type", "mrkdwn").member("text", lines).end_object().end_object();
  json.end_array().end_object();
  return json.text();
}

class Webhook final : public Notifier {
 public:
  Webhook(NotifierParts parts, CurlMulti& multi, Clock& clock) : end_(parts, multi, clock), parts_(std::move(parts)) {}

  Sending send(const Outgoing& row, Instant now, const std::stop_token& stop) override {
    const auto said = message(row.event.change, parts_.voice);
    if (parts_.config.kind == "slack") return post(slack_body(said, mark_of(row.event.change)), row.key, stop);
    JsonWriter json;
    begin(json, row.key, name(row.event.change.what), now, said).key("alert");
    write_alert(json, row.event.change.alert, parts_.voice.lang);
    json.end_object();
    return post(json.text(), row.key, stop);
  }

  Sending test(Instant now, const std::stop_token& stop) override {
    const auto said = test_message(parts_.config.name, parts_.voice);
    if (parts_.config.kind == "slack") return post(slack_body(said, ":wave:"), "test", stop);
    JsonWriter json;
    begin(json, "test", "test", now, said).member("alert", std::optional<std::int64_t>{}).end_object();
    return post(json.text(), "test", stop);
  }

  std::optional<Status> probe(Instant, const std::stop_token&) override { return std::nullopt; }

 private:
  JsonWriter& begin(JsonWriter& json, const std::string& key, std::string_view event, Instant now, const Message& said) const {
    return json.object()
        .member("version", 1)
        .member("key", key)
        .member("event", event)
        .member("cdc", parts_.voice.cdc)
        .member("sent", now)
        .member("subject", said.subject)
        .member("text", said.text());
  }
  Sending post(std::string body, const std::string& key, const std::stop_token& stop) {
    Headers headers{{"Idempotency-Key", key}};
    if (!parts_.signing.empty()) headers.emplace_back("X-Akashi-Signature", "sha256=" + hex(hmac_sha256(parts_.signing.reveal(), body)));
    return end_.post("", std::move(body), std::move(headers), stop);
  }

  HttpEnd end_;
  NotifierParts parts_;
};

}  // namespace

std::unique_ptr<Notifier> make_webhook(NotifierParts parts, CurlMulti& multi, Clock& clock) {
  return std::make_unique<Webhook>(std::move(parts), multi, clock);
}

}  // namespace akashi
