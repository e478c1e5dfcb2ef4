#include "collector/notify/notifier.hpp"

#include <fmt/format.h>

#include "collector/http/patience.hpp"
#include "connectors/engine/url.hpp"

namespace akashi {

namespace {

Result<Secret> receiver_secret(const SecretPlace& place) {
  Result<SecretRead> read = SecretRead{};
  switch (place.kind) {
    case SecretPlace::Kind::none:
      return Secret{};
    case SecretPlace::Kind::file:
      read = secret_from_file(place.name);
      break;
    case SecretPlace::Kind::env:
      read = secret_from_environment(place.name);
      break;
    case SecretPlace::Kind::credential:
      read = secret_from_credential(place.name);
      break;
  }
  if (!read) return std::unexpected(read.error());
  return std::move(read->secret);
}

Headers secret_headers(const NotifierParts& parts) {
  const std::string& secret = parts.secret.reveal();
  const std::string& scheme = parts.config.auth;
  if (scheme == "bearer") return {{"Authorization", "Bearer " + secret}};
  if (scheme == "basic") return {{"Authorization", "Basic " + base64(parts.config.user + ":" + secret)}};
  if (scheme == "header") return {{parts.config.header, secret}};
  return {};
}

}  // namespace

Result<std::unique_ptr<Notifier>> make_notifier(const ReceiverConfig& config, const Voice& centre, CurlMulti& multi, Clock& clock) {
  NotifierParts parts{.config = config, .voice = centre, .secret = {}, .signing = {}};
  if (!config.language.empty()) parts.voice.lang = config.language == "ja" ? Lang::ja : Lang::en;
  for (const auto& [place, into] : {std::pair{&config.secret, &parts.secret}, {&config.signing, &parts.signing}}) {
    auto read = receiver_secret(*place);
    if (!read) {
      Error error = read.error();
      error.where = config.where + " " + error.where;
      return std::unexpected(std::move(error));
    }
    *into = std::move(*read);
  }
  if (config.auth == "url" && !parts.secret.reveal().starts_with("https://") && !parts.secret.reveal().starts_with("http://"))
    return fail(ErrorKind::config, config.where, "the secret is no address that starts with https://", "put the whole address of the hook there");
  if (config.kind == "smtp") return make_mail(std::move(parts), multi, clock);
  if (config.kind == "alertmanager") return make_alertmanager(std::move(parts), multi, clock);
  return make_webhook(std::move(parts), multi, clock);
}

bool hears(const ReceiverConfig& receiver, const Alert& alert) {
  if (alert.peak < receiver.level) return false;
  if (receiver.only.empty() || alert.service.empty()) return true;
  return receiver.only.contains(alert.service) || receiver.only.contains(alert.service.substr(0, 1));
}

HttpEnd::HttpEnd(const NotifierParts& parts, CurlMulti& multi, Clock& clock)
    : name_(parts.config.name),
      base_(parts.config.auth == "url" ? parts.secret.reveal() : parts.config.url),
      secret_headers_(secret_headers(parts)),
      hidden_(parts.config.auth == "url"),
      clock_(clock),
      transport_(multi, clock, [&] {
        LineSettings line;
        line.ca_file = parts.config.ca_file;
        line.proxy = parts.config.proxy;
        return line;
      }()) {}

Error HttpEnd::wrong(ErrorKind kind, std::string what, std::string mend) const {
  return {kind, "receiver " + name_, std::move(what), std::move(mend)};
}

Sending HttpEnd::exchange(HttpRequest request, const std::stop_token& stop) {
  request.secret_headers = secret_headers_;
  request.answer_bytes_max = 1u << 20;
  request.time_max = std::chrono::seconds(30);
  request.empty_is_answer = true;
  const auto answer = transport_.send(request, stop);
  if (!answer) {
    const Error& error = answer.error();
    // Such a sentence may quote an address; one that is a secret is not said.
    if (hidden_)
      return {std::unexpected(wrong(error.kind, "cannot be reached, or not in a way that may be trusted", "check the address that its secret holds")),
              {}};
    return {std::unexpected(wrong(error.kind, error.what, error.mend)), {}};
  }
  const int status = answer->status;
  const auto told = retry_after(answer->header("Retry-After"), clock_.now());
  if (status >= 200 && status < 300) return {};
  const std::string what = fmt::format("answered with status {}", status);
  if (status == 429) return {std::unexpected(wrong(ErrorKind::rate_limited, what, "it takes fewer messages; it is tried again")), told};
  if (status == 401 || status == 403) return {std::unexpected(wrong(ErrorKind::auth, what, "check its secret")), told};
  if (status >= 500 || status == 408) return {std::unexpected(wrong(ErrorKind::transient, what, "it is tried again")), told};
  return {std::unexpected(wrong(ErrorKind::config, what, "check its address and what it accepts")), told};
}

Sending HttpEnd::post(const std::string& path, std::string body, Headers headers, const std::stop_token& stop) {
  HttpRequest request;
  request.method = "POST";
  request.url = base_ + path;
  request.headers = std::move(headers);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  return exchange(std::move(request), stop);
}

Sending HttpEnd::get(const std::string& path, const std::stop_token& stop) {
  HttpRequest request;
  request.url = base_ + path;
  return exchange(std::move(request), stop);
}

}  // namespace akashi
