// Trying a source without keeping anything: does it let us in, and does the account see what it has to?
#pragma once

#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "collector/clock.hpp"
#include "collector/config/config.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/json_writer.hpp"
#include "collector/source.hpp"
#include "connectors/engine/rights.hpp"

namespace akashi {

struct ProbeLine {
  enum class Mark : std::uint8_t { fine, remark, wrong };  // a remark keeps nothing from being read
  Mark mark = Mark::fine;
  std::string text;
};

struct ProbeReport {
  std::string source;
  std::vector<ProbeLine> lines;
  std::vector<Rights> rights;
  [[nodiscard]] bool fine() const;
};

// Asks for the account's rights where the tool tells them, then each stream for its first page only, and throws it away. Names what is missing, what
// stays unseen without it, and what is more than needed.
[[nodiscard]] ProbeReport probe(Source& source, Clock& clock, const Screen& screen);
// Whether a receiver of alerts can be reached and lets us in; nobody is told anything.
[[nodiscard]] ProbeReport probe_receiver(const ReceiverConfig& receiver, const Config& config, CurlMulti& multi, Clock& clock, const Screen& screen);
void print_probe(const Screen& screen, const ProbeReport& report);
void write_probe(JsonWriter& json, const ProbeReport& report);  // {"source", "ok", "lines": [{"ok", "remark", "text"}], "rights": [{"about", …}]}

}  // namespace akashi
