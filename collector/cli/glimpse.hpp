// Reading a source without keeping anything: the first pages of a stream, as `check --connect`, `connectors try` and `connectors survey` show them.
#pragma once

#include <functional>

#include "collector/clock.hpp"
#include "collector/source.hpp"
#include "connectors/engine/rights.hpp"

namespace akashi {

struct GlimpseLimits {
  int start_days = 7;  // how far back
  int pages = 1;
};

// Gives each page to `show`, until so many were read or the stream is drained; true when it was drained. The engine's checks run before the first.
[[nodiscard]] Result<bool> glimpse(Source& source, const StreamSpec& stream, Clock& clock, const GlimpseLimits& limits,
                                   const std::function<void(Page)>& show);
// What the account may do, where the product's descriptor knows how to ask; empty where it does not.
[[nodiscard]] Result<std::vector<Rights>> rights_of(Source& source, Clock& clock);

}  // namespace akashi
