// A rule's own tests, run: the plain reading of the rule against what each test expects.
#pragma once

#include <string>
#include <vector>

#include "mappings/engine/rule.hpp"

namespace akashi {

struct TestOutcome {
  const Sample* sample = nullptr;  // of the rule
  bool holds = false;
  std::string why;  // when it does not hold and a match was expected: what did not
};

// In the order of the rule's tests; valid as long as the rule.
[[nodiscard]] std::vector<TestOutcome> run_tests(const Rule& rule);

}  // namespace akashi
