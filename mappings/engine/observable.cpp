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

std::vector<std::string> joined_kinds(std::vector<std::string> kinds) {
  if (std::ranges::find(kinds, "case.progressed") != kinds.end())
    for (const auto* more : {"case.closed", "case.refused", "case.reopened"}) kinds.emplace_back(more);
  return kinds;
}

bool allows_kind(const Clause& clause, const Clauses& parts, const std::vector<std::string>& kinds) {
  return std::ranges::any_of(kinds, [&](const std::string& kind) { return allows(clause, parts, Field::kind, {kind}); });
}

// The services that a clause speaks for in some place of the source.
void add_services(const Rule& rule, const Clause& clause, const Clauses& parts, const Capabilities& source, std::set<std::string>& services) {
  const auto look = [&](const Capabilities::Place& place) {
    if (!allows(clause, parts, Field::matter, {place.matter}) || !allows(clause, parts, Field::services, place.services)) return;
    const auto add = [&](const std::string& service) {
      if (!place.elsewhere.contains(service)) services.insert(service);
    };
    if (rule.speaks_for == Rule::For::place) std::ranges::for_each(place.services, add);
    else add(rule.service);
  };
  const bool on_items = allows_kind(clause, parts, joined_kinds(source.kinds));
  if (on_items)
    for (const auto& place : source.places) look(place);
  if ((on_items && source.elsewhere) || allows_kind(clause, parts, source.loose)) look({});
}

template <class Wanted>
std::set<std::string> shown(std::span<const Rule> rules, const Capabilities& source, Wanted wanted) {
  std::set<std::string> services;
  const auto parts = take_apart(rules);
  if (!parts) return services;  // such rules do not load
  for (const auto& clause : parts->clauses) {
    const auto& rule = rules[clause.rule];
    if (!wanted(rule) || rule.speaks_for == Rule::For::document) continue;
    if (allows(clause, *parts, Field::product, {source.product})) add_services(rule, clause, *parts, source, services);
  }
  return services;
}

}  // namespace

bool shows_work(EvidenceKind kind) { return kind == EvidenceKind::exercise || kind == EvidenceKind::drill || kind == EvidenceKind::handover; }
bool shows_reports(EvidenceKind kind) { return kind == EvidenceKind::provider_report || kind == EvidenceKind::review; }

std::set<std::string> observable(std::span<const Rule> rules, const Capabilities& source) {
  return shown(rules, source, [](const Rule& rule) { return shows_work(rule.evidence) && !rule.silence_says_nothing; });
}

std::set<std::string> observable_reports(std::span<const Rule> rules, const Capabilities& source) {
  return shown(rules, source, [](const Rule& rule) { return shows_reports(rule.evidence) && !rule.silence_says_nothing; });
}

std::set<std::string> countable(std::span<const Rule> rules, const Capabilities& source, bool demand) {
  Capabilities able = source;
  for (auto& place : able.places) place.elsewhere.clear();
  if (demand) able.kinds.insert(able.kinds.end(), able.nameless.begin(), able.nameless.end());
  return shown(rules, able, [&](const Rule& rule) {
    return demand ? rule.evidence == EvidenceKind::demand : shows_work(rule.evidence) || shows_reports(rule.evidence);
  });
}

}  // namespace akashi
