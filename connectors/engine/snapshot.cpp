#include "connectors/engine/snapshot.hpp"

#include <algorithm>

#include "connectors/engine/json_line.hpp"
#include "connectors/engine/values.hpp"

namespace akashi {

namespace {

// Line breaks in JSON stand only between its parts: a space says the same.
std::string on_one_line(std::string_view raw) {
  std::string text(raw);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

std::string without(const std::vector<std::string>& forgotten, const JsonValue& object) {
  if (forgotten.empty()) return on_one_line(object.raw());
  std::string kept;
  for (const auto [name, value] : object.members()) {
    if (std::ranges::find(forgotten, name) != forgotten.end()) continue;
    kept += (kept.empty() ? "" : ",") + json_text(std::string(name)) + ":" + on_one_line(value.raw());
  }
  return "{" + kept + "}";
}

std::unexpected<Error> damaged() {
  return fail(ErrorKind::storage, "state of the stream", "what was seen at the poll before cannot be read",
              "restore the store from a backup, or read the source anew");
}

class Changes {
 public:
  Changes(Instant at, const std::optional<Snapshot>& before) : at_(at), before_(before) {}

  void add(std::string_view event, const SeenObject& object, std::string_view field = {}, std::string_view was = {}, std::string_view is = {}) {
    JsonLine line;
    line.text("event", event).text("field", field);
    if (!field.empty()) line.raw("before", was).raw("now", is);
    line.time("at", at_);
    if (before_) line.time("from", before_->at);
    if (lead_) line.truth("lead", true);
    lead_ = false;
    line.raw("object", object.whole.empty() ? object.raw : object.whole);
    text_ += (text_.empty() ? "" : ",") + line.str();
  }
  void next_object() { lead_ = true; }
  [[nodiscard]] std::string all() const { return "[" + text_ + "]"; }

 private:
  Instant at_;
  const std::optional<Snapshot>& before_;
  bool lead_ = true;
  std::string text_;
};

}  // namespace

SeenObject seen_object(const SnapshotSpec& spec, const JsonValue& object) {
  SeenObject seen{{}, without(spec.forget, object), on_one_line(object.raw())};
  for (const auto& [name, pointer] : spec.watch) {
    const auto value = text_of(object.at(pointer));
    seen.watched.push_back(value ? json_text(*value) : "null");
  }
  return seen;
}

// {"at":TIME,"objects":{ID:[[WATCHED…],OBJECT],…}}
std::string write_snapshot(const Snapshot& snapshot) {
  std::string objects;
  for (const auto& [id, object] : snapshot.objects) {
    std::string watched;
    for (const auto& one : object.watched) watched += (watched.empty() ? "" : ",") + one;
    objects += (objects.empty() ? "" : ",") + json_text(id) + ":[[" + watched + "]," + object.raw + "]";
  }
  return JsonLine().time("at", snapshot.at).raw("objects", "{" + objects + "}").str();
}

Result<std::optional<Snapshot>> read_snapshot(const SnapshotSpec& spec, const std::string& text) {
  if (text.empty()) return std::nullopt;
  JsonLimits limits;
  limits.bytes_max = text.size() + 1;
  const auto page = JsonPage::open(text, limits);
  if (!page) return damaged();
  const auto at = parse_time(page->root().member("at").text());
  if (!at) return damaged();
  Snapshot snapshot{*at, {}};
  for (const auto [id, both] : page->root().member("objects").members()) {
    SeenObject seen{{}, std::string(both.at("/1").raw()), {}};
    for (const auto value : both.at("/0").elements()) seen.watched.emplace_back(value.raw());
    if (seen.watched.size() != spec.watch.size()) return std::nullopt;  // the descriptor watches other fields now: begin anew
    snapshot.objects.emplace(id, std::move(seen));
  }
  return snapshot;
}

std::string changes_between(const SnapshotSpec& spec, const std::optional<Snapshot>& before, const Snapshot& now, bool whole) {
  Changes changes(now.at, before);
  for (const auto& [id, object] : now.objects) {
    changes.next_object();
    const auto known = before ? before->objects.find(id) : std::map<std::string, SeenObject>::const_iterator{};
    if (!before || known == before->objects.end()) {
      changes.add(before ? "appeared" : "first", object);
      continue;
    }
    const auto& was = known->second;
    bool any = false;
    for (std::size_t i = 0; i < spec.watch.size(); ++i) {
      if (was.watched[i] == object.watched[i]) continue;
      changes.add("changed", object, spec.watch[i].first, was.watched[i], object.watched[i]);
      any = true;
    }
    if (!any && was.raw != object.raw) changes.add("kept", object);
  }
  if (!before || !whole) return changes.all();
  for (const auto& [id, object] : before->objects) {
    if (now.objects.contains(id)) continue;
    changes.next_object();
    changes.add("gone", object);
  }
  return changes.all();
}

}  // namespace akashi
