// Trying a source without keeping anything: does it let us in, and does the account see what it has to?
#pragma once

#include <string>
#include <vector>

#include "collector/clock.hpp"
#include "collector/source.hpp"

namespace akashi {

struct ProbeLine {
  bool fine = true;
  std::string text;
};

struct ProbeReport {
  std::string source;
  std::vector<ProbeLine> lines;
  [[nodiscard]] bool fine() const;
};

// Asks each stream for its first page only, and throws it away. Names what is missing and what stays unseen without it.
[[nodiscard]] ProbeReport probe(Source& source, Clock& clock);

}  // namespace akashi
