#include "mappings/engine/field_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "mappings/engine/compare.hpp"

namespace akashi {

namespace {

constexpr std::uint32_t not_own = UINT32_MAX;

void set(std::uint64_t* mask, std::uint32_t bit) { mask[bit / 64] |= std::uint64_t{1} << (bit % 64); }
void unset(std::uint64_t* mask, std::uint32_t bit) { mask[bit / 64] &= ~(std::uint64_t{1} << (bit % 64)); }
bool has(const std::vector<std::uint64_t>& mask, std::uint32_t bit) { return ((mask[bit / 64] >> (bit % 64)) & 1U) != 0; }
std::size_t words_for(std::size_t bits) { return (bits + 63) / 64; }

}  // namespace

FieldPlan::Memory::Memory(const FieldPlan& plan)
    : cache(is_list(plan.field_) ? words_for(plan.leaf_count_) : plan.nothing_.size()),
      leaves(words_for(plan.leaf_count_)),
      mask(plan.nothing_.size()) {
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
  std::vector<std::string> words;
  std::vector<std::shared_ptr<const Regex>> regexes;
  for (std::size_t i = 0; i < clauses.atoms.size(); ++i) {
    const auto& pattern = clauses.atoms[i].pattern;
    if (leaves_of[i].empty()) continue;
    switch (pattern.compare) {
      case Compare::equals:
        equals_.emplace(pattern.text, leaves_of[i]);
        longest_equal_ = std::max(longest_equal_, pattern.text.size());
        break;
      case Compare::contains:
      case Compare::startswith:
      case Compare::endswith:
        words.push_back(pattern.text);
        words_.push_back({static_cast<std::uint32_t>(pattern.text.size()), pattern.compare == Compare::startswith,
                          pattern.compare == Compare::endswith, leaves_of[i]});
        break;
      case Compare::re:
        regexes.push_back(pattern.regex);
        regex_leaves_.push_back(leaves_of[i]);
        break;
      default:
        others_.push_back({pattern, leaves_of[i]});
    }
  }
  regexes_ = RegexSet(std::move(regexes));
  if (automaton_.build(words)) return {};
  return fail(ErrorKind::config, {}, fmt::format("the rules look for too many different words in {}", name(field_)),
              "use fewer rules or shorter words");
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
}

void FieldPlan::hold(const Leaves& leaves, Memory& memory) const {
  for (const auto leaf : leaves) {
    if (has(memory.leaves, leaf)) continue;
    set(memory.leaves.data(), leaf);
    memory.held.push_back(leaf);
  }
}

void FieldPlan::judge(std::string_view value, Memory& memory) const {
  if (!equals_.empty() && value.size() <= longest_equal_) {
    std::array<char, pattern_bytes_max> low;  // no written value is longer
    for (std::size_t i = 0; i < value.size(); ++i) low[i] = value[i] >= 'A' && value[i] <= 'Z' ? static_cast<char>(value[i] | 0x20) : value[i];
    if (const auto found = equals_.find(std::string_view(low.data(), value.size())); found != equals_.end()) hold(found->second, memory);
  }
  automaton_.scan(value, [&](std::uint32_t at, std::size_t end) {
    const auto& word = words_[at];
    if ((!word.at_start || end == word.size) && (!word.at_end || end == value.size())) hold(word.leaves, memory);
  });
  regexes_.search(value, [&](std::size_t at) { hold(regex_leaves_[at], memory); });
  for (const auto& other : others_)
    if (fits(other.pattern, field_, value)) hold(other.leaves, memory);
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

const std::uint64_t* FieldPlan::mask(const Row& row, Memory& memory) const {
  if (is_list(field_)) return mask_of_list(row, memory);
  const auto value = row[field_];
  if (value.empty()) return nothing_.data();
  if (const auto* known = memory.cache.find(value)) return known;
  judge(value, memory);
  auto* kept = memory.cache.keep(value);
  if (kept == nullptr) {
    if (memory.held.empty()) return nothing_.data();
    kept = memory.mask.data();
  }
  to_mask(memory, kept);
  return kept;
}

// A list holds what any of its values holds, so it is the leaves that are remembered by value.
const std::uint64_t* FieldPlan::mask_of_list(const Row& row, Memory& memory) const {
  const auto values = field_ == Field::labels ? row.labels : field_ == Field::procedures ? row.procedures : row.services;
  for (const auto value : values) {
    if (value.empty()) continue;
    judge(value, memory);
  }
  if (memory.held.empty()) return nothing_.data();
  to_mask(memory, memory.mask.data());
  return memory.mask.data();
}

}  // namespace akashi
