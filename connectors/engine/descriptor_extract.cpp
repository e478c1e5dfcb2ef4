#include <algorithm>
#include <array>

#include "connectors/engine/descriptor_read.hpp"
#include "core/vocabulary.hpp"

namespace akashi::reading {

namespace {

Status field_name(const Yaml& node, FieldsSpec& into) {
  if (!node.is_scalar() || node.text() != "#") return pointer_text(node, into.name);
  into.name = "#";
  return {};
}

template <class T>
Status of_parent(const Yaml& node, T& into) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  if (*word != "parent") return std::unexpected(node.wrong("\"" + *word + "\" is nothing that an entry is of", "write parent, or leave it out"));
  into.of_parent = true;
  return {};
}

constexpr auto field_keys = std::to_array<Key<FieldsSpec>>({
    {"list", "pointer of the list", list_path_of<&FieldsSpec::list>, true},
    {"name", "pointer of an element's name; \"#\" where the list is the members of an object", {field_name, {Form::Is::far_pointer}}, true},
    {"value", "pointer of its value; several become lines", path_of<&FieldsSpec::value>, true},
    {"each", "where a value is an object, or a list of them: pointer of its text", path_of<&FieldsSpec::each>},
});

template <class T>
Status fields(const Yaml& node, T& into) {
  into.fields.given = true;
  return read_keys<FieldsSpec>(node, into.fields, field_keys);
}

constexpr auto link_keys = std::to_array<Key<LinkSpec>>({
    {"list",
     "pointer of a list: one link per element",
     {[](const Yaml& node, LinkSpec& into) {
        into.list.emplace();
        return list_pointer(node, *into.list);
      },
      {Form::Is::far_pointer}}},
    {"value", "the case's id, read in the element", value_of<&LinkSpec::value>, true},
});

Status link(const Yaml& node, LinkSpec& into) { return read_keys<LinkSpec>(node, into, link_keys); }

constexpr auto case_keys = std::to_array<Key<CaseSpec>>({
    {"of", "parent: read from a child's parent, once", {of_parent<CaseSpec>, {Form::Is::word, "parent"}}},
    {"when", "conditions that the record has to fulfil", when_of<&CaseSpec::when>},
    {"id", "the case's id within the source", value_of<&CaseSpec::id>, true},
    {"place", "queue, project, tracker: what the organisation's map calls place", value_of<&CaseSpec::place>},
    {"type", "type", value_of<&CaseSpec::type>},
    {"category", "category", value_of<&CaseSpec::category>},
    {"status", "status, the tool's own word", value_of<&CaseSpec::status>},
    {"severity", "severity or priority, the tool's own word", value_of<&CaseSpec::severity>},
    {"title", "title", value_of<&CaseSpec::title>},
    {"owner", "the account of its owner", value_of<&CaseSpec::owner>},
    {"labels", "labels", values_of<&CaseSpec::labels>},
    {"links",
     "cases it is related to",
     {[](const Yaml& node, CaseSpec& into) { return list_of<LinkSpec>(node, into.links, link); }, {Form::Is::sections, "link"}}},
    {"fields", "custom fields by name", {fields<CaseSpec>, {Form::Is::section, "fields"}}},
    {"merged_into", "id of the case that it became part of", value_of<&CaseSpec::merged_into>},
    {"opened", "time", value_of<&CaseSpec::opened>},
    {"closed", "time", value_of<&CaseSpec::closed>},
    {"due", "time", value_of<&CaseSpec::due>},
    {"url", "address for people", value_of<&CaseSpec::url>},
    {"version", "the tool's mark of its last change", value_of<&CaseSpec::version>},
});

constexpr auto document_keys = std::to_array<Key<DocumentSpec>>({
    {"of", "parent: read from a child's parent, once", {of_parent<DocumentSpec>, {Form::Is::word, "parent"}}},
    {"when", "conditions that the record has to fulfil", when_of<&DocumentSpec::when>},
    {"id", "the document's id within the source", value_of<&DocumentSpec::id>, true},
    {"title", "title", value_of<&DocumentSpec::title>, true},
    {"version", "version", value_of<&DocumentSpec::version>, true},
    {"author", "the account or name of this version's author", value_of<&DocumentSpec::author>},
    {"owner", "the account or name of its owner", value_of<&DocumentSpec::owner>},
    {"published", "time of this version", value_of<&DocumentSpec::published>, true},
    {"url", "address for people", value_of<&DocumentSpec::url>},
    {"text", "what is written in it; read for its head, then dropped", value_of<&DocumentSpec::text>},
    {"labels", "labels; services, role and state may stand in them", values_of<&DocumentSpec::labels>},
    {"fields", "custom fields by name; read like lines of its head, before the text", {fields<DocumentSpec>, {Form::Is::section, "fields"}}},
});

Status over(const Yaml& node, ActivitySpec& into) { return list_of<Pointer>(node, into.over, list_pointer); }

Status kind(const Yaml& node, ActivitySpec& into) {
  if (auto read = value(node, into.kind); !read) return read;
  if (!into.kind.at && !is_activity_kind(into.kind.constant)) {
    const auto near = nearest(into.kind.constant, activity_kinds());
    return std::unexpected(node.wrong("\"" + into.kind.constant + "\" is no kind of activity", near.empty() ? "" : "did you mean \"" + near + "\"?"));
  }
  return {};
}

constexpr auto activity_keys = std::to_array<Key<ActivitySpec>>({
    {"about", "what it is", keys::text<&ActivitySpec::about>},
    {"when", "conditions; the first entry that fits a record is taken", when_of<&ActivitySpec::when>},
    {"of", "parent: read from a child's parent, once", {of_parent<ActivitySpec>, {Form::Is::word, "parent"}}},
    {"automation", "conditions; when they hold the actor is automation, whatever the roster says", when_of<&ActivitySpec::automation>},
    {"over", "lists to go into, each inside the one before", {over, {Form::Is::far_pointers}}},
    {"also", "true: entries after this one are tried too", keys::flag<&ActivitySpec::also>},
    {"reject", "no activity, for this reason", keys::text<&ActivitySpec::reject>},
    {"elsewhere", "true: no activity here; entries that go into its lists say what it is", keys::flag<&ActivitySpec::elsewhere>},
    {"kind", "kind of activity, noun.verb", {kind, {Form::Is::value, "value"}}},
    {"object", "the record's own thing, second part of the uid", value_of<&ActivitySpec::object>},
    {"event", "what tells this event from others of that thing, last part of the uid", values_of<&ActivitySpec::event>},
    {"time", "when it was done", value_of<&ActivitySpec::time>},
    {"actor", "the account of who did it", value_of<&ActivitySpec::actor>},
    {"case", "id of the case it was done on", value_of<&ActivitySpec::case_id>},
    {"url", "address for people", value_of<&ActivitySpec::url>},
    {"subject_type", "person, document, host …", value_of<&ActivitySpec::subject_type>},
    {"subject_id", "its id; a person's account", value_of<&ActivitySpec::subject_id>},
    {"domain", "network, endpoint, cloud, siem, deep-analysis, ticketing, cdc", value_of<&ActivitySpec::domain>},
    {"status_before", "of a status move", value_of<&ActivitySpec::status_before>},
    {"status", "of a status move", value_of<&ActivitySpec::status>},
    {"document", "reference of the document", value_of<&ActivitySpec::doc>},
    {"document_version", "its version", value_of<&ActivitySpec::doc_version>},
    {"verdict", "approved or refused", value_of<&ActivitySpec::verdict>},
    {"labels", "labels", values_of<&ActivitySpec::labels>},
    {"text", "what was written; read for references, then dropped", value_of<&ActivitySpec::text>},
});

}  // namespace

Status activity(const Yaml& node, ActivitySpec& into) { return read_keys<ActivitySpec>(node, into, activity_keys); }

Status case_state(const Yaml& node, CaseSpec& into) {
  into.given = true;
  return read_keys<CaseSpec>(node, into, case_keys);
}

Status document(const Yaml& node, DocumentSpec& into) {
  into.given = true;
  return read_keys<DocumentSpec>(node, into, document_keys);
}

void extract_sections(Sections& into) {
  into.push_back(section<ActivitySpec>("activity", "which records are which activities", activity_keys));
  into.push_back(section<CaseSpec>("case", "a case as it is now", case_keys));
  into.push_back(section<FieldsSpec>("fields", "custom fields by name", field_keys));
  into.push_back(section<LinkSpec>("link", "cases it is related to", link_keys));
  into.push_back(section<DocumentSpec>("document", "a document in one version", document_keys));
}

}  // namespace akashi::reading
