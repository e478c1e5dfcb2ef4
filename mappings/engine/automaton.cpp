#include "mappings/engine/automaton.hpp"

#include <algorithm>
#include <bit>
#include <queue>

namespace akashi {

bool Automaton::build(std::span<const std::string> words, Where where) {
  if (words.empty()) return true;
  where_ = where;
  // Bytes that no word holds are one class, 0; a letter and its capital are one.
  std::uint32_t classes = 1;
  class_of_.fill(0);
  std::size_t states_bound = 1;
  for (const auto& word : words) {
    states_bound += word.size();
    for (const char c : word) {
      auto& its = class_of_[static_cast<unsigned char>(c)];
      if (its == 0) its = static_cast<std::uint8_t>(classes++);
    }
  }
  for (unsigned c = 'a'; c <= 'z'; ++c) class_of_[c - 'a' + 'A'] = class_of_[c];
  shift_ = static_cast<unsigned>(std::bit_width(classes - 1));
  if ((states_bound << shift_) > cells_max) return false;

  next_.assign(std::size_t{1} << shift_, 0);
  first_output_.assign(1, 0);
  outputs_.assign(1, {0, 0});
  for (std::uint32_t number = 0; number < words.size(); ++number) {
    const auto& word = words[number];
    add(number, where == Where::end ? std::string(word.rbegin(), word.rend()) : word);
  }
  std::vector<std::uint32_t> depth(first_output_.size(), 0);
  if (where == Where::anywhere) {
    depth = link_suffixes();
    skips_ = std::ranges::all_of(words, [](const std::string& word) { return word.size() >= 3; });
    for (const auto& word : words) {
      if (!skips_) break;
      const auto begin = begin_of(word.data());
      begins_[begin / 64] |= std::uint64_t{1} << (begin % 64);
    }
  }
  for (auto& target : next_) {
    const auto row = target >> shift_;
    if (first_output_[row] != 0) target |= ends_here;
    if (depth[row] >= 3) target |= deep;
  }
  return true;
}

// One word more in the trie: 0 is both the beginning and "no edge".
void Automaton::add(std::uint32_t number, std::string_view word) {
  std::uint32_t state = 0;
  for (const char c : word) {
    const auto edge = state + class_of_[static_cast<unsigned char>(c)];
    if (next_[edge] == 0) {
      next_[edge] = static_cast<std::uint32_t>(next_.size());
      next_.resize(next_.size() + (std::size_t{1} << shift_), 0);
      first_output_.push_back(0);
    }
    state = next_[edge];
  }
  outputs_.push_back({number, first_output_[state >> shift_]});
  first_output_[state >> shift_] = static_cast<std::uint32_t>(outputs_.size() - 1);
}

// Breadth first: where an edge is missing, go where the longest proper suffix goes; its outputs hang on behind the own ones.
std::vector<std::uint32_t> Automaton::link_suffixes() {
  const std::uint32_t width = 1U << shift_;
  std::vector<std::uint32_t> suffix(first_output_.size(), 0), depth(first_output_.size(), 0);
  std::queue<std::uint32_t> todo;
  for (std::uint32_t c = 0; c < width; ++c)
    if (next_[c] != 0) {
      todo.push(next_[c]);
      depth[next_[c] >> shift_] = 1;
    }
  while (!todo.empty()) {
    const auto state = todo.front();
    todo.pop();
    const auto back = suffix[state >> shift_];
    auto* last = &first_output_[state >> shift_];
    while (*last != 0) last = &outputs_[*last].next;
    *last = first_output_[back >> shift_];
    for (std::uint32_t c = 0; c < width; ++c) {
      const auto child = next_[state + c];
      if (child == 0) {
        next_[state + c] = next_[back + c];
      } else {
        suffix[child >> shift_] = next_[back + c];
        depth[child >> shift_] = depth[state >> shift_] + 1;
        todo.push(child);
      }
    }
  }
  return depth;
}

}  // namespace akashi
