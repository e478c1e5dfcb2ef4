#include "mappings/engine/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mappings/engine/compare.hpp"

namespace akashi {

namespace {

bool holds(const Item& item, const Row& row) {
  const auto one = [&](const RulePattern& pattern) { return fits(pattern, item.field, row); };
  return (item.all ? std::ranges::all_of(item.patterns, one) : std::ranges::any_of(item.patterns, one)) != item.negated;
}

bool holds(const Items& items, const Row& row) {
  return std::ranges::all_of(items, [&](const Item& item) { return holds(item, row); });
}

bool holds(const Selection& selection, const Row& row) {
  return std::ranges::any_of(selection.alternatives, [&](const Items& items) { return holds(items, row); });
}

bool holds(const RuleCondition& condition, const Rule& rule, const Row& row) {
  const auto part = [&](const RuleCondition& one) { return holds(one, rule, row); };
  switch (condition.kind) {
    case RuleCondition::Kind::selection:
      return holds(rule.selections[condition.selection], row);
    case RuleCondition::Kind::all_of:
      return std::ranges::all_of(condition.parts, part);
    case RuleCondition::Kind::any_of:
      return std::ranges::any_of(condition.parts, part);
    case RuleCondition::Kind::negation:
      return !part(condition.parts.front());
  }
  return false;
}

// The selections that decide: those whose other answer could change the condition's.
void blame(const RuleCondition& condition, const Rule& rule, const Row& row, bool wanted, std::vector<Blamed>& blamed) {
  if (holds(condition, rule, row) == wanted) return;
  if (condition.kind == RuleCondition::Kind::selection) blamed.push_back({rule.selections[condition.selection].name, !wanted});
  if (condition.kind == RuleCondition::Kind::negation) return blame(condition.parts.front(), rule, row, !wanted, blamed);
  for (const auto& part : condition.parts) blame(part, rule, row, wanted, blamed);
}

SelectionVerdict verdict(const Selection& selection, const Row& row) {
  SelectionVerdict made{selection.name, holds(selection, row), {}};
  for (const auto& items : selection.alternatives) {
    auto& alternative = made.alternatives.emplace_back();
    for (const auto& item : items)
      alternative.push_back({item.written, fmt::format("{}", fmt::join(values_of(row, item.field), ", ")), holds(item, row)});
  }
  return made;
}

}  // namespace

bool matches(const Rule& rule, const Row& row) {
  if (rule.speaks_for == Rule::For::place && row.services.empty()) return false;
  return holds(rule.condition, rule, row);
}

Explanation explain(const Rule& rule, const Row& row) {
  Explanation made;
  made.matches = matches(rule, row);
  made.condition = rule.condition_text;
  for (const auto& selection : rule.selections) made.selections.push_back(verdict(selection, row));
  if (made.matches) {
    if (rule.speaks_for == Rule::For::place) made.services.assign(row.services.begin(), row.services.end());
    else if (rule.speaks_for == Rule::For::service) made.services.push_back(rule.service);
    return made;
  }
  blame(rule.condition, rule, row, true, made.blamed);
  std::vector<std::string> names;
  names.reserve(made.blamed.size());
  for (const auto& one : made.blamed) names.push_back(fmt::format("{} {}", one.selection, one.holds ? "holds" : "does not hold"));
  if (names.empty()) names.emplace_back("the organisation gave the place of this activity to no service");
  made.why_not = fmt::format("{}", fmt::join(names, ", "));
  return made;
}

}  // namespace akashi
