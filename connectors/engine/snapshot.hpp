// How a tool's objects were at the poll before, how they are now, and what is different: the records of a stream of shape snapshot_diff.
//   {"event": "first|appeared|changed|gone|kept", "field": "owner", "before": "x", "now": "y", "at": TIME, "from": TIME of the poll before,
//    "lead": true, "object": {…}}
// One record per watched field that changed; `object` is as it is now, or as it was seen last when it is gone. `lead` marks the first record of an
// object, of which its case is made. `kept`: nothing watched changed, but something else did; it is no event, only a case.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connectors/engine/json_page.hpp"
#include "connectors/engine/stream_spec.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace akashi {

struct SeenObject {
  std::vector<std::string> watched;  // as JSON texts, in the order of the descriptor; "null" where nothing is
  std::string raw;                   // the object, on one line, without what is forgotten
  std::string whole;                 // the same with it; empty when it was read from the poll before
  bool operator==(const SeenObject& other) const { return watched == other.watched && raw == other.raw; }
};

struct Snapshot {
  Instant at{};
  std::map<std::string, SeenObject> objects;  // by id
};

[[nodiscard]] SeenObject seen_object(const SnapshotSpec& spec, const JsonValue& object);

// "" is no snapshot. ErrorKind::storage for a damaged one, or one of a descriptor that watched other fields.
[[nodiscard]] Result<std::optional<Snapshot>> read_snapshot(const SnapshotSpec& spec, const std::string& text);
[[nodiscard]] std::string write_snapshot(const Snapshot& snapshot);

// The records as a JSON array. Without `whole`, what is not listed now is not called gone.
[[nodiscard]] std::string changes_between(const SnapshotSpec& spec, const std::optional<Snapshot>& before, const Snapshot& now, bool whole);

}  // namespace akashi
