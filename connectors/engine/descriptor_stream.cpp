#include <array>

#include "connectors/engine/descriptor_read.hpp"

namespace akashi::reading {

namespace {

constexpr Words<Shape, 5> shapes{"no shape",
                                 {{{"list", Shape::list},
                                   {"child", Shape::child},
                                   {"list_then_get", Shape::list_then_get},
                                   {"job", Shape::job},
                                   {"snapshot_diff", Shape::snapshot_diff}}}};

constexpr auto stream_keys = std::to_array<Key<StreamSpec>>({
    {"about", "what it brings", keys::text<&StreamSpec::about>},
    {"shape", "list; child: each record of the list is asked for by itself; list_then_get; job; snapshot_diff",
     keys::word<&StreamSpec::shape, shapes>},
    {"optional", "true: read only when the source names it under streams", keys::flag<&StreamSpec::optional>},
    {"single", "true: the answer itself is the one record", keys::flag<&StreamSpec::single>},
    {"null_is_empty", "true: null in place of the list is an empty list", keys::flag<&StreamSpec::null_is_empty>},
    {"needs",
     "pointers of what every record holds",
     {[](const Yaml& node, StreamSpec& into) { return list_of<std::string>(node, into.needs, pointer_text); }, {Form::Is::pointers}}},
    {"missing_max", "per cent of a page's records that may lack what is needed; default 20", keys::number<&StreamSpec::missing_max, 0, 100>},
    {"for_each", "a parameter: the stream is read once per value, which is {value}", keys::text<&StreamSpec::for_each>},
    {"checks",
     "questions before reading",
     {[](const Yaml& node, StreamSpec& into) { return checks(node, into.checks); }, {Form::Is::sections, "check"}}},
    {"request", "the list", request_of<&StreamSpec::request>, true},
    {"paging", "how the list goes on", {[](const Yaml& node, StreamSpec& into) { return paging(node, into.paging); }, {Form::Is::section, "paging"}}},
    {"records", "pointer of the list of records", list_path_of<&StreamSpec::records>, true},
    {"cursor",
     "the time that the stream is read along",
     {[](const Yaml& node, StreamSpec& into) { return cursor(node, into.cursor); }, {Form::Is::section, "cursor"}}},
    {"attach",
     "what belongs to the records and is asked for by their ids",
     {[](const Yaml& node, StreamSpec& into) { return attach(node, into.attach); }, {Form::Is::named, "attach"}}},
    {"child", "the request for one record, or for its children", {child, {Form::Is::section, "child"}}},
    {"get", "list_then_get: the records by their ids", {get, {Form::Is::section, "get"}}},
    {"job", "job: a search that the tool works on by itself", {job, {Form::Is::section, "job"}}},
    {"snapshot_diff", "snapshot_diff: what is compared with the poll before", {snapshot, {Form::Is::section, "snapshot_diff"}}},
    {"activity",
     "what all activities of the stream have in common",
     {[](const Yaml& node, StreamSpec& into) { return activity(node, into.common); }, {Form::Is::section, "activity"}}},
    {"activities",
     "which records are which activities",
     {[](const Yaml& node, StreamSpec& into) { return list_of<ActivitySpec>(node, into.activities, activity); }, {Form::Is::sections, "activity"}}},
    {"cases",
     "cases that the records tell of",
     {[](const Yaml& node, StreamSpec& into) { return list_of<CaseSpec>(node, into.cases, case_state); }, {Form::Is::sections, "case"}}},
    {"documents",
     "documents that the records are",
     {[](const Yaml& node, StreamSpec& into) { return list_of<DocumentSpec>(node, into.documents, document); }, {Form::Is::sections, "document"}}},
});

}  // namespace

Status stream(const Yaml& node, StreamSpec& into) { return read_keys<StreamSpec>(node, into, stream_keys); }

void stream_sections(Sections& into) {
  into.push_back(section<StreamSpec>("stream", "one list that is read", stream_keys));
  request_sections(into);
  paging_sections(into);
  shape_sections(into);
}

}  // namespace akashi::reading
