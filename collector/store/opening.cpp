#include "collector/store/opening.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "collector/store/schema.hpp"

namespace akashi {
namespace {

using sqlite::Database;

std::int64_t number(Database& db, sqlite::Sql pragma) {
  auto asked = db.query(pragma);
  return asked.next() ? asked.integer() : 0;
}

Status settle(Database& db) {
  if (auto failure = db.take_failure()) return std::unexpected(std::move(*failure));
  return {};
}

// Whose file it is, and of which schema.
Status check_identity(Database& db, OpenMode mode) {
  const auto application = number(db, "PRAGMA application_id"), version = number(db, "PRAGMA user_version");
  const auto tables = number(db, "SELECT count(*) FROM sqlite_schema");
  if (auto readable = settle(db); !readable) return readable;
  const bool fresh = application == 0 && tables == 0;
  if (!fresh && application != application_id) {
    return fail(ErrorKind::config, db.path(), "this file is not an Akashi store but another program's database", "name another file as the store");
  }
  if (version > schema_version()) {
    return fail(ErrorKind::config, db.path(), fmt::format("the store is of schema {}, this Akashi knows up to {}", version, schema_version()),
                "use the newer Akashi that wrote it");
  }
  if (version < schema_version() && mode != OpenMode::write) {
    return fail(
        ErrorKind::config, db.path(),
        fresh ? "the store is still empty" : fmt::format("the store is of the older schema {}, this Akashi reads {}", version, schema_version()),
        "let `akashi poll --once` or the daemon run on it once");
  }
  return {};
}

Status check_whole(Database& db, const StoreOptions& options) {
  std::error_code unknown;
  const auto size = std::filesystem::file_size(db.path(), unknown);
  if (unknown || size > options.checked_bytes_max) return {};
  std::string answer = "ok";
  {
    auto asked = db.query("PRAGMA quick_check(1)");
    if (asked.next()) answer = asked.text();
  }
  if (auto readable = settle(db); !readable) return readable;
  if (answer == "ok") return {};
  return fail(ErrorKind::storage, db.path(), fmt::format("the store is damaged ({})", answer),
              "restore it from a backup, or move it away to start anew");
}

Status use_wal(Database& db) {
  std::string mode;
  {
    auto asked = db.query("PRAGMA journal_mode = WAL");
    if (asked.next()) mode = asked.text();
  }
  if (auto done = settle(db); !done) return done;
  if (mode == "wal") return {};
  return fail(ErrorKind::config, db.path(), "this file system cannot hold a store (no shared memory for its write-ahead log)",
              "keep it on a local disk");
}

Status limit_size(Database& db, std::uint64_t bytes_max) {
  if (bytes_max == 0) return {};
  const auto page = std::max<std::int64_t>(1, number(db, "PRAGMA page_size"));
  db.script(fmt::format("PRAGMA max_page_count = {}", std::max<std::uint64_t>(1, bytes_max / static_cast<std::uint64_t>(page))));
  return settle(db);
}

// Titles of cases and pseudonyms are nobody else's business: the file, and with it what SQLite puts beside it, belongs to this user alone. Only a
// file that is not there is opened here: closing one that is in use would let go of its locks.
Status create_private(const std::string& path) {
  const int created = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (created >= 0) {
    ::close(created);
    return {};
  }
  if (errno == EEXIST) return {};
  return fail(ErrorKind::storage, path, fmt::format("the store cannot be created ({})", std::strerror(errno)),
              "give this user the right to write in its directory, on a medium that can be written");
}

Status make_writable(Database& db, const StoreOptions& options) {
  if (auto done = use_wal(db); !done) return done;
  if (auto whole = check_whole(db, options); !whole) return whole;
  if (auto limited = limit_size(db, options.bytes_max); !limited) return limited;
  return migrate(db, migrations());
}

}  // namespace

Status check_place(const std::string& path, OpenMode mode) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path file(path);
  const auto directory = file.has_parent_path() ? file.parent_path() : fs::path(".");
  if (path.empty()) return fail(ErrorKind::config, "store", "no file is named", "name one under `store:`");
  if (!fs::is_directory(directory, error)) {
    return fail(ErrorKind::config, path, fmt::format("its directory {} does not exist or may not be entered", directory.string()),
                "create it, or name another file as the store");
  }
  const auto status = fs::status(file, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) { return fail(ErrorKind::config, path, "this is not a file", "name a file as the store"); }
  if (mode != OpenMode::write && !fs::exists(status)) {
    return fail(ErrorKind::config, path, "there is no store yet", "run `akashi poll --once` or the daemon first");
  }
  return {};
}

Result<std::unique_ptr<Database>> open_file(const std::string& path, OpenMode mode, const StoreOptions& options) {
  const auto access = mode == OpenMode::read ? Database::Access::read : mode == OpenMode::decide ? Database::Access::write : Database::Access::create;
  if (mode == OpenMode::write) {
    if (auto created = create_private(path); !created) return std::unexpected(std::move(created).error());
  }
  auto db = Database::open(path, access);
  if (!db) return db;
  if (auto own = check_identity(**db, mode); !own) return std::unexpected(std::move(own).error());
  if (mode == OpenMode::write) {
    if (auto ready = make_writable(**db, options); !ready) return std::unexpected(std::move(ready).error());
  }
  return db;
}

}  // namespace akashi
