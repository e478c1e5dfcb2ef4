// id → row tables of one source (users, statuses …), kept from poll to poll. Bounded: a table that is full forgets everything and is asked again.
// Thread rule: one poll at a time.
#pragma once

#include <map>
#include <string>

#include "core/time.hpp"

namespace akashi {

class LookupTables {
 public:
  static constexpr std::size_t rows_max = 100'000;   // of one table
  using Entry = std::map<std::string, std::string>;  // column → value; empty = the tool has no such id

  // Nothing when the row is not known, or was read before `not_before`.
  [[nodiscard]] const Entry* find(const std::string& table, const std::string& key, Instant not_before) const;
  void put(const std::string& table, const std::string& key, Entry row, Instant at);
  void expire(Instant older_than);
  [[nodiscard]] static Entry mark() { return {{"read", "1"}}; }  // of something that was done and need not be done again yet

 private:
  struct Kept {
    Entry row;
    Instant at{};
  };
  std::map<std::string, std::map<std::string, Kept>> tables_;
};

}  // namespace akashi
