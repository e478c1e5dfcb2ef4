// The words that a table may use, and what each means: what is read from people's spreadsheets is written in English and Japanese.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

#include "core/text.hpp"

namespace akashi {

struct CsvWord {
  std::string_view written, meant;
};

// The entry that is written so but for ASCII case; nullptr when there is none.
[[nodiscard]] inline const CsvWord* find_word(std::span<const CsvWord> words, std::string_view written) {
  const auto found = std::ranges::find_if(words, [&](const CsvWord& word) { return same_word(word.written, written); });
  return found == words.end() ? nullptr : &*found;
}

}  // namespace akashi
