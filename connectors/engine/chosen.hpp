// Which of a connector's streams a source reads: those that it names under `streams`, or else all that are not optional; and none whose for_each
// has no values. What is not read is not claimed to be covered, and says nothing about what its work would look like.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/engine/descriptor.hpp"

namespace akashi {

using SourceParams = std::map<std::string, std::vector<std::string>>;

[[nodiscard]] bool is_read(const Connector& connector, const StreamSpec& stream, const std::vector<std::string>& named, const SourceParams& params);

// ErrorKind::config when a name is no stream of the connector, with the nearest that is one.
[[nodiscard]] Status check_named(const Connector& connector, const std::vector<std::string>& named, const std::string& where);

}  // namespace akashi
