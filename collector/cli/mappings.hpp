// The parts of `mappings`.
#pragma once

#include <string>
#include <vector>

#include "collector/cli/commands.hpp"
#include "mappings/engine/rules.hpp"

namespace akashi {

int mappings_lint(const Arguments& arguments, Desk desk);
int mappings_test(const Arguments& arguments, Desk desk);
int mappings_show(const Arguments& arguments, Desk desk);
int mappings_explain(const Arguments& arguments, Desk desk);

// The rules that a word names: by id, or by the path or the name of the file, with or without ".yaml". The error names the nearest known one.
[[nodiscard]] Result<std::vector<const Rule*>> named_rules(const std::vector<Rule>& rules, const std::string& folder, const std::string& word);

}  // namespace akashi
