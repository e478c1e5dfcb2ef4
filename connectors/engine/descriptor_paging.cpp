#include <array>

#include "connectors/engine/descriptor_read.hpp"

namespace akashi::reading {

namespace {

Status paging_kind(const Yaml& node, PagingSpec& into) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  constexpr std::array<std::pair<std::string_view, Paging>, 6> kinds{{{"none", Paging::none},
                                                                      {"page", Paging::page},
                                                                      {"offset", Paging::offset},
                                                                      {"id_after", Paging::id_after},
                                                                      {"next_url", Paging::next_url},
                                                                      {"keyset", Paging::keyset}}};
  for (const auto& [kind, value] : kinds) {
    if (*word == kind) {
      into.kind = value;
      return {};
    }
  }
  return std::unexpected(node.wrong("\"" + *word + "\" is no kind of paging", "write none, page, offset, id_after, next_url or keyset"));
}

constexpr auto paging_keys = std::to_array<Key<PagingSpec>>({
    {"kind", "none, page, offset, id_after, next_url or keyset (on the cursor's time)", paging_kind, true},
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
});

struct CursorText {
  std::string field, format = "rfc3339", query_format, zone = "UTC";
  bool everything = false;
  Duration margin{}, overlap = std::chrono::minutes(10), lag = std::chrono::minutes(1);
};

constexpr auto cursor_keys = std::to_array<Key<CursorText>>({
    {"field", "pointer of the time in a record", path_of<&CursorText::field>, true},
    {"format", "rfc3339, epoch_s, epoch_ms or a pattern such as %Y-%m-%d %H:%M:%S", keys::text<&CursorText::format>},
    {"query_format", "the same for requests; default as format", keys::text<&CursorText::query_format>},
    {"zone", "zone of times without an offset; default UTC", keys::text<&CursorText::zone>},
    {"everything", "true: first contact reads all there is, as for documents, which stay in force", keys::flag<&CursorText::everything>},
    {"margin", "how much earlier first contact asks, where the tool reads times in the user's zone", keys::duration<&CursorText::margin>},
    {"overlap", "read again at every poll, for late arrivals", keys::duration<&CursorText::overlap>},
    {"lag", "what is younger is left to the next poll", keys::duration<&CursorText::lag>},
});

}  // namespace

Status paging(const Yaml& node, PagingSpec& into) { return read_keys<PagingSpec>(node, into, paging_keys); }

Status cursor(const Yaml& node, CursorSpec& into) {
  CursorText text;
  if (auto read = read_keys<CursorText>(node, text, cursor_keys); !read) return read;
  auto format = ClockFormat::named(text.format, text.zone);
  if (!format) return std::unexpected(node.wrong(format.error().what, format.error().mend));
  auto query = ClockFormat::named(text.query_format.empty() ? text.format : text.query_format, text.zone);
  if (!query) return std::unexpected(node.wrong(query.error().what, query.error().mend));
  into = {true, text.field, *format, *query, text.everything, text.margin, text.overlap, text.lag};
  return {};
}

std::string paging_reference() { return describe_keys<PagingSpec>("paging", paging_keys) + describe_keys<CursorText>("cursor", cursor_keys); }

}  // namespace akashi::reading
