// Rows of what people entered (core/attestation.hpp); append-only: an end is a row of its own.
#pragma once

#include <cstdint>
#include <vector>

#include "collector/store/tables.hpp"
#include "core/attestation.hpp"

namespace akashi {

[[nodiscard]] std::int64_t keep_attestation(Tables& t, const Attestation& entry);
// Refuses (ErrorKind::config) an unknown entry and one that was withdrawn already.
void keep_attestation_end(Tables& t, std::int64_t id, const Withdrawal& end);
[[nodiscard]] std::vector<Attestation> all_attestations(Tables& t);

}  // namespace akashi
