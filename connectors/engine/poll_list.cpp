// Lists that are read from their beginning to their end at every poll: one page, pages by number or offset, and next-page links. What was not
// changed since the cursor is left out here when the tool cannot leave it out itself; the cursor moves only when the end was reached.
#include <algorithm>

#include "connectors/engine/poll_run.hpp"
#include "connectors/engine/url.hpp"

namespace akashi {

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

Task<Result<ListPage>> PollRun::turn(const ListQuery& query, Walk& walk, const Fillings& base) {
  for (;;) {
    auto with = base;
    walk.place(with);
    auto page = co_await list(query, with, walk.link());
    if (page) co_return page;
    if (asking_.wish() != Wish::shrink_page || !walk.shrink()) co_return page;
  }
}

Result<bool> PollRun::onwards(Walk& walk, const ListPage& page, bool older) {
  const auto next = walk.goes_on(page, older);
  for (const auto& why : std::exchange(walk.doubts, {})) doubt(why);
  if (!next) return std::unexpected(repeated());
  if (!*next || page.next.empty()) return *next;
  auto inside = confined(settings_.base_url, page.answer ? page.answer->url : walk.link(), page.next);
  if (!inside) return std::unexpected(inside.error());
  walk.follow(*inside);
  return true;
}

// Two spans with one instant in common, whichever of its ends the tool counts in.
Result<std::pair<Span, Span>> PollRun::halves(Span span) const {
  const auto middle = instant_of(span.from + (span.to - span.from) / 2);
  if (middle > span.from && middle < span.to) return std::pair(Span{span.from, middle}, Span{middle, span.to});
  return fail(ErrorKind::schema, settings_.name + "/" + stream_.name,
              "the tool holds more records of " + cursor_.query.write(span.from) + " than it gives at once",
              "nothing before that is lost; see whether the tool's limit can be raised");
}

// From its beginning to its end, or to where the tool says that it is too much at once.
Task<Result<PollRun::SpanEnd>> PollRun::read_span(Span span, Instant since) {
  const auto& paging = stream_.paging;
  auto base = fillings();
  base["since"] = base["from"] = cursor_.query.write(span.from);
  base["until"] = cursor_.query.write(span.to);
  if (stream_.job.given) {
    auto job = co_await run_job(base);
    if (!job) {
      if (asking_.wish() == Wish::narrow_window && halvable()) co_return SpanEnd::too_wide;
      co_return std::unexpected(job.error());
    }
    base["job"] = *job;
  }
  const auto kind = paging.kind == Paging::window ? paging.inner : paging.kind;
  Walk walk(paging, kind);
  auto end = co_await walk_through(walk, base, since);
  if (!end || *end == SpanEnd::too_wide || !walk.moved()) co_return end;
  // What moved up past a page's beginning was not seen; a second reading finds it, and counts nothing twice.
  if (pages_ * 2 <= paging.pages_max) {
    Walk again(paging, kind);
    end = co_await walk_through(again, base, since);
    if (!end || *end == SpanEnd::too_wide || !again.moved()) co_return end;
  }
  doubt("the list became shorter again and again while it was read; records may have been passed over");
  co_return end;
}

Task<Result<PollRun::SpanEnd>> PollRun::walk_through(Walk& walk, const Fillings& base, Instant since) {
  const auto& paging = stream_.paging;
  const bool window = paging.kind == Paging::window;
  const auto cap = static_cast<std::uint64_t>(paging.cap);
  const auto before = [&](const JsonValue& record) {
    const auto at = time_of(record);
    return at && *at < since;
  };
  for (bool going = true; going;) {
    if (auto room = one_more_page(); !room) co_return std::unexpected(room.error());
    auto page = co_await turn(query_, walk, base);
    if (!page) {
      if (asking_.wish() == Wish::narrow_window && halvable()) co_return SpanEnd::too_wide;
      co_return std::unexpected(page.error());
    }
    const auto count = page->records.size();
    if (window && (walk.seen() + count >= cap || page->total.value_or(0) >= cap)) co_return SpanEnd::too_wide;
    if (walk.repeats(*page)) co_return std::unexpected(repeated());
    const bool older = paging.stop_before_since && count > 0 && std::ranges::all_of(page->records, before);
    const bool cut = paging.kind == Paging::none && cap > 0 && count >= cap && std::ranges::none_of(page->records, before);
    if (cut) doubt("the tool gives its newest " + std::to_string(cap) + " records only, and all of them are younger than what was read before");
    auto next = onwards(walk, *page, older);
    if (!cursor_.selects) std::erase_if(page->records, before);
    if (count > 0) {
      auto built = co_await page_of(page->records);
      if (!built) co_return std::unexpected(built.error());
      auto emitted = co_await emit(*built, false);
      if (!emitted) co_return std::unexpected(emitted.error());
    }
    if (!next) co_return std::unexpected(next.error());
    going = *next;
  }
  co_return SpanEnd::drained;
}

bool PollRun::halvable() const {
  const auto& asks = stream_.job.given ? stream_.job.submit : stream_.request;
  return fills_in(asks, "until") && (fills_in(asks, "since") || fills_in(asks, "from"));
}

// The time since the cursor, in one span or, where the tool does not give so much at once, in as many as it takes. The cursor moves to where
// everything before was read.
Task<Status> PollRun::read_spans() {
  const auto since = here().since.value_or(first());
  std::vector<Span> spans(1, Span{here().since.value_or(first() - cursor_.margin), until()});
  while (!spans.empty()) {
    const auto span = spans.back();
    spans.pop_back();
    auto end = co_await read_span(span, since);
    if (!end) co_return std::unexpected(end.error());
    if (*end == SpanEnd::too_wide) {
      auto both = halves(span);
      if (!both) co_return std::unexpected(both.error());
      spans.push_back(both->second);
      spans.push_back(both->first);
    } else if (!spans.empty()) {
      here().since = std::max(since, std::min(span.to, edge()));
    }
  }
  here().since = std::max(since, edge());
  co_return Status{};
}

}  // namespace akashi
