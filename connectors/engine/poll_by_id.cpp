// Reading behind an id: the feed's ids rise, so nothing can slip between two pages. A tool that drops rows the reader may not see after it cut the
// page gives short and even empty pages, so an empty page is believed to be the end only when that is proved: the newest row of all is the last
// one read, and there are as many rows behind the anchor as were seen. What cannot be proved makes the coverage partial, never silent.
#include <algorithm>
#include <charconv>

#include "connectors/engine/poll_run.hpp"

// GCC 12 sees an overlap in std::string's own assign inside coroutines (its bug 105651).
#pragma GCC diagnostic ignored "-Wrestrict"

namespace akashi {

namespace {

constexpr std::size_t pages_ahead_max = 3;  // looked into behind a page that is wholly hidden

std::optional<std::uint64_t> number_of(const std::string& id) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc{} || end != id.data() + id.size()) return std::nullopt;
  return number;
}

}  // namespace

// The id of the row at a place of the list, "" when none is shown there.
Task<Result<std::string>> PollRun::one_id(const std::string& position, const std::string& order, std::size_t page) {
  auto with = fillings();
  with["position"] = position;
  with["order"] = order;
  with["limit"] = "1";
  with["page"] = std::to_string(page);
  auto answer = co_await list(with);
  if (!answer) co_return std::unexpected(answer.error());
  if (answer->records.empty()) co_return std::string{};
  co_return id_of(answer->records.front());
}

// anchor: a row known to be visible, "" at first contact; seen_since: rows seen behind it; last: the last of them.
Task<Result<PollRun::End>> PollRun::prove_end(std::string anchor, const std::string& last, const std::string& first_seen, std::size_t seen_since) {
  const auto& paging = stream_.paging;
  const bool first_contact = anchor.empty();
  if (first_contact && !first_seen.empty()) {
    const auto position = fill(paging.first, fillings());
    auto oldest = co_await one_id(position, paging.ascending, 1);
    if (!oldest) co_return std::unexpected(oldest.error());
    if (*oldest != first_seen) co_return End::hidden_inside;
    anchor = first_seen;
    --seen_since;
  }
  if (!anchor.empty()) {
    const auto position = fill(paging.from, akashi::fillings("after", anchor));
    auto counted = co_await one_id(position, paging.descending, seen_since + 1);
    if (!counted) co_return std::unexpected(counted.error());
    if (*counted == anchor) co_return End::proven;
  }
  const auto everything = fill(paging.from, akashi::fillings("after", "0"));
  auto newest = co_await one_id(everything, paging.descending, 1);
  if (!newest) co_return std::unexpected(newest.error());
  if (newest->empty()) co_return End::hidden_after;
  const auto newest_number = number_of(*newest);
  const auto last_number = number_of(last.empty() ? "0" : last);
  if (newest_number && last_number && *newest_number > *last_number) co_return last.empty() ? End::hidden_after : End::more;
  // The last row is the newest: nothing is behind it. An anchor that is gone (shredded) proves nothing about what was between.
  co_return seen_since == 0 ? End::proven : End::hidden_inside;
}

// The ids of a page have to rise. Gives the last one, and moves `settled` as far as nothing younger than the overlap stands before it.
Result<std::string> PollRun::walk_ids(const ListPage& page, ByIdState& by_id, std::string& settled) {
  auto last = by_id.after;
  for (const auto& record : page.records) {
    const auto id = id_of(record);
    const auto number = number_of(id);
    if (!number) {
      return fail(ErrorKind::schema, settings_.name + "/" + stream_.name, "a record has no number at \"" + stream_.paging.id + "\"",
                  "see whether the tool's version is supported");
    }
    if (!last.empty() && *number <= number_of(last).value_or(0)) return std::unexpected(repeated());
    last = id;
    if (by_id.first_seen.empty()) by_id.first_seen = id;
    const auto at = time_of(record);
    by_id.cursor_may_move = by_id.cursor_may_move && at && *at <= edge();
    if (by_id.cursor_may_move) settled = id;
  }
  return last;
}

// What an empty page means: the end, or that there is more to look for.
Task<Result<bool>> PollRun::ended(ByIdState& by_id) {
  auto end = co_await prove_end(by_id.anchor, by_id.after, by_id.first_seen, by_id.seen_since);
  if (!end) co_return std::unexpected(end.error());
  if (*end == End::proven) co_return true;
  if (*end == End::more && !by_id.looked_again) {
    by_id.looked_again = true;
    co_return false;
  }
  if (*end != End::more || by_id.ahead > 0) doubt("rows are hidden from this reader; " + stream_.paging.hidden);
  ++by_id.page_number;
  co_return *end == End::hidden_inside || ++by_id.ahead > pages_ahead_max;
}

Task<Status> PollRun::read_by_id() {
  const auto& paging = stream_.paging;
  ByIdState by_id;
  by_id.anchor = by_id.after = here().after;
  for (;;) {
    if (auto room = one_more_page(); !room) co_return room;
    auto with = fillings();
    with["position"] = fill(by_id.after.empty() ? paging.first : paging.after, akashi::fillings("after", by_id.after, "start", with["start"]));
    with["page"] = std::to_string(by_id.page_number);
    auto page = co_await list(with);
    if (!page) co_return std::unexpected(page.error());
    // Some tools give the row that was asked behind once more.
    if (paging.from.empty() && !by_id.after.empty() && !page->records.empty() && id_of(page->records.front()) == by_id.after)
      page->records.erase(page->records.begin());
    const auto count = page->records.size();
    if (count == 0) {
      if ((page->total && by_id.page_number == 1) || paging.from.empty()) break;
      auto end = co_await ended(by_id);
      if (!end) co_return std::unexpected(end.error());
      if (*end) break;
      continue;
    }
    if (by_id.ahead > 0) doubt("a whole page is hidden from this reader; " + paging.hidden);
    auto settled = here().after;
    auto last = walk_ids(*page, by_id, settled);
    if (!last) co_return std::unexpected(last.error());
    const bool whole_list = page->total && *page->total == count && by_id.page_number == 1;
    auto built = co_await page_of(page->records);
    if (!built) co_return std::unexpected(built.error());
    here().after = settled;
    by_id.turn(*last, count, static_cast<std::size_t>(paging.limit));
    auto emitted = co_await emit(*built, false);
    if (!emitted) co_return emitted;
    if (whole_list) break;
  }
  co_return Status{};
}

}  // namespace akashi
