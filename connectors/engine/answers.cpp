#include "connectors/engine/answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "connectors/engine/clock_format.hpp"
#include "connectors/engine/values.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t detail_bytes_max = 120;
constexpr std::size_t refusal_bytes_max = 1u << 20;  // an error's body is looked into up to this size
constexpr auto told_longest = std::chrono::hours(1);

struct StatusMeaning {
  int status;
  AnswerRule rule;
};

const std::array<StatusMeaning, 13>& standard_answers() {
  static const std::array<StatusMeaning, 13> table{{
      {400, {AnswerAction::fail, ErrorKind::schema, "the tool does not understand the request", "see whether its version is supported"}},
      {401,
       {AnswerAction::refresh_auth, ErrorKind::auth, "the tool does not accept the credentials",
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

AnswerRule standard_rule(int status) {
  for (const auto& [known, rule] : standard_answers()) {
    if (known == status) return rule;
  }
  if (status >= 300 && status < 400) {
    return {AnswerAction::fail, ErrorKind::config, "the tool sends us to another address", "let the source's url be the address that it ends at"};
  }
  return {AnswerAction::fail, status >= 500 ? ErrorKind::transient : ErrorKind::schema, "this answer is not expected",
          "see whether a proxy stands in between"};
}

bool refuses_log_in(int status) { return status == 400 || status == 401 || status == 403; }

AnswerRule refused_log_in() {
  AnswerRule rule{AnswerAction::fail, ErrorKind::auth, "the tool refuses the log-in",
                  "renew the user or the secret of this source; nothing is asked before that"};
  rule.detail = "/error_description";  // RFC 6749
  return rule;
}

bool is_good(int status) { return status >= 200 && status < 300; }

bool begins_like_html(std::string_view body) { return trim(body.substr(0, 512)).starts_with('<'); }

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto plain = trim(text);
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (error != std::errc{} || number < 0) return std::nullopt;
  return number;
}

Duration bounded(Duration time) { return std::clamp<Duration>(time, Duration{}, told_longest); }

std::optional<Duration> retry_after(const Headers& headers, Instant now) {
  const auto text = header_of(headers, "Retry-After");
  if (text.empty()) return std::nullopt;
  if (const auto until = parse_http_date(text)) return bounded(*until - now);
  const auto seconds = whole_number(text);
  if (!seconds) return std::nullopt;
  return bounded(std::chrono::seconds(std::min<std::int64_t>(*seconds, 86400)));
}

}  // namespace

std::string header_of(const Headers& headers, std::string_view name) {
  const auto found = std::ranges::find_if(headers, [&](const auto& header) { return same_word(header.first, name); });
  return found == headers.end() ? "" : found->second;
}

bool AnswerJudge::used_up(const Headers& headers) const {
  const auto& name = connector_.budget.remaining;
  return !name.empty() && whole_number(header_of(headers, name)) == 0;
}

std::optional<Duration> AnswerJudge::until_reset(const Headers& headers, Instant now) const {
  const auto& budget = connector_.budget;
  const auto number = budget.reset.empty() ? std::nullopt : whole_number(header_of(headers, budget.reset));
  if (!number) return std::nullopt;
  if (budget.reset_as == ResetAs::seconds) return bounded(std::chrono::seconds(std::min<std::int64_t>(*number, 86400)));
  constexpr std::int64_t last_s = 7'000'000'000;  // in the year 2191
  const auto since_1970 = budget.reset_as == ResetAs::epoch_ms ? Duration(std::chrono::milliseconds(std::min(*number, last_s * 1000)))
                                                               : Duration(std::chrono::seconds(std::min(*number, last_s)));
  return bounded(Instant(since_1970) - now);
}

bool AnswerJudge::holds(const std::vector<Condition>& conditions, const JsonValue& body) const {
  static const StreamSpec no_stream;
  const LookupTables no_lookups;
  Values values(connector_, no_stream, settings_, no_lookups, Instant{}, "");
  return values.hold(conditions, {body});
}

bool AnswerJudge::fits(const AnswerRule& rule, const Headers& headers, const JsonValue& body) const {
  if (!rule.header.empty()) {
    const bool there = std::ranges::any_of(headers, [&](const auto& header) {
      return same_word(header.first, rule.header) && (rule.pattern.empty() || rule.compiled.find(header.second));
    });
    if (!there) return false;
  }
  return rule.when.empty() || holds(rule.when, body);
}

const AnswerRule* AnswerJudge::rule_of(const Answers& answers, int status, const Headers& headers, const JsonValue& body) const {
  for (const int key : {status, status / 100}) {
    const auto rules = answers.find(key);
    if (rules == answers.end()) continue;
    for (const auto& rule : rules->second) {
      if (fits(rule, headers, body)) return &rule;
    }
  }
  return nullptr;
}

Result<JsonPage> AnswerJudge::opened(std::string body, const std::string& type, int status, const std::string& where) const {
  if (body.empty()) { return fail(ErrorKind::transient, where, "the answer has no body (HTTP " + std::to_string(status) + ")", "nothing was read"); }
  if (!connector_.xssi.empty() && body.starts_with(connector_.xssi)) body.erase(0, connector_.xssi.size());
  if (type.find("html") != std::string::npos || begins_like_html(body)) {
    return fail(ErrorKind::schema, where, "the answer is a web page, not data",
                "check the source's url, and whether a login page or proxy stands in between");
  }
  if (!type.empty() && type.find("json") == std::string::npos) {
    return fail(ErrorKind::schema, where, "the answer is " + clean_line(type, 60) + ", not JSON", "check the source's url");
  }
  JsonLimits limits;
  limits.bytes_max = is_good(status) ? settings_.answer_bytes_max : refusal_bytes_max;
  auto page = JsonPage::open(std::move(body), limits);
  if (page) return page;
  auto error = credentials_.masked(page.error());
  error.where = error.where.empty() ? where : where + " " + error.where;
  return std::unexpected(std::move(error));
}

void AnswerJudge::apply(const AnswerRule& rule, int status, const std::string& where, Judged& judged) const {
  const auto body = judged.page ? judged.page->root() : JsonValue{};
  auto say = rule.say.empty() ? standard_rule(status).say : rule.say;
  if (rule.say.empty() && is_good(status)) say = "the tool answers with an error";
  if (const auto detail = rule.detail.empty() ? std::nullopt : text_of(body.at(rule.detail)); detail && !detail->empty())
    say += ": " + clean_line(credentials_.masked(*detail), detail_bytes_max);
  judged.because = Error{rule.kind, where, say + " (HTTP " + std::to_string(status) + ")", rule.mend};
  switch (rule.action) {
    case AnswerAction::skip_item:
      judged.verdict = Verdict::gone;
      break;
    case AnswerAction::retry:
    case AnswerAction::rate_limited:
      judged.verdict = Verdict::again;
      break;
    case AnswerAction::refresh_auth:
      judged.verdict = Verdict::log_in;
      break;
    case AnswerAction::narrow_window:
      judged.verdict = Verdict::narrow_window;
      break;
    case AnswerAction::shrink_page:
      judged.verdict = Verdict::shrink_page;
      break;
    case AnswerAction::partial:
      judged.doubt = say;
      break;
    case AnswerAction::fail:
      judged.verdict = Verdict::fail;
      break;
  }
}

Judged AnswerJudge::of_list(HttpResponse response, const RequestSpec& spec, const std::string& where) const {
  const int status = response.status;
  const bool good = is_good(status);
  Judged judged;
  judged.headers = std::move(response.headers);
  auto page = opened(std::move(response.body), lower(credentials_.masked(header_of(judged.headers, "Content-Type"))), status, where);
  if (page) judged.page.emplace(std::move(*page));
  const auto body = judged.page ? judged.page->root() : JsonValue{};
  const auto* rule = rule_of(spec.answers, status, judged.headers, body);
  if (rule == nullptr) rule = rule_of(connector_.answers, status, judged.headers, body);
  if (rule != nullptr) apply(*rule, status, where, judged);
  else if (!good) apply(standard_rule(status), status, where, judged);
  // Whoever says that a 401 is a failure says so of the second one.
  if (status == 401 && judged.verdict == Verdict::fail && judged.because.kind == ErrorKind::auth) judged.verdict = Verdict::log_in;
  if (judged.verdict == Verdict::good && (!good || !judged.page)) {
    judged.because = good ? page.error() : judged.because;
    judged.verdict = worth_retrying(judged.because.kind) ? Verdict::again : Verdict::fail;
  }
  if (judged.verdict == Verdict::again) judged.after = retry_after(judged.headers, response.received);
  if (!judged.after && judged.because.kind == ErrorKind::rate_limited) judged.after = until_reset(judged.headers, response.received);
  return judged;
}

Judged AnswerJudge::of_log_in(HttpResponse response, const RequestSpec& spec, const std::string& where, bool with_body) const {
  const int status = response.status;
  Judged judged;
  judged.headers = std::move(response.headers);
  auto page = opened(std::move(response.body), lower(credentials_.masked(header_of(judged.headers, "Content-Type"))), status, where);
  if (page) judged.page.emplace(std::move(*page));
  const auto* rule = rule_of(spec.answers, status, judged.headers, judged.page ? judged.page->root() : JsonValue{});
  if (rule != nullptr) apply(*rule, status, where, judged);
  else if (!is_good(status)) apply(refuses_log_in(status) ? refused_log_in() : standard_rule(status), status, where, judged);
  else if (with_body && !page) judged.because = page.error(), judged.verdict = worth_retrying(page.error().kind) ? Verdict::again : Verdict::fail;
  // A log-in is not mended by logging in, and nothing of it may be left out.
  const bool odd = judged.verdict == Verdict::log_in || judged.verdict == Verdict::gone || judged.verdict == Verdict::narrow_window ||
                   judged.verdict == Verdict::shrink_page;
  if (odd) judged.verdict = Verdict::fail, judged.because.kind = ErrorKind::auth;
  if (judged.verdict == Verdict::again) judged.after = retry_after(judged.headers, response.received);
  return judged;
}

}  // namespace akashi
