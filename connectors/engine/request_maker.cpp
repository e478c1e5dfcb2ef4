#include "connectors/engine/request_maker.hpp"

#include <algorithm>
#include <charconv>

#include "connectors/engine/answers.hpp"
#include "connectors/engine/url.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

std::string encoded(const std::string& name, const std::string& value) { return percent_encode(name) + "=" + percent_encode(value); }

void append(std::string& query, const std::string& pair) { query += (query.empty() ? "" : "&") + pair; }

// {from} is {since}; {last} is the last record of a page that begins at {offset}, {end} the one behind it.
void add_derived(Fillings& words) {
  if (const auto since = words.find("since"); since != words.end()) words.emplace("from", since->second);
  const auto offset = words.find("offset");
  const auto limit = words.find("limit");
  if (offset == words.end() || limit == words.end()) return;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::from_chars(offset->second.data(), offset->second.data() + offset->second.size(), first);
  std::from_chars(limit->second.data(), limit->second.data() + limit->second.size(), count);
  words.emplace("end", std::to_string(first + count));
  words.emplace("last", std::to_string(first + std::max<std::uint64_t>(count, 1) - 1));
}

// What consists of a placeholder that has no value is not sent: "token=" is another question than none.
bool left_out(const std::string& written, const std::string& filled) { return filled.empty() && !placeholders_in(written).empty(); }

// A next page's address may repeat a secret that stood in the query: that is taken out again before it is kept or shown.
std::string without_parameters(const std::string& url, const auto& is_one) {
  const auto mark = url.find('?');
  if (mark == std::string::npos) return url;
  std::string query;
  for (const auto pair : split(std::string_view(url).substr(mark + 1), '&')) {
    if (!is_one(percent_decode(pair.substr(0, pair.find('='))))) append(query, std::string(pair));
  }
  return url.substr(0, mark) + (query.empty() ? "" : "?" + query);
}

}  // namespace

bool RequestMaker::holds_secret(const std::string& text) const {
  return std::ranges::any_of(placeholders_in(text), [&](const auto& word) { return credentials_.is_secret(word); });
}

void RequestMaker::add_query(const RequestSpec& spec, const Fillings& with, bool linked, std::string& url, HttpRequest& request) const {
  std::string query;
  for (const auto& [name, value] : spec.query) {
    const auto filled = fill(value, with);
    if (left_out(value, filled)) continue;
    if (holds_secret(value)) append(request.secret_query, encoded(name, filled));
    else if (!linked) append(query, encoded(name, filled));
  }
  if (!query.empty()) url += "?" + query;
}

void RequestMaker::add_headers(const RequestSpec& spec, const Fillings& with, HttpRequest& request) const {
  for (const auto& [name, value] : spec.headers) {
    const auto filled = fill(value, with);
    if (left_out(value, filled)) continue;
    (holds_secret(value) ? request.secret_headers : request.headers).emplace_back(name, filled);
  }
  if (header_of(request.headers, "Accept").empty()) request.headers.emplace(request.headers.begin(), "Accept", "application/json");
}

void RequestMaker::add_body(const RequestSpec& spec, const Fillings& with, HttpRequest& request) const {
  auto type = lower(header_of(request.headers, "Content-Type"));
  const bool typed = !type.empty();
  if (!spec.form.empty()) {
    type = "application/x-www-form-urlencoded";
    for (const auto& [name, value] : spec.form) {
      const auto filled = fill(value, with);
      if (!left_out(value, filled)) append(request.body, encoded(name, filled));
    }
  } else if (!spec.body.empty()) {
    if (!typed) type = "application/json";
    if (type.find("json") != std::string::npos) request.body = fill_json(spec.body, with);
    else request.body = type.find("form-urlencoded") != std::string::npos ? fill_path(spec.body, with) : fill(spec.body, with);
  }
  if (!typed && !type.empty()) request.headers.emplace_back("Content-Type", type);
}

Result<HttpRequest> RequestMaker::make(const RequestSpec& spec, const Fillings& with, const std::string& link) const {
  auto base = checked_base(settings_.base_url);
  if (!base) return std::unexpected(base.error());
  auto words = with;
  for (const auto& [name, value] : credentials_.words()) words.emplace(name, value);
  add_derived(words);
  HttpRequest request;
  request.method = spec.method;
  request.answer_bytes_max = settings_.answer_bytes_max;
  request.time_max = settings_.time_max;
  auto url = *base + fill_path(spec.path, words);
  if (!link.empty()) {
    url = without_parameters(link, [&](const std::string& name) {
      return credentials_.is_secret_parameter(name) ||
             std::ranges::any_of(spec.query, [&](const auto& pair) { return pair.first == name && holds_secret(pair.second); });
    });
  }
  add_query(spec, words, !link.empty(), url, request);
  auto inside = confined(*base, *base, url);
  if (!inside)
    return fail(ErrorKind::config, without_query(url), "this address leads out of the source's", "correct the value that stands in its path");
  request.url = *inside;
  add_headers(spec, words, request);
  add_body(spec, words, request);
  return request;
}

}  // namespace akashi
