// Reading along a time that moves when a record changes. Offsets alone would skip a record whenever one before it moves away; so each request begins
// at the last time that was seen, and offsets are only used inside one instant. There, where moving away can still make a hole, the instant is
// read again until it brings nothing new.
#include <algorithm>

#include "connectors/engine/poll_run.hpp"

namespace akashi {

namespace {

constexpr int passes_max = 4;  // of one instant

}  // namespace

Task<Status> PollRun::read_keyset() {
  const auto limit = static_cast<std::size_t>(stream_.paging.limit);
  const auto bound = until();
  auto since = here().since.value_or(first() - stream_.cursor.margin);
  std::set<std::string> seen;  // ids at exactly `since`
  std::size_t offset = 0;
  int passes = 0;
  bool pass_brought = false;
  while (since <= bound) {
    if (auto room = one_more_page(); !room) co_return room;
    auto with = fillings();
    with["since"] = stream_.cursor.query.write(since);
    with["until"] = stream_.cursor.query.write(bound);
    with["offset"] = std::to_string(offset);
    auto page = co_await list(with);
    if (!page) co_return std::unexpected(page.error());
    const auto count = page->records.size();
    const bool at_end = page->total ? offset + count >= *page->total : count < limit;
    if (page->total && count == 0 && !at_end) {
      co_return fail(ErrorKind::transient, settings_.name + "/" + stream_.name,
                     "the tool counts " + std::to_string(*page->total) + " records but gives none from number " + std::to_string(offset),
                     "the list changed while it was read; it is read again at the next poll");
    }
    std::vector<JsonValue> fresh;
    auto last = since;
    for (const auto& record : page->records) {
      const auto at = time_of(record);
      const auto id = id_of(record);
      if (!at || id.empty()) {
        fresh.push_back(record);  // the extractor lists why it is rejected
        continue;
      }
      if (*at < last)
        co_return fail(ErrorKind::schema, settings_.name + "/" + stream_.name, "the list is not sorted by " + stream_.cursor.field,
                       "see whether the tool's version is supported");
      if (*at > last) seen.clear();
      last = *at;
      if (seen.insert(id).second) fresh.push_back(record);
    }
    const bool moved = last > since;
    pass_brought = pass_brought || (!fresh.empty() && !moved);
    if (!fresh.empty()) {
      auto built = co_await page_of(fresh);
      if (!built) co_return std::unexpected(built.error());
      here().since = std::max(here().since.value_or(first()), std::min(last, edge()));
      auto emitted = co_await emit(*built, false);
      if (!emitted) co_return emitted;
    }
    // Pages inside one instant are over: read it once more from its first record, unless the last such pass brought nothing.
    const bool instant_over = offset > 0 && (moved || at_end);
    if (instant_over && pass_brought && ++passes < passes_max && !moved) {
      offset = 0;
      pass_brought = false;
      continue;
    }
    if (at_end) break;
    if (moved) {
      since = last;
      offset = 0;
      passes = 0;
      pass_brought = false;
    } else {
      offset += count;
    }
  }
  here().since = std::max(here().since.value_or(first()), edge());
  co_return Status{};
}

}  // namespace akashi
