#include "core/evidence.hpp"

#include <array>

#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::array<std::string_view, 4> review_words{"noted", "met", "missed", "checked"};

}  // namespace

std::string_view name(ReviewWord word) { return review_words[static_cast<std::size_t>(word)]; }

bool says(const Evidence& review, ReviewWord word) {
  const auto words = split(review.verdict, ' ');
  return std::ranges::find(words, name(word)) != words.end();
}

}  // namespace akashi
