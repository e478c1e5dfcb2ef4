// What a stream remembers between polls: text that the store keeps as it is, written with every page.
//   akashi-stream 1
//   start 2025-10-17T00:00:00Z          first contact reads from here
//   covered_to 2026-11-21T08:00:00Z     coverage was told up to here; absent before the first complete pass
//   doubt rows are hidden …             of a pass that has not ended
//   part csirt                          a value of the stream's for_each ("" without one); what follows belongs to it
//   after 4711                          id that was emitted, and nothing before it is outstanding
//   since 2026-11-21T07:50:00Z          time of which the same holds
//   objects {"at":…}                    what a stream of snapshots saw at the poll before (snapshot.hpp)
//   back 2026-11-21T08:00:00Z           reading was doubtful, and has to go back; when that was last tried, or "never" since the checks failed
//   back_covered_to, back_part, back_after, back_since     to here: as the four lines were before the first doubtful pass
// Invariant: `after` and `since` never pass what was emitted in a page, nor the overlap.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/result.hpp"
#include "core/time.hpp"

namespace akashi {

struct PartState {
  std::string after;
  std::optional<Instant> since;
  std::string objects;
  bool operator==(const PartState&) const = default;
};

// Where reading stood before the first pass that could not see everything. What became visible later is behind the cursor and is read from here on.
struct BackTo {
  std::optional<Instant> tried, covered_to;
  std::map<std::string, PartState> parts;
  bool operator==(const BackTo&) const = default;
};

struct PollState {
  std::optional<Instant> start, covered_to;
  std::optional<BackTo> back;
  std::set<std::string> doubts;
  std::map<std::string, PartState> parts;
  bool operator==(const PollState&) const = default;
};

// "" is first contact. ErrorKind::storage for a text of another version or a damaged one: guessing would lose or repeat.
[[nodiscard]] Result<PollState> read_poll_state(const std::string& text);
[[nodiscard]] std::string write_poll_state(const PollState& state);

}  // namespace akashi
