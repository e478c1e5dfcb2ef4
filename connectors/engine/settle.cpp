#include "connectors/engine/settle.hpp"

#include <functional>

#include "connectors/engine/placeholders.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::string_view nowhere = "\x1f";  // no tool has such a member

// Goes to every pointer of a stream.
class PathWalk {
 public:
  explicit PathWalk(std::function<void(std::string&)> visit) : visit_(std::move(visit)) {}

  void stream(StreamSpec& of) {
    list(of.records);
    for (auto& need : of.needs) visit_(need);
    visit_(of.cursor.field);
    paging(of.paging);
    for (auto& check : of.checks) each(check);
    for (auto& attach : of.attach) each(attach);
    child(of);
    each(of.common);
    for (auto& activity : of.activities) each(activity);
    for (auto& state : of.cases) each(state);
    for (auto& document : of.documents) each(document);
  }

 private:
  void list(ListPath& path) { visit_(path.path); }
  void pointer(Pointer& to) { visit_(to.path); }

  void conditions(std::vector<Condition>& all) {
    for (auto& one : all) {
      for (auto* spec : {&one.value, &one.same, &one.not_same}) value(*spec);
    }
  }

  void value(ValueSpec& spec) {
    if (spec.at) pointer(*spec.at);
    if (spec.or_at) pointer(*spec.or_at);
    if (spec.pick) {
      pointer(spec.pick->list);
      visit_(spec.pick->key);
      visit_(spec.pick->take);
    }
    conditions(spec.when);
    for (auto& part : spec.parts) value(part);
  }

  void paging(PagingSpec& of) {
    for (auto* path : {&of.total, &of.next, &of.id, &of.token, &of.more, &of.last, &of.sort}) visit_(*path);
  }

  void child(StreamSpec& of) {
    for (auto* path : {&of.child.record, &of.child.repeat, &of.get.id, &of.get.from, &of.job.id, &of.snapshot.id}) visit_(*path);
    if (of.child.records) list(*of.child.records);
    conditions(of.child.when);
    conditions(of.job.done);
    conditions(of.job.failed);
    paging(of.child.paging);
    list(of.get.records);
    for (auto& [name, path] : of.snapshot.watch) visit_(path);
  }

  void each(CheckSpec& of) {
    list(of.records);
    visit_(of.value);
    for (auto& over : of.over) pointer(over);
    conditions(of.when);
  }

  void each(AttachSpec& of) {
    for (auto& id : of.ids) value(id);
    list(of.records);
    visit_(of.key);
    value(of.text);
    each(of.its_case);
  }

  void each(CaseSpec& of) {
    conditions(of.when);
    for (auto* spec : {&of.id, &of.place, &of.type, &of.category, &of.status, &of.severity, &of.title, &of.owner, &of.merged_into, &of.opened,
                       &of.closed, &of.due, &of.url, &of.version}) {
      value(*spec);
    }
    for (auto& label : of.labels) value(label);
    for (auto& link : of.links) {
      if (link.list) pointer(*link.list);
      value(link.value);
    }
    list(of.fields.list);
    visit_(of.fields.value);
  }

  void each(DocumentSpec& of) {
    conditions(of.when);
    for (auto* spec : {&of.id, &of.title, &of.version, &of.author, &of.owner, &of.published, &of.url, &of.text}) value(*spec);
  }

  void each(ActivitySpec& of) {
    conditions(of.when);
    conditions(of.automation);
    for (auto& over : of.over) pointer(over);
    for (auto& event : of.event) value(event);
    for (auto* spec : {&of.kind, &of.object, &of.time, &of.actor, &of.case_id, &of.url, &of.subject_type, &of.subject_id, &of.status_before,
                       &of.status, &of.doc, &of.doc_version, &of.verdict, &of.text, &of.domain}) {
      value(*spec);
    }
    for (auto& label : of.labels) value(label);
  }

  std::function<void(std::string&)> visit_;
};

// RFC 6901.
std::string as_segment(const std::string& member) {
  std::string out;
  for (const char c : member) {
    if (c == '~') out += "~0";
    else if (c == '/') out += "~1";
    else out += c;
  }
  return out;
}

}  // namespace

std::set<std::string> named_in_pointers(const StreamSpec& stream) {
  std::set<std::string> names;
  auto copy = stream;
  PathWalk([&](std::string& path) {
    for (auto& name : placeholders_in(path)) names.insert(std::move(name));
  }).stream(copy);
  return names;
}

StreamSpec settled(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings) {
  Fillings with;
  for (const auto& parameter : connector.parameters) {
    const auto given = settings.params.find(parameter.name);
    const auto& values = given == settings.params.end() ? parameter.standard : given->second;
    with[parameter.name] = values.empty() || values.front().empty() ? std::string(nowhere) : as_segment(values.front());
  }
  auto made = stream;
  PathWalk([&](std::string& path) {
    if (path.find('{') != std::string::npos) path = fill(path, with);
  }).stream(made);
  return made;
}

}  // namespace akashi
