#include "connectors/engine/poll_walk.hpp"

#include <algorithm>
#include <charconv>

#include "connectors/engine/json_line.hpp"
#include "connectors/engine/link_header.hpp"
#include "connectors/engine/values.hpp"
#include "core/text.hpp"

// GCC 12 sees an overlap in std::string's own assign (its bug 105651).
#pragma GCC diagnostic ignored "-Wrestrict"

namespace akashi {

namespace {

constexpr int empty_pages_before_end = 2;  // after an empty page that may only be hidden from this reader

std::optional<std::uint64_t> count_in(std::string_view text) {
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || (end != text.data() + text.size() && *end != '.')) return std::nullopt;
  return count;
}

std::optional<bool> truth_in(const JsonValue& value) {
  const auto text = text_of(value);
  if (!text) return std::nullopt;
  const auto word = lower(*text);
  if (word == "true" || word == "1") return true;
  if (word == "false" || word == "0") return false;
  return std::nullopt;
}

std::string header_of(const Answered& answer, std::string_view name) {
  for (const auto& [given, value] : answer.headers) {
    if (same_word(given, name)) return value;
  }
  return {};
}

}  // namespace

void read_margins(const PagingSpec& paging, ListPage& page) {
  const auto root = page.answer->page.root();
  if (!paging.total.empty()) {
    if (const auto text = text_of(root.at(paging.total))) page.total = count_in(*text);
  }
  if (!paging.total_header.empty()) {
    const auto text = header_of(*page.answer, paging.total_header);
    page.total = count_in(std::string_view(text).substr(text.rfind('/') + 1));  // "items 0-9/57" as well as "57"
  }
  if (!paging.more.empty()) page.more = truth_in(root.at(paging.more));
  if (const auto last = paging.last.empty() ? std::nullopt : truth_in(root.at(paging.last))) page.more = !*last;
  if (!paging.next.empty()) page.next = text_of(root.at(paging.next)).value_or("");
  if (!paging.token.empty()) page.token = text_of(root.at(paging.token)).value_or("");
  if (paging.kind == Paging::link_header) page.next = next_link(page.answer->headers);
}

void Walk::place(Fillings& with) const {
  with["limit"] = std::to_string(limit_);
  with["page"] = std::to_string(static_cast<std::uint64_t>(paging_.first_page) + page_);
  with["offset"] = std::to_string(position_);
  with["last"] = std::to_string(position_ + limit_ - 1);
  with["end"] = std::to_string(position_ + limit_);
  if (kind_ == Paging::token_in_body) with["token"] = token_;  // otherwise a session may have one of that name
  if (kind_ == Paging::token_in_body) with["token_json"] = token_.empty() ? "null" : json_text(token_);
}

bool Walk::repeats(const ListPage& page) {
  if (page.records.empty()) return false;
  std::string now(page.records.front().raw());
  if (kind_ != Paging::page && kind_ != Paging::offset) {
    now += page.records.back().raw();
    now += std::to_string(page.records.size());
  }
  const bool same = now == previous_;
  previous_ = std::move(now);
  return same;
}

bool Walk::shrink() {
  if (limit_ <= 1 || !link_.empty()) return false;
  limit_ /= 2;
  if (kind_ == Paging::page) {  // begins where a page of the new size begins, not behind what was read
    page_ = position_ / limit_;
    position_ = page_ * limit_;
    seen_ = std::min(seen_, position_);
  }
  return true;
}

// The tool says that there is more: it has to give it, too.
bool Walk::told_more(std::size_t count) {
  if (count > 0 || paging_.skip_empty) return true;
  doubts.emplace_back("the tool says that there are more records but gives none");
  return false;
}

bool Walk::by_total(const ListPage& page, std::size_t count) {
  const bool passed = paging_.skip_empty ? position_ >= *page.total : count == 0 && empty_ > empty_pages_before_end;
  if (seen_ > *page.total && count >= limit_) return true;  // the count is wrong, and a full page is not the end
  if (seen_ < *page.total && !passed) return true;
  if (seen_ < *page.total) doubts.push_back("the tool counts " + std::to_string(*page.total) + " records but gave " + std::to_string(seen_));
  return false;
}

bool Walk::numbered(const ListPage& page) {
  const auto count = page.records.size();
  if (count > 0) {
    const bool gap = was_short_ || (empty_ > 0 && !paging_.skip_empty);
    if (gap) doubts.push_back("rows are hidden from this reader" + (paging_.hidden.empty() ? "" : "; " + paging_.hidden));
    empty_ = 0;
  } else {
    ++empty_;
  }
  moved_ = moved_ || (total_ && page.total && *page.total < *total_);
  total_ = page.total;
  ++page_;
  position_ += count > 0 || !paging_.skip_empty ? count : limit_;
  if (page.more) return *page.more && told_more(count);
  if (page.total) return by_total(page, count);
  const bool full = count >= limit_;
  if (!full && (paging_.hidden.empty() || empty_ > empty_pages_before_end)) return false;
  was_short_ = was_short_ || (count > 0 && !full);
  return true;
}

std::optional<bool> Walk::onwards(const ListPage& page) {
  const auto count = page.records.size();
  const bool by_token = kind_ == Paging::token_in_body;
  if (page.more && !*page.more) return false;
  const auto& next = by_token ? page.token : page.next;
  if (next.empty()) {
    if (page.more) doubts.emplace_back("the tool says that there are more records, but not where");
    return false;
  }
  if (count == 0 && by_token && !paging_.skip_empty) return page.more && told_more(count);
  if (!met_.insert(next).second) return std::nullopt;
  if (by_token) token_ = next;
  position_ += count;
  return true;
}

std::optional<bool> Walk::goes_on(const ListPage& page, bool older) {
  ++number_;
  seen_ += page.records.size();
  if (older && paging_.stop_before_since) return false;
  switch (kind_) {
    case Paging::page:
    case Paging::offset:
      return numbered(page);
    case Paging::next_url:
    case Paging::link_header:
    case Paging::token_in_body:
      return onwards(page);
    default:
      return false;
  }
}

}  // namespace akashi
