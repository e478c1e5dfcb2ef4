// What a source remembers of talking with its tool, from poll to poll and in memory only: what it is logged in with, and for how long the tool
// wants to be left alone. Never stored, never logged. Thread rule: one poll at a time.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "connectors/engine/placeholders.hpp"
#include "core/time.hpp"

namespace akashi {

struct Session {
  bool logged_in = false;
  std::optional<Instant> ends;                 // to be logged in anew from then on; nothing: when the tool refuses
  Fillings taken;                              // {token}, {csrf} …: secrets
  std::map<std::string, std::string> cookies;  // secrets too
  std::optional<Instant> quiet_until;          // the tool has no more requests for us until then

  [[nodiscard]] bool stands(Instant now) const { return logged_in && (!ends || now < *ends); }
  void log_out() {
    logged_in = false;
    ends.reset();
    taken.clear();
    cookies.clear();
  }
};

}  // namespace akashi
