// Which source is due when. A source has slots: its first one and one every interval after it. A slot that has gone by while the source was still
// being read, or could not be read at all, is missed and never made up for; the next one is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "core/time.hpp"

namespace akashi {

struct Due {
  Instant at{};
  std::size_t source = 0;
  bool operator>(const Due& other) const { return at != other.at ? at > other.at : source > other.source; }
};

class Schedule {
 public:
  // Few sources begin at once, many spread over their intervals, so that they do not all come at the same moment for ever.
  Schedule(std::vector<Duration> intervals, Instant now);

  [[nodiscard]] std::optional<Instant> next() const;                 // when the next source is due; nothing while all are at work
  [[nodiscard]] std::optional<Due> take(Instant now);                // the source that is due longest
  void done(const Due& due, Instant now, Duration not_before = {});  // it is due again: at its next slot, no sooner than so long after now
  [[nodiscard]] std::uint64_t missed() const { return missed_; }

 private:
  std::vector<Duration> intervals_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> waiting_;
  std::uint64_t missed_ = 0;
};

}  // namespace akashi
