// Rows of streams, polls, health and coverage. Failures stick to the database (sqlite.hpp).
#pragma once

#include <string>
#include <vector>

#include "collector/store/tables.hpp"
#include "core/coverage.hpp"
#include "core/store.hpp"

namespace akashi {

inline constexpr int poll_days = 90;  // polls are told for as long; older manifests are dropped when a new poll begins

[[nodiscard]] std::int64_t source_number(Tables& t, const std::string& source);                             // given when new
[[nodiscard]] std::int64_t stream_number(Tables& t, const std::string& source, const std::string& stream);  // given when new

[[nodiscard]] std::string state_of_stream(Tables& t, const std::string& source, const std::string& stream);
void set_stream_state(Tables& t, std::int64_t stream, const std::string& state);

[[nodiscard]] std::int64_t start_poll(Tables& t, std::int64_t stream, Instant at);
// When the poll began. A poll that is not this stream's is a mistake of ours.
[[nodiscard]] Instant poll_started(Tables& t, std::int64_t poll, std::int64_t stream);
void add_manifest(Tables& t, std::int64_t poll, const Manifest& share);
void close_poll(Tables& t, std::int64_t poll, const Manifest& last);
[[nodiscard]] std::vector<Manifest> newest_manifests(Tables& t, std::size_t per_stream, Instant as_of);
// When the newest poll of this stream that read everything there was began: nothing that an overlap may show again is older than that by more than
// the overlap, however long the collector stood still since.
[[nodiscard]] std::optional<Instant> newest_drained(Tables& t, std::int64_t stream);

void keep_health(Tables& t, const SourceHealth& health);
[[nodiscard]] std::vector<SourceHealth> health_at(Tables& t, Instant as_of);

// Touching complete spans become one. Touching incomplete ones whose reasons differ in numbers only become one with the newer reason; where a span
// is read completely afterwards, what was incomplete in it is dropped. An incomplete span takes nothing away from a complete one.
void add_coverage(Tables& t, std::int64_t stream, const CoverageSpan& span);
[[nodiscard]] std::vector<CoverageSpan> all_coverage(Tables& t);

}  // namespace akashi
