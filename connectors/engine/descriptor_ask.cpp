// Checks and attachments of a stream, lookups of a connector: everything that is asked beside the list.
#include <array>

#include "connectors/engine/descriptor_read.hpp"

namespace akashi::reading {

namespace {

Status attached_case(const Yaml& node, AttachSpec& into) { return case_state(node, into.its_case); }

constexpr auto attach_keys = std::to_array<Key<AttachSpec>>({
    {"ids", "the ids to ask for, found in each record", values_of<&AttachSpec::ids>, true},
    {"each", "how one {id} is written in {ids}; default {id}", keys::text<&AttachSpec::each>},
    {"join", "what stands between them; default a comma", keys::text<&AttachSpec::join>},
    {"chunk", "ids in one request", keys::number<&AttachSpec::chunk, 1, 1000>},
    {"request", "asked with {ids}; with {page}, page after page while they are full", request_of<&AttachSpec::request>, true},
    {"records", "pointer of the rows", list_path_of<&AttachSpec::records>, true},
    {"key", "pointer of a row's id", path_of<&AttachSpec::key>, true},
    {"adds", "true: the rows are records too, such as a ticket's past when it comes into sight", keys::flag<&AttachSpec::adds>},
    {"text", "text of a row; several rows of one id are joined", value_of<&AttachSpec::text>},
    {"case", "each row is a case as it is now", {attached_case, {Form::Is::section, "case"}}},
    {"about",
     "what it brings",
     {[](const Yaml& node, AttachSpec&) -> Status {
        auto text = node.as_string();
        if (!text) return std::unexpected(text.error());
        return {};
      },
      {}}},
});

Status at_least(const Yaml& node, CheckSpec& into) {
  auto count = node.as_integer(1, 1000000);
  if (!count) return std::unexpected(count.error());
  into.at_least = static_cast<int>(*count);
  return {};
}

Status found_value(const Yaml& node, CheckSpec& into) {
  const auto text = node.as_string();
  if (text && *text == "#") return into.value = *text, Status{};
  return pointer_text(node, into.value);
}

Status at_most(const Yaml& node, CheckSpec& into) {
  auto count = node.as_integer(0, 1000000);
  if (!count) return std::unexpected(count.error());
  into.at_most = static_cast<int>(*count);
  return {};
}

Status then(const Yaml& node, CheckSpec& into) {
  into.then.emplace();
  return request(node, *into.then);
}

constexpr auto check_keys = std::to_array<Key<CheckSpec>>({
    {"about", "what it makes sure of", keys::text<&CheckSpec::about>, true},
    {"for_each", "a parameter: asked once per value, which is {value}", keys::text<&CheckSpec::for_each>},
    {"request", "the question", request_of<&CheckSpec::request>, true},
    {"records", "pointer of the answer's records", list_path_of<&CheckSpec::records>, true},
    {"when", "which records count", when_of<&CheckSpec::when>},
    {"over",
     "lists inside the records to go into",
     {[](const Yaml& node, CheckSpec& into) { return list_of<Pointer>(node, into.over, list_pointer); }, {Form::Is::far_pointers}}},
    {"value", "pointer of the value in each; \"#\" is the name of the member that a record stands at", {found_value, {Form::Is::far_pointer}}},
    {"holds", "a parameter whose values must be among them", keys::text<&CheckSpec::holds>},
    {"at_least", "how many records there must be", {at_least, {Form::Is::number, {}, 1, 1000000}}},
    {"at_most", "how many there may be", {at_most, {Form::Is::number, {}, 0, 1000000}}},
    {"then", "asked for each value, as {id}; each answer's then_values count", {then, {Form::Is::section, "request"}}},
    {"then_values", "pointer of the list of words in that answer", path_of<&CheckSpec::then_values>},
    {"must", "words that must be among those", keys::texts<&CheckSpec::must>},
    {"say", "what is wrong otherwise; {value} is what is missing", keys::text<&CheckSpec::say>, true},
    {"mend", "what to do", keys::text<&CheckSpec::mend>, true},
});

}  // namespace

Status attach(const Yaml& node, std::vector<AttachSpec>& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("attach is a map of names"));
  for (const auto& [key, member] : node.members()) {
    AttachSpec made;
    made.name = key;
    if (auto read = read_keys<AttachSpec>(member, made, attach_keys); !read) return read;
    into.push_back(std::move(made));
  }
  return {};
}

Status checks(const Yaml& node, std::vector<CheckSpec>& into) {
  return list_of<CheckSpec>(node, into, [](const Yaml& item, CheckSpec& made) { return read_keys<CheckSpec>(item, made, check_keys); });
}

void ask_sections(Sections& into) {
  into.push_back(section<AttachSpec>("attach", "what belongs to the records", attach_keys));
  into.push_back(section<CheckSpec>("check", "one question before reading", check_keys));
}

}  // namespace akashi::reading
