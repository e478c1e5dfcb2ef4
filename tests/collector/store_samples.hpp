// Pages of a small SOC for the tests of the store: the n-th page is always the same.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "collector/store/sqlite_store.hpp"
#include "core/store.hpp"

namespace akashi::samples {

// A directory of its own, removed at the end.
class TempDir {
 public:
  TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir();
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

Instant at(std::int64_t seconds);  // after 2026-04-01T00:00:00Z

Activity activity(int number);
Evidence evidence_for(const Activity& activity, const std::string& service = "D-2");
CaseState case_state(int number);
Document document(int number);

// `records` activities with one evidence each, one case, one document, one tallied record, coverage of an hour. `poll` is left to the caller.
PageCommit page(int number, int records = 3);

// Opens for writing; the test fails when that does not work.
std::unique_ptr<Store> writer(const std::string& path, const StoreOptions& options = {});
// Begins a poll and keeps the pages [first, last), each of which is committed by itself.
Status keep_pages(Store& store, int first, int last, int records = 3);

std::string dump(const std::string& path);
// "" when both dumps are the same; else the first line that is not, on both sides.
std::string difference(const std::string& a, const std::string& b);
std::string why(const Status& status);  // its sentence, or "ok"
template <class T>
std::string why(const Result<T>& result) {
  return result ? "ok" : sentence(result.error());
}

}  // namespace akashi::samples
