#include "connectors/engine/asking.hpp"

#include <algorithm>

#include "connectors/engine/clock_format.hpp"
#include "connectors/engine/url.hpp"

// GCC 12 sees an overlap in std::string's own assign inside coroutines (its bug 105651).
#pragma GCC diagnostic ignored "-Wrestrict"

namespace akashi {

namespace {

constexpr int tries_max = 4;          // of one request, the first included, while the tool or the way to it fails
constexpr int rate_limited_max = 10;  // "later" is an answer of a healthy tool

Error given_up(const std::string& where) { return {ErrorKind::transient, where, "the request was given up", ""}; }

}  // namespace

Asking::Asking(const Connector& connector, const SourceSettings& settings, Mailbox& box, Session& session, Instant now)
    : connector_(connector),
      settings_(settings),
      box_(box),
      session_(session),
      credentials_(connector, settings, session),
      maker_(settings, credentials_),
      judge_(connector, settings, credentials_),
      now_(now) {}

Status Asking::one_more() {
  const auto most = static_cast<std::uint64_t>(std::max(1, settings_.requests_per_poll_max));
  if (++requests_ <= most) return {};
  return fail(ErrorKind::transient, "source " + settings_.name, "this poll has used up its " + std::to_string(most) + " requests",
              "it goes on from here at the next poll");
}

Result<HttpRequest> Asking::request_of(const Question& question) const {
  if (question.spec == nullptr) return credentials_.token_request();
  auto request = maker_.make(*question.spec, *question.with, *question.link);
  if (!request) return request;
  if (question.step == nullptr) credentials_.sign(*request, now_);
  else if (credentials_.sign_cookies(*request); question.step->basic) credentials_.sign_basic(*request);
  return request;
}

void Asking::note(const HttpResponse& response) {
  counts_.bytes += response.body.size();
  last_received_ = std::max(last_received_, response.received);
  now_ = std::max(now_, response.received);
  if (const auto date = parse_http_date(response.header("Date")); date && !server_ahead_) server_ahead_ = *date - response.received;
  credentials_.take_cookies(response.headers);
}

// What came back, judged; a failure of the way there is to be tried again when that can help.
Judged Asking::judge(const Question& question, const std::string& where) {
  ++counts_.requests;
  Judged judged;
  if (auto* response = std::get_if<HttpResponse>(&box_.in); response != nullptr) {
    note(*response);
    if (question.spec != nullptr && question.step == nullptr) {
      judged = judge_.of_list(std::move(*response), *question.spec, where);
    } else {
      static const RequestSpec token;
      const auto* step = question.step;
      const bool with_body =
          step == nullptr || !step->wrong.empty() || std::ranges::any_of(step->take, [](const auto& t) { return t.header.empty(); });
      judged = judge_.of_log_in(std::move(*response), step == nullptr ? token : step->request, where, with_body);
    }
  } else {
    const auto* error = std::get_if<Error>(&box_.in);
    judged.because = error == nullptr ? given_up(where) : *error;
    if (judged.because.where.empty()) judged.because.where = where;
    judged.verdict = Verdict::again;
  }
  note_quota(question, judged);
  return judged;
}

// What the tool says about its quota counts for every stream of the source; the host that gives tokens speaks of its own.
void Asking::note_quota(const Question& question, const Judged& judged) {
  if (question.spec == nullptr || question.step != nullptr) return;
  auto quiet = judged.because.kind == ErrorKind::rate_limited ? judged.after : std::nullopt;
  if (!quiet && judge_.used_up(judged.headers)) quiet = judge_.until_reset(judged.headers, now_);
  if (quiet) session_.quiet_until = std::max(session_.quiet_until.value_or(Instant{}), now_ + *quiet);
}

Task<Status> Asking::be_quiet() {
  while (session_.quiet_until && *session_.quiet_until > now_) {
    const auto left = *session_.quiet_until - now_;
    if (left > wait_longest) {
      co_return fail(ErrorKind::rate_limited, "source " + settings_.name,
                     "the tool has no more requests for us until " + format_time(*session_.quiet_until), "it goes on from here at a later poll");
    }
    const std::string why = "the tool has no more requests for us before";
    co_await box_.wait(left, why);
    now_ += left;
  }
  session_.quiet_until.reset();
  co_return Status{};
}

Task<Result<Judged>> Asking::answer_to(const Question& question) {
  int failures = 0;
  int refusals = 0;
  Judged judged;
  for (;;) {
    auto request = request_of(question);
    if (!request) co_return std::unexpected(request.error());
    if (failures + refusals == 0) {
      co_await box_.ask(*request);
    } else {
      co_await box_.again(*request, judged.because, judged.after);
      now_ += judged.after.value_or(Duration{});
    }
    judged = judge(question, credentials_.masked(without_query(request->url)));  // an id in it came from the tool
    if (judged.verdict != Verdict::again) co_return judged;
    if (!worth_retrying(judged.because.kind)) co_return std::unexpected(judged.because);
    const bool later = judged.because.kind == ErrorKind::rate_limited;
    if (later ? ++refusals > rate_limited_max : ++failures >= tries_max) co_return std::unexpected(judged.because);
  }
}

Task<Status> Asking::fetch_token() {
  const Question question;
  auto judged = co_await answer_to(question);
  if (!judged) co_return std::unexpected(judged.error());
  if (judged->verdict != Verdict::good) co_return std::unexpected(judged->because);
  const auto request = credentials_.token_request();
  const auto where = request ? without_query(request->url) : std::string("token_url");
  const auto body = judged->page ? judged->page->root() : JsonValue{};
  auto taken = credentials_.take_token(body, now_, where);
  co_return taken;
}

Task<Status> Asking::one_step(const LoginStep& step) {
  const auto words = credentials_.words_of_log_in();
  Question question;
  question.spec = &step.request;
  question.with = &words;
  question.link = &no_link_;
  question.step = &step;
  auto judged = co_await answer_to(question);
  if (!judged) co_return std::unexpected(judged.error());
  if (judged->verdict != Verdict::good) co_return std::unexpected(judged->because);
  const auto where = without_query(settings_.base_url + fill_path(step.request.path, words));
  const auto body = judged->page ? judged->page->root() : JsonValue{};
  if (!step.wrong.empty() && judge_.holds(step.wrong, body)) {
    co_return fail(ErrorKind::auth, where, "the tool refuses the log-in",
                   "renew the user or the secret of this source; nothing is asked before that");
  }
  auto taken = credentials_.take(step, body, judged->headers, where);
  co_return taken;
}

Task<Status> Asking::log_in() {
  if (!credentials_.logs_in() || session_.stands(now_)) co_return Status{};
  session_.log_out();
  const auto& spec = credentials_.spec();
  if (spec.login.empty()) {
    auto fetched = co_await fetch_token();
    if (!fetched) co_return fetched;
  }
  for (const auto& step : spec.login) {
    auto done = co_await one_step(step);
    if (done) continue;
    session_.log_out();
    co_return done;
  }
  session_.logged_in = true;
  if (spec.ttl > Duration{}) session_.ends = now_ + spec.ttl;
  co_return Status{};
}

Task<Result<std::optional<Answered>>> Asking::ask(const RequestSpec& spec, const Fillings& with, const std::string& link) {
  wish_ = Wish::none;
  if (auto room = one_more(); !room) co_return std::unexpected(room.error());
  auto quiet = co_await be_quiet();
  if (!quiet) co_return std::unexpected(quiet.error());
  Question question;
  question.spec = &spec;
  question.with = &with;
  question.link = &link;
  for (bool renewed = !credentials_.logs_in();; renewed = true) {
    auto in = co_await log_in();
    if (!in) co_return std::unexpected(in.error());
    auto judged = co_await answer_to(question);
    if (!judged) co_return std::unexpected(judged.error());
    if (judged->verdict == Verdict::gone) co_return std::nullopt;
    if (judged->verdict == Verdict::good) {
      if (!judged->doubt.empty()) doubts_.insert(judged->doubt), ++doubtful_;
      const auto request = maker_.make(spec, with, link);
      std::optional<Answered> answered(std::in_place, std::move(*judged->page), request ? request->url : std::string{}, std::move(judged->headers));
      co_return answered;
    }
    if (judged->verdict == Verdict::log_in && !renewed) {
      session_.log_out();
      continue;
    }
    if (judged->verdict == Verdict::narrow_window) wish_ = Wish::narrow_window;
    if (judged->verdict == Verdict::shrink_page) wish_ = Wish::shrink_page;
    co_return std::unexpected(judged->because);
  }
}

}  // namespace akashi
