// SHA-256 of many messages side by side: the digest of every record of a page. Where the processor has SHA instructions, four
// messages are hashed interleaved on one core, which hides the latency of each chain; elsewhere one by one through core/digest.hpp.
// Same digests either way. Any thread may call; nothing is kept.
#pragma once

#include <span>
#include <string_view>

#include "core/digest.hpp"

namespace akashi {

// digests[i] = sha256(messages[i]); digests has as many places as messages at least.
void sha256_each(std::span<const std::string_view> messages, std::span<Digest> digests);

// The four lanes by themselves; false, and nothing written, when this processor lacks the instructions. For tests and benchmarks.
[[nodiscard]] bool sha256_each_in_lanes(std::span<const std::string_view> messages, std::span<Digest> digests);

}  // namespace akashi
