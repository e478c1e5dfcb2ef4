// Whole numbers in the requests to the demo's tools.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace akashi::demo {

// The number that the whole text is; nothing when it is none.
[[nodiscard]] inline std::optional<long> number_in(std::string_view text) {
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}
[[nodiscard]] inline int number_or(std::string_view text, int otherwise) {
  const auto number = number_in(text);
  return number && std::in_range<int>(*number) ? static_cast<int>(*number) : otherwise;
}

}  // namespace akashi::demo
