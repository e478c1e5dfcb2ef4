#include "connectors/engine/extract.hpp"

#include <algorithm>
#include <set>

#include "connectors/engine/lists.hpp"
#include "core/digest.hpp"

namespace akashi {

namespace {

constexpr std::size_t judged_records_min = 5;  // fewer say nothing about the tool

bool same_lists(const std::vector<Pointer>& a, const std::vector<Pointer>& b) {
  return std::ranges::equal(
      a, b, [](const Pointer& one, const Pointer& other) { return one.up == other.up && one.path == other.path && one.members == other.members; });
}

// A field's value; of an object, or of each in a list of them, what `each` points at.
std::optional<std::string> field_value(const JsonValue& value, const std::string& each) {
  if (each.empty()) return text_of(value);
  if (value.is(JsonKind::object)) return text_of(value.at(each));
  if (!value.is(JsonKind::array)) return text_of(value);
  std::string lines;
  for (const auto element : value.elements()) {
    const auto line = field_value(element, each);
    if (line && !line->empty()) lines += (lines.empty() ? "" : "\n") + *line;
  }
  return lines;
}

class Extractor {
 public:
  Extractor(const Extraction& how, Values& values, Page& page) : how_(how), values_(values), page_(page) {}

  Status all(const Records& records) {
    const bool parents = how_.stream.child.also_parent;
    for (const auto& parent : records.parents) {
      Levels levels(1, parent);
      if (parents) judge(levels, true);
      else one(levels, true);
    }
    for (std::size_t i = 0; i < records.all.size(); ++i) {
      if (how_.stream.shape == Shape::snapshot_diff && !is_event(records.all[i])) continue;
      auto levels = records.levels(i);
      judge(levels, false);
    }
    if (judged_ < judged_records_min || lacking_records_ * 100 <= judged_ * static_cast<std::uint64_t>(how_.stream.missing_max)) return {};
    return fail(ErrorKind::schema, how_.source.name + "/" + how_.stream.name,
                std::to_string(lacking_records_) + " of " + std::to_string(judged_) + " records lack a field that is needed (" + lacked_ + ")",
                "the tool's answers have another shape than connector.yaml says; see whether its version is supported");
  }

  void case_of(const CaseSpec& spec, const Levels& levels);

 private:
  void judge(Levels& levels, bool parent);
  void one(Levels& levels, bool parent);
  [[nodiscard]] bool has(const JsonValue& record, const std::string& needed) const;
  bool is_event(const JsonValue& record);
  void mark_observed(const ValueSpec& when, const Levels& levels, Activity& made) const;
  void elements(const std::vector<Pointer>& over, std::size_t depth, Levels& levels);
  bool judged(const std::vector<Pointer>& over, const Levels& levels);
  void links_of(const LinkSpec& spec, const Levels& levels, CaseState& into);
  void build(const ActivitySpec& spec, const Levels& levels);
  void document(const DocumentSpec& spec, const Levels& levels);
  void reject(const std::string& reason) { ++page_.manifest.rejected[reason]; }
  void lack(const std::string& field) {
    lacking_ = true;
    lacked_ = field;
    reject("no " + field);
  }

  [[nodiscard]] std::string text(const ValueSpec& spec, const Levels& levels) { return values_.read(spec, levels).value_or(""); }
  // The activity's own value, or what all of the stream have in common.
  [[nodiscard]] std::string text(const ValueSpec& own, const ValueSpec& common, const Levels& levels) {
    return text(own.given ? own : common, levels);
  }
  [[nodiscard]] std::optional<Instant> time(const ValueSpec& spec, const Levels& levels) { return values_.read_time(spec, levels, how_.clock); }
  [[nodiscard]] std::string in_source(const ValueSpec& spec, const Levels& levels) {
    const auto id = values_.read(spec, levels);
    return id ? how_.source.name + ":" + *id : "";
  }
  [[nodiscard]] std::vector<std::string> list(const std::vector<ValueSpec>& specs, const Levels& levels) {
    std::vector<std::string> all;
    for (const auto& spec : specs) {
      if (auto one = values_.read(spec, levels)) all.push_back(std::move(*one));
    }
    return all;
  }
  [[nodiscard]] std::vector<std::string> labels(const std::vector<ValueSpec>& specs, const Levels& levels) {
    std::vector<std::string> all;
    for (const auto& spec : specs) values_.read_each(spec, levels, all);
    return all;
  }
  [[nodiscard]] static std::map<std::string, std::string> fields(const FieldsSpec& spec, const Levels& levels);
  [[nodiscard]] std::string unique_uid(std::string uid) {
    const std::string plain = uid;
    for (int again = 2; !uids_.insert(uid).second; ++again) uid = plain + "~" + std::to_string(again);
    return uid;
  }

  const Extraction& how_;
  Values& values_;
  Page& page_;
  std::set<std::string> uids_;  // of the record at hand
  std::size_t outer_ = 0;       // records around it
  bool parent_ = false;         // it is one of those
  bool lacking_ = false;
  std::string lacked_;
  std::uint64_t judged_ = 0, lacking_records_ = 0;
};

// What is compared with the poll before: cases are made of the object, once; what only changed otherwise is no event.
bool Extractor::is_event(const JsonValue& record) {
  if (!record.member("lead").is_missing()) {
    for (const auto& spec : how_.stream.cases) case_of(spec, {record, record.member("object")});
  }
  return record.member("event").text() != "kept";
}

// Seen by comparing, so it was done at some time since the poll before.
void Extractor::mark_observed(const ValueSpec& when, const Levels& levels, Activity& made) const {
  if (how_.stream.shape != Shape::snapshot_diff || !when.at || when.at->path != "/at") return;
  made.labels.emplace_back("observed");
  if (const auto from = text_of(levels.front().member("from"))) made.observed_from = parse_time(*from);
}

void Extractor::judge(Levels& levels, bool parent) {
  ++page_.manifest.records;
  ++judged_;
  lacking_ = false;
  one(levels, parent);
  if (!parent && how_.stream.shape != Shape::snapshot_diff) {
    for (const auto& needed : how_.stream.needs) {
      if (has(levels.back(), needed)) continue;
      lacking_ = true;
      lacked_ = needed;
    }
  }
  if (lacking_) ++lacking_records_;
}

bool Extractor::has(const JsonValue& record, const std::string& needed) const {
  const auto there = [&](const std::string& path) {
    const auto value = record.at(path);
    return !value.is_missing() && !value.is(JsonKind::null);
  };
  return there(needed) || (needed == how_.stream.cursor.field && !how_.stream.cursor.or_field.empty() && there(how_.stream.cursor.or_field));
}

// Entries with the same `over` are alternatives of one another; each such group looks at the record by itself.
void Extractor::one(Levels& levels, bool parent) {
  uids_.clear();
  outer_ = levels.size() - 1;
  parent_ = parent;
  for (const auto& spec : how_.stream.cases) {
    if (spec.of_parent == parent && how_.stream.shape != Shape::snapshot_diff) case_of(spec, levels);
  }
  for (const auto& spec : how_.stream.documents) {
    if (spec.of_parent == parent) document(spec, levels);
  }
  std::vector<const std::vector<Pointer>*> groups;
  for (const auto& spec : how_.stream.activities) {
    const auto same = [&](const auto* other) { return same_lists(*other, spec.over); };
    if (spec.of_parent == parent && std::ranges::none_of(groups, same)) groups.push_back(&spec.over);
  }
  for (const auto* over : groups) elements(*over, 0, levels);
}

void Extractor::elements(const std::vector<Pointer>& over, std::size_t depth, Levels& levels) {
  if (depth == over.size()) {
    if (!judged(over, levels)) reject("nothing in the descriptor fits it");
    return;
  }
  const auto up = static_cast<std::size_t>(over[depth].up);
  if (up >= levels.size()) return;  // the descriptor was checked; a list that is not there has no elements
  const auto around = levels[levels.size() - 1 - up];
  each_in(around.at(over[depth].path), over[depth].members, [&](const JsonValue& element) {
    levels.push_back(element);
    elements(over, depth + 1, levels);
    levels.pop_back();
  });
}

bool Extractor::judged(const std::vector<Pointer>& over, const Levels& levels) {
  bool any = false;
  for (const auto& spec : how_.stream.activities) {
    if (spec.of_parent != parent_ || !same_lists(spec.over, over) || !values_.hold(spec.when, levels)) continue;
    any = true;
    if (!spec.reject.empty()) reject(spec.reject);
    else if (!spec.elsewhere) build(spec, levels);
    if (!spec.also) return true;
  }
  return any;
}

void Extractor::build(const ActivitySpec& spec, const Levels& levels) {
  const auto& common = how_.stream.common;
  const auto object = values_.read(spec.object.given ? spec.object : common.object, levels);
  const auto& when = spec.time.given ? spec.time : common.time;
  const auto at = time(when, levels);
  const auto actor = values_.read(spec.actor.given ? spec.actor : common.actor, levels);
  const auto& event = spec.event.empty() ? common.event : spec.event;
  const auto parts = list(event, levels);
  if (!object) return lack("object");
  if (!at) return values_.read(when, levels) ? lack("readable time") : lack("time");
  if (!actor) return lack("actor");
  if (parts.empty() || !values_.read(event.front(), levels)) return lack("event");
  if (*at < how_.not_before) return reject("older than first contact reads");
  Activity made;
  made.source = how_.source.name;
  made.stream = how_.stream.name;
  made.product = how_.product;
  made.uid = made.source + "/" + made.stream + "/" + *object + "/";
  for (std::size_t i = 0; i < parts.size(); ++i) made.uid += (i == 0 ? "" : ".") + parts[i];
  made.uid = unique_uid(std::move(made.uid));
  made.time = *at;
  made.seen = how_.seen;
  made.kind = text(spec.kind, common.kind, levels);
  made.actor = *actor;
  made.case_id = in_source(spec.case_id.given ? spec.case_id : common.case_id, levels);
  made.url = text(spec.url, common.url, levels);
  made.subject_type = text(spec.subject_type, common.subject_type, levels);
  const ValueSpec& subject = spec.subject_id.given ? spec.subject_id : common.subject_id;
  made.subject_id = made.subject_type == "case" ? in_source(subject, levels) : text(spec.subject_id, common.subject_id, levels);
  made.domain = text(spec.domain, common.domain, levels);
  made.status_before = text(spec.status_before, common.status_before, levels);
  made.status = text(spec.status, common.status, levels);
  made.object = text(spec.doc, common.doc, levels);
  made.object_version = text(spec.doc_version, common.doc_version, levels);
  made.verdict = text(spec.verdict, common.verdict, levels);
  made.labels = labels(spec.labels.empty() ? common.labels : spec.labels, levels);
  mark_observed(when, levels, made);
  const auto& automation = spec.automation.empty() ? common.automation : spec.automation;
  if (!automation.empty() && values_.hold(automation, levels)) made.actor_kind = ActorKind::automation;
  made.digest = hex(sha256(levels[std::min(outer_ + 1, levels.size() - 1)].raw()));
  if (auto written = values_.read(spec.text.given ? spec.text : common.text, levels)) page_.texts.push_back({made.uid, std::move(*written)});
  page_.activities.push_back(std::move(made));
  ++page_.manifest.activities;
}

void Extractor::document(const DocumentSpec& spec, const Levels& levels) {
  if (!values_.hold(spec.when, levels)) return;
  Document made;
  made.id = in_source(spec.id, levels);
  const auto published = time(spec.published, levels);
  made.version = text(spec.version, levels);
  if (made.id.empty()) return lack("document id");
  if (!published) return lack("document time");
  if (made.version.empty()) return lack("document version");
  made.source = how_.source.name;
  made.title = text(spec.title, levels);
  made.author = text(spec.author, levels);
  made.owner = text(spec.owner, levels);
  made.published = *published;
  made.url = text(spec.url, levels);
  made.digest = hex(sha256(levels.back().raw()));
  if (spec.text.given) page_.texts.push_back({made.id, text(spec.text, levels)});  // also an empty one: texts go with versions in their order
  DocumentMarks beside{made.id, made.version, labels(spec.labels, levels), fields(spec.fields, levels)};
  if (!beside.labels.empty() || !beside.fields.empty()) page_.marks.push_back(std::move(beside));
  page_.documents.push_back(std::move(made));
}

std::map<std::string, std::string> Extractor::fields(const FieldsSpec& spec, const Levels& levels) {
  std::map<std::string, std::string> all;
  if (!spec.given) return all;
  each_in(levels.back().at(spec.list.path), spec.list.members, [&](const JsonValue& field) {
    const auto name = text_of(spec.name == "#" ? field.name() : field.at(spec.name));
    const auto value = field_value(field.at(spec.value), spec.each);
    if (name && value && !value->empty()) all[*name] = *value;
  });
  return all;
}

void Extractor::links_of(const LinkSpec& spec, const Levels& levels, CaseState& into) {
  const auto add = [&](const Levels& inner) {
    const auto id = in_source(spec.value, inner);
    if (!id.empty() && id != into.id && std::ranges::find(into.links, id) == into.links.end()) into.links.push_back(id);
  };
  if (!spec.list) return add(levels);
  each_in(levels.back().at(spec.list->path), spec.list->members, [&](const JsonValue& element) {
    auto inner = levels;
    inner.push_back(element);
    add(inner);
  });
}

void Extractor::case_of(const CaseSpec& spec, const Levels& levels) {
  if (!values_.hold(spec.when, levels)) return;
  CaseState made;
  made.id = in_source(spec.id, levels);
  if (made.id.empty()) return lack("case id");
  made.source = how_.source.name;
  made.place = text(spec.place, levels);
  made.type = text(spec.type, levels);
  made.category = text(spec.category, levels);
  made.status = text(spec.status, levels);
  made.severity = text(spec.severity, levels);
  made.title = text(spec.title, levels);
  made.owner = text(spec.owner, levels);
  made.labels = labels(spec.labels, levels);
  for (const auto& spec_of_link : spec.links) links_of(spec_of_link, levels, made);
  made.fields = fields(spec.fields, levels);
  made.merged_into = in_source(spec.merged_into, levels);
  made.opened = time(spec.opened, levels);
  made.closed = time(spec.closed, levels);
  made.due = time(spec.due, levels);
  made.url = text(spec.url, levels);
  made.version = text(spec.version, levels);
  page_.cases.push_back(std::move(made));
}

}  // namespace

Status extract_records(const Extraction& how, Values& values, const Records& records, Page& page) {
  return Extractor(how, values, page).all(records);
}

Status extract_records(const Extraction& how, Values& values, std::span<const JsonValue> records, Page& page) {
  Records all;
  all.all.assign(records.begin(), records.end());
  return extract_records(how, values, all, page);
}

void extract_attached(const Extraction& how, Values& values, const AttachedRows& rows, Page& page) {
  Extractor extractor(how, values, page);
  for (const auto& spec : how.stream.attach) {
    const auto found = rows.find(spec.name);
    if (!spec.its_case.given || found == rows.end()) continue;
    for (const auto& [id, of_id] : found->second) extractor.case_of(spec.its_case, {of_id.front()});
  }
}

}  // namespace akashi
