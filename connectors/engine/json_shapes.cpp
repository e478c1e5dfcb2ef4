#include "connectors/engine/json_shapes.hpp"

#include "connectors/engine/json_tokens.hpp"

namespace akashi {

std::uint32_t JsonShapes::find(std::uint32_t node, const char* quote, std::size_t length, const char* colon) {
  if (node == plain || colon != quote + length + 2 || length + 3 > words * 8) return none;
  std::size_t siblings = 0;
  for (std::uint32_t child = nodes_[node].first; child != none; child = nodes_[child].next, ++siblings) {
    if (!nodes_[child].says(quote)) continue;
    nodes_[node].likely = child;
    return child;
  }
  if (siblings >= siblings_max || nodes_.size() >= nodes_max || nodes_[node].names >= names_max) return none;
  for (std::uint32_t before = node; nodes_[before].parent != none; before = nodes_[before].parent) {
    if (nodes_[before].says(quote)) return none;
  }
  return add(node, quote, length);
}

std::uint32_t JsonShapes::add(std::uint32_t parent, const char* quote, std::size_t length) {
  const auto child = static_cast<std::uint32_t>(nodes_.size());
  Node made;
  made.text = {};
  made.mask = {};
  std::memcpy(made.text.data(), quote, length + 3);
  std::memset(made.mask.data(), 0xFF, length + 3);
  made.is_long = length + 3 > 16;
  made.hash = json_name_hash(quote + 1, length);
  made.parent = parent;
  made.names = nodes_[parent].names + 1;
  made.next = nodes_[parent].first;
  nodes_.push_back(made);
  nodes_[parent].first = nodes_[parent].likely = child;
  return child;
}

std::uint32_t JsonShapes::inner(std::uint32_t node) {
  if (node == plain) node = document;
  if (nodes_[node].inner == none) {
    if (nodes_.size() >= nodes_max) return plain;
    nodes_[node].inner = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
  }
  return nodes_[node].inner;
}

}  // namespace akashi
