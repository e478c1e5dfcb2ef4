// What a written value of a rule means, said once and plainly. The matcher does the same faster; a test holds the two together.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

inline constexpr std::size_t pattern_bytes_max = 256;
inline constexpr std::size_t expression_bytes_max = 1024;

// Whether one value of an activity fits. An empty value is an absent one and fits nothing.
[[nodiscard]] bool fits(const RulePattern& pattern, Field field, std::string_view value);

// The same for the values that a whole activity has; also fieldref.
[[nodiscard]] bool fits(const RulePattern& pattern, Field field, const Row& row);

// The words that a field may hold, lower case; empty where anything may stand.
[[nodiscard]] std::span<const std::string_view> closed_values(Field field);

// The place of a value on a scale, for gte and lte: low < medium < high < critical for severity, else the number it is.
[[nodiscard]] std::optional<double> rank(Field field, std::string_view value);

// Reads a written value: wildcards, escapes (\* \? \\), expressions, networks. The error has no place.
[[nodiscard]] Result<RulePattern> make_pattern(Compare compare, Field field, std::string_view written);

}  // namespace akashi
