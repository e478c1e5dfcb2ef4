// What the records of a list stand for: a record that is asked for by itself, the children of each, or whatever has that id.
// Whatever is gone when it is asked for is a listed rejection, never silence.
#include <algorithm>
#include <charconv>

#include "connectors/engine/lists.hpp"
#include "connectors/engine/poll_run.hpp"

// GCC 12 sees an overlap in std::string's own assign inside coroutines (its bug 105651).
#pragma GCC diagnostic ignored "-Wrestrict"

namespace akashi {

namespace {

constexpr std::size_t children_kept_max = 2000;  // more go on as a page of their own

std::string place_of(const Answered& answer) { return answer.url.substr(0, answer.url.find('?')); }

Error no_record(const Answered& answer, const std::string& pointer) {
  return {ErrorKind::schema, place_of(answer), "there is no record at \"" + pointer + "\"", "see whether the tool's version is supported"};
}

void gone(Page& page, const std::string& why, std::uint64_t count = 1) {
  page.manifest.records += count;
  page.manifest.rejected[why] += count;
}

}  // namespace

Task<Status> PollRun::fetch_children(const std::vector<JsonValue>& parents, Records& into, Page& page) {
  for (const auto& parent : parents) {
    if (!values_->hold(stream_.child.when, Levels(1, parent))) continue;
    const auto id = id_of(parent);
    int newest = 1;
    if (!stream_.child.repeat.empty()) {
      const auto text = text_of(parent.at(stream_.child.repeat)).value_or("");
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), newest);
      if (error != std::errc{} || newest < 1) {
        ++page.manifest.rejected["no count at " + stream_.child.repeat];
        continue;
      }
    }
    const int oldest = stream_.child.repeat.empty() ? newest : std::max(1, newest - stream_.child.repeat_max + 1);
    if (oldest > 1 && !stream_.child.repeat.empty())
      doubt("only the newest " + std::to_string(stream_.child.repeat_max) + " versions of " + id + " are read");
    for (int version = oldest; version <= newest; ++version) {
      auto with = akashi::fillings("id", id, "version", std::to_string(version), "value", part_);
      auto answer = co_await asking_.ask(stream_.child.request, with);
      if (!answer) co_return std::unexpected(answer.error());
      if (!*answer) {
        gone(page, "gone when it was asked for");
        continue;
      }
      auto kept = std::make_shared<Answered>(std::move(**answer));
      kept_.push_back(kept);
      const auto record = kept->page.root().at(stream_.child.record);
      if (!record.is(JsonKind::object)) co_return std::unexpected(no_record(*kept, stream_.child.record));
      into.all.push_back(record);
    }
  }
  co_return Status{};
}

// All children of one record, page after page.
Task<Status> PollRun::fetch_family(const JsonValue& parent, Records& into, Page& page) {
  const auto& paging = stream_.child.paging;
  const ListQuery query{&stream_.child.request, &*stream_.child.records, &paging, false, stream_.null_is_empty};
  auto base = fillings();
  base["id"] = id_of(parent);
  Walk walk(paging, paging.kind);
  for (bool going = true; going;) {
    if (walk.pages() >= static_cast<std::uint64_t>(paging.pages_max)) {
      co_return fail(ErrorKind::schema, settings_.name + "/" + stream_.name,
                     "the children of " + base["id"] + " have not ended after " + std::to_string(paging.pages_max) + " pages",
                     "if the tool really holds so many, raise pages_max of child in connector.yaml");
    }
    auto children = co_await turn(query, walk, base);
    if (!children) co_return std::unexpected(children.error());
    if (!children->answer && walk.pages() == 0) gone(page, "gone when it was asked for");
    if (walk.repeats(*children)) co_return std::unexpected(repeated());
    into.all.insert(into.all.end(), children->records.begin(), children->records.end());
    into.around.resize(into.all.size(), parent);
    auto next = onwards(walk, *children, false);
    if (!next) co_return std::unexpected(next.error());
    going = *next;
  }
  co_return Status{};
}

Task<Status> PollRun::fetch_families(std::vector<JsonValue>& parents, Records& into, Page& page) {
  const auto of_parents = kept_;  // the list's own answer stays while its records are gone through
  for (const auto& parent : parents) {
    into.parents.push_back(parent);
    if (!values_->hold(stream_.child.when, Levels(1, parent))) continue;
    auto fetched = co_await fetch_family(parent, into, page);
    if (!fetched) co_return fetched;
    if (into.all.size() < children_kept_max) continue;
    auto built = co_await built_of(into, page);
    if (!built) co_return std::unexpected(built.error());
    auto emitted = co_await emit(*built, false);
    if (!emitted) co_return emitted;
    into = Records();
    page = Page();
    kept_ = of_parents;
  }
  co_return Status{};
}

Task<Status> PollRun::fetch_by_id(const std::vector<JsonValue>& elements, Records& into, Page& page) {
  std::vector<std::string> ids;
  std::set<std::string> known;
  for (const auto& element : elements) {
    auto id = text_of(element.at(stream_.get.from)).value_or("");
    if (id.empty()) gone(page, "no id at \"" + stream_.get.from + "\"");
    else if (known.insert(id).second) ids.push_back(std::move(id));
  }
  const auto chunk = static_cast<std::size_t>(stream_.get.chunk);
  for (std::size_t begin = 0; begin < ids.size(); begin += chunk) {
    const auto end = std::min(ids.size(), begin + chunk);
    const std::vector<std::string> some(ids.begin() + static_cast<std::ptrdiff_t>(begin), ids.begin() + static_cast<std::ptrdiff_t>(end));
    auto fetched = co_await fetch_chunk(some, into, page);
    if (!fetched) co_return fetched;
  }
  co_return Status{};
}

Task<Status> PollRun::fetch_chunk(const std::vector<std::string>& ids, Records& into, Page& page) {
  const auto& get = stream_.get;
  auto with = fillings();
  std::string joined;
  for (const auto& id : ids) joined += (joined.empty() ? "" : get.join) + fill_each(get.each, id, get.request.body);
  with["ids"] = joined;
  with["id"] = ids.front();
  auto answer = co_await asking_.ask(get.request, with);
  if (!answer) co_return std::unexpected(answer.error());
  std::set<std::string> missing(ids.begin(), ids.end());
  if (*answer) {
    auto kept = std::make_shared<Answered>(std::move(**answer));
    kept_.push_back(kept);
    const auto found = kept->page.root().at(get.records.path);
    const bool alone = ids.size() == 1 && !get.records.members && found.is(JsonKind::object);
    if (!alone && !is_list(found, get.records.members)) co_return std::unexpected(no_record(*kept, written(get.records)));
    const auto take = [&](const JsonValue& record) {
      if (missing.erase(text_of(record.at(get.id)).value_or("")) > 0) into.all.push_back(record);
      else gone(page, "given without being asked for, or twice");
    };
    if (alone) take(found);
    else each_in(found, get.records.members, take);
  }
  if (!missing.empty()) gone(page, "gone before it could be read", missing.size());
  co_return Status{};
}

// Begins the tool's search and gives its id when its results can be read.
Task<Result<std::string>> PollRun::run_job(const Fillings& with) {
  auto answer = co_await asking_.ask(stream_.job.submit, with);
  if (!answer) co_return std::unexpected(answer.error());
  auto job = *answer ? text_of((*answer)->page.root().at(stream_.job.id)).value_or("") : std::string{};
  if (job.empty()) {
    co_return fail(ErrorKind::schema, settings_.name + "/" + stream_.name,
                   "the tool began a search but gave no id of it at \"" + stream_.job.id + "\"", "see whether the tool's version is supported");
  }
  auto awaited = co_await await_job(job);
  if (!awaited) co_return std::unexpected(awaited.error());
  co_return job;
}

Task<Status> PollRun::await_job(const std::string& job) {
  const auto& spec = stream_.job;
  const std::string where = settings_.name + "/" + stream_.name;
  const std::string why = "the tool is still searching";
  auto with = fillings();
  with["job"] = job;
  for (Duration waited{};; waited += spec.wait) {
    auto answer = co_await asking_.ask(spec.status, with);
    if (!answer) co_return std::unexpected(answer.error());
    if (!*answer) co_return fail(ErrorKind::transient, where, "the tool has forgotten its search", "it is begun anew at the next poll");
    const Levels levels(1, (*answer)->page.root());
    if (!spec.failed.empty() && values_->hold(spec.failed, levels))
      co_return fail(ErrorKind::transient, where, "the tool's search has failed", "nothing was read; see the tool's own log");
    if (values_->hold(spec.done, levels)) co_return Status{};
    if (waited >= spec.wait_max) {
      co_return fail(ErrorKind::transient, where,
                     "the tool's search was not done after " + std::to_string(std::chrono::ceil<std::chrono::seconds>(waited).count()) + " s",
                     "it is begun anew at the next poll; if it always takes so long, raise wait_max in connector.yaml");
    }
    co_await box.wait(spec.wait, why);
  }
}

}  // namespace akashi
