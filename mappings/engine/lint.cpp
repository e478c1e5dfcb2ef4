#include "mappings/engine/lint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "mappings/engine/clauses.hpp"
#include "mappings/engine/compare.hpp"
#include "mappings/engine/rules.hpp"

namespace akashi {

namespace {

constexpr std::ptrdiff_t tests_enough = 2;  // of each kind: one that fits, one near miss

class Lint {
 public:
  std::vector<Error> remarks;

  void look(const Rule& rule) {
    tests(rule);
    kinds(rule);
    expressions(rule);
    twins(rule);
  }

 private:
  void remark(const Rule& rule, std::string what, std::string mend) {
    remarks.push_back({ErrorKind::config, rule.file, std::move(what), std::move(mend)});
  }

  void tests(const Rule& rule) {
    const auto matching = std::ranges::count(rule.tests, true, &Sample::match);
    const auto others = static_cast<std::ptrdiff_t>(rule.tests.size()) - matching;
    if (matching < tests_enough || others < tests_enough)
      remark(rule, fmt::format("has {} matching and {} other tests", matching, others), "add near misses: what is almost this and must not count");
  }

  void kinds(const Rule& rule) {
    const auto parts = take_apart(std::span(&rule, 1));
    if (!parts) return;
    bool any = false, opened = false;
    for (const auto& clause : parts->clauses) {
      bool asks = false, opens = true;
      for (const auto& literal : clause.literals) {
        const auto& leaf = parts->leaves[literal.leaf];
        if (leaf.field != Field::kind || leaf.across) continue;
        asks = asks || !literal.negated;
        const auto fits_opening = [&](std::uint32_t atom) { return fits(parts->atoms[atom].pattern, Field::kind, std::string_view("case.opened")); };
        if (std::ranges::any_of(leaf.atoms, fits_opening) == literal.negated) opens = false;
      }
      any = any || !asks;
      opened = opened || opens;
    }
    if (any) remark(rule, "can match any kind of activity", "name the kinds that it is about");
    else if (opened && rule.evidence == EvidenceKind::exercise)
      remark(rule, "counts the opening of an item as an exercise", "opening asks for work; name what shows that it was done");
  }

  void expressions(const Rule& rule) {
    for (const auto& selection : rule.selections)
      for (const auto& items : selection.alternatives)
        for (const auto& item : items) {
          if (item.field != Field::title && item.field != Field::text) continue;
          for (const auto& pattern : item.patterns)
            if (pattern.compare == Compare::re && pattern.regex->needed_words().empty())
              remark(rule, fmt::format("the expression \"{}\" has to be asked of every {}", pattern.text, name(item.field)),
                     "give it a word of three letters or more that always stands in what it finds");
        }
  }

  // Same service, evidence and clauses, whatever the selections are called.
  void twins(const Rule& rule) {
    auto alone = rule;
    alone.id.clear();
    alone.stable = true;
    for (std::size_t i = 0; i < alone.selections.size(); ++i) alone.selections[i].name = std::to_string(i);
    const auto [at, fresh] = seen_.try_emplace(rule_digest(alone), &rule);
    if (!fresh) remark(rule, fmt::format("says the same as {}", at->second->file), "keep one of them");
  }

  std::map<std::string, const Rule*> seen_;
};

}  // namespace

std::vector<Error> lint(std::span<const Rule> rules) {
  Lint work;
  for (const auto& rule : rules) work.look(rule);
  return std::move(work.remarks);
}

std::vector<RuleExplained> explain_all(std::span<const Rule> rules, const Row& row) {
  std::vector<RuleExplained> all;
  for (const auto& rule : rules) all.push_back({&rule, explain(rule, row)});
  std::ranges::stable_sort(all, [](const RuleExplained& a, const RuleExplained& b) {
    const auto held = [](const RuleExplained& one) { return std::ranges::count(one.said.selections, true, &SelectionVerdict::holds); };
    return a.said.matches != b.said.matches ? a.said.matches : held(a) > held(b);
  });
  return all;
}

}  // namespace akashi
