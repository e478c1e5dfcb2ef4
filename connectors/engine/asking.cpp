#include "connectors/engine/asking.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "connectors/engine/clock_format.hpp"
#include "connectors/engine/json_line.hpp"
#include "connectors/engine/url.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr int tries_max = 4;          // of one request, the first included, while the tool or the way to it fails
constexpr int rate_limited_max = 10;  // "later" is an answer of a healthy tool
constexpr auto retry_after_max = std::chrono::hours(1);

struct StatusMeaning {
  int status;
  AnswerRule rule;
};

const std::array<StatusMeaning, 13>& standard_answers() {
  static const std::array<StatusMeaning, 13> table{{
      {400, {AnswerAction::fail, ErrorKind::schema, "the tool does not understand the request", "see whether its version is supported"}},
      {401,
       {AnswerAction::fail, ErrorKind::auth, "the tool does not accept the credentials",
        "renew the token or password of this source; nothing is asked before that"}},
      {403, {AnswerAction::fail, ErrorKind::permission, "the account may not read this", "grant the rights that the connector's README lists"}},
      {404, {AnswerAction::fail, ErrorKind::config, "there is nothing at this address", "check the source's url and params"}},
      {407, {AnswerAction::fail, ErrorKind::config, "a proxy wants to be logged in to", "check the proxy between here and the tool"}},
      {408, {AnswerAction::retry, ErrorKind::transient, "the tool gave up waiting", ""}},
      {422, {AnswerAction::fail, ErrorKind::schema, "the tool refuses what it was asked for", "see whether its version is supported"}},
      {425, {AnswerAction::retry, ErrorKind::transient, "the tool is not ready", ""}},
      {429,
       {AnswerAction::rate_limited, ErrorKind::rate_limited, "the tool asks for fewer requests", "lower the source's budget or raise its interval"}},
      {500, {AnswerAction::retry, ErrorKind::transient, "the tool failed", "see the tool's own log"}},
      {502, {AnswerAction::retry, ErrorKind::transient, "a gateway before the tool failed", ""}},
      {503, {AnswerAction::retry, ErrorKind::transient, "the tool is not available", ""}},
      {504, {AnswerAction::retry, ErrorKind::transient, "a gateway before the tool gave up waiting", ""}},
  }};
  return table;
}

std::optional<Duration> retry_after(const HttpResponse& response) {
  const auto text = response.header("Retry-After");
  if (text.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc{} && end == text.data() + text.size()) {
    return std::clamp<Duration>(std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, 86400)), Duration{}, retry_after_max);
  }
  const auto until = parse_http_date(text);
  if (!until) return std::nullopt;
  return std::clamp<Duration>(*until - response.received, Duration{}, retry_after_max);
}

AnswerRule no_body() { return {AnswerAction::retry, ErrorKind::transient, "the answer has no body", "nothing was read"}; }

// A JSON object with one more member, its first; another body is left alone.
std::string with_member(const std::string& body, const std::string& name, const std::string& value) {
  const auto brace = body.find_first_not_of(" \t\r\n");
  if (brace == std::string::npos || body[brace] != '{') return body;
  const auto next = body.find_first_not_of(" \t\r\n", brace + 1);
  const bool alone = next == std::string::npos || body[next] == '}';
  return "{" + json_text(name) + ": " + json_text(value) + (alone ? "" : ", ") + body.substr(brace + 1);
}

bool looks_like_html(std::string_view body) {
  const auto begin = trim(body.substr(0, 512));
  return begin.starts_with('<');
}

}  // namespace

void Asking::add_credentials(HttpRequest& request) const {
  if (settings_.auth == "basic") request.secret_headers.emplace_back("Authorization", "Basic " + base64(settings_.user + ":" + settings_.secret));
  if (settings_.auth == "bearer") request.secret_headers.emplace_back("Authorization", "Bearer " + settings_.secret);
  if (settings_.auth == "body") {
    const auto declared = std::ranges::find(connector_.auth, "body", &AuthSpec::scheme);
    if (declared != connector_.auth.end()) request.body = with_member(request.body, declared->name, settings_.secret);
  }
  if (settings_.auth != "header") return;
  const auto declared = std::ranges::find(connector_.auth, "header", &AuthSpec::scheme);
  const bool known = declared != connector_.auth.end();
  const auto name = !settings_.header.empty() ? settings_.header : known ? declared->header : "Authorization";
  const auto prefix = known && same_word(name, declared->header) && !settings_.secret.starts_with(declared->prefix) ? declared->prefix : "";
  request.secret_headers.emplace_back(name, prefix + settings_.secret);
}

Result<HttpRequest> Asking::request_for(const RequestSpec& spec, const Fillings& with, const std::string& link) const {
  auto base = checked_base(settings_.base_url);
  if (!base) return std::unexpected(base.error());
  HttpRequest request;
  request.method = spec.method;
  request.url = link;
  if (link.empty()) {
    std::string url = *base + fill_path(spec.path, with);
    char mark = '?';
    for (const auto& [name, value] : spec.query) {
      url += mark + percent_encode(name) + "=" + percent_encode(fill(value, with));
      mark = '&';
    }
    auto inside = confined(*base, *base, url);
    if (!inside)
      return fail(ErrorKind::config, without_query(url), "this address leads out of the source's", "correct the value that stands in its path");
    request.url = *inside;
  }
  request.headers = {{"Accept", "application/json"}};
  for (const auto& [name, value] : spec.headers) request.headers.emplace_back(name, fill(value, with));
  request.body = fill(spec.body, with);
  request.answer_bytes_max = settings_.answer_bytes_max;
  add_credentials(request);
  return request;
}

AnswerRule Asking::rule_for(const RequestSpec& spec, int status) const {
  if (const auto own = spec.answers.find(status); own != spec.answers.end()) return own->second.front();
  if (const auto own = connector_.answers.find(status); own != connector_.answers.end()) return own->second.front();
  for (const auto& [known, rule] : standard_answers()) {
    if (known == status) return rule;
  }
  if (status >= 300 && status < 400) {
    return {AnswerAction::fail, ErrorKind::config, "the tool sends us to another address", "let the source's url be the address that it ends at"};
  }
  return {AnswerAction::fail, status >= 500 ? ErrorKind::transient : ErrorKind::schema, "this answer is not expected",
          "see whether a proxy stands in between"};
}

// An answer that is not what was asked for must never look like "nothing there".
Result<JsonPage> Asking::opened(HttpResponse response, const std::string& where) const {
  const auto type = lower(response.header("Content-Type"));
  if (response.body.empty()) {
    return fail(ErrorKind::transient, where, "the tool answered " + std::to_string(response.status) + " without a body",
                "nothing was read; it is asked again");
  }
  if (type.find("html") != std::string::npos || looks_like_html(response.body)) {
    return fail(ErrorKind::schema, where, "the answer is a web page, not data",
                "check the source's url, and whether a login page or proxy stands in between");
  }
  if (!type.empty() && type.find("json") == std::string::npos) {
    return fail(ErrorKind::schema, where, "the answer is " + std::string(cut(type, 60)) + ", not JSON", "check the source's url");
  }
  JsonLimits limits;
  limits.bytes_max = settings_.answer_bytes_max;
  auto page = JsonPage::open(std::move(response.body), limits);
  if (page) return page;
  auto error = page.error();
  error.where = error.where.empty() ? where : where + " " + error.where;
  return std::unexpected(std::move(error));
}

Task<Result<HttpResponse>> Asking::brought(const HttpRequest* asked, const RequestSpec& spec, const Error* before) {
  const auto& request = *asked;
  const auto where = without_query(request.url);
  int failures = 0;
  int refusals = 0;
  if (before == nullptr) {
    co_await box_.ask(request);
  } else {
    co_await box_.again(request, *before, std::nullopt);
  }
  for (;;) {
    ++counts_.requests;
    Error because;
    because.kind = ErrorKind::transient;
    because.where = where;
    because.what = "the request was given up";
    std::optional<Duration> after;
    if (auto* response = std::get_if<HttpResponse>(&box_.in); response != nullptr) {
      counts_.bytes += response->body.size();
      last_received_ = std::max(last_received_, response->received);
      if (const auto date = parse_http_date(response->header("Date")); date && !server_ahead_) server_ahead_ = *date - response->received;
      if (response->status >= 200 && response->status < 300 && !response->body.empty()) co_return std::move(*response);
      const auto rule = response->status >= 200 && response->status < 300 ? no_body() : rule_for(spec, response->status);
      if (rule.action == AnswerAction::skip_item) co_return std::move(*response);
      because = Error{rule.kind, where, rule.say + " (HTTP " + std::to_string(response->status) + ")", rule.mend};
      if (rule.action == AnswerAction::fail) co_return std::unexpected(because);
      after = retry_after(*response);
    } else if (auto* error = std::get_if<Error>(&box_.in); error != nullptr) {
      because = *error;
      if (because.where.empty()) because.where = where;
    }
    if (!worth_retrying(because.kind)) co_return std::unexpected(because);
    const bool later = because.kind == ErrorKind::rate_limited;
    if (later ? ++refusals > rate_limited_max : ++failures >= tries_max) co_return std::unexpected(because);
    co_await box_.again(request, because, after);
  }
}

Task<Result<std::optional<Answered>>> Asking::ask(const RequestSpec& spec, const Fillings& with, const std::string& link) {
  auto request = request_for(spec, with, link);
  if (!request) co_return std::unexpected(request.error());
  if (++requests_ > static_cast<std::uint64_t>(std::max(1, settings_.requests_per_poll_max))) {
    co_return fail(ErrorKind::transient, "source " + settings_.name,
                   "this poll has used up its " + std::to_string(settings_.requests_per_poll_max) + " requests",
                   "it goes on from here at the next poll");
  }
  const auto url = request->url;
  Error cut_off;  // an answer that ended too early
  for (int tries = 1;; ++tries) {
    auto response = co_await brought(&*request, spec, tries == 1 ? nullptr : &cut_off);
    if (!response) co_return std::unexpected(response.error());
    if (response->status < 200 || response->status >= 300) co_return std::nullopt;
    auto headers = response->headers;
    auto page = opened(std::move(*response), without_query(url));
    if (page) {
      std::optional<Answered> answered(std::in_place, std::move(*page), url, std::move(headers));
      co_return answered;
    }
    if (!worth_retrying(page.error().kind) || tries >= tries_max) co_return std::unexpected(page.error());
    cut_off = page.error();
  }
}

}  // namespace akashi
