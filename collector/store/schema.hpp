// The schema in the words of the house, as numbered migrations. A migration that was released is never changed; the next one is added at the end.
// Times are INTEGER nanoseconds since 1970 UTC. Columns that hold a word (words.hpp) say so. What "as of" needs is append-only by trigger.
#pragma once

#include <cstdint>
#include <span>

#include "collector/store/sqlite.hpp"

namespace akashi {

inline constexpr std::int64_t application_id = 0x416b6173;  // "Akas", in the file's header

struct Migration {
  std::int64_t version;
  const char* script;
};
[[nodiscard]] std::span<const Migration> migrations();  // ascending from 1
[[nodiscard]] std::int64_t schema_version();            // of the newest

// Brings the store up to date, each migration in a transaction of its own. A store of a newer schema must have been refused before.
[[nodiscard]] Status migrate(sqlite::Database& db, std::span<const Migration> steps);

}  // namespace akashi
