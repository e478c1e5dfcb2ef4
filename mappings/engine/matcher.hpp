// All rules, compiled once, asked about every activity. Fields are looked at from the cheapest to the dearest, each leaves fewer clauses possible,
// and a field that no possible clause asks about is not looked at: free text is scanned only where it can still decide.
// Thread rule: a Matcher is const after compile() and shared; every thread has its own Scratch. In the steady state match() allocates nothing.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/row.hpp"
#include "mappings/engine/field_plan.hpp"
#include "mappings/engine/rule.hpp"

namespace akashi {

// A rule that matches, and the service that it then speaks for (empty: those that the activity's document names). The view lives as long as matcher
// and row.
struct Hit {
  std::uint32_t rule = 0;  // index into Matcher::rules()
  std::string_view service;
  auto operator<=>(const Hit&) const = default;
};

class Matcher {
 public:
  class Scratch {
   public:
    explicit Scratch(const Matcher& matcher);

   private:
    friend class Matcher;
    std::vector<FieldPlan::Memory> memories_;  // by plan
    std::vector<std::uint64_t> possible_;
  };

  // Rules are kept in the order given.
  [[nodiscard]] static Result<Matcher> compile(std::vector<Rule> rules);

  // Replaces `out` by the hits, ascending by rule; a rule of a place gives one hit for each of its services. The scratch must be this matcher's.
  void match(const Row& row, Scratch& scratch, std::vector<Hit>& out) const;

  [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
  // Whether any rule asks about a field: what none asks for need not be filled into a row. Places' services are always asked for.
  [[nodiscard]] bool asks(Field field) const;

 private:
  Matcher() = default;
  // What is left to ask of a clause when all fields by themselves allow it.
  struct Across {
    Field field;
    std::vector<RulePattern> patterns;  // any of
    bool negated;
  };
  [[nodiscard]] bool allowed(std::uint32_t clause, const Row& row) const;
  void emit(const Row& row, std::size_t word, std::uint64_t bits, std::vector<Hit>& out) const;

  std::vector<Rule> rules_;
  std::vector<std::uint32_t> rule_of_clause_;
  std::vector<std::vector<Across>> across_;  // by clause; mostly empty
  std::vector<FieldPlan> plans_;
  std::vector<std::uint64_t> all_;
};

}  // namespace akashi
