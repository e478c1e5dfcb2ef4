// Many words looked for in one pass over a text, without ASCII case (Aho and Corasick's machine, as one table).
// Thread rule: const after build; scan() may be called from any thread and allocates nothing.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akashi {

class Automaton {
 public:
  static constexpr std::size_t cells_max = std::size_t{1} << 24;  // of the table; 64 MiB

  Automaton() = default;
  // False when the words would need a larger table. Words are lower case and not empty; equal ones may stand twice.
  [[nodiscard]] bool build(std::span<const std::string> words);
  [[nodiscard]] bool empty() const { return next_.empty(); }

  // Calls found(word, end) for every place where a word ends: text[end - size, end) is the word.
  template <class Found>
  void scan(std::string_view text, Found found) const {
    if (next_.empty()) return;
    std::uint32_t state = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      state = next_[state + class_of_[static_cast<unsigned char>(text[i])]];
      if ((state & ends_here) == 0) continue;
      state &= ~ends_here;
      for (auto at = first_output_[state >> shift_]; at != 0; at = outputs_[at].next) found(outputs_[at].word, i + 1);
    }
  }

 private:
  static constexpr std::uint32_t ends_here = 1U << 31U;
  struct Output {
    std::uint32_t word, next;
  };
  std::vector<std::uint32_t> next_;  // state (already times the row's width) + class → state, marked where a word ends
  std::vector<std::uint32_t> first_output_;
  std::vector<Output> outputs_;  // [0] is the end of every list
  std::array<std::uint8_t, 256> class_of_{};
  unsigned shift_ = 0;  // a row is 1 << shift_ wide
};

}  // namespace akashi
