#include <array>

#include "connectors/engine/descriptor_read.hpp"

namespace akashi::reading {

namespace {

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
    {"paging", "how the list goes on", [](const Yaml& node, StreamSpec& into) { return paging(node, into.paging); }},
    {"records", "pointer of the list of records", path_of<&StreamSpec::records>, true},
    {"cursor", "the time that the stream is read along", [](const Yaml& node, StreamSpec& into) { return cursor(node, into.cursor); }, true},
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

Status stream(const Yaml& node, StreamSpec& into) { return read_keys<StreamSpec>(node, into, stream_keys); }

std::string stream_reference() {
  return describe_keys<StreamSpec>("streams", stream_keys) + request_reference() + paging_reference() + describe_keys<ChildSpec>("child", child_keys);
}

}  // namespace akashi::reading
