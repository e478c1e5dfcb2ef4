#include "mappings/engine/automaton.hpp"

#include <bit>
#include <queue>

namespace akashi {

bool Automaton::build(std::span<const std::string> words) {
  if (words.empty()) return true;
  // Bytes that no word holds are one class, 0; a letter and its capital are one.
  std::uint32_t classes = 1;
  class_of_.fill(0);
  std::size_t states_bound = 1;
  for (const auto& word : words) {
    states_bound += word.size();
    for (const char c : word) {
      const auto byte = static_cast<unsigned char>(c);
      if (class_of_[byte] == 0) class_of_[byte] = static_cast<std::uint8_t>(classes++);
    }
  }
  for (unsigned c = 'a'; c <= 'z'; ++c) class_of_[c - 'a' + 'A'] = class_of_[c];
  shift_ = static_cast<unsigned>(std::bit_width(classes - 1));
  if ((states_bound << shift_) > cells_max) return false;

  // The trie, in rows of the table; 0 is both the root and "no edge".
  const std::uint32_t width = 1U << shift_;
  next_.assign(width, 0);
  first_output_.assign(1, 0);
  outputs_.assign(1, {0, 0});
  for (std::uint32_t word = 0; word < words.size(); ++word) {
    std::uint32_t state = 0;
    for (const char c : words[word]) {
      const auto edge = state + class_of_[static_cast<unsigned char>(c)];
      if (next_[edge] == 0) {
        const auto fresh = static_cast<std::uint32_t>(next_.size());
        next_[edge] = fresh;
        next_.resize(next_.size() + width, 0);
        first_output_.push_back(0);
      }
      state = next_[edge];
    }
    outputs_.push_back({word, first_output_[state >> shift_]});
    first_output_[state >> shift_] = static_cast<std::uint32_t>(outputs_.size() - 1);
  }

  // Breadth first: where an edge is missing, go where the longest proper suffix goes; its outputs hang on behind the own ones.
  std::vector<std::uint32_t> suffix(first_output_.size(), 0);
  std::queue<std::uint32_t> todo;
  for (std::uint32_t c = 0; c < width; ++c)
    if (next_[c] != 0) todo.push(next_[c]);
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
        todo.push(child);
      }
    }
  }
  for (auto& target : next_)
    if (first_output_[target >> shift_] != 0) target |= ends_here;
  return true;
}

}  // namespace akashi
