// Searches that go on behind the sort values of their last record (Elasticsearch, OpenSearch), in a point in time where the descriptor opens one.
// What such a search answers does not shift while it is read; what is written meanwhile is left to the next poll's overlap.
#include <algorithm>
#include <charconv>

#include "connectors/engine/poll_run.hpp"

namespace akashi {

namespace {

constexpr std::int64_t year_2200_ms = 7'258'118'400'000;
constexpr int opened_max = 6;  // of one reading: the tool may lose a point in time, but not again and again

// It is written into the next request as it is.
bool plain_id(const std::string& id) {
  return !id.empty() && std::ranges::all_of(id, [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

std::string without_query(const std::string& url) { return url.substr(0, url.find('?')); }

}  // namespace

// A tool that has no Date header may tell its clock here.
void PollRun::note_clock(const std::string& epoch_ms) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(epoch_ms.data(), epoch_ms.data() + epoch_ms.size(), count);
  if (error != std::errc{} || end != epoch_ms.data() + epoch_ms.size() || count < 0 || count > year_2200_ms) return;
  opened_ahead_ = std::min<Duration>(opened_ahead_, Instant(std::chrono::milliseconds(count)) - asking_.last_received());
}

Task<Result<std::string>> PollRun::open_point_in_time() {
  const auto& open = *stream_.paging.open;
  const auto with = fillings();
  auto answer = co_await asking_.ask(open.request, with);
  if (!answer) co_return std::unexpected(answer.error());
  const std::string about = settings_.name + "/" + stream_.name;
  if (!*answer) co_return fail(ErrorKind::transient, about, "the tool opens no point in time");
  const auto where = without_query((*answer)->url);
  const auto root = (*answer)->page.root();
  if (!values_->hold(open.expect, Levels(1, root)))
    co_return fail(ErrorKind::transient, where, "the point in time does not hold all that it was asked for", "it is tried again at the next poll");
  auto id = text_of(root.at(open.pit)).value_or("");
  if (!plain_id(id))
    co_return fail(ErrorKind::schema, where, "there is no point in time at \"" + open.pit + "\"", "see whether the tool's version is supported");
  if (!open.taken.empty()) note_clock(text_of(root.at(open.taken)).value_or(""));
  co_return id;
}

// Where the search goes on: the sort values of the page's last record.
Result<std::string> PollRun::sort_values(const ListPage& page, const std::string& before) const {
  const auto values = page.records.back().at(stream_.paging.sort);
  if (!values.is(JsonKind::array)) {
    return fail(ErrorKind::schema, without_query(page.answer->url), "a record has no sort values at \"" + stream_.paging.sort + "\"",
                "see whether the tool's version is supported");
  }
  std::string found(values.raw());
  if (found == before) return std::unexpected(repeated());
  return found;
}

// When the point in time is lost, another one is opened and read from the last record's time on: its sort values may mean something else there.
Task<Status> PollRun::read_search_after() {
  const auto since = here().since.value_or(first());
  auto from = here().since.value_or(first() - cursor_.margin);
  std::string pit, sort;
  for (int opened = 0;;) {
    if (auto room = one_more_page(); !room) co_return room;
    if (stream_.paging.open && pit.empty()) {
      if (++opened > opened_max)
        co_return fail(ErrorKind::transient, settings_.name + "/" + stream_.name, "the point in time ends again and again before it is read");
      auto id = co_await open_point_in_time();
      if (!id) co_return std::unexpected(id.error());
      pit = *id;
    }
    auto with = fillings();
    with["since"] = with["from"] = cursor_.query.write(from);
    with["pit"] = pit;
    with["search_after"] = sort;
    with["search_after_member"] = sort.empty() ? "" : "\"search_after\": " + sort + ",";
    auto page = co_await list(with);
    if (!page) co_return std::unexpected(page.error());
    if (!page->answer && stream_.paging.open) {  // skip_item: the descriptor says so of an answer that knows no such point in time
      pit.clear();
      sort.clear();
      continue;
    }
    if (page->records.empty()) break;
    auto next = sort_values(*page, sort);
    if (!next) co_return std::unexpected(next.error());
    sort = *next;
    const auto reached = time_of(page->records.back());
    auto built = co_await page_of(page->records);
    if (!built) co_return std::unexpected(built.error());
    if (reached) from = std::max(from, *reached);
    here().since = std::max(since, std::min(from, edge()));
    auto emitted = co_await emit(*built, false);
    if (!emitted) co_return emitted;
  }
  here().since = std::max(since, edge());
  co_return Status{};
}

}  // namespace akashi
