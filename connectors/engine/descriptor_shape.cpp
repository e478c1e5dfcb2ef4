// The shapes of a stream: what is done with a list before its records are read.
#include <algorithm>
#include <array>

#include "connectors/engine/descriptor_read.hpp"

namespace akashi::reading {

namespace {

Status children(const Yaml& node, ChildSpec& into) {
  into.records.emplace();
  return list_path(node, *into.records);
}

constexpr auto child_keys = std::to_array<Key<ChildSpec>>({
    {"request", "asked for each record of the list, which is {id}", request_of<&ChildSpec::request>, true},
    {"record", "pointer of the record in the answer", path_of<&ChildSpec::record>},
    {"repeat", "pointer of a number N in the list's record: ask for {version} = 1 to N", path_of<&ChildSpec::repeat>},
    {"repeat_max", "at most so many, the newest", keys::number<&ChildSpec::repeat_max, 1, 10000>},
    {"records",
     "instead of record: pointer of the list of its children; each is a record, the parent is one out (^)",
     {children, {Form::Is::pointer}}},
    {"paging",
     "how that list goes on: page, offset, token_in_body, next_url or link_header",
     {[](const Yaml& node, ChildSpec& into) { return paging(node, into.paging); }, {Form::Is::section, "paging"}}},
    {"when", "conditions on the list's record: only these are asked for", when_of<&ChildSpec::when>},
    {"also_parent", "true: entries with of: parent read the parent too", keys::flag<&ChildSpec::also_parent>},
});

constexpr auto get_keys = std::to_array<Key<GetSpec>>({
    {"request", "asked with {ids}, or with {id} one by one", request_of<&GetSpec::request>, true},
    {"from", "pointer of the id in an element of the list; default the element itself", path_of<&GetSpec::from>},
    {"each", "how one {id} is written in {ids}; default {id}", keys::text<&GetSpec::each>},
    {"join", "what stands between them; default a comma", keys::text<&GetSpec::join>},
    {"chunk", "ids in one request", keys::number<&GetSpec::chunk, 1, 10000>},
    {"records", "pointer of the records", list_path_of<&GetSpec::records>, true},
    {"id", "pointer of a record's id", path_of<&GetSpec::id>, true},
});

constexpr auto job_keys = std::to_array<Key<JobSpec>>({
    {"submit", "begins it", request_of<&JobSpec::submit>, true},
    {"id", "pointer of its id in the answer, which is {job}", path_of<&JobSpec::id>, true},
    {"status", "asks how far it is", request_of<&JobSpec::status>, true},
    {"done", "conditions on that answer: the results can be read", when_of<&JobSpec::done>, true},
    {"failed", "conditions on that answer: it will never be done", when_of<&JobSpec::failed>},
    {"wait", "before it is asked again", keys::duration<&JobSpec::wait>},
    {"wait_max", "after which it is given up", keys::duration<&JobSpec::wait_max>},
});

Status watch(const Yaml& node, SnapshotSpec& into) {
  if (!node.is_map() || node.members().empty()) return std::unexpected(node.wrong("watch is a map of names and pointers"));
  for (const auto& [key, member] : node.members()) {
    std::string path;
    if (auto read = pointer_text(member, path); !read) return read;
    into.watch.emplace_back(key, std::move(path));
  }
  return {};
}

constexpr auto snapshot_keys = std::to_array<Key<SnapshotSpec>>({
    {"id", "pointer of an object's id", path_of<&SnapshotSpec::id>, true},
    {"watch", "names and pointers of what is compared", {watch, {Form::Is::pairs}}, true},
    {"forget", "names of an object's members that are not kept until the next poll: its texts", keys::texts<&SnapshotSpec::forget>},
    {"changes_only", "true: the list holds only what was changed; what is not in it is as it was", keys::flag<&SnapshotSpec::changes_only>},
    {"objects_max", "more objects are an error", keys::number<&SnapshotSpec::objects_max, 1, 1000000>},
});

}  // namespace

Status child(const Yaml& node, StreamSpec& into) {
  into.child.given = true;
  return read_keys<ChildSpec>(node, into.child, child_keys);
}

Status get(const Yaml& node, StreamSpec& into) {
  into.get.given = true;
  return read_keys<GetSpec>(node, into.get, get_keys);
}

Status job(const Yaml& node, StreamSpec& into) {
  into.job.given = true;
  return read_keys<JobSpec>(node, into.job, job_keys);
}

Status snapshot(const Yaml& node, StreamSpec& into) {
  into.snapshot.given = true;
  return read_keys<SnapshotSpec>(node, into.snapshot, snapshot_keys);
}

namespace {

std::optional<Complaint> wrong_child(const StreamSpec& stream) {
  const auto& child = stream.child;
  const bool many = child.records.has_value();
  if (many && (!child.record.empty() || !child.repeat.empty())) return Complaint{"a child has record or records, not both", {}};
  if (!many && (child.also_parent || child.paging.kind != Paging::none)) return Complaint{"also_parent and paging of a child need records", {}};
  switch (child.paging.kind) {
    case Paging::none:
    case Paging::page:
    case Paging::offset:
    case Paging::token_in_body:
    case Paging::next_url:
    case Paging::link_header:
      break;
    default:
      return Complaint{"children are not read like this", "write none, page, offset, token_in_body, next_url or link_header"};
  }
  if (auto wrong = wrong_paging(child.paging, child.request)) return wrong;
  const auto of_parent = [](const auto& all) { return std::ranges::any_of(all, [](const auto& one) { return one.of_parent; }); };
  if (of_parent(stream.activities) && !child.also_parent) return Complaint{"activities of: parent need also_parent: true under child", {}};
  if (!many && (of_parent(stream.cases) || of_parent(stream.documents))) return Complaint{"of: parent needs a child with records", {}};
  return std::nullopt;
}

}  // namespace

std::optional<Complaint> wrong_shape(const StreamSpec& stream) {
  const auto shape = stream.shape;
  if ((shape == Shape::child) != stream.child.given) return Complaint{"shape child and the key child belong together", {}};
  if ((shape == Shape::list_then_get) != stream.get.given) return Complaint{"shape list_then_get and the key get belong together", {}};
  if ((shape == Shape::job) != stream.job.given) return Complaint{"shape job and the key job belong together", {}};
  if ((shape == Shape::snapshot_diff) != stream.snapshot.given) return Complaint{"shape snapshot_diff and the key snapshot_diff belong together", {}};
  if (shape != Shape::snapshot_diff && !stream.cursor.given)
    return Complaint{"the key \"cursor\" is missing", "it says the time that the stream is read along"};
  if (stream.get.given && !fills_in(stream.get.request, "ids") && (stream.get.chunk != 1 || !fills_in(stream.get.request, "id")))
    return Complaint{"the request under get does not hold {ids}", "write it there, or chunk: 1 and {id}"};
  if (stream.job.given && (!fills_in(stream.request, "job") || !fills_in(stream.job.status, "job")))
    return Complaint{"status and request of a job hold {job}", {}};
  if (stream.single && (stream.paging.kind != Paging::none || !stream.records.path.empty()))
    return Complaint{"single: true is one answer that is the record itself", "write records: \"\" and no paging"};
  return wrong_child(stream);
}

void shape_sections(Sections& into) {
  into.push_back(section<ChildSpec>("child", "what is asked for each record of the list", child_keys));
  into.push_back(section<GetSpec>("get", "the records by their ids", get_keys));
  into.push_back(section<JobSpec>("job", "a search that the tool works on by itself", job_keys));
  into.push_back(section<SnapshotSpec>("snapshot_diff", "what is compared with the poll before", snapshot_keys));
}

}  // namespace akashi::reading
