// A thin layer over SQLite: database, cached statements, units of work. The only file pair that includes SQLite.
// Errors are sticky: the first failure inside a Work is remembered, everything after it does nothing, and Work::finish() reports it. So the code that
// keeps or reads reads straight on, and nothing half done can be committed.
// Thread rule: a Database and all that borrows from it belong to one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace akashi::sqlite {

// The text of a statement; only literals, so that its address can stand for it in the cache.
struct Sql {
  consteval Sql(const char* literal) : text(literal) {}
  const char* text;
};

class Database;

// One statement on its way: parameters in order, then rows, whose columns are read in order. Goes back to the cache when it dies.
class Query {
 public:
  Query(Database& db, sqlite3_stmt* statement, bool* lent) : db_(&db), statement_(statement), lent_(lent) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  // Texts given as lvalues or views must live until the rows have been read; temporaries are copied.
  template <class... T>
  Query& with(T&&... values) {
    (add(std::forward<T>(values)), ...);
    return *this;
  }
  bool next();  // true: a row is there; false: no more, or failed
  bool run();   // a statement without rows: true when it worked

  std::int64_t integer();
  std::string text();
  std::optional<std::int64_t> maybe();  // nullopt for NULL
  std::optional<std::string> maybe_text();
  [[nodiscard]] bool more() const;  // of this row: a column is left to be read

 private:
  void add(std::int64_t value);
  void add(int value) { add(static_cast<std::int64_t>(value)); }
  void add(bool value) { add(static_cast<std::int64_t>(value)); }
  void add(std::uint64_t value) { add(static_cast<std::int64_t>(value)); }
  void add(const std::optional<std::int64_t>& value);
  void add(std::string_view value);
  void add(const std::string& value) { add(std::string_view(value)); }
  void add(const char* value) { add(std::string_view(value)); }
  void add(std::string&& value);
  void bound(int code);
  bool skip_null();

  Database* db_;
  sqlite3_stmt* statement_;  // nullptr when it could not be prepared
  bool* lent_;               // the cache's mark; nullptr when the statement is used once
  int parameter_ = 0, column_ = 0;
};

class Database {
 public:
  enum class Access : std::uint8_t { read, write, create };

  // Opens and sets what every connection needs (foreign keys, busy time, defences against a hostile file). Does not change the file.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path, Access access);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  [[nodiscard]] Query query(Sql sql);
  // Several statements without parameters.
  bool script(const std::string& text);
  // Of the last insert.
  [[nodiscard]] std::int64_t last_id() const;
  // Rows touched by the last insert, update or delete.
  [[nodiscard]] std::int64_t changed() const;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool failed() const { return failure_.has_value(); }
  // Takes a failure of our own into the sticky error; the first one stays.
  void refuse(Error error);
  [[nodiscard]] std::optional<Error> take_failure();
  // Counts rollbacks: whoever caches what was written compares it.
  [[nodiscard]] std::uint64_t rollbacks() const { return rollbacks_; }

 private:
  friend class Query;
  friend class Work;
  struct Cached {
    sqlite3_stmt* statement = nullptr;
    bool lent = false;
  };
  Database(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}
  void check(int code);
  [[nodiscard]] bool in_transaction() const;
  void roll_back();

  std::string path_;
  sqlite3* handle_;
  std::unordered_map<const char*, Cached> cache_;
  std::optional<Error> failure_;
  std::uint64_t rollbacks_ = 0;
};

// One transaction. What is not finished is rolled back. Inside a transaction that is already open (a reader's snapshot) it only gathers errors.
class Work {
 public:
  enum class Kind : std::uint8_t { read, write };
  Work(Database& db, Kind kind);
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  ~Work();

  [[nodiscard]] Status finish();
  template <class T>
  [[nodiscard]] Result<T> finish(T value) {
    if (auto done = finish(); !done) return std::unexpected(std::move(done).error());
    return value;
  }

 private:
  Database& db_;
  bool owner_ = false;
};

}  // namespace akashi::sqlite
