// What the tables of keys say, for people and for editors.
#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/yaml.hpp"

namespace akashi {

// One key a line, section by section.
[[nodiscard]] std::string connector_reference();
// JSON Schema (draft 2020-12) of a connector.yaml: whatever it refuses `akashi check` refuses too; the other way round not, because only the whole
// can tell what belongs together.
[[nodiscard]] std::string connector_schema();
// Every key of a descriptor that is not known where it stands, and every one that is missing, each as load_connector would tell it.
[[nodiscard]] std::vector<Error> key_mistakes(const Yaml& root);

}  // namespace akashi
