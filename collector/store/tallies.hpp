// Rows of tallies, and of the uids behind them. Failures stick to the database (sqlite.hpp).
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "collector/store/tables.hpp"
#include "core/tally.hpp"

namespace akashi {

void merge_tally(Tables& t, const TallyKey& key, const Tally& share);
[[nodiscard]] std::vector<std::pair<TallyKey, Tally>> all_tallies(Tables& t);  // by key

// `at` is when the poll began. A uid that is remembered already would be counted twice: a mistake of ours.
void remember_uids(Tables& t, std::int64_t stream, std::int64_t source, const std::vector<std::string>& uids, Instant at);
[[nodiscard]] std::set<std::string> remembered_uids(Tables& t, const std::string& source, const std::vector<std::string>& uids);
// Forgets those that no overlap can show again: remembered before `before`. At most forgotten_max at a time, so that no transaction grows long.
inline constexpr int forgotten_max = 50000;
void forget_uids(Tables& t, std::int64_t stream, Instant before);

}  // namespace akashi
