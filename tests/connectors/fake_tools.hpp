// Tools that misbehave in one way each, for stories about polling. They answer as values; nothing is scripted, so whatever is asked is answered.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/engine/poll.hpp"

namespace akashi {

// When the stories happen.
inline const Instant morning = parse_time("2026-11-21T08:00:00Z").value();
inline const Instant early_november = parse_time("2026-11-02T06:00:00Z").value();

}  // namespace akashi

namespace akashi::fake {

struct Asked {
  std::string url, path;
  std::map<std::string, std::string> query;
  [[nodiscard]] std::string of(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? "" : found->second;
  }
};
[[nodiscard]] Asked asked(const HttpRequest& request);

[[nodiscard]] HttpResponse json(std::string body, int status = 200);

using Tool = std::function<HttpResponse(const Asked&)>;

// What a store would hold after some polls.
struct Kept {
  std::string state;
  std::map<std::string, Activity> activities;
  std::vector<CoverageSpan> coverage;
  std::map<std::string, std::uint64_t> rejected;
  std::vector<Duration> waits;
  int pages = 0, requests = 0;
  std::optional<Error> error;
  bool drained = false;
};
[[nodiscard]] inline bool complete(const Kept& kept) { return kept.drained && kept.coverage.size() == 1 && kept.coverage[0].complete; }

// One poll, until its end or until `pages_max` pages were kept (a collector that dies).
void poll(const Connector& connector, const SourceSettings& source, const Tool& tool, Instant now, Kept& kept, int pages_max = 1 << 30);

[[nodiscard]] Connector connector_of(const std::string& paging, const std::string& query, const std::string& more = {});
[[nodiscard]] SourceSettings source();

}  // namespace akashi::fake
