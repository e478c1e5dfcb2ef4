// The embedded store: one SQLite file (WAL, synchronous=FULL). Beside it stand FILE-wal, FILE-shm and FILE.lock.
// Thread rule: a store belongs to one thread at a time; another thread opens its own for reading.
//
// Opening is refused with one sentence: a missing or read-only place, a file that is not an Akashi store, a damaged one, one of a newer schema, one
// that another process writes already (ErrorKind::config, with its process id).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/store.hpp"

namespace akashi {

enum class OpenMode : std::uint8_t {
  read,    // sees the store as it was at its first reading: every answer is of one moment; nothing can be kept. Open anew to see newer
  decide,  // reads what is newest; only decide(), pause() and resume() may write, while a daemon runs too
  write,   // the daemon or a poll: one process at a time; creates the store, brings its schema up to date
};

struct StoreOptions {
  // Uids behind tallies are remembered for so many days before the newest complete poll: longer than any overlap that a descriptor may ask for.
  int remembered_days = 40;
  std::uint64_t bytes_max = 0;                         // the file grows no further; 0 = as the disk allows
  std::uint64_t checked_bytes_max = 64 * 1024 * 1024;  // up to this size the whole file is checked when it is opened for writing
};

[[nodiscard]] Result<std::unique_ptr<Store>> open_store(const std::string& path, OpenMode mode, const StoreOptions& options = {});

}  // namespace akashi
