#include "core/profile.hpp"

#include <algorithm>
#include <array>

namespace akashi {

namespace {

constexpr std::array<std::string_view, 4> assignments{"unassigned", "insource", "outsource", "combined"};

}  // namespace

std::string_view name(Assignment assignment) { return assignments[static_cast<std::size_t>(assignment)]; }

std::optional<Assignment> assignment(std::string_view name) {
  const auto at = std::ranges::find(assignments, name);
  if (at == assignments.end()) return std::nullopt;
  return static_cast<Assignment>(at - assignments.begin());
}

}  // namespace akashi
