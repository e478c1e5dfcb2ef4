#include "connectors/engine/lookup_tables.hpp"

#include <utility>

namespace akashi {

const LookupTables::Entry* LookupTables::find(const std::string& table, const std::string& key, Instant not_before) const {
  const auto rows = tables_.find(table);
  if (rows == tables_.end()) return nullptr;
  const auto row = rows->second.find(key);
  return row == rows->second.end() || row->second.at < not_before ? nullptr : &row->second.row;
}

void LookupTables::put(const std::string& table, const std::string& key, Entry row, Instant at) {
  auto& rows = tables_[table];
  if (rows.size() >= rows_max) rows.clear();
  rows[key] = Kept{std::move(row), at};
}

void LookupTables::expire(Instant older_than) {
  for (auto& [name, rows] : tables_) std::erase_if(rows, [&](const auto& row) { return row.second.at < older_than; });
}

}  // namespace akashi
