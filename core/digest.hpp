// SHA-256, keyed SHA-256 (RFC 2104) and random bytes. The only file pair that includes OpenSSL in core.
// Thread rule: every function may be called from any thread. None blocks, none keeps what it was given.
// A digest that cannot be computed (no memory, no provider) ends the program: a ledger stops rather than lies.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace akashi {

using Digest = std::array<unsigned char, 32>;

[[nodiscard]] Digest sha256(std::string_view message);
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view message);

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string hex(const Digest& digest);
// The way back from hex(); upper case is read too. Anything but 64 digits is ErrorKind::schema.
[[nodiscard]] Result<Digest> digest_of_hex(std::string_view text);

// count bytes fit for keys. Fails with ErrorKind::transient when the system has no randomness to give.
[[nodiscard]] Result<std::string> random_bytes(std::size_t count);

}  // namespace akashi
