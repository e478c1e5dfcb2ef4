#include "mappings/engine/rule_tests.hpp"

#include "mappings/engine/explain.hpp"

namespace akashi {

std::vector<TestOutcome> run_tests(const Rule& rule) {
  std::vector<TestOutcome> outcomes;
  outcomes.reserve(rule.tests.size());
  for (const auto& sample : rule.tests) {
    const SampleRow row(sample);
    auto said = explain(rule, row.row());
    const bool holds = said.matches == sample.match;
    outcomes.push_back({&sample, holds, holds ? std::string() : std::move(said.why_not)});
  }
  return outcomes;
}

}  // namespace akashi
