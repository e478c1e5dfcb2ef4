// The parts of `connectors`.
#pragma once

#include <string>
#include <vector>

#include "collector/cli/commands.hpp"
#include "collector/data_folders.hpp"

namespace akashi {

// Folders with a connector.yaml, by name.
[[nodiscard]] std::vector<std::string> product_names(const DataFolders& folders);

int connectors_check(const Arguments& arguments, Desk desk);
int connectors_try(const Arguments& arguments, Desk desk);
int connectors_survey(const Arguments& arguments, Desk desk);
int connectors_new(const Arguments& arguments, Desk desk);

}  // namespace akashi
