// The store as text, one JSON array a line, in an order that depends on nothing but what is kept: two stores that hold the same give the same bytes.
// Left out: numbers of rows and polls, and the times of reading (seen, last try …), which differ between two runs that did the same.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "core/result.hpp"

namespace akashi {

enum class DumpPart : std::uint8_t {
  records,     // activities, cases, documents, evidence, tallies, remembered uids
  everything,  // also cursors, coverage, meta, health, rungs, proposals and decisions
};

// Of the store in that file, as of one moment; a daemon may go on writing.
[[nodiscard]] Status dump_store(const std::string& path, DumpPart part, std::ostream& out);

}  // namespace akashi
