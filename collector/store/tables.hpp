// What every part of the store works on: the database and its words.
#pragma once

#include "collector/store/sqlite.hpp"
#include "collector/store/words.hpp"
#include "core/time.hpp"

namespace akashi {

struct Tables {
  explicit Tables(sqlite::Database& database) : db(database), words(database) {}
  sqlite::Database& db;
  WordTable words;
};

[[nodiscard]] inline std::optional<std::int64_t> ns_of(const std::optional<Instant>& at) { return at ? std::optional(to_ns(*at)) : std::nullopt; }
[[nodiscard]] inline std::optional<Instant> instant_of(const std::optional<std::int64_t>& ns) {
  return ns ? std::optional(from_ns(*ns)) : std::nullopt;
}

// A mistake of the program itself: refused, so that the ledger stays right.
[[nodiscard]] inline Error our_mistake(const sqlite::Database& db, std::string what) {
  return {ErrorKind::storage, db.path(), std::move(what), "this is a defect of Akashi, please report it"};
}

}  // namespace akashi
