#include <array>

#include "connectors/engine/descriptor_read.hpp"

namespace akashi::reading {

namespace {

Status kind_word(const Yaml& node, ErrorKind& into) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  for (const auto kind :
       {ErrorKind::config, ErrorKind::auth, ErrorKind::permission, ErrorKind::rate_limited, ErrorKind::transient, ErrorKind::schema}) {
    if (*word == name(kind)) {
      into = kind;
      return {};
    }
  }
  return std::unexpected(node.wrong("\"" + *word + "\" is no class of error", "write config, auth, permission, rate_limited, transient or schema"));
}

Status action_word(const Yaml& node, AnswerRule& into) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  if (*word == "fail") into.action = AnswerAction::fail;
  else if (*word == "retry") into.action = AnswerAction::retry, into.kind = ErrorKind::transient;
  else if (*word == "rate_limited") into.action = AnswerAction::rate_limited, into.kind = ErrorKind::rate_limited;
  else if (*word == "skip_item") into.action = AnswerAction::skip_item;
  else return std::unexpected(node.wrong("\"" + *word + "\" is no action", "write fail, retry, rate_limited or skip_item"));
  return {};
}

constexpr auto answer_keys = std::to_array<Key<AnswerRule>>({
    {"action", "fail, retry, rate_limited or skip_item; there is no \"pretend empty\"", action_word, true},
    {"class", "class of the error", [](const Yaml& node, AnswerRule& into) { return kind_word(node, into.kind); }},
    {"say", "what is wrong, one clause", keys::text<&AnswerRule::say>},
    {"mend", "what to do, one clause; name the rights", keys::text<&AnswerRule::mend>},
});

Status pairs(const Yaml& node, std::vector<std::pair<std::string, std::string>>& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("this is a map of names and texts"));
  for (const auto& [key, member] : node.members()) {
    auto text = member.as_string();
    if (!text) return std::unexpected(text.error());
    into.emplace_back(key, *text);
  }
  return {};
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

constexpr auto request_keys = std::to_array<Key<RequestSpec>>({
    {"method", "GET (default) or, with reads: true, POST", keys::text<&RequestSpec::method>},
    {"reads", "true: this POST changes nothing", keys::flag<&RequestSpec::reads>},
    {"path", "below the source's address", path, true},
    {"query", "names and values; values are percent-encoded", [](const Yaml& node, RequestSpec& into) { return pairs(node, into.query); }},
    {"headers", "names and values", [](const Yaml& node, RequestSpec& into) { return pairs(node, into.headers); }},
    {"body", "of a POST", keys::text<&RequestSpec::body>},
    {"answers", "what an HTTP status means for this request, before the connector's own",
     [](const Yaml& node, RequestSpec& into) { return answers(node, into.answers); }},
});

}  // namespace

Status answers(const Yaml& node, std::map<int, AnswerRule>& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("answers is a map of HTTP statuses"));
  for (const auto& [key, member] : node.members()) {
    if (key.size() != 3 || key.find_first_not_of("0123456789") != std::string::npos) {
      return std::unexpected(member.wrong("\"" + key + "\" is no HTTP status", "write three digits"));
    }
    if (auto read = read_keys<AnswerRule>(member, into[std::stoi(key)], answer_keys); !read) return read;
  }
  return {};
}

Status request(const Yaml& node, RequestSpec& into) {
  if (auto read = read_keys<RequestSpec>(node, into, request_keys); !read) return read;
  if (into.method != "GET" && into.method != "POST")
    return std::unexpected(node.wrong("method \"" + into.method + "\" is not sent", "write GET, or POST with reads: true"));
  if (into.method == "POST" && !into.reads)
    return std::unexpected(node.wrong("a POST may change something", "write reads: true when the tool's documentation says that it only reads"));
  return {};
}

std::string request_reference() { return describe_keys<RequestSpec>("request", request_keys) + describe_keys<AnswerRule>("answers", answer_keys); }

}  // namespace akashi::reading
