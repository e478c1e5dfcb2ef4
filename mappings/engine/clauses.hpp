// Rules taken apart for the matcher: a rule is a choice of clauses, a clause is what must hold and must not hold, each of one field.
// Equal patterns of a field are one atom and equal lists of atoms one leaf, whatever the number of rules that ask.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

inline constexpr std::size_t clauses_of_rule_max = 256;

struct Atom {
  Field field = Field::kind;
  RulePattern pattern;
};

// Holds when any of its atoms fits a value of the field.
struct Leaf {
  Field field = Field::kind;
  std::vector<std::uint32_t> atoms;
  bool across = false;  // compares fields with one another; no value of one field decides it
};

struct Literal {
  std::uint32_t leaf = 0;
  bool negated = false;
  auto operator<=>(const Literal&) const = default;
};

struct Clause {
  std::uint32_t rule = 0;
  std::vector<Literal> literals;  // all of them; sorted, no contradiction
};

struct Clauses {
  std::vector<Atom> atoms;
  std::vector<Leaf> leaves;
  std::vector<Clause> clauses;  // ascending by rule
};

// Fails when a rule's condition has more than clauses_of_rule_max ways to hold; the error's place is the rule's file.
[[nodiscard]] Result<Clauses> take_apart(std::span<const Rule> rules);

}  // namespace akashi
