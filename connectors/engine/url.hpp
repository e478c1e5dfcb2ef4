// Addresses. Every request stays inside the source's scheme, host, port and path prefix, whatever a tool answers.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace akashi {

// An absolute http(s) address without user, fragment, dot segments or control characters, without a trailing slash. ErrorKind::config.
[[nodiscard]] Result<std::string> checked_base(std::string_view base);

// The address that a next-page link means: absolute, or beginning with "/" or "?" (then of `current`); characters that no address may hold are
// escaped. ErrorKind::schema when it leads out of `base`: another scheme, host, port or path prefix.
[[nodiscard]] Result<std::string> confined(std::string_view base, std::string_view current, std::string_view link);

[[nodiscard]] std::string without_query(std::string_view url);

[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace akashi
