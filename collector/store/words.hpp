// Words are texts that repeat (sources, kinds, actors, cases, statuses …), kept once and named by a number. Number 0 is the empty text.
// A number never changes its text. Thread rule: as the Database's.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "collector/store/sqlite.hpp"

namespace akashi {

class WordTable {
 public:
  static constexpr std::size_t cached_max = 65536;      // entries in each direction; then the cache starts anew
  static constexpr std::size_t cached_text_max = 1024;  // bytes; longer texts are looked up every time

  explicit WordTable(sqlite::Database& db) : db_(db) {}
  [[nodiscard]] std::int64_t keep(std::string_view text);  // its number, given now if it has none
  [[nodiscard]] std::int64_t find(std::string_view text);  // -1 when it has none: nothing in the store says it
  [[nodiscard]] std::string text(std::int64_t id);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  void forget_if_rolled_back();
  void remember(std::string_view text, std::int64_t id);

  sqlite::Database& db_;
  std::uint64_t rollbacks_ = 0;
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> ids_;
  std::unordered_map<std::int64_t, std::string> texts_;
};

}  // namespace akashi
