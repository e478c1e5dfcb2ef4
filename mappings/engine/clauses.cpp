#include "mappings/engine/clauses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace akashi {

namespace {

using Ways = std::vector<std::vector<Literal>>;  // any of, all of

class TakeApart {
 public:
  Clauses made;

  // Every way for the condition to hold (or not to, when negated); nullopt when there are too many.
  std::optional<Ways> ways(const RuleCondition& condition, const Rule& rule, bool negated) {
    if (condition.kind == RuleCondition::Kind::selection) return ways(rule.selections[condition.selection], negated);
    if (condition.kind == RuleCondition::Kind::negation) return ways(condition.parts.front(), rule, !negated);
    const bool all = (condition.kind == RuleCondition::Kind::all_of) != negated;
    return joined(condition.parts, all, [&](const RuleCondition& part) { return ways(part, rule, negated); });
  }

 private:
  std::optional<Ways> ways(const Selection& selection, bool negated) {
    return joined(selection.alternatives, negated,
                  [&](const Items& items) { return joined(items, !negated, [&](const Item& item) { return ways(item, negated != item.negated); }); });
  }

  std::optional<Ways> ways(const Item& item, bool negated) {
    std::vector<std::uint32_t> atoms;
    atoms.reserve(item.patterns.size());
    for (const auto& pattern : item.patterns) atoms.push_back(atom(item.field, pattern));
    if (!item.all) return Ways{{Literal{leaf(item.field, atoms), negated}}};
    return joined(atoms, !negated, [&](std::uint32_t one) { return std::optional(Ways{{Literal{leaf(item.field, {one}), negated}}}); });
  }

  template <class Parts, class WaysOf>
  std::optional<Ways> joined(const Parts& parts, bool all, WaysOf ways_of) {
    Ways sum;
    if (all) sum.emplace_back();
    for (const auto& part : parts) {
      auto more = ways_of(part);
      if (!more) return std::nullopt;
      if (all) sum = crossed(sum, *more);
      else sum.insert(sum.end(), more->begin(), more->end());
      if (sum.size() > clauses_of_rule_max) return std::nullopt;
    }
    return sum;
  }

  // Ways that contradict themselves are dropped. Both sides are within the limit, so this stays small.
  static Ways crossed(const Ways& left, const Ways& right) {
    Ways product;
    for (const auto& a : left)
      for (const auto& b : right) {
        std::vector<Literal> both;
        std::ranges::set_union(a, b, std::back_inserter(both));
        const auto contradiction = std::ranges::adjacent_find(both, [](const Literal& x, const Literal& y) { return x.leaf == y.leaf; });
        if (contradiction == both.end()) product.push_back(std::move(both));
      }
    std::ranges::sort(product);
    const auto [first, last] = std::ranges::unique(product);
    product.erase(first, last);
    return product;
  }

  std::uint32_t atom(Field field, const RulePattern& pattern) {
    const auto [at, fresh] = atoms_.try_emplace({field, pattern.compare, pattern.text}, static_cast<std::uint32_t>(made.atoms.size()));
    if (fresh) made.atoms.push_back({field, pattern});
    return at->second;
  }

  std::uint32_t leaf(Field field, std::vector<std::uint32_t> atoms) {
    std::ranges::sort(atoms);
    const auto [first, last] = std::ranges::unique(atoms);
    atoms.erase(first, last);
    const auto [at, fresh] = leaves_.try_emplace(atoms, static_cast<std::uint32_t>(made.leaves.size()));
    if (fresh) {
      const bool across = made.atoms[atoms.front()].pattern.compare == Compare::fieldref;
      made.leaves.push_back({field, std::move(atoms), across});
    }
    return at->second;
  }

  std::map<std::tuple<Field, Compare, std::string>, std::uint32_t> atoms_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> leaves_;
};

}  // namespace

Result<Clauses> take_apart(std::span<const Rule> rules) {
  TakeApart work;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    auto ways = work.ways(rules[i].condition, rules[i], false);
    if (!ways)
      return fail(ErrorKind::config, rules[i].file,
                  fmt::format("the condition of \"{}\" can hold in more than {} ways", rules[i].title, clauses_of_rule_max), "split the rule");
    std::ranges::sort(*ways);
    const auto [first, last] = std::ranges::unique(*ways);
    ways->erase(first, last);
    for (auto& literals : *ways) work.made.clauses.push_back({i, std::move(literals)});
  }
  return std::move(work.made);
}

}  // namespace akashi
