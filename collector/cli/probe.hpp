// Trying a source without keeping anything: does it let us in, and does the account see what it has to?
#pragma once

#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "collector/clock.hpp"
#include "collector/json_writer.hpp"
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
void print_probe(const Screen& screen, const ProbeReport& report);
void write_probe(JsonWriter& json, const ProbeReport& report);  // {"source", "ok", "lines": [{"ok", "text"}]}

}  // namespace akashi
