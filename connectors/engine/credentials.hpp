// Who a source is to its tool: what signs each request, what a log-in is asked with and what is taken from its answer.
// Credentials stand only in secret_headers, secret_query and bodies, go to the source's own address only (the client's secret of oauth2_client to the
// host that gives tokens, and nowhere else), and masked() takes them out of whatever is said.
#pragma once

#include <string>
#include <string_view>

#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/http.hpp"
#include "connectors/engine/json_page.hpp"
#include "connectors/engine/session.hpp"
#include "connectors/engine/source_settings.hpp"

namespace akashi {

class Credentials {
 public:
  Credentials(const Connector& connector, const SourceSettings& settings, Session& session);

  // Whether the source's scheme is one of the product's and has what it needs. ErrorKind::config.
  [[nodiscard]] Status check() const;
  // A scheme that begins with requests of its own; only that can be mended by logging in anew.
  [[nodiscard]] bool logs_in() const { return spec_ != nullptr && (spec_->scheme == "oauth2_client" || spec_->scheme == "session"); }
  [[nodiscard]] const AuthSpec& spec() const { return *spec_; }

  void sign(HttpRequest& request, Instant now) const;
  // Values of {words} in the source's own requests: its parameters, and what a log-in gave.
  [[nodiscard]] Fillings words() const;
  [[nodiscard]] Fillings words_of_log_in() const;  // {user} and {secret} too
  [[nodiscard]] bool is_secret(std::string_view word) const;
  [[nodiscard]] bool is_secret_parameter(std::string_view name) const;  // of a query

  [[nodiscard]] Result<HttpRequest> token_request() const;
  void sign_basic(HttpRequest& request) const;
  void sign_cookies(HttpRequest& request) const;
  // What the answer to a log-in gives is kept in the session. ErrorKind::auth when it is not there: that log-in was none.
  [[nodiscard]] Status take_token(const JsonValue& body, Instant now, const std::string& where);
  [[nodiscard]] Status take(const LoginStep& step, const JsonValue& body, const Headers& headers, const std::string& where);
  void take_cookies(const Headers& headers);  // of any answer, while the scheme has cookies

  [[nodiscard]] std::string masked(std::string text) const;
  [[nodiscard]] Error masked(Error error) const;  // a tool may send back what we sent

 private:
  [[nodiscard]] std::string parameter(const std::string& name) const;
  [[nodiscard]] Result<std::string> token_address() const;

  const Connector& connector_;
  const SourceSettings& settings_;
  Session& session_;
  const AuthSpec* spec_ = nullptr;  // nullptr: the product has no such scheme
};

}  // namespace akashi
