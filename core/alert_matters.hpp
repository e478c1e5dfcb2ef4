// What is so now and worth an alert, whatever was said before. Internal to core/alert*.cpp.
#pragma once

#include "core/alert.hpp"

namespace akashi::alerting {

struct Matter {
  std::string key;
  AlertKind kind{};
  AlertLevel level{};
  std::string service, ladder, source;
  std::set<std::string> services;
  std::optional<Instant> since;
  std::vector<Reason> reasons;
  Duration patience{};  // it has to last so long before it is an alert
};

// What the findings say of a matter that is not there.
struct Absent {
  enum class How : std::uint8_t {
    over,
    unseen,  // whether it is over cannot be seen
    stays,   // neither new nor over
  };
  Reason why;
  How how = How::over;
};

struct Picture {
  std::map<std::string, Matter> matters;  // by key
  std::map<std::string, Absent> absent;   // by key, of every judged finding and readable source
};

[[nodiscard]] Picture picture(const std::vector<Finding>& findings, const std::vector<SourceState>& sources, const AlertPolicy& policy, Instant at);

// Of sources (alert_sources.cpp).
void see_sources(const std::vector<Finding>& findings, const std::vector<SourceState>& sources, const AlertPolicy& policy, Instant at,
                 Picture& picture);
// True when something that could show the service is not being read now.
[[nodiscard]] bool half_seen(const Finding& finding);

}  // namespace akashi::alerting
