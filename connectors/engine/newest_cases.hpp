// Of several states of one case that a poll reads, the newest counts, in whatever order the tool gives them: a feed that is given newest first must
// not leave a case as it once was. Between polls a later reading always replaces an earlier one (a tool's clock may have been set back).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/activity.hpp"

namespace akashi {

// Both are whole numbers, or both times of the same length as ISO 8601 writes them, and a comes first. Anything else cannot be told: false.
[[nodiscard]] bool surely_older(std::string_view a, std::string_view b);

class NewestCases {
 public:
  // Takes out what is older than what this poll has given already. Remembers so many cases; beyond that, the order of the tool counts.
  void keep(std::vector<CaseState>& cases);

 private:
  static constexpr std::size_t remembered_max = 100000;
  std::map<std::string, std::string> versions_;  // of each case
};

}  // namespace akashi
