// Lists that are read from their beginning to their end at every poll: one page, pages by number or offset, and next-page links. What was not
// changed since the cursor is left out here when the tool cannot leave it out itself; the cursor moves only when the end was reached.
#include <algorithm>

#include "connectors/engine/poll_run.hpp"
#include "connectors/engine/url.hpp"

namespace akashi {

namespace {

constexpr int empty_pages_before_end = 2;  // after an empty page that may only be hidden from this reader

}  // namespace

Fillings PollRun::fillings() const {
  const auto& cursor = cursor_;
  const auto part = state_.parts.find(part_);
  auto since = first() - cursor.margin;
  if (part != state_.parts.end() && part->second.since) since = *part->second.since;
  return {{"limit", std::to_string(stream_.paging.limit)},
          {"page", "1"},
          {"offset", "0"},
          {"after", part == state_.parts.end() ? "" : part->second.after},
          {"start", cursor.query.write(first() - cursor.margin)},
          {"since", cursor.query.write(since)},
          {"until", cursor.query.write(until())},
          {"order", stream_.paging.ascending},
          {"value", part_}};
}

Status PollRun::one_more_page() {
  if (++pages_ <= stream_.paging.pages_max) return {};
  return fail(ErrorKind::schema, settings_.name + "/" + stream_.name,
              "the list has not ended after " + std::to_string(stream_.paging.pages_max) + " pages",
              "what was read is kept; if the tool really holds so much, raise pages_max in connector.yaml");
}

Error PollRun::repeated() const {
  return {ErrorKind::schema, settings_.name + "/" + stream_.name, "the tool gives the same page again and again",
          "nothing of it is counted twice; see the tool's paging"};
}

Task<Status> PollRun::read_pages() {
  const auto since = here().since.value_or(first());
  const auto changed_before = [&](const JsonValue& record) {
    const auto at = time_of(record);
    return at && *at < since && !stream_.cursor.selects;
  };
  std::string previous;
  std::uint64_t seen = 0;
  int empty = 0;
  bool was_short = false;
  for (std::size_t number = 1;; ++number) {
    if (auto room = one_more_page(); !room) co_return room;
    auto with = fillings();
    with["page"] = std::to_string(number);
    with["offset"] = std::to_string(seen);
    auto page = co_await list(with);
    if (!page) co_return std::unexpected(page.error());
    const auto count = page->records.size();
    seen += count;
    if (count > 0) {
      const std::string first(page->records.front().raw());
      if (first == previous) co_return std::unexpected(repeated());
      previous = first;
      if (was_short || empty > 0) doubt("rows are hidden from this reader; " + stream_.paging.hidden);
      empty = 0;
      std::erase_if(page->records, changed_before);
      auto built = co_await page_of(page->records);
      if (!built) co_return std::unexpected(built.error());
      auto emitted = co_await emit(*built, false);
      if (!emitted) co_return emitted;
    } else {
      ++empty;
    }
    if (stream_.paging.kind == Paging::none) break;
    if (page->total) {
      if (seen >= *page->total || (count == 0 && empty > empty_pages_before_end)) {
        if (seen < *page->total) doubt("the tool counts " + std::to_string(*page->total) + " records but gave " + std::to_string(seen));
        break;
      }
      continue;
    }
    const bool full = count >= static_cast<std::size_t>(stream_.paging.limit);
    if (!full && (stream_.paging.hidden.empty() || empty > empty_pages_before_end)) break;
    was_short = was_short || (count > 0 && !full);
  }
  here().since = std::max(since, edge());
  co_return Status{};
}

Task<Status> PollRun::read_links() {
  const auto since = here().since.value_or(first());
  std::set<std::string> followed;
  std::string link;
  for (;;) {
    if (auto room = one_more_page(); !room) co_return room;
    const auto with = fillings();
    auto page = co_await list(with, link);
    if (!page) co_return std::unexpected(page.error());
    const auto current = page->answer ? page->answer->url : link;
    const auto next = page->next;
    std::erase_if(page->records, [&](const JsonValue& record) {
      const auto at = time_of(record);
      return at && *at < since && !stream_.cursor.selects;
    });
    auto built = co_await page_of(page->records);
    if (!built) co_return std::unexpected(built.error());
    auto emitted = co_await emit(*built, false);
    if (!emitted) co_return emitted;
    if (next.empty()) break;
    auto inside = confined(settings_.base_url, current, next);
    if (!inside) co_return std::unexpected(inside.error());
    if (!followed.insert(*inside).second) co_return std::unexpected(repeated());
    link = *inside;
  }
  here().since = std::max(since, edge());
  co_return Status{};
}

}  // namespace akashi
