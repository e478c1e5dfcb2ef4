#include "connectors/engine/json_shapes.hpp"

namespace akashi {

JsonShapes::JsonShapes() {
  (void)add();  // document
  (void)add();  // plain
  plain()->inner_ = document();
}

JsonShapes::Node* JsonShapes::add() {
  if (nodes_.size() == nodes_max) return nullptr;
  Node& node = nodes_.emplace_back();
  node.likely_ = document();
  return &node;
}

JsonShapes::Node* JsonShapes::find(Node* node, const char* quote, std::size_t length, const char* colon) {
  if (node == plain() || colon != quote + length + 2 || length + 3 > JsonBytes::bytes_max) return nullptr;
  std::size_t siblings = 0;
  for (Node* child = node->first_; child != nullptr; child = child->next_, ++siblings) {
    if (child->name_.stand_at(quote)) return node->likely_ = child;
  }
  if (siblings >= siblings_max || node->names_ >= names_max) return nullptr;
  for (const Node* before = node; before->parent_ != nullptr; before = before->parent_) {
    if (before->name_.stand_at(quote)) return nullptr;
  }
  return add_child(node, quote, length);
}

JsonShapes::Node* JsonShapes::add_child(Node* parent, const char* quote, std::size_t length) {
  Node* const child = add();
  if (child == nullptr) return nullptr;
  child->name_ = JsonBytes({quote, length + 3});
  child->hash_ = json_name_hash(quote + 1, length);
  child->parent_ = parent;
  child->names_ = parent->names_ + 1;
  child->next_ = parent->first_;
  return parent->first_ = parent->likely_ = child;
}

JsonShapes::Node* JsonShapes::add_inner(Node* node) {
  Node* const begin = add();
  if (begin == nullptr) return plain();
  return node->inner_ = begin;
}

}  // namespace akashi
