// Polling every source once, with progress: what `poll` and `demo` share.
#pragma once

#include <iosfwd>
#include <memory>
#include <stop_token>
#include <vector>

#include "collector/cli/screen.hpp"
#include "collector/judgement.hpp"

namespace akashi {

struct PollOutcome {
  bool complete = true;  // every stream of every source was drained
  Judgement judgement;
};

[[nodiscard]] Result<PollOutcome> poll_all(House& house, Store& store, std::vector<std::unique_ptr<Source>>& sources, Clock& clock, std::ostream& out,
                                           const Screen& screen, const std::stop_token& stop);

}  // namespace akashi
