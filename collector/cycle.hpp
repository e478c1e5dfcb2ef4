// One cycle of one source: poll → page → activities → evidence → kept, page by page; and judging, which turns what is kept into findings and
// proposals. This page is the flow of the whole house; everything it calls has its own.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "collector/clock.hpp"
#include "collector/judge.hpp"
#include "collector/source.hpp"
#include "core/infer.hpp"
#include "core/store.hpp"

namespace akashi {

// What a cycle passes through.
struct Stations {
  Store& store;
  Clock& clock;
  const Judge& judge;
  std::function<void(const Manifest&)> progress;  // after every page kept; may be empty
  std::stop_token stop;
};

struct CycleReport {
  std::string source;
  std::vector<Manifest> streams;
  std::vector<Error> errors;  // one per stream that did not end; the others went on
};

// Reads every stream of the source until it is drained, or fails. What was kept stays kept; a failed stream goes on from its last kept page next
// time. The source's health is recorded. Only the store's own failure ends it with an error.
[[nodiscard]] Result<CycleReport> run_cycle(Source& source, Stations& at);

}  // namespace akashi
