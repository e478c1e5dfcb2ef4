#include "mappings/engine/matcher.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "mappings/engine/compare.hpp"

namespace akashi {

namespace {

std::size_t clauses_in(const std::vector<std::uint64_t>& mask) {
  return std::accumulate(mask.begin(), mask.end(), std::size_t{0},
                         [](std::size_t sum, std::uint64_t word) { return sum + static_cast<std::size_t>(std::popcount(word)); });
}

}  // namespace

Matcher::Scratch::Scratch(const Matcher& matcher) : possible_(matcher.all_.size()) {
  for (const auto& plan : matcher.plans_) memories_.emplace_back(plan);
}

Result<Matcher> Matcher::compile(std::vector<Rule> rules) {
  const auto parts = take_apart(rules);
  if (!parts) return std::unexpected(parts.error());
  Matcher made;
  for (const auto& clause : parts->clauses) {
    made.rule_of_clause_.push_back(clause.rule);
    auto& across = made.across_.emplace_back();
    for (const auto& literal : clause.literals) {
      const auto& leaf = parts->leaves[literal.leaf];
      if (!leaf.across) continue;
      across.push_back({leaf.field, {}, literal.negated});
      for (const auto atom : leaf.atoms) across.back().patterns.push_back(parts->atoms[atom].pattern);
    }
  }
  const auto words = (parts->clauses.size() + 63) / 64;
  made.all_.assign(words, ~std::uint64_t{0});
  if (const auto last = parts->clauses.size() % 64; last != 0) made.all_.back() = (std::uint64_t{1} << last) - 1;
  for (std::size_t i = 0; i < field_count; ++i) {
    auto plan = FieldPlan::compile(static_cast<Field>(i), *parts, words);
    if (!plan) return std::unexpected(plan.error());
    if (clauses_in(plan->constrained()) > 0) made.plans_.push_back(std::move(*plan));
  }
  // Words before free text, and what most clauses ask about first.
  std::ranges::stable_sort(made.plans_, [](const FieldPlan& a, const FieldPlan& b) {
    const auto cost = [](const FieldPlan& plan) { return plan.field() == Field::text ? 2 : plan.reads_text() ? 1 : 0; };
    return cost(a) != cost(b) ? cost(a) < cost(b) : clauses_in(a.constrained()) > clauses_in(b.constrained());
  });
  made.rules_ = std::move(rules);
  return made;
}

bool Matcher::asks(Field field) const {
  return field == Field::services || std::ranges::any_of(plans_, [&](const FieldPlan& plan) { return plan.field() == field; });
}

void Matcher::match(const Row& row, Scratch& scratch, std::vector<Hit>& out) const {
  out.clear();
  auto* possible = scratch.possible_.data();
  const auto words = all_.size();
  std::ranges::copy(all_, possible);
  for (std::size_t i = 0; i < plans_.size(); ++i) {
    const auto* asked = plans_[i].constrained().data();
    std::uint64_t concerned = 0;
    for (std::size_t w = 0; w < words; ++w) concerned |= possible[w] & asked[w];
    if (concerned == 0) continue;
    const auto* mask = plans_[i].mask(row, possible, scratch.memories_[i]);
    std::uint64_t left = 0;
    for (std::size_t w = 0; w < words; ++w) left |= possible[w] &= mask[w];
    if (left == 0) return;
  }
  for (std::size_t w = 0; w < words; ++w)
    if (possible[w] != 0) emit(row, w, possible[w], out);
}

bool Matcher::allowed(std::uint32_t clause, const Row& row) const {
  return std::ranges::all_of(across_[clause], [&](const Across& one) {
    return std::ranges::any_of(one.patterns, [&](const RulePattern& pattern) { return fits(pattern, one.field, row); }) != one.negated;
  });
}

// Clauses ascend by rule, so a rule that holds in several ways is met several times in a row and told once.
void Matcher::emit(const Row& row, std::size_t word, std::uint64_t bits, std::vector<Hit>& out) const {
  for (; bits != 0; bits &= bits - 1) {
    const auto clause = static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
    const auto rule = rule_of_clause_[clause];
    if ((!out.empty() && out.back().rule == rule) || !allowed(clause, row)) continue;
    if (rules_[rule].speaks_for != Rule::For::place) {
      out.push_back({rule, rules_[rule].service});
      continue;
    }
    for (const auto service : row.services) out.push_back({rule, service});
  }
}

}  // namespace akashi
