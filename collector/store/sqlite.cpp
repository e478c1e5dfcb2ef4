#include "collector/store/sqlite.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <cstring>

namespace akashi::sqlite {
namespace {

constexpr int busy_ms = 5000;
constexpr std::string_view defect = "this is a defect of Akashi, please report it";

std::string system_words(sqlite3* handle) {
  const int code = sqlite3_system_errno(handle);
  return code == 0 ? std::string() : fmt::format(" ({})", std::strerror(code));
}

Error describe(int code, sqlite3* handle, const std::string& path) {
  const auto error = [&](std::string what, std::string mend) { return Error{ErrorKind::storage, path, std::move(what), std::move(mend)}; };
  const std::string said = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_FULL:
      return error("there is no room left for the store, nothing of this was kept", "make room on its disk; it goes on by itself");
    case SQLITE_IOERR:
      return error(fmt::format("the disk refused to read or write{}, nothing of this was kept", system_words(handle)),
                   "look at the disk and its free space; it goes on by itself");
    case SQLITE_CORRUPT:
      return error(fmt::format("the store is damaged ({})", said), "restore it from a backup, or move it away to start anew");
    case SQLITE_NOTADB:
      return error("this file is not an Akashi store", "name another file as the store");
    case SQLITE_CANTOPEN:
      return error(fmt::format("the store cannot be opened{}", system_words(handle)), "check that its directory exists and may be written");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return error("the store cannot be written", "give this user the right to write the file and its directory, on a medium that can be written");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return error(fmt::format("another process has kept the store locked for more than {} s", busy_ms / 1000), "try again");
    case SQLITE_NOMEM:
      return error("there is not enough memory", "give the program more memory");
    case SQLITE_TOOBIG:
      return error("a text is too large to be kept", "lower the size limit of answers");
    default:
      return error(said, std::string(defect));
  }
}

}  // namespace

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  if (lent_ != nullptr) *lent_ = false;
  else sqlite3_finalize(statement_);
}

void Query::bound(int code) {
  if (code != SQLITE_OK) db_->check(code);
}

void Query::add(std::int64_t value) {
  if (statement_ != nullptr) bound(sqlite3_bind_int64(statement_, ++parameter_, value));
}

void Query::add(const std::optional<std::int64_t>& value) {
  if (value) add(*value);
  else if (statement_ != nullptr) bound(sqlite3_bind_null(statement_, ++parameter_));
}

void Query::add(std::string_view value) {
  const char* bytes = value.data() == nullptr ? "" : value.data();  // a null pointer would become NULL
  if (statement_ != nullptr) bound(sqlite3_bind_text64(statement_, ++parameter_, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Query::add(std::string&& value) {
  if (statement_ != nullptr) bound(sqlite3_bind_text64(statement_, ++parameter_, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

bool Query::next() {
  if (statement_ == nullptr || db_->failed()) return false;
  column_ = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) db_->check(code);
  return false;
}

bool Query::run() {
  while (next()) continue;
  return !db_->failed();
}

std::int64_t Query::integer() { return sqlite3_column_int64(statement_, column_++); }

std::string Query::text() {
  const auto* bytes = sqlite3_column_text(statement_, column_);
  const int size = sqlite3_column_bytes(statement_, column_++);
  return bytes == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool Query::skip_null() {
  if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return false;
  ++column_;
  return true;
}

bool Query::more() const { return column_ < sqlite3_column_count(statement_); }

std::optional<std::int64_t> Query::maybe() { return skip_null() ? std::nullopt : std::optional(integer()); }
std::optional<std::string> Query::maybe_text() { return skip_null() ? std::nullopt : std::optional(text()); }

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access) {
  const int rights = access == Access::read    ? SQLITE_OPEN_READONLY
                     : access == Access::write ? SQLITE_OPEN_READWRITE
                                               : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, rights | SQLITE_OPEN_NOMUTEX, nullptr);
  // SQLite opens a file that it may not write for reading only, and would say so much later.
  const bool refused = code == SQLITE_OK && access != Access::read && sqlite3_db_readonly(handle, "main") == 1;
  if (code != SQLITE_OK || refused) {
    auto error = describe(refused ? SQLITE_READONLY : code, handle, path);
    sqlite3_close(handle);
    return std::unexpected(std::move(error));
  }
  std::unique_ptr<Database> db(new Database(path, handle));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, busy_ms);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  db->script(
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
      "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 67108864;");
  if (auto failure = db->take_failure()) return std::unexpected(std::move(*failure));
  return db;
}

Database::~Database() {
  for (auto& [text, cached] : cache_) sqlite3_finalize(cached.statement);
  sqlite3_close(handle_);
}

Query Database::query(Sql sql) {
  if (failed()) return {*this, nullptr, nullptr};
  auto& cached = cache_[sql.text];
  if (cached.statement != nullptr && !cached.lent) {
    cached.lent = true;
    return {*this, cached.statement, &cached.lent};
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) {
    check(code);
    return {*this, nullptr, nullptr};
  }
  if (cached.statement != nullptr) return {*this, statement, nullptr};  // lent already: this one is used once
  cached = {statement, true};
  return {*this, statement, &cached.lent};
}

bool Database::script(const std::string& text) {
  if (failed()) return false;
  const int code = sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) check(code);
  return code == SQLITE_OK;
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_); }
std::int64_t Database::changed() const { return sqlite3_changes64(handle_); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void Database::check(int code) { refuse(describe(code, handle_, path_)); }

void Database::refuse(Error error) {
  if (!failure_) failure_ = std::move(error);
}

std::optional<Error> Database::take_failure() { return std::exchange(failure_, std::nullopt); }

void Database::roll_back() {
  ++rollbacks_;
  if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Work::Work(Database& db, Kind kind) : db_(db) {
  db_.failure_.reset();
  if (db_.in_transaction()) return;
  owner_ = true;
  db_.script(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Work::~Work() {
  if (owner_) db_.roll_back();
}

Status Work::finish() {
  if (owner_ && !db_.failed()) db_.script("COMMIT");
  if (auto failure = db_.take_failure()) {
    if (owner_) db_.roll_back();
    owner_ = false;
    return std::unexpected(std::move(*failure));
  }
  owner_ = false;
  return {};
}

}  // namespace akashi::sqlite
