// Remembers what was found for a value, so that a value is judged once. Bounded: fields with too many distinct values (titles, addresses) make it
// step aside for a while instead of growing. One per field and thread; nothing is allocated once it has warmed up.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace akashi {

class ValueCache {
 public:
  static constexpr std::size_t values_max = 2048;
  static constexpr std::size_t value_bytes_max = 256;

  explicit ValueCache(std::size_t words) : words_(words) {}

  // The words kept for a value, or nullptr.
  [[nodiscard]] const std::uint64_t* find(std::string_view value);
  // Where to keep the words of the value that was just not found; nullptr when it is not to be kept. Pointers from before are void.
  [[nodiscard]] std::uint64_t* keep(std::string_view value);

 private:
  static constexpr std::size_t slots = values_max * 2;
  static constexpr std::size_t probes_max = 16;  // hostile values that share slots are not kept rather than searched for
  static constexpr std::uint32_t pause = 1U << 16U;

  struct Slot {
    std::uint64_t hash = 0;  // 0: free
    std::uint32_t offset = 0, size = 0, index = 0;
  };
  void clear();

  std::size_t words_;
  std::vector<Slot> slots_;
  std::vector<char> bytes_;
  std::vector<std::uint64_t> kept_;
  std::size_t count_ = 0;
  std::uint64_t hash_ = 0;  // of the value that find() was last asked for
  std::uint32_t hits_ = 0, misses_ = 0, paused_ = 0;
};

}  // namespace akashi
