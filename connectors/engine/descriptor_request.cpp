#include <algorithm>
#include <array>

#include "connectors/engine/descriptor_read.hpp"

namespace akashi {

bool fills_in(const RequestSpec& request, std::string_view placeholder) {
  const std::string word = "{" + std::string(placeholder) + "}";
  const auto has = [&](const auto& pair) { return pair.second.find(word) != std::string::npos; };
  return request.path.find(word) != std::string::npos || request.body.find(word) != std::string::npos || std::ranges::any_of(request.query, has) ||
         std::ranges::any_of(request.headers, has) || std::ranges::any_of(request.form, has);
}

}  // namespace akashi

namespace akashi::reading {

namespace {

constexpr Words<ErrorKind, 6> classes{"no class of error",
                                      {{{"config", ErrorKind::config},
                                        {"auth", ErrorKind::auth},
                                        {"permission", ErrorKind::permission},
                                        {"rate_limited", ErrorKind::rate_limited},
                                        {"transient", ErrorKind::transient},
                                        {"schema", ErrorKind::schema}}}};

struct Action {
  AnswerAction action;
  ErrorKind kind;  // when the rule says no class
};
constexpr Words<Action, 8> actions{"no action",
                                   {{{"fail", {AnswerAction::fail, ErrorKind::schema}},
                                     {"retry", {AnswerAction::retry, ErrorKind::transient}},
                                     {"rate_limited", {AnswerAction::rate_limited, ErrorKind::rate_limited}},
                                     {"skip_item", {AnswerAction::skip_item, ErrorKind::schema}},
                                     {"refresh_auth", {AnswerAction::refresh_auth, ErrorKind::auth}},
                                     {"narrow_window", {AnswerAction::narrow_window, ErrorKind::schema}},
                                     {"shrink_page", {AnswerAction::shrink_page, ErrorKind::schema}},
                                     {"partial", {AnswerAction::partial, ErrorKind::schema}}}}};

Status action_word(const Yaml& node, AnswerRule& into) {
  const auto known = read_word(node, actions);
  if (!known) return std::unexpected(known.error());
  into.action = known->action;
  into.kind = known->kind;
  return {};
}

constexpr auto answer_keys = std::to_array<Key<AnswerRule>>({
    {"action", "what is done; there is no \"pretend empty\"", {action_word, keys::Joined<actions>::form}, true},
    {"class", "class of the error", keys::word<&AnswerRule::kind, classes>},
    {"say", "what is wrong, one clause", keys::text<&AnswerRule::say>},
    {"mend", "what to do, one clause; name the rights", keys::text<&AnswerRule::mend>},
    {"when", "conditions on the answer's body", when_of<&AnswerRule::when>},
    {"header", "the rule fits when this header is there", keys::text<&AnswerRule::header>},
    {"pattern", "… and holds what this expression (RE2) finds", keys::text<&AnswerRule::pattern>},
    {"detail", "pointer of the tool's own sentence, said behind say", path_of<&AnswerRule::detail>},
});

Status answer_rule(const Yaml& node, AnswerRule& into) {
  if (auto read = read_keys<AnswerRule>(node, into, answer_keys); !read) return read;
  if (into.action == AnswerAction::partial && into.say.empty())
    return std::unexpected(node.wrong("partial needs say, which is what the coverage says is missing"));
  if (into.pattern.empty()) return {};
  if (into.header.empty())
    return std::unexpected(node.wrong("pattern is looked for in a header, and none is named", "add header, or write it in when"));
  auto made = Pattern::compile(into.pattern, "");
  if (!made) return std::unexpected(node.wrong(made.error().what, made.error().mend));
  into.compiled = std::move(*made);
  return {};
}

Result<int> status_of(const std::string& key, const Yaml& node) {
  const bool digit = key.size() == 3 && key[0] >= '1' && key[0] <= '5';
  if (digit && key.ends_with("xx")) return key[0] - '0';
  if (digit && key.find_first_not_of("0123456789") == std::string::npos) return std::stoi(key);
  return std::unexpected(node.wrong("\"" + key + "\" is no HTTP status", "write three digits, or 2xx, 3xx, 4xx or 5xx"));
}

Status path(const Yaml& node, RequestSpec& into) {
  auto text = node.as_string();
  if (!text) return std::unexpected(text.error());
  if (text->empty() || text->front() != '/' || text->find('?') != std::string::npos) {
    return std::unexpected(node.wrong("a path begins with \"/\" and holds no \"?\"", "put what follows the \"?\" under query"));
  }
  into.path = *text;
  return {};
}

constexpr auto all_request_keys = std::to_array<Key<RequestSpec>>({
    {"method", "GET (default) or, with reads: true, POST", keys::text<&RequestSpec::method>},
    {"reads", "true: this POST changes nothing", keys::flag<&RequestSpec::reads>},
    {"path", "below the source's address", {path, {}}, true},
    {"query", "names and values; values are percent-encoded", pairs_of<&RequestSpec::query>},
    {"headers", "names and values", pairs_of<&RequestSpec::headers>},
    {"body", "of a POST; JSON, in which placeholders are escaped, unless headers say another Content-Type", keys::text<&RequestSpec::body>},
    {"form", "of a POST, instead of body: names and values, sent as a form", pairs_of<&RequestSpec::form>},
    {"answers",
     "what an HTTP status means for this request, before the connector's own",
     {[](const Yaml& node, RequestSpec& into) { return answers(node, into.answers); }, {Form::Is::by_status, "answer"}}},
});

}  // namespace

Status pairs(const Yaml& node, TextPairs& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("this is a map of names and texts"));
  for (const auto& [key, member] : node.members()) {
    auto text = member.as_string();
    if (!text) return std::unexpected(text.error());
    into.emplace_back(key, *text);
  }
  return {};
}

std::span<const Key<RequestSpec>> request_keys() { return all_request_keys; }

Status answers(const Yaml& node, Answers& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("answers is a map of HTTP statuses"));
  for (const auto& [key, member] : node.members()) {
    const auto status = status_of(key, member);
    if (!status) return std::unexpected(status.error());
    auto& rules = into[*status];
    if (member.is_list()) {
      if (auto read = list_of<AnswerRule>(member, rules, answer_rule); !read) return read;
    } else if (auto read = answer_rule(member, rules.emplace_back()); !read) {
      return read;
    }
    const bool partial = std::ranges::count(rules, AnswerAction::partial, &AnswerRule::action) > 0;
    if (partial && *status != 2 && *status / 100 != 2)
      return std::unexpected(
          member.wrong("partial is of an answer that is read, and " + key + " is none", "write it under 2xx or 206, or another action"));
  }
  return {};
}

Status checked_request(const Yaml& node, const RequestSpec& request) {
  if (request.method != "GET" && request.method != "POST")
    return std::unexpected(node.wrong("method \"" + request.method + "\" is not sent", "write GET, or POST with reads: true"));
  if (request.method == "POST" && !request.reads)
    return std::unexpected(node.wrong("a POST may change something", "write reads: true when the tool's documentation says that it only reads"));
  if (request.method == "GET" && (!request.body.empty() || !request.form.empty()))
    return std::unexpected(node.wrong("a GET carries no body", "write method: POST and reads: true, or put it under query"));
  if (!request.body.empty() && !request.form.empty()) return std::unexpected(node.wrong("a request has a body or a form, not both"));
  return {};
}

Status request(const Yaml& node, RequestSpec& into) {
  if (auto read = read_keys<RequestSpec>(node, into, all_request_keys); !read) return read;
  return checked_request(node, into);
}

void request_sections(Sections& into) {
  into.push_back(section<RequestSpec>("request", "one question to the tool", all_request_keys));
  into.push_back(section<AnswerRule>("answer", "what an answer means", answer_keys));
}

}  // namespace akashi::reading
