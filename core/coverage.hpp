// Coverage is the set of spans of time for which a stream of a source was read completely: the licence to speak about absence.
// Invariants: spans are disjoint, not empty, half-open [from, to), ascending, and touching ones are one. A failed, partial or capped read adds
// nothing here.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace akashi {

class Coverage {
 public:
  void add(Span span);
  [[nodiscard]] bool covers(Span span) const;
  [[nodiscard]] std::vector<Span> gaps(Span within) const;
  [[nodiscard]] Coverage intersect(const Coverage& other) const;
  [[nodiscard]] std::span<const Span> spans() const { return spans_; }
  [[nodiscard]] bool empty() const { return spans_.empty(); }
  bool operator==(const Coverage&) const = default;

 private:
  std::vector<Span> spans_;
};

// One piece of reading, as the connector reports it and the store keeps it.
struct CoverageSpan {
  std::string source, stream;
  Span span;
  bool complete = true;  // false: read, but something in it was hidden, capped or refused; it licenses nothing
  std::string why;       // of an incomplete one, e.g. "6 of 100 rows hidden from this reader; grant ShowTicketComments on Incidents"
  auto operator<=>(const CoverageSpan&) const = default;
};

}  // namespace akashi
