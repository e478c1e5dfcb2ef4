// The roster as the config gives it: `people:`, a CSV file named by `people_file:`, or both.
#pragma once

#include <span>
#include <string>

#include "collector/config/config.hpp"
#include "collector/config/setting.hpp"
#include "core/yaml.hpp"

namespace akashi {

[[nodiscard]] std::span<const Setting> person_settings();

// Sets the config's roster. The sources have to be read before: accounts name them.
void read_people(ConfigRead& read, const std::string& folder, const Yaml& root);

}  // namespace akashi
