// A folder of rules: one rule a file, *.yaml, in any depth. Names of folders and files are for people; the id is the rule's name.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "mappings/engine/read_rule.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

struct LoadedRules {
  std::vector<Rule> rules;    // good ones, ascending by id
  std::vector<Error> errors;  // everything that is wrong in the folder, by file, in the order in which they were found
};

// A folder that is missing, empty or larger than 10,000 rules is an error too. A second rule of the same id is refused. A file is a folder of one.
[[nodiscard]] LoadedRules load_rules(const std::filesystem::path& directory, OwnTests own_tests = OwnTests::must_hold);

[[nodiscard]] std::string rule_digest(const Rule& rule);              // hex SHA-256 over what decides; not over why, title or tests
[[nodiscard]] std::string rules_digest(std::span<const Rule> rules);  // over all of them, in any order

}  // namespace akashi
