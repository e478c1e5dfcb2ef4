#include <algorithm>
#include <array>

#include "connectors/engine/descriptor_read.hpp"
#include "connectors/engine/placeholders.hpp"

namespace akashi::reading {

namespace {

constexpr Words<Paging, 10> kinds{"no kind of paging",
                                  {{{"none", Paging::none},
                                    {"page", Paging::page},
                                    {"offset", Paging::offset},
                                    {"id_after", Paging::id_after},
                                    {"next_url", Paging::next_url},
                                    {"keyset", Paging::keyset},
                                    {"token_in_body", Paging::token_in_body},
                                    {"link_header", Paging::link_header},
                                    {"search_after", Paging::search_after},
                                    {"window", Paging::window}}}};
constexpr Words<Paging, 3> inner_kinds{"no way to read a span", {{{"none", Paging::none}, {"page", Paging::page}, {"offset", Paging::offset}}}};

Status empty_page(const Yaml& node, PagingSpec& into) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  if (*word != "skip") return std::unexpected(node.wrong("\"" + *word + "\" is nothing to do with an empty page", "write skip, or leave it out"));
  into.skip_empty = true;
  return {};
}

constexpr auto open_keys = std::to_array<Key<OpenSpec>>({
    {"request", "opens it", request_of<&OpenSpec::request>, true},
    {"pit", "pointer of its id, which is {pit}", path_of<&OpenSpec::pit>, true},
    {"expect", "conditions on the answer; otherwise the search would not see everything", when_of<&OpenSpec::expect>},
    {"taken", "pointer of the time it was opened at, epoch_ms", path_of<&OpenSpec::taken>},
});

Status open(const Yaml& node, PagingSpec& into) {
  into.open.emplace();
  return read_keys<OpenSpec>(node, *into.open, open_keys);
}

constexpr auto paging_keys = std::to_array<Key<PagingSpec>>({
    {"kind", "how the list goes on; keyset and window: on the cursor's time", keys::word<&PagingSpec::kind, kinds>, true},
    {"limit", "records asked for in a page", keys::number<&PagingSpec::limit, 1, 10000>},
    {"pages_max", "pages of one poll; more is an error", keys::number<&PagingSpec::pages_max, 1, 1000000>},
    {"total", "pointer of the number of all records, null when the tool does not say", path_of<&PagingSpec::total>},
    {"next", "pointer of the next page's address", path_of<&PagingSpec::next>},
    {"id", "pointer of a record's id", path_of<&PagingSpec::id>},
    {"first", "id_after: what {position} is at first contact", keys::text<&PagingSpec::first>},
    {"after", "id_after: what {position} is behind {after}", keys::text<&PagingSpec::after>},
    {"from", "id_after: what {position} is from {after} on, for the proof that nothing is hidden", keys::text<&PagingSpec::from>},
    {"ascending", "what {order} is", keys::text<&PagingSpec::ascending>},
    {"descending", "what {order} is in that proof", keys::text<&PagingSpec::descending>},
    {"hidden", "what to do when rows are hidden from the reader", keys::text<&PagingSpec::hidden>},
    {"first_page", "number of the first page; default 1", keys::number<&PagingSpec::first_page, 0, 1>},
    {"token", "token_in_body: pointer of the next page's {token}; the end is where it is absent, null or empty", path_of<&PagingSpec::token>},
    {"more", "pointer of true: there are more pages", path_of<&PagingSpec::more>},
    {"last", "pointer of true: this is the last page", path_of<&PagingSpec::last>},
    {"total_header", "header that holds the number of all records", keys::text<&PagingSpec::total_header>},
    {"empty", "skip: an empty page is not the end", {empty_page, {Form::Is::word, "skip"}}},
    {"stop_before_since", "true: the list is sorted, newest first; a page that is wholly older than asked for ends it",
     keys::flag<&PagingSpec::stop_before_since>},
    {"sort", "search_after: pointer of a record's sort values", path_of<&PagingSpec::sort>},
    {"open", "search_after: a point in time to search in", {open, {Form::Is::section, "open"}}},
    {"cap", "window: a span with so many records is read in halves; none, newest first: more than these are never given",
     keys::number<&PagingSpec::cap, 2, 10000000>},
    {"inner", "window: none (default), page or offset inside a span", keys::word<&PagingSpec::inner, inner_kinds>},
});

struct CursorText {
  std::string field, or_field, format = "rfc3339", query_format, zone = "UTC";
  bool everything = false, selects = false;
  Duration margin{}, overlap = std::chrono::minutes(10), lag = std::chrono::minutes(1);
  std::string overlap_from;
  Duration kept{};
};

Status overlap(const Yaml& node, CursorText& into) {
  const auto text = node.as_string();
  const auto names = text ? placeholders_in(*text) : std::vector<std::string>{};
  if (names.size() != 1) return keys::duration<&CursorText::overlap>(node, into);
  into.overlap_from = names.front();
  return {};
}

constexpr auto cursor_keys = std::to_array<Key<CursorText>>({
    {"field", "pointer of the time in a record", path_of<&CursorText::field>, true},
    {"or_field", "pointer of the time where nothing is at field, as in a record that was never changed", path_of<&CursorText::or_field>},
    {"format", "rfc3339, epoch_s, epoch_ms, epoch_us, epoch_ns or a pattern such as %Y-%m-%d %H:%M:%S", keys::text<&CursorText::format>},
    {"query_format", "the same for requests; default as format", keys::text<&CursorText::query_format>},
    {"zone", "zone of times without an offset, or {parameter}; default UTC", keys::text<&CursorText::zone>},
    {"selects", "true: the request itself asks for what may have changed; records are not left out by their time", keys::flag<&CursorText::selects>},
    {"everything", "true: first contact reads all there is, as for documents, which stay in force", keys::flag<&CursorText::everything>},
    {"margin", "how much earlier first contact asks, where the tool reads times in the user's zone", keys::duration<&CursorText::margin>},
    {"overlap", "read again at every poll, for late arrivals; or {parameter}", {overlap, {Form::Is::set_duration}}},
    {"lag", "what is younger is left to the next poll", keys::duration<&CursorText::lag>},
    {"kept", "how long the tool keeps records, where it forgets: nothing older is vouched for", keys::duration<&CursorText::kept>},
});

}  // namespace

Status paging(const Yaml& node, PagingSpec& into) { return read_keys<PagingSpec>(node, into, paging_keys); }

Status clock_format(const Yaml& node, const Yaml* zone, std::optional<ClockFormat>& into) {
  auto format = node.as_string();
  if (!format) return std::unexpected(format.error());
  auto where = zone == nullptr ? Result<std::string>("UTC") : zone->as_string();
  if (!where) return std::unexpected(where.error());
  auto made = ClockFormat::named(*format, *where);
  if (!made) return std::unexpected(node.wrong(made.error().what, made.error().mend));
  into = std::move(*made);
  return {};
}

Status cursor(const Yaml& node, CursorSpec& into) {
  CursorText text;
  if (auto read = read_keys<CursorText>(node, text, cursor_keys); !read) return read;
  auto format = ClockFormat::named(text.format, text.zone);
  if (!format) return std::unexpected(node.wrong(format.error().what, format.error().mend));
  auto query = ClockFormat::named(text.query_format.empty() ? text.format : text.query_format, text.zone);
  if (!query) return std::unexpected(node.wrong(query.error().what, query.error().mend));
  into = {true,        text.field,   text.or_field, *format,           *query,   text.selects, text.everything,
          text.margin, text.overlap, text.lag,      text.overlap_from, text.kept};
  return {};
}

namespace {

std::optional<Complaint> wrong_kind(const PagingSpec& paging, const RequestSpec& request) {
  if (paging.kind == Paging::token_in_body) {
    if (paging.token.empty()) return Complaint{"token_in_body needs token, the pointer of the next page's token", {}};
    if (!fills_in(request, "token") && !fills_in(request, "token_json"))
      return Complaint{"the request does not hold {token}", "put it where the tool wants the next page's token"};
  }
  if (paging.kind == Paging::search_after) {
    if (paging.sort.empty()) return Complaint{"search_after needs sort, the pointer of a record's sort values", {}};
    if (!fills_in(request, "search_after") && !fills_in(request, "search_after_member"))
      return Complaint{"the request does not hold {search_after_member}", "put it into the body"};
    if (paging.open && !fills_in(request, "pit")) return Complaint{"the request does not hold {pit}", "put it into the body, or leave open out"};
  }
  if (paging.kind == Paging::window) {
    if (paging.cap == 0) return Complaint{"window needs cap, the number of records that the tool does not go beyond", {}};
    if (!fills_in(request, "since") || !fills_in(request, "until")) return Complaint{"the request of a window holds {since} and {until}", {}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Complaint> wrong_paging(const PagingSpec& paging, const RequestSpec& request) {
  if (auto wrong = wrong_kind(paging, request)) return wrong;
  const auto kind = paging.kind;
  if (paging.open && kind != Paging::search_after) return Complaint{"open belongs to search_after", {}};
  const bool newest = kind == Paging::none && paging.stop_before_since;
  if (kind != Paging::window && (paging.inner != Paging::none || (paging.cap != 0 && !newest)))
    return Complaint{"cap and inner belong to window", "cap also to none with stop_before_since: true, a list that the tool cuts"};
  const bool links = kind == Paging::next_url || kind == Paging::link_header || kind == Paging::token_in_body;
  const bool numbers = kind == Paging::page || kind == Paging::offset;
  if (paging.stop_before_since && !links && !numbers && paging.cap == 0)
    return Complaint{"stop_before_since belongs to page, offset, next_url, link_header and token_in_body", {}};
  const bool told = links || !paging.more.empty() || !paging.last.empty() || !paging.total.empty() || !paging.total_header.empty();
  if (paging.skip_empty && !told)
    return Complaint{"without more, last or total an empty page cannot be told from the end", "say where the tool says it"};
  return std::nullopt;
}

void paging_sections(Sections& into) {
  into.push_back(section<PagingSpec>("paging", "how a list goes on", paging_keys));
  into.push_back(section<OpenSpec>("open", "a point in time to search in", open_keys));
  into.push_back(section<CursorText>("cursor", "the time that a stream is read along", cursor_keys));
}

}  // namespace akashi::reading
