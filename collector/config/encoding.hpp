// Text files that people save: UTF-8 with or without a mark, or Shift_JIS as Japanese spreadsheets write it (CP932). The only pair that uses iconv.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace akashi {

// The text as UTF-8 without a mark. What is no UTF-8 is read as CP932; what is neither, and UTF-16, is refused.
[[nodiscard]] Result<std::string> as_utf8(std::string_view bytes, const std::string& file);

}  // namespace akashi
