// One SOC read by the real collector: config, descriptors, polls, store, judging. The truth is not passed in.
#pragma once

#include <string>
#include <vector>

#include "core/finding.hpp"
#include "core/result.hpp"
#include "soc.hpp"

namespace akashi::simulator {

// What reading needs of a SOC.
struct Tools {
  Instant now{};
  const std::vector<Instant>& polls;
  const std::vector<Desk>& desks;
  const std::vector<Sight>& sights;
  std::string config;
  const std::vector<Entered>& entered;
  // Read in other pieces: pages of other sizes, polls that break off and go on, every page once more, sources in another order.
  bool in_pieces = false;
};

[[nodiscard]] Result<std::vector<Finding>> read_and_judge(const Tools& tools, std::uint64_t seed);

}  // namespace akashi::simulator
