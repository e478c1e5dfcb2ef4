// The Link header of an answer (RFC 8288).
#pragma once

#include <string>

#include "connectors/engine/http.hpp"

namespace akashi {

// The address whose rel is next, as it was sent; "" when there is none.
[[nodiscard]] std::string next_link(const Headers& headers);

}  // namespace akashi
