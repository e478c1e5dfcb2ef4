#include "connectors/engine/credentials.hpp"

#include <algorithm>
#include <charconv>

#include "connectors/engine/json_line.hpp"
#include "connectors/engine/sigv4.hpp"
#include "connectors/engine/url.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t cookies_max = 50;
constexpr std::size_t credential_bytes_max = 16u << 10;  // of a token or a cookie
constexpr std::size_t masked_bytes_min = 4;              // shorter ones would blot out ordinary words

const AuthSpec* spec_of(const Connector& connector, const SourceSettings& settings) {
  auto found = std::ranges::find(connector.auth, settings.auth, &AuthSpec::scheme);
  // Without any other credential the client's certificate has to be enough.
  if (found == connector.auth.end() && settings.auth == "none" && settings.client_certificate)
    found = std::ranges::find(connector.auth, "mtls", &AuthSpec::scheme);
  return found == connector.auth.end() ? nullptr : &*found;
}

bool one_line(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}

// A JSON object with one more member, its first; another body is left alone.
std::string with_member(const std::string& body, const std::string& name, const std::string& value) {
  const auto brace = body.find_first_not_of(" \t\r\n");
  if (brace == std::string::npos || body[brace] != '{') return body;
  const auto next = body.find_first_not_of(" \t\r\n", brace + 1);
  const bool alone = next == std::string::npos || body[next] == '}';
  return "{" + json_text(name) + ": " + json_text(value) + (alone ? "" : ", ") + body.substr(brace + 1);
}

std::string origin_of(std::string_view url) {
  return std::string(url.substr(0, std::min(url.find_first_of("/?", std::min(url.find("://"), url.size() - 3) + 3), url.size())));
}

std::string scalar(const JsonValue& value) {
  return value.is(JsonKind::string) || value.is(JsonKind::number) ? std::string(value.text()) : std::string();
}

Error no_value(const std::string& where, const std::string& what) {
  return {ErrorKind::auth, where, what, "check the user and the secret of this source, and whether the tool's version is supported"};
}

}  // namespace

Credentials::Credentials(const Connector& connector, const SourceSettings& settings, Session& session)
    : connector_(connector), settings_(settings), session_(session), spec_(spec_of(connector, settings)) {}

Status Credentials::check() const {
  const auto where = "source " + settings_.name;
  if (spec_ == nullptr) {
    std::string known;
    for (const auto& one : connector_.auth) known += (known.empty() ? "" : " or ") + one.scheme;
    return fail(ErrorKind::config, where, connector_.title + " has no way to log in that is called \"" + settings_.auth + "\"", "write " + known);
  }
  if (spec_->scheme == "mtls" && !settings_.client_certificate)
    return fail(ErrorKind::config, where, "mtls needs a client's certificate", "add tls: {certificate: FILE, key: FILE} to this source");
  if (spec_->scheme == "sigv4" && settings_.region.empty() && parameter("region").empty())
    return fail(ErrorKind::config, where, "sigv4 needs the region that the tool is in", "add region: to auth");
  if (spec_->scheme == "oauth2_client") {
    if (auto address = token_address(); !address) return std::unexpected(address.error());
  }
  return {};
}

std::string Credentials::parameter(const std::string& name) const {
  const auto given = settings_.params.find(name);
  const auto* declared = connector_.parameter(name);
  std::vector<std::string> values;
  if (given != settings_.params.end()) values = given->second;
  else if (declared != nullptr) values = declared->standard;
  std::string joined;
  for (const auto& value : values) joined += (joined.empty() ? "" : ",") + value;
  return joined;
}

Fillings Credentials::words() const {
  Fillings all;
  for (const auto& declared : connector_.parameters) all[declared.name] = parameter(declared.name);
  const auto token = session_.taken.find("token");
  all["token_json"] = token == session_.taken.end() ? "null" : json_text(token->second);
  for (const auto& [name, value] : session_.taken) all[name] = value;
  return all;
}

Fillings Credentials::words_of_log_in() const {
  auto all = words();
  all["user"] = settings_.user;
  all["secret"] = settings_.secret;
  return all;
}

bool Credentials::is_secret(std::string_view word) const {
  return word == "user" || word == "secret" || word == "token_json" || session_.taken.contains(word);
}

bool Credentials::is_secret_parameter(std::string_view name) const { return spec_ != nullptr && spec_->scheme == "query" && spec_->name == name; }

void Credentials::sign_basic(HttpRequest& request) const {
  request.secret_headers.emplace_back("Authorization", "Basic " + base64(settings_.user + ":" + settings_.secret));
}

void Credentials::sign_cookies(HttpRequest& request) const {
  std::string cookies;
  for (const auto& [name, value] : session_.cookies) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
  if (!cookies.empty()) request.secret_headers.emplace_back("Cookie", cookies);
}

void Credentials::sign(HttpRequest& request, Instant now) const {
  const auto& scheme = spec_->scheme;
  auto& headers = request.secret_headers;
  const auto token = session_.taken.find("token");
  if (scheme == "basic") sign_basic(request);
  if (scheme == "bearer") headers.emplace_back("Authorization", "Bearer " + settings_.secret);
  if (scheme == "oauth2_client" && token != session_.taken.end()) headers.emplace_back("Authorization", "Bearer " + token->second);
  if (scheme == "header") {
    const auto name = !settings_.header.empty() ? settings_.header : !spec_->header.empty() ? spec_->header : "Authorization";
    const bool prefixed = same_word(name, spec_->header) && !settings_.secret.starts_with(spec_->prefix);
    headers.emplace_back(name, (prefixed ? spec_->prefix : "") + settings_.secret);
  }
  if (scheme == "session" && !spec_->header.empty() && token != session_.taken.end())
    headers.emplace_back(spec_->header, spec_->prefix + token->second);
  if (scheme == "query") {
    auto& query = request.secret_query;
    query += (query.empty() ? "" : "&") + percent_encode(spec_->name) + "=" + percent_encode(settings_.secret);
  }
  if (scheme == "body") request.body = with_member(request.body, spec_->name, settings_.secret);
  if (scheme == "sigv4") {
    const auto region = settings_.region.empty() ? parameter("region") : settings_.region;
    const SigningKey key{settings_.user, settings_.secret, settings_.session_token, region, spec_->service};
    for (auto& header : sigv4_headers(request, key, now)) headers.push_back(std::move(header));
  }
  sign_cookies(request);
}

// The secret goes there, so it is the descriptor's or the config's word alone, never the tool's.
Result<std::string> Credentials::token_address() const {
  const auto& written = settings_.token_url.empty() ? spec_->token_url : settings_.token_url;
  const auto where = "source " + settings_.name;
  if (written.empty()) return fail(ErrorKind::config, where, "it is not said where tokens are given", "add token_url: to auth");
  auto address = fill_path(written, words());
  if (address.starts_with('/') && !address.starts_with("//")) address = origin_of(settings_.base_url) + address;
  if (auto fine = checked_base(address); !fine)
    return fail(ErrorKind::config, where, "token_url is no address", "write it as https://host/path, without user, query or fragment");
  if (!address.starts_with("https://") && !settings_.base_url.starts_with("http://"))
    return fail(ErrorKind::config, where, "token_url does not begin with https://", "a secret is not sent where everybody can read it");
  return address;
}

Result<HttpRequest> Credentials::token_request() const {
  auto address = token_address();
  if (!address) return std::unexpected(address.error());
  HttpRequest request;
  request.method = "POST";
  request.url = *address;
  request.elsewhere = origin_of(*address) != origin_of(settings_.base_url);
  request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
  request.answer_bytes_max = credential_bytes_max * 4;
  const auto all = words_of_log_in();
  TextPairs fields{{"grant_type", "client_credentials"}};
  if (!spec_->scope.empty()) fields.emplace_back("scope", fill(spec_->scope, all));
  for (const auto& [name, value] : spec_->fields) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    fields.emplace_back(name, fill(value, all));
  }
  if (spec_->client_in_basic) {
    sign_basic(request);
  } else {
    fields.emplace_back("client_id", settings_.user);
    fields.emplace_back("client_secret", settings_.secret);
  }
  for (const auto& [name, value] : fields) request.body += (request.body.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  return request;
}

Status Credentials::take_token(const JsonValue& body, Instant now, const std::string& where) {
  const auto token = scalar(body.at("/access_token"));
  if (token.empty() || token.size() > credential_bytes_max || !one_line(token))
    return std::unexpected(no_value(where, "the answer to the log-in holds no token"));
  session_.taken["token"] = token;
  const auto said = scalar(body.at("/expires_in"));
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), seconds);
  if (error == std::errc{} && !said.empty()) {
    seconds = std::clamp<std::int64_t>(seconds, 20, 30 * 86400);
    session_.ends = now + std::chrono::seconds(std::max(seconds - 60, seconds / 2));
  }
  return {};
}

Status Credentials::take(const LoginStep& step, const JsonValue& body, const Headers& headers, const std::string& where) {
  for (const auto& taken : step.take) {
    std::string value;
    if (taken.header.empty()) value = scalar(body.at(taken.at));
    for (const auto& [name, text] : headers) {
      if (value.empty() && !taken.header.empty() && same_word(name, taken.header)) value = text;
    }
    if (value.empty() || value.size() > credential_bytes_max || !one_line(value)) {
      const auto place = taken.header.empty() ? "at \"" + taken.at + "\"" : "in the header " + taken.header;
      return std::unexpected(no_value(where, "the answer to the log-in holds no " + taken.name + " " + place));
    }
    session_.taken[taken.name] = std::move(value);
  }
  return {};
}

// A cookie goes back to where it came from and nowhere else, so that of its attributes only its end matters.
void Credentials::take_cookies(const Headers& headers) {
  if (spec_ == nullptr || !spec_->cookies) return;
  for (const auto& [header, text] : headers) {
    if (!same_word(header, "Set-Cookie")) continue;
    const auto pair = trim(std::string_view(text).substr(0, text.find(';')));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0 || pair.size() > credential_bytes_max || !one_line(pair)) continue;
    const std::string name(trim(pair.substr(0, equals)));
    const std::string value(trim(pair.substr(equals + 1)));
    const bool over = value.empty() || lower(text).find("max-age=0") != std::string::npos;
    if (over) session_.cookies.erase(name);
    else if (session_.cookies.size() < cookies_max || session_.cookies.contains(name)) session_.cookies[name] = value;
  }
}

Error Credentials::masked(Error error) const {
  error.where = masked(std::move(error.where));
  error.what = masked(std::move(error.what));
  return error;
}

std::string Credentials::masked(std::string text) const {
  std::vector<std::string> secrets{settings_.secret, settings_.session_token, base64(settings_.user + ":" + settings_.secret)};
  for (const auto& [name, value] : session_.taken) secrets.push_back(value);
  for (const auto& [name, value] : session_.cookies) secrets.push_back(value);
  for (const auto& plain : secrets) {
    for (const auto& secret : {plain, percent_encode(plain)}) {
      if (secret.size() < masked_bytes_min) continue;
      for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3)) text.replace(at, secret.size(), "***");
    }
  }
  return text;
}

}  // namespace akashi
