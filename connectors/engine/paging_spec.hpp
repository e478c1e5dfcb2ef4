// How a list goes on, and the time that it is read along.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/engine/clock_format.hpp"
#include "connectors/engine/request_spec.hpp"
#include "connectors/engine/value_spec.hpp"
#include "core/time.hpp"

namespace akashi {

enum class Paging : std::uint8_t { none, page, offset, id_after, next_url, keyset, token_in_body, link_header, search_after, window };

// A point in time that a search goes on in (Elasticsearch).
struct OpenSpec {
  RequestSpec request;
  std::string pit;                // pointer of its id
  std::vector<Condition> expect;  // of the answer; otherwise the search would not see everything
  std::string taken;              // pointer of the time it was opened at, in epoch_ms; "" = the tool does not say
};

struct PagingSpec {
  Paging kind = Paging::none;
  int limit = 100;
  int pages_max = 10000;        // of one poll
  std::string total, next, id;  // pointers; `id` inside a record
  std::string first, after, from, ascending,
      descending;      // id_after: the {position} at first contact, behind an id, from an id on; the words of {order}
  std::string hidden;  // id_after: how to mend it when rows are hidden from the reader
  int first_page = 1;
  std::string token;               // token_in_body: pointer of the next page's {token}
  std::string more, last;          // pointers of true: there are more pages, this is the last one
  std::string total_header;        // header that holds the number of all records
  bool skip_empty = false;         // an empty page is not the end
  bool stop_before_since = false;  // the list is sorted, newest first: a page that is wholly older ends it
  std::string sort;                // search_after: pointer of a record's sort values
  std::optional<OpenSpec> open;    // search_after: a point in time, {pit}
  int cap = 0;                     // window: a span with so many records is not given whole; none: the tool never gives more than these
  Paging inner = Paging::none;     // window: pages inside a span
};

struct CursorSpec {
  bool given = false;
  std::string field, or_field;                  // or_field: the time of a record that has none at field, such as one that was never changed
  ClockFormat format, query;                    // as answered, as asked
  bool selects = false;                         // the request itself asks for what may have changed: nothing is left out by its time
  bool everything = false;                      // first contact reads all there is: what was published long ago is still in force
  Duration margin{};                            // first contact asks from this much earlier and drops what is before its start
  Duration overlap = std::chrono::minutes(10);  // read again at every poll, for late arrivals
  Duration lag = std::chrono::minutes(1);       // what is younger than this is left to the next poll
  std::string overlap_from;                     // a parameter that says the overlap
  Duration kept{};                              // the tool forgets after this long: nothing older is vouched for; zero: never
};

}  // namespace akashi
