// Opening the file of a store, and every reason to refuse it.
#pragma once

#include <memory>
#include <string>

#include "collector/store/sqlite.hpp"
#include "collector/store/sqlite_store.hpp"

namespace akashi {

// An open database of today's schema. For writing the caller holds the lock.
[[nodiscard]] Result<std::unique_ptr<sqlite::Database>> open_file(const std::string& path, OpenMode mode, const StoreOptions& options);

// The place is fit for a store: its directory exists, and so does the file, unless it may be created.
[[nodiscard]] Status check_place(const std::string& path, OpenMode mode);

}  // namespace akashi
