#pragma once

#include <string_view>

namespace akashi {

inline constexpr std::string_view version = "0.1.0";

}  // namespace akashi
