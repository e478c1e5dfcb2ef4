// One way to tell a receiver: webhook, Slack, mail or Alertmanager. Sending blocks its caller until there is an answer, a time limit or a stop.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "collector/config/alerts.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/http/transport.hpp"
#include "collector/notify/message.hpp"
#include "collector/secrets.hpp"

namespace akashi {

struct Sending {
  Status status;
  std::optional<Duration> told;  // the receiver's own word when to come again
};

class Notifier {
 public:
  virtual ~Notifier() = default;
  [[nodiscard]] virtual Sending send(const Outgoing& row, Instant now, const std::stop_token& stop) = 0;
  // A message that says it is a test.
  [[nodiscard]] virtual Sending test(Instant now, const std::stop_token& stop) = 0;
  // Whether it can be reached and lets us in, without telling anybody; nothing when that cannot be tried without sending.
  [[nodiscard]] virtual std::optional<Status> probe(Instant now, const std::stop_token& stop) = 0;
  // Receivers that forget: what is still so, said again every `resend`; nothing for the others.
  [[nodiscard]] virtual std::optional<Duration> resend() const { return std::nullopt; }
  [[nodiscard]] virtual Sending keep_up(const std::vector<Alert>& /*open*/, Instant /*now*/, const std::stop_token& /*stop*/) { return {}; }
};

// What a notifier is made of.
struct NotifierParts {
  ReceiverConfig config;
  Voice voice;
  Secret secret, signing;
};

[[nodiscard]] std::unique_ptr<Notifier> make_webhook(NotifierParts parts, CurlMulti& multi, Clock& clock);  // and Slack's
[[nodiscard]] std::unique_ptr<Notifier> make_mail(NotifierParts parts, CurlMulti& multi, Clock& clock);
[[nodiscard]] std::unique_ptr<Notifier> make_alertmanager(NotifierParts parts, CurlMulti& multi, Clock& clock);

// Reads the secrets. Errors are ErrorKind::config and name the receiver's place in the config.
[[nodiscard]] Result<std::unique_ptr<Notifier>> make_notifier(const ReceiverConfig& config, const Voice& centre, CurlMulti& multi, Clock& clock);

// Whether this receiver hears of such an alert.
[[nodiscard]] bool hears(const ReceiverConfig& receiver, const Alert& alert);

// How the receivers' HTTP ends are spoken to: one POST, and what its status means.
class HttpEnd {
 public:
  HttpEnd(const NotifierParts& parts, CurlMulti& multi, Clock& clock);
  [[nodiscard]] Sending post(const std::string& path, std::string body, Headers headers, const std::stop_token& stop);
  [[nodiscard]] Sending get(const std::string& path, const std::stop_token& stop);

 private:
  [[nodiscard]] Sending exchange(HttpRequest request, const std::stop_token& stop);
  [[nodiscard]] Error wrong(ErrorKind kind, std::string what, std::string mend) const;
  std::string name_, base_;
  Headers secret_headers_;
  bool hidden_ = false;  // the address is a secret
  Clock& clock_;
  HttpTransport transport_;
};

}  // namespace akashi
