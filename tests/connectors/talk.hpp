// A poll that is led step by step against a tool given as a function, with everything that went over the wire kept for a look.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "catch.hpp"
#include "connectors/engine/poll.hpp"
#include "core/text.hpp"

namespace akashi::fake {

struct Talk {
  std::vector<HttpRequest> requests;
  std::vector<std::string> again;  // why a request was sent once more
  std::vector<Duration> waits;
  std::vector<Activity> activities;
  std::vector<CoverageSpan> coverage;
  std::vector<std::uint64_t> records;  // of each page
  std::string state;
  std::optional<Error> error;

  [[nodiscard]] std::vector<std::string> paths() const {
    std::vector<std::string> all;
    for (const auto& request : requests) {
      const auto mark = request.url.find('?');
      const std::string plain = request.url.substr(0, mark);
      const std::string base = "https://tool.example";
      all.push_back(request.method + " " + (plain.starts_with(base) ? plain.substr(base.size()) : plain));
    }
    return all;
  }
  // Everything that may be shown: addresses, errors, reasons, states.
  [[nodiscard]] std::string shown() const {
    std::string all = state;
    for (const auto& request : requests) {
      all += "\n" + request.url;
      for (const auto& [name, value] : request.headers) all += "\n" + name + ": " + value;
    }
    for (const auto& why : again) all += "\n" + why;
    for (const auto& span : coverage) all += "\n" + span.why;
    if (error) all += "\n" + sentence(*error);
    return all;
  }
};

using Answer = std::function<HttpResponse(const HttpRequest&)>;

inline std::string header_of_request(const HttpRequest& request, std::string_view name) {
  for (const auto* list : {&request.headers, &request.secret_headers}) {
    for (const auto& [key, value] : *list) {
      if (same_word(key, name)) return value;
    }
  }
  return {};
}

// One poll of the connector's first stream. The clock goes on by `each` with every answer.
inline Talk talk(const Connector& connector, const SourceSettings& source, const Answer& tool, Instant now, Session* session = nullptr,
                 Duration each = std::chrono::seconds(1), std::string state = {}) {
  Talk made;
  LookupTables lookups;
  StreamPoll poll(connector, connector.streams.front(), source, std::move(state), now, lookups, session);
  for (int steps = 0; steps < 10000; ++steps) {
    auto step = poll.next();
    if (!step) {
      made.error = step.error();
      return made;
    }
    if (std::holds_alternative<Done>(*step)) return made;
    if (auto* page = std::get_if<Page>(&*step)) {
      for (const auto& activity : page->activities) made.activities.push_back(activity);
      for (const auto& span : page->coverage) made.coverage.push_back(span);
      made.records.push_back(page->manifest.records);
      made.state = page->next_state;
      continue;
    }
    if (const auto* pause = std::get_if<Wait>(&*step)) {
      made.waits.push_back(pause->time);
      now += pause->time;
      continue;
    }
    if (const auto* once_more = std::get_if<Again>(&*step)) {
      made.again.push_back(sentence(once_more->because));
      now += once_more->after.value_or(Duration{});
    }
    const auto& request = std::holds_alternative<Ask>(*step) ? std::get<Ask>(*step).request : std::get<Again>(*step).request;
    made.requests.push_back(request);
    auto response = tool(request);
    now += each;
    response.received = now;
    if (response.status == 0) poll.failed(Error{ErrorKind::transient, "", "the connection was closed", ""});
    else poll.answer(std::move(response));
  }
  FAIL("the poll does not end");
  return made;
}

}  // namespace akashi::fake
