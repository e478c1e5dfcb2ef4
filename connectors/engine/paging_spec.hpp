// How a list goes on, and the time that it is read along.
#pragma once

#include <string>

#include "connectors/engine/clock_format.hpp"
#include "connectors/engine/request_spec.hpp"
#include "core/time.hpp"

namespace akashi {

enum class Paging : std::uint8_t { none, page, offset, id_after, next_url, keyset };

struct PagingSpec {
  Paging kind = Paging::none;
  int limit = 100;
  int pages_max = 10000;        // of one poll
  std::string total, next, id;  // pointers; `id` inside a record
  std::string first, after, from, ascending,
      descending;      // id_after: the {position} at first contact, behind an id, from an id on; the words of {order}
  std::string hidden;  // id_after: how to mend it when rows are hidden from the reader
};

struct CursorSpec {
  bool given = false;
  std::string field;
  ClockFormat format, query;                    // as answered, as asked
  bool everything = false;                      // first contact reads all there is: what was published long ago is still in force
  Duration margin{};                            // first contact asks from this much earlier and drops what is before its start
  Duration overlap = std::chrono::minutes(10);  // read again at every poll, for late arrivals
  Duration lag = std::chrono::minutes(1);       // what is younger than this is left to the next poll
};

}  // namespace akashi
