#include "mappings/engine/observable.hpp"

#include <algorithm>

#include "mappings/engine/clauses.hpp"
#include "mappings/engine/compare.hpp"

namespace akashi {

namespace {

using Values = std::vector<std::string>;

// Whether what a clause asks about a field can be met by these values of one activity.
bool allows(const Clause& clause, const Clauses& parts, Field field, const Values& values) {
  return std::ranges::all_of(clause.literals, [&](const Literal& literal) {
    const auto& leaf = parts.leaves[literal.leaf];
    if (leaf.field != field || leaf.across) return true;
    const bool held = std::ranges::any_of(leaf.atoms, [&](std::uint32_t atom) {
      return std::ranges::any_of(values, [&](const std::string& value) { return fits(parts.atoms[atom].pattern, field, value); });
    });
    return held != literal.negated;
  });
}

std::vector<std::string> joined_kinds(const Capabilities& source) {
  auto kinds = source.kinds;
  if (std::ranges::find(kinds, "case.progressed") != kinds.end())
    for (const auto* more : {"case.closed", "case.refused", "case.reopened"}) kinds.emplace_back(more);
  return kinds;
}

}  // namespace

bool shows_work(EvidenceKind kind) { return kind != EvidenceKind::demand && kind != EvidenceKind::document && kind != EvidenceKind::approval; }

std::set<std::string> observable(std::span<const Rule> rules, const Capabilities& source) {
  std::set<std::string> services;
  const auto parts = take_apart(rules);
  if (!parts) return services;  // such rules do not load
  const auto kinds = joined_kinds(source);
  auto places = source.places;
  places.emplace_back();
  for (const auto& clause : parts->clauses) {
    const auto& rule = rules[clause.rule];
    if (!shows_work(rule.evidence) || rule.silence_says_nothing || rule.speaks_for == Rule::For::document) continue;
    if (!allows(clause, *parts, Field::product, {source.product})) continue;
    if (std::ranges::none_of(kinds, [&](const std::string& kind) { return allows(clause, *parts, Field::kind, {kind}); })) continue;
    for (const auto& place : places) {
      if (!allows(clause, *parts, Field::matter, {place.matter}) || !allows(clause, *parts, Field::services, place.services)) continue;
      if (rule.speaks_for == Rule::For::place) services.insert(place.services.begin(), place.services.end());
      else services.insert(rule.service);
    }
  }
  return services;
}

}  // namespace akashi
