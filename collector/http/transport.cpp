#include "collector/http/transport.hpp"

#include <algorithm>
#include <future>
#include <utility>

#include "collector/http/inflate.hpp"
#include "collector/http/trouble.hpp"
#include "collector/http/url.hpp"
#include "core/text.hpp"

namespace akashi {
namespace {

constexpr int redirects_max = 3;

std::string header_of(const WireAnswer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers) {
    if (same_word(key, name)) return value;
  }
  return {};
}

bool breaks_line(const Headers& headers) {
  constexpr std::string_view breaks("\r\n\0", 3);
  return std::ranges::any_of(headers, [&](const auto& header) {
    return header.first.empty() || header.first.find_first_of(":") != std::string::npos || header.first.find_first_of(breaks) != std::string::npos ||
           header.second.find_first_of(breaks) != std::string::npos;
  });
}

// The request as ours to answer for: what must not leave this machine is refused before a socket is opened.
Result<Url> sendable(const HttpRequest& request) {
  const auto refuse = [&](const char* why) { return std::unexpected(describe(Trouble::bad_request, shown_url(request.url), why)); };
  const auto url = parse_url(request.url);
  if (!url) return refuse("it has no http or https address");
  if (url->has_userinfo) return refuse("its address holds a user name or a password; these belong under auth");
  if (request.method != "GET" && request.method != "POST") return refuse("only GET, and POST for reading, are ever sent");
  if (request.secret_query.find_first_of("#\r\n \t") != std::string::npos) return refuse("its query is not percent-encoded");
  if (breaks_line(request.headers) || breaks_line(request.secret_headers)) return refuse("a header of it is not one line");
  return *url;
}

bool redirects(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

// A tool may send back what we sent; it is not shown all the same.
std::string shown_address(const Url& there, const HttpRequest& request) {
  constexpr std::size_t secret_bytes_min = 4;
  const auto text = (there.origin() + there.path).substr(0, 200);
  for (const auto& [name, value] : request.secret_headers) {
    const auto secret = value.substr(value.rfind(' ') + 1);
    if (secret.size() >= secret_bytes_min && text.find(secret) != std::string::npos) return "an address that repeats what we sent";
  }
  return text;
}

// Where to go on, nothing when this is the answer.
Result<std::optional<Url>> next_place(const HttpRequest& request, const Url& here, const WireAnswer& answer) {
  const std::string location = redirects(answer.status) ? header_of(answer, "Location") : std::string();
  if (location.empty()) return std::optional<Url>();
  const auto there = resolve_url(here, location);
  const std::string shown = there ? shown_address(*there, request) : "something that is no http address";
  if (request.method != "GET") return std::unexpected(describe(Trouble::redirect_of_post, shown_url(here.text()), shown));
  if (!there || there->has_userinfo || there->origin() != here.origin()) {
    return std::unexpected(describe(Trouble::redirect_elsewhere, shown_url(here.text()), shown));
  }
  return there;
}

Result<HttpResponse> read(WireAnswer wire, const HttpRequest& request, Instant received) {
  HttpResponse answer{.status = wire.status, .headers = {}, .body = {}, .received = received};
  const std::string where = shown_url(request.url);
  const std::string encoding = header_of(wire, "Content-Encoding");
  if (!wire.body.empty()) {
    auto body = inflate(std::move(wire.body), encoding, request.answer_bytes_max, where);
    if (!body) return std::unexpected(body.error());
    answer.body = std::move(*body);
  }
  if (answer.status == 200 && answer.body.empty() && !request.empty_is_answer) return std::unexpected(describe(Trouble::empty_answer, where));
  answer.headers = std::move(wire.headers);
  return answer;
}

}  // namespace

HttpTransport::HttpTransport(CurlMulti& multi, Clock& clock, LineSettings line) : multi_(multi), clock_(clock), line_(std::move(line)) {}

Result<WireAnswer> HttpTransport::exchange(const HttpRequest& request, const std::stop_token& stop) {
  auto promise = std::make_shared<std::promise<Result<WireAnswer>>>();
  auto answer = promise->get_future();
  auto wire = request;
  if (!wire.secret_query.empty()) wire.url += (wire.url.find('?') == std::string::npos ? "?" : "&") + wire.secret_query;
  const auto id = multi_.begin(std::move(wire), line_, [promise](Result<WireAnswer> result) { promise->set_value(std::move(result)); });
  const std::stop_callback ends(stop, [this, id] { multi_.cancel(id); });
  return answer.get();
}

Result<HttpResponse> HttpTransport::send(const HttpRequest& request, std::stop_token stop) {
  auto here = sendable(request);
  if (!here) return std::unexpected(here.error());
  HttpRequest asked = request;
  for (int redirected = 0; redirected <= redirects_max; ++redirected) {
    auto wire = exchange(asked, stop);
    if (!wire) return std::unexpected(wire.error());
    const auto next = next_place(asked, *here, *wire);
    if (!next) return std::unexpected(next.error());
    if (!*next) return read(std::move(*wire), asked, clock_.now());
    here = **next;
    asked.url = here->text();
  }
  return std::unexpected(describe(Trouble::redirect_loop, shown_url(request.url), std::to_string(redirects_max)));
}

}  // namespace akashi
