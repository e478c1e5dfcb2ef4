#include "mappings/engine/field_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "core/text.hpp"
#include "mappings/engine/compare.hpp"

namespace akashi {

namespace {

constexpr std::uint32_t not_own = UINT32_MAX;

void set(std::uint64_t* mask, std::uint32_t bit) { mask[bit / 64] |= std::uint64_t{1} << (bit % 64); }
void unset(std::uint64_t* mask, std::uint32_t bit) { mask[bit / 64] &= ~(std::uint64_t{1} << (bit % 64)); }
bool has(const std::vector<std::uint64_t>& mask, std::uint32_t bit) { return ((mask[bit / 64] >> (bit % 64)) & 1U) != 0; }
std::size_t words_for(std::size_t bits) { return (bits + 63) / 64; }

// The Kelvin sign is a k and the long s an s, for an expression that ignores case; the words of expressions are looked for in ASCII only.
bool folds_to_ascii(std::string_view text) {
  for (const std::string_view letter : {"\u212a", "\u017f"})
    for (auto at = text.find(letter.front()); at != std::string_view::npos; at = text.find(letter.front(), at + 1))
      if (text.substr(at).starts_with(letter)) return true;
  return false;
}

}  // namespace

FieldPlan::Memory::Memory(const FieldPlan& plan)
    : cache(plan.nothing_.size()), leaves(words_for(plan.leaf_count_)), worth(plan.always_worth_.size()), mask(plan.nothing_.size()) {
  held.reserve(plan.leaf_count_);
}

Result<FieldPlan> FieldPlan::compile(Field field, const Clauses& clauses, std::size_t clause_words) {
  FieldPlan plan;
  plan.field_ = field;
  std::vector<std::uint32_t> own_leaf(clauses.leaves.size(), not_own);
  for (std::size_t i = 0; i < clauses.leaves.size(); ++i)
    if (clauses.leaves[i].field == field && !clauses.leaves[i].across) own_leaf[i] = static_cast<std::uint32_t>(plan.leaf_count_++);
  if (auto taken = plan.take_atoms(clauses, own_leaf); !taken) return std::unexpected(taken.error());
  plan.take_clauses(clauses, own_leaf, clause_words);
  return plan;
}

Status FieldPlan::take_atoms(const Clauses& clauses, const std::vector<std::uint32_t>& own_leaf) {
  std::vector<Leaves> leaves_of(clauses.atoms.size());
  for (std::size_t leaf = 0; leaf < clauses.leaves.size(); ++leaf)
    if (own_leaf[leaf] != not_own)
      for (const auto atom : clauses.leaves[leaf].atoms) leaves_of[atom].push_back(own_leaf[leaf]);
  for (std::size_t i = 0; i < clauses.atoms.size(); ++i)
    if (!leaves_of[i].empty()) take_atom(clauses.atoms[i].pattern, leaves_of[i]);
  for (auto [list, where] :
       {std::pair{&anywhere_, Automaton::Where::anywhere}, {&at_start_, Automaton::Where::start}, {&at_end_, Automaton::Where::end}}) {
    if (!list->automaton.build(list->texts, where))
      return fail(ErrorKind::config, {}, fmt::format("the rules look for too many different words in {}", name(field_)),
                  "use fewer rules or shorter words");
    list->texts = {};
  }
  return {};
}

void FieldPlan::take_atom(const RulePattern& pattern, const Leaves& leaves) {
  const auto look_for = [](Wordlist& list, const std::string& text, Word word) {
    list.texts.push_back(text);
    list.words.push_back(std::move(word));
  };
  switch (pattern.compare) {
    case Compare::equals:
      equals_.emplace(pattern.text, leaves);
      longest_equal_ = std::max(longest_equal_, pattern.text.size());
      return;
    case Compare::contains:
      return look_for(anywhere_, pattern.text, {leaves});
    case Compare::startswith:
      return look_for(at_start_, pattern.text, {leaves});
    case Compare::endswith:
      return look_for(at_end_, pattern.text, {leaves});
    default:
      break;
  }
  const auto at = static_cast<std::uint32_t>(dear_.size());
  dear_.push_back({pattern, leaves, {}});
  if (always_worth_.size() < words_for(dear_.size())) always_worth_.push_back(0);
  const auto needed = pattern.compare == Compare::re ? pattern.regex->needed_words() : std::vector<std::string>{};
  if (needed.empty()) set(always_worth_.data(), at);
  else asks_by_word_ = true;
  for (const auto& word : needed) look_for(anywhere_, word, {{}, at});
}

void FieldPlan::take_clauses(const Clauses& clauses, const std::vector<std::uint32_t>& own_leaf, std::size_t clause_words) {
  nothing_.assign(clause_words, ~std::uint64_t{0});
  constrained_.assign(clause_words, 0);
  gives_.resize(leaf_count_);
  takes_.resize(leaf_count_);
  several_of_.resize(leaf_count_);
  for (std::uint32_t i = 0; i < clauses.clauses.size(); ++i) {
    std::vector<Literal> own;
    for (const auto& literal : clauses.clauses[i].literals)
      if (own_leaf[literal.leaf] != not_own) own.push_back({own_leaf[literal.leaf], literal.negated});
    if (own.empty()) continue;
    set(constrained_.data(), i);
    if (std::ranges::any_of(own, [](const Literal& one) { return !one.negated; })) unset(nothing_.data(), i);
    if (own.size() == 1) {
      (own.front().negated ? takes_ : gives_)[own.front().leaf].push_back(i);
      continue;
    }
    for (const auto& literal : own) several_of_[literal.leaf].push_back(static_cast<std::uint32_t>(several_.size()));
    several_.push_back({i, std::move(own)});
  }
  for (auto& dear : dear_) {
    dear.needed_by.assign(clause_words, 0);
    for (const auto leaf : dear.leaves) {
      for (const auto clause : gives_[leaf]) set(dear.needed_by.data(), clause);
      for (const auto clause : takes_[leaf]) set(dear.needed_by.data(), clause);
      for (const auto at : several_of_[leaf]) set(dear.needed_by.data(), several_[at].clause);
    }
  }
}

void FieldPlan::hold(const Leaves& leaves, Memory& memory) const {
  for (const auto leaf : leaves) {
    if (has(memory.leaves, leaf)) continue;
    set(memory.leaves.data(), leaf);
    memory.held.push_back(leaf);
  }
}

void FieldPlan::judge(std::string_view value, const std::uint64_t* possible, Memory& memory) const {
  if (!equals_.empty() && value.size() <= longest_equal_) {
    std::array<char, pattern_bytes_max> low;  // no written value is longer
    for (std::size_t i = 0; i < value.size(); ++i) low[i] = value[i] >= 'A' && value[i] <= 'Z' ? static_cast<char>(value[i] | 0x20) : value[i];
    if (const auto found = equals_.find(std::string_view(low.data(), value.size())); found != equals_.end()) hold(found->second, memory);
  }
  if (!dear_.empty()) std::ranges::copy(always_worth_, memory.worth.begin());
  if (asks_by_word_ && folds_to_ascii(value)) std::ranges::fill(memory.worth, ~std::uint64_t{0});
  at_start_.automaton.scan(value, [&](std::uint32_t at) { hold(at_start_.words[at].leaves, memory); });
  at_end_.automaton.scan(value, [&](std::uint32_t at) { hold(at_end_.words[at].leaves, memory); });
  anywhere_.automaton.scan(value, [&](std::uint32_t at) {
    const auto& word = anywhere_.words[at];
    if (word.leaves.empty()) set(memory.worth.data(), word.dear);
    else hold(word.leaves, memory);
  });
  if (!dear_.empty()) judge_dear(value, possible, memory);
}

void FieldPlan::judge_dear(std::string_view value, const std::uint64_t* possible, Memory& memory) const {
  for (std::size_t w = 0; w < memory.worth.size(); ++w)
    for (auto bits = memory.worth[w]; bits != 0; bits &= bits - 1) {
      const auto number = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      if (number >= dear_.size()) return;
      const auto& dear = dear_[number];
      std::uint64_t needed = possible == nullptr ? 1 : 0;
      for (std::size_t i = 0; needed == 0 && i < dear.needed_by.size(); ++i) needed = dear.needed_by[i] & possible[i];
      if (needed != 0 && fits(dear.pattern, field_, value)) hold(dear.leaves, memory);
    }
}

bool FieldPlan::holds(const Several& several, const Memory& memory) {
  return std::ranges::all_of(several.literals, [&](const Literal& literal) { return has(memory.leaves, literal.leaf) != literal.negated; });
}

// Turns the leaves that hold into a mask, and forgets them.
void FieldPlan::to_mask(Memory& memory, std::uint64_t* mask) const {
  std::ranges::copy(nothing_, mask);
  for (const auto leaf : memory.held) {
    for (const auto clause : gives_[leaf]) set(mask, clause);
    for (const auto clause : takes_[leaf]) unset(mask, clause);
    for (const auto at : several_of_[leaf]) {
      if (holds(several_[at], memory)) set(mask, several_[at].clause);
      else unset(mask, several_[at].clause);
    }
  }
  for (const auto leaf : memory.held) unset(memory.leaves.data(), leaf);
  memory.held.clear();
}

const std::uint64_t* FieldPlan::mask(const Row& row, const std::uint64_t* possible, Memory& memory) const {
  if (is_list(field_)) return mask_of_list(row, possible, memory);
  const auto value = row[field_];
  if (value.empty()) return nothing_.data();
  if (const auto* known = memory.cache.find(value)) return known;
  auto* kept = memory.cache.keep(value);
  judge(value, kept == nullptr ? possible : nullptr, memory);  // what is remembered has to be true for every row
  if (kept == nullptr) {
    if (memory.held.empty()) return nothing_.data();
    kept = memory.mask.data();
  }
  to_mask(memory, kept);
  return kept;
}

// A list holds what any of its values holds.
const std::uint64_t* FieldPlan::mask_of_list(const Row& row, const std::uint64_t* possible, Memory& memory) const {
  const auto values = field_ == Field::labels ? row.labels : field_ == Field::procedures ? row.procedures : row.services;
  for (const auto value : values)
    if (!value.empty()) judge(value, possible, memory);
  if (memory.held.empty()) return nothing_.data();
  to_mask(memory, memory.mask.data());
  return memory.mask.data();
}

}  // namespace akashi
