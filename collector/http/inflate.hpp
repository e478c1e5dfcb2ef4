// The body of an answer as it was meant: gzip (one member or several) inflated, identity as it is. The only pair that includes libdeflate.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace akashi {

// `encoding` is the Content-Encoding header. Refused: more than bytes_max after inflating (a bomb is found before it is unpacked further),
// a damaged or cut stream, bytes after its end, any other encoding. Takes at most twice bytes_max of memory.
[[nodiscard]] Result<std::string> inflate(std::string wire, std::string_view encoding, std::size_t bytes_max, const std::string& where);

}  // namespace akashi
