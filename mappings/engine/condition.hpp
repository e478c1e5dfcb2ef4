// A rule's condition: and, or, not, parentheses, "1 of name*", "all of name*", "1 of them", "all of them"; not binds closest, then and, then or.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

inline constexpr int condition_depth_max = 32;

[[nodiscard]] std::span<const std::string_view> condition_words();
[[nodiscard]] bool is_condition_word(std::string_view word);  // "and", "of" …: no names for selections
// `names` in the order of the rule's selections. The error has no place; whoever knows the file gives it one.
[[nodiscard]] Result<RuleCondition> parse_condition(std::string_view text, std::span<const std::string_view> names);

// Marks the selections that a condition asks about.
void mark_used(const RuleCondition& condition, std::vector<bool>& used);

}  // namespace akashi
