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

Status paging_kind(const Yaml& node, PagingSpec& into) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  constexpr std::array<std::pair<std::string_view, Paging>, 6> kinds{{{"none", Paging::none},
                                                                      {"page", Paging::page},
                                                                      {"offset", Paging::offset},
                                                                      {"id_after", Paging::id_after},
                                                                      {"next_url", Paging::next_url},
                                                                      {"keyset", Paging::keyset}}};
  for (const auto& [kind, value] : kinds) {
    if (*word == kind) {
      into.kind = value;
      return {};
    }
  }
  return std::unexpected(node.wrong("\"" + *word + "\" is no kind of paging", "write none, page, offset, id_after, next_url or keyset"));
}

constexpr auto paging_keys = std::to_array<Key<PagingSpec>>({
    {"kind", "none, page, offset, id_after, next_url or keyset (on the cursor's time)", paging_kind, true},
    {"limit", "records asked for in a page", keys::number<&PagingSpec::limit, 1, 10000>},
    {"pages_max", "pages of one poll; more is an error", keys::number<&PagingSpec::pages_max, 1, 1000000>},
    {"total", "pointer of the number of all records, null when the tool does not say", path_of<&PagingSpec::total>},
    {"next", "pointer of the next page's address", path_of<&PagingSpec::next>},
    {"id", "pointer of a record's id", path_of<&PagingSpec::id>},
    {"first", "id_after: what {position} is at first contact", keys::text<&PagingSpec::first>},
    {"after", "id_after: what {position} is behind {after}", keys::text<&PagingSpec::after>},
    {"from", "id_after: what {position} is from {after} on, for the proof that nothing is hidden", keys::text<&PagingSpec::from>},
    {"ascending", "what {order} is", keys::text<&PagingSpec::ascending>},
    {"descending", "what {order} is in that proof", keys::text<&PagingSpec::descending>},
    {"hidden", "what to do when rows are hidden from the reader", keys::text<&PagingSpec::hidden>},
});

struct CursorText {
  std::string field, format = "rfc3339", query_format, zone = "UTC";
  bool everything = false;
  Duration margin{}, overlap = std::chrono::minutes(10), lag = std::chrono::minutes(1);
};

constexpr auto cursor_keys = std::to_array<Key<CursorText>>({
    {"field", "pointer of the time in a record", path_of<&CursorText::field>, true},
    {"format", "rfc3339, epoch_s, epoch_ms or a pattern such as %Y-%m-%d %H:%M:%S", keys::text<&CursorText::format>},
    {"query_format", "the same for requests; default as format", keys::text<&CursorText::query_format>},
    {"zone", "zone of times without an offset; default UTC", keys::text<&CursorText::zone>},
    {"everything", "true: first contact reads all there is, as for documents, which stay in force", keys::flag<&CursorText::everything>},
    {"margin", "how much earlier first contact asks, where the tool reads times in the user's zone", keys::duration<&CursorText::margin>},
    {"overlap", "read again at every poll, for late arrivals", keys::duration<&CursorText::overlap>},
    {"lag", "what is younger is left to the next poll", keys::duration<&CursorText::lag>},
});

Status cursor(const Yaml& node, StreamSpec& into) {
  CursorText text;
  if (auto read = read_keys<CursorText>(node, text, cursor_keys); !read) return read;
  auto format = ClockFormat::named(text.format, text.zone);
  if (!format) return std::unexpected(node.wrong(format.error().what, format.error().mend));
  auto query = ClockFormat::named(text.query_format.empty() ? text.format : text.query_format, text.zone);
  if (!query) return std::unexpected(node.wrong(query.error().what, query.error().mend));
  into.cursor = {true, text.field, *format, *query, text.everything, text.margin, text.overlap, text.lag};
  return {};
}

constexpr auto child_keys = std::to_array<Key<ChildSpec>>({
    {"request", "asked for each record of the list", request_of<&ChildSpec::request>, true},
    {"record", "pointer of the record in the answer", path_of<&ChildSpec::record>},
    {"repeat", "pointer of a number N in the list's record: ask for {version} = 1 to N", path_of<&ChildSpec::repeat>},
    {"repeat_max", "at most so many, the newest", keys::number<&ChildSpec::repeat_max, 1, 10000>},
});

Status child(const Yaml& node, StreamSpec& into) {
  into.child.given = true;
  return read_keys<ChildSpec>(node, into.child, child_keys);
}

Status shape(const Yaml& node, StreamSpec& into) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  if (*word != "list" && *word != "child") return std::unexpected(node.wrong("\"" + *word + "\" is no shape", "write list or child"));
  into.child_shape = *word == "child";
  return {};
}

constexpr auto stream_keys = std::to_array<Key<StreamSpec>>({
    {"about", "what it brings", keys::text<&StreamSpec::about>},
    {"shape", "list, or child: each record of the list is asked for by itself", shape},
    {"for_each", "a parameter: the stream is read once per value, which is {value}", keys::text<&StreamSpec::for_each>},
    {"checks", "questions before reading", [](const Yaml& node, StreamSpec& into) { return checks(node, into.checks); }},
    {"request", "the list", request_of<&StreamSpec::request>, true},
    {"paging", "how the list goes on", [](const Yaml& node, StreamSpec& into) { return read_keys<PagingSpec>(node, into.paging, paging_keys); }},
    {"records", "pointer of the list of records", path_of<&StreamSpec::records>, true},
    {"cursor", "the time that the stream is read along", cursor, true},
    {"attach", "what belongs to the records and is asked for by their ids",
     [](const Yaml& node, StreamSpec& into) { return attach(node, into.attach); }},
    {"child", "the request for one record", child},
    {"activity", "what all activities of the stream have in common", [](const Yaml& node, StreamSpec& into) { return activity(node, into.common); }},
    {"activities", "which records are which activities",
     [](const Yaml& node, StreamSpec& into) { return list_of<ActivitySpec>(node, into.activities, activity); }},
    {"cases", "cases that the records tell of", [](const Yaml& node, StreamSpec& into) { return list_of<CaseSpec>(node, into.cases, case_state); }},
    {"documents", "documents that the records are",
     [](const Yaml& node, StreamSpec& into) { return list_of<DocumentSpec>(node, into.documents, document); }},
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

Status stream(const Yaml& node, StreamSpec& into) { return read_keys<StreamSpec>(node, into, stream_keys); }

std::string stream_reference() {
  return describe_keys<StreamSpec>("streams", stream_keys) + describe_keys<RequestSpec>("request", request_keys) +
         describe_keys<AnswerRule>("answers", answer_keys) + describe_keys<PagingSpec>("paging", paging_keys) +
         describe_keys<CursorText>("cursor", cursor_keys) + describe_keys<ChildSpec>("child", child_keys);
}

}  // namespace akashi::reading
