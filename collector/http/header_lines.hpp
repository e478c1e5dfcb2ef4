// The header of an answer, line by line as it comes.
#pragma once

#include <string_view>

#include "connectors/engine/http.hpp"

namespace akashi {

// One line. A status line begins anew (an interim answer came before); an empty one ends the header; lines after its end are trailers, not kept.
void take_header_line(std::string_view line, Headers& kept, bool& ended);

}  // namespace akashi
