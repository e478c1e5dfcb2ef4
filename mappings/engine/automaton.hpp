// Many words looked for in one pass over a text, without ASCII case: anywhere in it (Aho and Corasick's machine, as one table), at its start, or at
// its end. Where no word is under way, bytes are skipped that begin none; the cost stays linear in the text whatever it holds.
// Thread rule: const after build; scan() may be called from any thread and allocates nothing.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akashi {

class Automaton {
 public:
  enum class Where : std::uint8_t { anywhere, start, end };
  static constexpr std::size_t cells_max = std::size_t{1} << 24;  // of the table; 64 MiB

  Automaton() = default;
  // False when the words would need a larger table. Words are lower case and not empty; equal ones may stand twice.
  [[nodiscard]] bool build(std::span<const std::string> words, Where where);
  [[nodiscard]] bool empty() const { return next_.empty(); }

  // Calls found(word) for every place where the word stands.
  template <class Found>
  void scan(std::string_view text, Found found) const {
    if (next_.empty()) return;
    if (where_ == Where::anywhere) return skips_ ? scan_skipping(text, found) : scan_each(text, found);
    std::uint32_t state = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char now = where_ == Where::start ? text[i] : text[text.size() - 1 - i];
      state = step(state, now);
      if (state == 0) return;
      if ((state & ends_here) != 0) tell(state, found);
    }
  }

 private:
  // A state is the place of its row in the table, and two marks.
  static constexpr std::uint32_t ends_here = 1U << 31U;
  static constexpr std::uint32_t deep = 1U << 30U;  // three bytes or more of a word are under way
  static constexpr std::uint32_t place = deep - 1;
  static constexpr std::uint32_t begins_bits = 13;
  struct Output {
    std::uint32_t word, next;
  };

  [[nodiscard]] std::uint32_t step(std::uint32_t state, char now) const {
    return next_[(state & place) + class_of_[static_cast<unsigned char>(now)]];
  }
  template <class Found>
  void tell(std::uint32_t state, Found& found) const {
    for (auto at = first_output_[(state & place) >> shift_]; at != 0; at = outputs_[at].next) found(outputs_[at].word);
  }

  template <class Found>
  void scan_each(std::string_view text, Found& found) const {
    std::uint32_t state = 0;
    for (const char c : text) {
      state = step(state, c);
      if ((state & ends_here) != 0) tell(state, found);
    }
  }

  // Goes from one place where a word may begin to the next, and through the machine only while three bytes or more of a word are under way. When
  // fewer are left of it, a word can have begun two bytes ago at the earliest: no byte is gone through more than three times.
  template <class Found>
  void scan_skipping(std::string_view text, Found& found) const {
    for (std::size_t i = next_begin(text, 0); i + 3 <= text.size(); i = next_begin(text, i)) {
      auto state = step(step(step(0, text[i]), text[i + 1]), text[i + 2]);
      if ((state & deep) == 0) {
        ++i;
        continue;
      }
      for (i += 3;; ++i) {
        if ((state & ends_here) != 0) tell(state, found);
        if (i == text.size()) return;
        state = step(state, text[i]);
        if ((state & deep) == 0) break;
      }
      --i;
    }
  }

  // Three bytes, near enough without case, as an index into begins_.
  static std::uint32_t begin_of(const char* at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(at[i])); };
    const auto three = (byte(0) | byte(1) << 8U | byte(2) << 16U) | 0x202020U;
    return (three * 0x9E3779B1U) >> (32 - begins_bits);
  }
  // Where the next word may begin, from i on; the text's size when none may.
  [[nodiscard]] std::size_t next_begin(std::string_view text, std::size_t i) const {
    for (; i + 3 <= text.size(); ++i) {
      const auto begin = begin_of(text.data() + i);
      if (((begins_[begin / 64] >> (begin % 64)) & 1U) != 0) return i;
    }
    return text.size();
  }

  void add(std::uint32_t number, std::string_view word);
  [[nodiscard]] std::vector<std::uint32_t> link_suffixes();  // the depth of every state

  Where where_ = Where::anywhere;
  bool skips_ = false;               // every word has three bytes, so begins_ can be asked
  std::vector<std::uint32_t> next_;  // state + class → state; 0 is the beginning
  std::vector<std::uint32_t> first_output_;
  std::vector<Output> outputs_;  // [0] is the end of every list
  std::array<std::uint8_t, 256> class_of_{};
  std::array<std::uint64_t, (1U << begins_bits) / 64> begins_{};
  unsigned shift_ = 0;  // a row is 1 << shift_ wide
};

}  // namespace akashi
