// Reads one rule from its text. All that is wrong is told at once, each with its line; a rule with an error does not exist.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

inline constexpr std::size_t rule_tests_max = 200;

// A rule whose own tests fail does not exist, except for whoever wants to tell which ones (`mappings test`).
enum class OwnTests : std::uint8_t { must_hold, may_fail };

// `file` is only used to say where. Limits: 50 selections, 200 tests, texts of 4 KiB.
[[nodiscard]] std::optional<Rule> read_rule(std::string_view text, const std::string& file, std::vector<Error>& errors,
                                            OwnTests own_tests = OwnTests::must_hold);

}  // namespace akashi
