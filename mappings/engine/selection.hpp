// Reads the selections and samples of a rule from its YAML. Every wrong thing is collected; nothing half-read is used.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/yaml.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

inline constexpr std::size_t values_of_item_max = 500;
inline constexpr std::size_t alternatives_of_selection_max = 100;

[[nodiscard]] std::span<const std::string_view> modifier_words();  // what may stand behind a field's "|"

// nullopt when something in it was wrong (and is in `errors`).
[[nodiscard]] std::optional<Selection> read_selection(const std::string& name, const Yaml& node, std::vector<Error>& errors);
// One entry of `tests`: "match: {field: value}" or "no_match: {field: value}".
[[nodiscard]] std::optional<Sample> read_sample(const Yaml& node, std::vector<Error>& errors);

}  // namespace akashi
