// Texts that tools wrap up.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace akashi {

// Base64 (RFC 4648, both alphabets, line ends and missing padding allowed) of a UTF-8 text; nothing when it is not.
[[nodiscard]] std::optional<std::string> base64_text(std::string_view text);

}  // namespace akashi
