// Reads one rule from its text. All that is wrong is told at once, each with its line; a rule with an error does not exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

// `file` is only used to say where. Limits: 50 selections, 200 tests, texts of 4 KiB.
[[nodiscard]] std::optional<Rule> read_rule(std::string_view text, const std::string& file, std::vector<Error>& errors);

}  // namespace akashi
