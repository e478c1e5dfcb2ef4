#include "fake_tools.hpp"

#include "catch.hpp"
#include "core/text.hpp"

namespace akashi::fake {

namespace {

std::string decoded(std::string_view text) {
  const auto digit = [](char c) { return c >= 'A' ? c - 'A' + 10 : c - '0'; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

Asked asked(const HttpRequest& request) {
  Asked made{request.url, {}, {}};
  const std::string_view rest = std::string_view(request.url).substr(std::string_view("https://tool.example").size());
  const auto mark = rest.find('?');
  made.path = decoded(rest.substr(0, mark));
  if (mark == std::string_view::npos) return made;
  for (const auto pair : split(rest.substr(mark + 1), '&')) {
    const auto equals = pair.find('=');
    made.query[decoded(pair.substr(0, equals))] = decoded(pair.substr(equals + 1));
  }
  return made;
}

HttpResponse json(std::string body, int status) {
  HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = std::move(body);
  return response;
}

void poll(const Connector& connector, const SourceSettings& source, const Tool& tool, Instant now, Kept& kept, int pages_max) {
  LookupTables lookups;
  StreamPoll poll(connector, connector.streams.front(), source, kept.state, now, lookups);
  kept.error.reset();
  kept.drained = false;
  for (int steps = 0; steps < 100000; ++steps) {
    auto step = poll.next();
    if (!step) {
      kept.error = step.error();
      return;
    }
    if (std::holds_alternative<Done>(*step)) return;
    if (auto* page = std::get_if<Page>(&*step)) {
      if (pages_max-- <= 0) return;  // died before the page was kept
      for (const auto& activity : page->activities) kept.activities.emplace(activity.uid, activity);
      for (const auto& span : page->coverage) kept.coverage.push_back(span);
      for (const auto& [reason, count] : page->manifest.rejected) kept.rejected[reason] += count;
      kept.state = page->next_state;
      kept.drained = page->drained;
      ++kept.pages;
      continue;
    }
    if (const auto* pause = std::get_if<Wait>(&*step)) {
      kept.waits.push_back(pause->time);
      now += pause->time;
      continue;
    }
    ++kept.requests;
    const auto& request = std::holds_alternative<Ask>(*step) ? std::get<Ask>(*step).request : std::get<Again>(*step).request;
    CHECK(request.method == "GET");
    auto response = tool(asked(request));
    response.received = now;
    if (response.status == 0) poll.failed(Error{ErrorKind::transient, "", "the connection was closed", ""});
    else poll.answer(std::move(response));
  }
  FAIL("the poll does not end");
}

Connector connector_of(const std::string& paging, const std::string& query, const std::string& more) {
  const std::string text = R"(title: Tool
product: tool
kind: ticketing
permissions: [{right: Read, for: all, without: nothing}]
blind_spots: [none]
auth: [{scheme: bearer}, {scheme: basic}]
streams:
  acts:
    request: {path: /acts, query: {)" +
                           query + R"(}}
    paging: {)" + paging + R"(}
    records: /items
    cursor: {field: /at, overlap: 1m, lag: 1s}
    activities:
      - {kind: case.changed, object: /id, event: [/at], time: /at, actor: /who}
)" + more;
  auto made = parse_connector(text, "tool.yaml");
  if (!made) FAIL(sentence(made.error()));
  return std::move(*made);
}

SourceSettings source() {
  SourceSettings made;
  made.name = "t";
  made.base_url = "https://tool.example";
  made.auth = "bearer";
  made.secret = "sesame";
  made.start_days = 10;
  return made;
}

}  // namespace akashi::fake
