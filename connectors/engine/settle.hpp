// Pointers with {parameters}: "/fields/{status_field}" is, in each source, the member that its parameter names. The value stands for one segment
// of the pointer, whatever it holds ("kibana.alert.status", "a/b"); of several values the first counts, and without one there is nothing at that
// pointer.
#pragma once

#include <set>
#include <string>

#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/source_settings.hpp"

namespace akashi {

// The parameters that pointers of the stream name.
[[nodiscard]] std::set<std::string> named_in_pointers(const StreamSpec& stream);
// The stream as the source reads it.
[[nodiscard]] StreamSpec settled(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings);

}  // namespace akashi
