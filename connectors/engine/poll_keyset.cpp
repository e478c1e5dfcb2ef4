// Reading along a time that moves when a record changes. Offsets alone would skip a record whenever one before it moves away; so each request begins
// at the last time that was seen. Only where one instant fills whole pages offsets are used inside it; there, where moving away can still make a
// hole, each page begins with the last record of the one before; where it does not, the list has shifted, and the instant is read again.
#include <algorithm>

#include "connectors/engine/poll_run.hpp"

namespace akashi {

namespace {

constexpr int passes_max = 12;             // of one instant
constexpr std::size_t page_limit_min = 2;  // one record alone does not show whether the list has shifted

}  // namespace

Instant PollRun::instant_of(Instant at) const {
  const auto granule = cursor_.query.granule();
  return Instant{at.time_since_epoch() / granule * granule};
}

Task<Result<ListPage>> PollRun::list_between(Instant since, Instant bound, std::size_t offset) {
  if (auto room = one_more_page(); !room) co_return std::unexpected(room.error());
  auto with = fillings();
  with["since"] = cursor_.query.write(since);
  with["until"] = cursor_.query.write(bound);
  with["offset"] = std::to_string(offset);
  Result<ListPage> page;
  for (;;) {
    with["limit"] = std::to_string(page_limit_);
    with["end"] = std::to_string(offset + page_limit_);
    with["last"] = std::to_string(offset + page_limit_ - 1);
    page = co_await list(with);
    if (page || asking_.wish() != Wish::shrink_page || page_limit_ <= page_limit_min) break;
    page_limit_ = std::max(page_limit_ / 2, page_limit_min);
  }
  if (!page) co_return page;
  auto last = since;
  for (const auto& record : page->records) {
    const auto at = time_of(record);
    if (!at) continue;  // the extractor lists why it is rejected
    if (instant_of(*at) < instant_of(last)) {
      co_return fail(ErrorKind::schema, settings_.name + "/" + stream_.name, "the list is not sorted by " + cursor_.field,
                     "see whether the tool's version is supported");
    }
    last = *at;
  }
  co_return page;
}

Task<Status> PollRun::keep_fresh(std::vector<JsonValue>& fresh, Instant last) {
  if (fresh.empty()) co_return Status{};
  auto built = co_await page_of(fresh);
  if (!built) co_return std::unexpected(built.error());
  here().since = std::max(here().since.value_or(first()), std::min(last, edge()));
  auto emitted = co_await emit(*built, false);
  co_return emitted;
}

// All records of one instant, from its beginning; `seen` holds the ids that were kept of it.
Task<Status> PollRun::read_instant(Instant instant, Instant bound, std::set<std::string>& seen) {
  for (int passes = 0; passes < passes_max; ++passes) {
    bool shifted = false;
    std::string before;  // id of the last record of the page before
    for (std::size_t offset = 0; !shifted;) {
      auto page = co_await list_between(instant, bound, offset);
      if (!page) co_return std::unexpected(page.error());
      const auto count = page->records.size();
      shifted = !before.empty() && (count == 0 || id_of(page->records.front()) != before);
      before = count == 0 ? "" : id_of(page->records.back());
      std::vector<JsonValue> fresh;
      bool later = false;
      for (const auto& record : page->records) {
        const auto at = time_of(record);
        later = later || (at && instant_of(*at) > instant);
        if (!later && seen.insert(id_of(record)).second) fresh.push_back(record);
      }
      auto kept = co_await keep_fresh(fresh, instant);
      if (!kept) co_return kept;
      const bool over = later || count <= 1 || (page->total && offset + count >= *page->total) || (!page->total && count < page_limit_);
      if (over && !shifted) co_return Status{};
      offset += count - 1;
    }
  }
  doubt("records of one second moved again and again while they were read");
  co_return Status{};
}

// A whole page is hidden: what is visible behind it can only be reached by counting on. The coverage is partial already.
Task<Status> PollRun::read_behind_hidden(Instant since, Instant bound, std::uint64_t total) {
  for (std::size_t offset = page_limit_; offset < total; offset += page_limit_) {
    auto page = co_await list_between(since, bound, offset);
    if (!page) co_return std::unexpected(page.error());
    auto last = since;
    for (const auto& record : page->records) last = std::max(last, time_of(record).value_or(last));
    auto kept = co_await keep_fresh(page->records, last);
    if (!kept) co_return kept;
  }
  co_return Status{};
}

Task<Status> PollRun::read_keyset() {
  page_limit_ = static_cast<std::size_t>(stream_.paging.limit);
  const auto bound = until();
  auto since = instant_of(here().since.value_or(first() - cursor_.margin));
  std::set<std::string> seen;  // ids that were kept of the instant `since`
  while (since <= bound) {
    auto page = co_await list_between(since, bound, 0);
    if (!page) co_return std::unexpected(page.error());
    const auto count = page->records.size();
    std::vector<JsonValue> fresh;
    auto last = since;
    for (const auto& record : page->records) {
      const auto at = time_of(record);
      if (at && instant_of(*at) > last) {
        seen.clear();
        last = instant_of(*at);
      }
      const auto id = id_of(record);
      if (id.empty() || seen.insert(id).second) fresh.push_back(record);
    }
    auto kept = co_await keep_fresh(fresh, last);
    if (!kept) co_return kept;
    const bool at_end = page->total ? count >= *page->total : count < page_limit_;
    if (at_end) break;
    const bool hidden = !stream_.paging.hidden.empty() && page->total && count < page_limit_;  // counted, cut off for the page, then taken away
    if (hidden) doubt("rows are hidden from this reader; " + stream_.paging.hidden);
    if (count == 0 && hidden) {
      auto rest = co_await read_behind_hidden(since, bound, *page->total);
      if (!rest) co_return rest;
      break;
    }
    if (count == 0) {
      co_return fail(ErrorKind::transient, settings_.name + "/" + stream_.name,
                     "the tool counts " + std::to_string(*page->total) + " records but gives none", "it is read again at the next poll");
    }
    if (last > since) {
      since = last;
      continue;
    }
    auto read = co_await read_instant(since, bound, seen);
    if (!read) co_return read;
    since += cursor_.query.granule();
    seen.clear();
  }
  here().since = std::max(here().since.value_or(first()), edge());
  co_return Status{};
}

}  // namespace akashi
