// All that rules ask about one field, compiled: a value of the field becomes a mask over the clauses that it does not rule out.
// Thread rule: const after construction; each thread has its own Memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/row.hpp"
#include "mappings/engine/automaton.hpp"
#include "mappings/engine/clauses.hpp"
#include "mappings/engine/regex.hpp"
#include "mappings/engine/value_cache.hpp"

namespace akashi {

class FieldPlan {
 public:
  class Memory {
   public:
    explicit Memory(const FieldPlan& plan);

   private:
    friend class FieldPlan;
    ValueCache cache;
    std::vector<std::uint64_t> leaves;  // bit per leaf that holds
    std::vector<std::uint64_t> worth;   // bit per dear pattern whose word was seen
    std::vector<std::uint32_t> held;    // the same as a list
    std::vector<std::uint64_t> mask;
  };

  // `clause_words`: 64-bit words of a mask over all clauses.
  static Result<FieldPlan> compile(Field field, const Clauses& clauses, std::size_t clause_words);

  [[nodiscard]] Field field() const { return field_; }
  [[nodiscard]] bool reads_text() const { return !anywhere_.automaton.empty() || !dear_.empty(); }
  [[nodiscard]] const std::vector<std::uint64_t>& constrained() const { return constrained_; }  // clauses that ask about this field
  // Clauses that the row's value leaves possible; valid until the next call with this memory. Says nothing of clauses that are not possible already.
  [[nodiscard]] const std::uint64_t* mask(const Row& row, const std::uint64_t* possible, Memory& memory) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Leaves = std::vector<std::uint32_t>;
  struct Word {
    Leaves leaves;
    std::uint32_t dear = 0;  // index of what this word makes worth asking; leaves are empty then
  };
  // Words to look for at one kind of place.
  struct Wordlist {
    std::vector<std::string> texts;  // only until the automaton is built
    std::vector<Word> words;
    Automaton automaton;
  };
  // A pattern that no table knows: an expression, a network, a number …, asked one by one where some possible clause needs it.
  struct Dear {
    RulePattern pattern;
    Leaves leaves;
    std::vector<std::uint64_t> needed_by;  // clauses
  };
  // A clause that asks more than one thing about this field.
  struct Several {
    std::uint32_t clause;
    std::vector<Literal> literals;
  };

  FieldPlan() = default;
  Status take_atoms(const Clauses& clauses, const std::vector<std::uint32_t>& own_leaf);
  void take_atom(const RulePattern& pattern, const Leaves& leaves);
  void take_clauses(const Clauses& clauses, const std::vector<std::uint32_t>& own_leaf, std::size_t clause_words);
  void judge(std::string_view value, const std::uint64_t* possible, Memory& memory) const;
  void judge_dear(std::string_view value, const std::uint64_t* possible, Memory& memory) const;
  void hold(const Leaves& leaves, Memory& memory) const;
  void to_mask(Memory& memory, std::uint64_t* mask) const;
  [[nodiscard]] static bool holds(const Several& several, const Memory& memory);
  const std::uint64_t* mask_of_list(const Row& row, const std::uint64_t* possible, Memory& memory) const;

  Field field_ = Field::kind;
  std::size_t leaf_count_ = 0;
  std::unordered_map<std::string, Leaves, Hash, std::equal_to<>> equals_;  // lower case
  std::size_t longest_equal_ = 0;
  Wordlist anywhere_, at_start_, at_end_;
  std::vector<Dear> dear_;
  bool asks_by_word_ = false;
  std::vector<std::uint64_t> always_worth_;        // bit per dear pattern that has no words
  std::vector<std::uint64_t> nothing_;             // the mask when no leaf holds
  std::vector<std::uint64_t> constrained_;         //
  std::vector<std::vector<std::uint32_t>> gives_;  // by leaf: clauses that ask for it and nothing else here
  std::vector<std::vector<std::uint32_t>> takes_;  // by leaf: clauses that ask for its absence and nothing else here
  std::vector<std::vector<std::uint32_t>> several_of_;
  std::vector<Several> several_;
};

}  // namespace akashi
