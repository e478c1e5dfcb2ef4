// Lists that tell how things are and nothing of how they came to be so: read whole, and compared with the poll before. Only a list that was read
// to its end says that something is gone.
#include "connectors/engine/poll_run.hpp"
#include "connectors/engine/snapshot.hpp"

namespace akashi {

namespace {

constexpr std::size_t bytes_max = std::size_t{64} << 20U;  // of all objects of a stream's part, as they are kept until the next poll

}  // namespace

// The list from its beginning to its end; the answers stay in kept_.
Task<Result<std::vector<JsonValue>>> PollRun::read_objects() {
  std::vector<JsonValue> listed;
  Walk walk(stream_.paging, stream_.paging.kind);
  const auto base = fillings();
  const auto most = static_cast<std::size_t>(stream_.snapshot.objects_max);
  for (bool going = true; going;) {
    if (auto room = one_more_page(); !room) co_return std::unexpected(room.error());
    auto page = co_await turn(query_, walk, base);
    if (!page) co_return std::unexpected(page.error());
    if (walk.repeats(*page)) co_return std::unexpected(repeated());
    auto next = onwards(walk, *page, false);
    if (!next) co_return std::unexpected(next.error());
    listed.insert(listed.end(), page->records.begin(), page->records.end());
    if (listed.size() > most)
      co_return fail(ErrorKind::schema, settings_.name + "/" + stream_.name, "there are more than " + std::to_string(most) + " objects",
                     "nothing of them was compared; raise objects_max in connector.yaml if the tool really holds so many");
    going = *next;
  }
  co_return listed;
}

Result<Snapshot> PollRun::snapshot_of(const std::vector<JsonValue>& listed, std::map<std::string, std::uint64_t>& rejected) const {
  Snapshot now{now_, {}};
  std::size_t lacking = 0, bytes = 0;
  for (const auto& object : listed) {
    const auto id = text_of(object.at(stream_.snapshot.id)).value_or("");
    bool whole = !id.empty();
    for (const auto& needed : stream_.needs) whole = whole && !object.at(needed).is_missing();
    if (!whole) ++lacking;
    if (id.empty()) {
      ++rejected["no id"];
      continue;
    }
    auto seen = seen_object(stream_.snapshot, object);
    bytes += seen.raw.size();
    if (!now.objects.emplace(id, std::move(seen)).second) ++rejected["listed twice"];
  }
  const auto where = settings_.name + "/" + stream_.name;
  if (lacking * 100 > listed.size() * static_cast<std::size_t>(stream_.missing_max))
    return fail(ErrorKind::schema, where,
                std::to_string(lacking) + " of " + std::to_string(listed.size()) + " objects lack what every one should hold",
                "nothing of them was compared; see whether the tool's version is supported");
  if (bytes > bytes_max)
    return fail(ErrorKind::schema, where, "the objects are too much to be kept until the next poll",
                "ask the tool for fewer of them or of their fields");
  return now;
}

Task<Status> PollRun::read_snapshots() {
  auto before = read_snapshot(stream_.snapshot, here().objects);
  if (!before) co_return std::unexpected(before.error());
  const auto doubts = state_.doubts.size();
  auto listed = co_await read_objects();
  if (!listed) co_return std::unexpected(listed.error());
  std::map<std::string, std::uint64_t> rejected;
  auto now = snapshot_of(*listed, rejected);
  if (!now) co_return std::unexpected(now.error());
  const bool whole = !stream_.snapshot.changes_only && state_.doubts.size() == doubts && rejected.empty();
  const auto text = changes_between(stream_.snapshot, *before, *now, whole);
  JsonLimits limits;
  limits.bytes_max = text.size() + 1;
  auto opened = JsonPage::open(text, limits);
  if (!opened) co_return std::unexpected(opened.error());
  kept_.clear();
  auto changes = std::make_shared<Answered>(Answered{std::move(*opened), settings_.base_url, {}});
  kept_.push_back(changes);
  std::vector<JsonValue> records;
  for (const auto record : changes->page.root().elements()) records.push_back(record);
  auto built = co_await page_of(records);
  if (!built) co_return std::unexpected(built.error());
  for (const auto& [why, count] : rejected) built->manifest.rejected[why] += count;
  if (!whole && *before) now->objects.merge((*before)->objects);  // what was not listed may be there all the same
  if (now->objects.size() > static_cast<std::size_t>(stream_.snapshot.objects_max))
    co_return fail(ErrorKind::schema, settings_.name + "/" + stream_.name,
                   "there are more than " + std::to_string(stream_.snapshot.objects_max) + " objects to compare with",
                   "raise objects_max in connector.yaml if the tool really holds so many");
  here().objects = write_snapshot(*now);
  auto emitted = co_await emit(*built, false);
  co_return emitted;
}

}  // namespace akashi
