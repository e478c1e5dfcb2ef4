#include "connectors/engine/replay.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "connectors/engine/json_line.hpp"
#include "connectors/engine/json_page.hpp"
#include "connectors/engine/poll.hpp"
#include "connectors/engine/values.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr int steps_max = 10000;  // of one poll of a case

std::optional<std::string> content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string member(const JsonValue& object, std::string_view name, std::string otherwise = {}) {
  return text_of(object.member(name)).value_or(std::move(otherwise));
}

std::string decoded(std::string_view text) {
  const auto digit = [](char c) { return c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c - '0'; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

struct Asked {
  std::string path;
  std::map<std::string, std::string> query;
  std::string body;
  [[nodiscard]] std::string show() const {
    std::string text = path;
    for (const auto& [name, value] : query) text += " " + name + "=" + value;
    return text;
  }
};

Asked asked_of(const HttpRequest& request, std::string_view base) {
  Asked asked;
  asked.body = request.body;
  for (const auto& [name, value] : request.headers) asked.body += "\n" + name + ": " + value;
  std::string_view rest = request.url;
  if (rest.starts_with(base)) rest.remove_prefix(base.size());
  const auto mark = std::min(rest.find('?'), rest.size());
  asked.path = decoded(rest.substr(0, mark));
  auto pairs = split(rest.substr(std::min(mark + 1, rest.size())), '&');
  for (const auto pair : split(request.secret_query, '&')) pairs.push_back(pair);
  for (const auto pair : pairs) {
    const auto equals = pair.find('=');
    if (!pair.empty()) asked.query[decoded(pair.substr(0, equals))] = equals == std::string_view::npos ? "" : decoded(pair.substr(equals + 1));
  }
  return asked;
}

bool fits(const JsonValue& answer, const Asked& asked) {
  if (member(answer, "path") != asked.path) return false;
  const auto query = answer.member("query");
  for (const auto [name, value] : query.members()) {
    const auto given = asked.query.find(std::string(name));
    if (given == asked.query.end() || given->second != text_of(value).value_or("")) return false;
  }
  const auto sends = answer.member("sends");
  const auto sent = [&](const JsonValue& part) { return asked.body.find(text_of(part).value_or("")) != std::string::npos; };
  for (const auto part : sends.elements())
    if (!sent(part)) return false;
  return sends.is_missing() || sends.is(JsonKind::array) || sent(sends);
}

class Replay {
 public:
  Replay(const Connector& connector, const JsonValue& script) : connector_(connector), script_(script) {}

  [[nodiscard]] const std::vector<std::string>& requests() const { return requests_; }

  Result<std::vector<std::string>> run() {
    const auto* stream = connector_.stream(member(script_, "stream"));
    if (stream == nullptr)
      return fail(ErrorKind::config, "exchange.json", "connector " + connector_.product + " has no stream \"" + member(script_, "stream") + "\"");
    read_source();
    const auto polls = script_.member("polls");
    for (const auto poll : polls.elements()) {
      const auto now = parse_time(member(poll, "now"));
      if (!now) return fail(ErrorKind::config, "exchange.json", "a poll needs now, a time");
      now_ = *now;
      answers_.clear();
      const auto exchange = poll.member("exchange");
      for (const auto answer : exchange.elements()) answers_.push_back(answer);
      next_ = 0;
      one_poll(*stream);
      if (next_ < answers_.size()) lines_.push_back(JsonLine().text("not asked for", member(answers_[next_], "path")).str());
      lines_.push_back(JsonLine().raw("state", json_text(state_)).str());
    }
    return lines_;
  }

 private:
  void read_source() {
    const auto source = script_.member("source");
    source_.name = member(source, "name", connector_.product);
    source_.base_url = member(source, "url", "https://tool.example");
    source_.auth = member(source, "auth", connector_.auth.front().scheme);
    source_.user = member(source, "user");
    source_.secret = member(source, "secret", "secret");
    source_.header = member(source, "header");
    source_.token_url = member(source, "token_url");
    source_.region = member(source, "region");
    source_.client_certificate = source_.auth == "none" || source_.auth == "mtls";
    source_.start_days = std::stoi(member(source, "start_days", "30"));
    const auto params = source.member("params");
    for (const auto [name, values] : params.members()) {
      for (const auto value : values.elements()) source_.params[std::string(name)].push_back(text_of(value).value_or(""));
    }
  }

  void one_poll(const StreamSpec& stream) {
    StreamPoll poll(connector_, stream, source_, state_, now_, lookups_, &session_);
    for (int steps = 0; steps < steps_max; ++steps) {
      auto step = poll.next();
      if (!step) {
        lines_.push_back(JsonLine().text("error", name(step.error().kind)).text("sentence", sentence(step.error())).str());
        return;
      }
      if (std::holds_alternative<Done>(*step)) return;
      if (auto* page = std::get_if<Page>(&*step)) {
        show(*page);
        state_ = page->next_state;
        continue;
      }
      if (const auto* pause = std::get_if<Wait>(&*step)) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(pause->time);
        lines_.push_back(JsonLine().number("wait_s", static_cast<std::uint64_t>(seconds.count())).text("why", pause->why).str());
        now_ += seconds;
        continue;
      }
      if (auto* again = std::get_if<Again>(&*step)) {
        JsonLine line;
        line.text("again", sentence(again->because));
        if (again->after) line.number("after_s", static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::seconds>(*again->after).count()));
        lines_.push_back(line.str());
      }
      const auto& request = std::holds_alternative<Ask>(*step) ? std::get<Ask>(*step).request : std::get<Again>(*step).request;
      note(request);
      if (!bring(poll, asked_of(request, source_.base_url), request.method)) return;
    }
    lines_.push_back(JsonLine().text("endless", "after " + std::to_string(steps_max) + " steps").str());
  }

  // The secrets are those that exchange.json made up.
  void note(const HttpRequest& request) {
    JsonLine headers;
    for (const auto* list : {&request.headers, &request.secret_headers})
      for (const auto& [name, value] : *list) headers.text(name, value);
    requests_.push_back(
        JsonLine().text("method", request.method).text("url", request.url).raw("headers", headers.str()).text("body", request.body).str());
  }

  bool bring(StreamPoll& poll, const Asked& asked, const std::string& method) {
    const JsonValue* found = nullptr;
    if (next_ < answers_.size() && fits(answers_[next_], asked)) {
      found = &answers_[next_++];
    } else {
      const auto standing = script_.member("standing");
      for (const auto one : standing.elements()) {
        if (!fits(one, asked)) continue;
        standing_ = one;
        found = &standing_;
        break;
      }
    }
    if (found == nullptr || member(*found, "method", "GET") != method) {
      lines_.push_back(JsonLine().text("unexpected", method + " " + asked.show()).str());
      return false;
    }
    if (const auto failure = found->member("fail"); failure.is(JsonKind::object)) {
      poll.failed(Error{ErrorKind::transient, "", member(failure, "what", "no answer"), ""});
    } else {
      poll.answer(response_of(*found));
    }
    return true;
  }

  [[nodiscard]] HttpResponse response_of(const JsonValue& answer) const {
    HttpResponse response;
    response.status = std::stoi(member(answer, "status", "200"));
    response.received = now_;
    const auto body = answer.member("body");
    response.body = body.is_missing() ? member(answer, "text") : std::string(body.raw());
    bool typed = false;
    const auto headers = answer.member("headers");
    for (const auto [name, value] : headers.members()) {
      response.headers.emplace_back(name, text_of(value).value_or(""));
      typed = typed || same_word(name, "Content-Type");
    }
    if (!typed) response.headers.emplace_back("Content-Type", body.is_missing() ? "text/plain" : "application/json; charset=utf-8");
    return response;
  }

  void show(const Page& page);
  void show(const Activity& a);
  void show(const CaseState& c);

  const Connector& connector_;
  JsonValue script_, standing_;
  SourceSettings source_;
  LookupTables lookups_;
  Session session_;
  std::string state_;
  Instant now_{};
  std::vector<JsonValue> answers_;
  std::size_t next_ = 0;
  std::vector<std::string> lines_, requests_;
};

void Replay::show(const Activity& a) {
  JsonLine line;
  line.text("activity", a.uid).time("time", a.time).time("observed_from", a.observed_from).text("kind", a.kind).text("actor", a.actor);
  if (a.actor_kind == ActorKind::automation) line.truth("automation", true);
  line.text("case", a.case_id);
  line.text("subject_type", a.subject_type).text("subject_id", a.subject_id).text("domain", a.domain);
  line.text("status_before", a.status_before).text("status", a.status).text("object", a.object).text("object_version", a.object_version);
  line.text("verdict", a.verdict).texts("labels", a.labels).text("url", a.url);
  lines_.push_back(line.str());
}

void Replay::show(const CaseState& c) {
  JsonLine line;
  line.text("case", c.id).text("place", c.place).text("type", c.type).text("category", c.category).text("status", c.status);
  line.text("severity", c.severity).text("title", c.title).text("owner", c.owner).texts("labels", c.labels).texts("links", c.links);
  JsonLine fields;
  for (const auto& [name, value] : c.fields) fields.text(name, value);
  if (!fields.empty()) line.raw("fields", fields.str());
  line.text("merged_into", c.merged_into).time("opened", c.opened).time("closed", c.closed).time("due", c.due).text("url", c.url);
  lines_.push_back(line.text("version", c.version).str());
}

void Replay::show(const Page& page) {
  for (const auto& activity : page.activities) show(activity);
  for (const auto& one : page.cases) show(one);
  for (const auto& d : page.documents) {
    JsonLine line;
    line.text("document", d.id).text("title", d.title).text("version", d.version).text("author", d.author).text("owner", d.owner);
    lines_.push_back(line.time("published", d.published).text("url", d.url).str());
  }
  for (const auto& beside : page.marks) {
    JsonLine line;
    line.text("marks", beside.about).text("version", beside.version).texts("labels", beside.labels);
    for (const auto& [name, value] : beside.fields) line.text("field " + name, value);
    lines_.push_back(line.str());
  }
  for (const auto& text : page.texts) lines_.push_back(JsonLine().text("text", text.about).raw("is", json_text(text.text)).str());
  for (const auto& c : page.coverage) {
    JsonLine line;
    line.text("coverage", c.stream).time("from", c.span.from).time("to", c.span.to).truth("complete", c.complete).text("why", c.why);
    lines_.push_back(line.str());
  }
  JsonLine rejected;
  for (const auto& [reason, count] : page.manifest.rejected) rejected.number(reason, count);
  JsonLine line;
  line.number("page", page.manifest.pages).number("requests", page.manifest.requests).number("records", page.manifest.records);
  if (!rejected.empty()) line.raw("rejected", rejected.str());
  lines_.push_back(line.truth("drained", page.drained).str());
}

std::vector<std::string> differences_of(const std::vector<std::string>& outcome, const std::optional<std::string>& expected) {
  if (!expected) return {"there is no expected.jsonl"};
  std::vector<std::string> wanted;
  for (const auto line : split(*expected, '\n')) {
    if (!line.empty()) wanted.emplace_back(line);
  }
  std::vector<std::string> differences;
  for (std::size_t i = 0; i < std::max(wanted.size(), outcome.size()); ++i) {
    const std::string want = i < wanted.size() ? wanted[i] : "nothing more";
    const std::string got = i < outcome.size() ? outcome[i] : "nothing more";
    if (want != got) differences.push_back("line " + std::to_string(i + 1) + ":\n  expected " + want + "\n  got      " + got);
  }
  return differences;
}

}  // namespace

Result<ReplayReport> replay(const Connector& connector, const std::string& folder) {
  const std::string file = folder + "/exchange.json";
  auto text = content_of(file);
  if (!text)
    return fail(ErrorKind::config, file, "there is no such file, or it cannot be read", "name a folder with exchange.json and expected.jsonl");
  auto script = JsonPage::open(std::move(*text));
  if (!script) return fail(ErrorKind::config, file + " " + script.error().where, script.error().what, script.error().mend);
  Replay run(connector, script->root());
  auto outcome = run.run();
  if (!outcome) return fail(ErrorKind::config, file, outcome.error().what, outcome.error().mend);
  ReplayReport report;
  report.about = text_of(script->root().member("about")).value_or("");
  report.differences = differences_of(*outcome, content_of(folder + "/expected.jsonl"));
  report.outcome = std::move(*outcome);
  report.requests = run.requests();
  return report;
}

Result<ReplayReport> replay(const std::string& folder) {
  auto plain = folder;
  while (plain.ends_with('/')) plain.pop_back();
  auto connector = load_connector(plain + "/../..");
  if (!connector) return std::unexpected(connector.error());
  return replay(*connector, plain);
}

}  // namespace akashi
