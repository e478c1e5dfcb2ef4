// Why a rule matches an activity or not, selection by selection. The plain reading of a rule: slow, exact, and the yardstick of the matcher.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/row.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

struct ItemVerdict {
  std::string written;  // "kind: case.closed"
  std::string actual;   // what the activity holds; empty when absent, several joined with ", "
  bool holds = false;
};

struct SelectionVerdict {
  std::string name;
  bool holds = false;
  std::vector<std::vector<ItemVerdict>> alternatives;
};

// A selection that decides: its other answer could change the rule's.
struct Blamed {
  std::string selection;
  bool holds = false;
};

struct Explanation {
  bool matches = false;
  std::vector<std::string> services;  // it speaks for, when it matches; none when the document names them
  std::string condition;
  std::vector<SelectionVerdict> selections;
  std::vector<Blamed> blamed;  // when it does not match; none when only the place's services are missing
  std::string why_not;         // the same in words
};

[[nodiscard]] bool matches(const Rule& rule, const Row& row);
[[nodiscard]] Explanation explain(const Rule& rule, const Row& row);

}  // namespace akashi
