// JsonShapes learns which names follow which in the objects of a tool's answers, because a tool writes the same few shapes over and over.
// A node stands for the names of an object so far, in their order; following a known node costs one comparison of the bytes that come next,
// and says at once that no name was met twice, since that was found out when the node was made.
// Bounded: what does not fit in here (long names, blanks before a colon, too many shapes) has no node, and the caller looks at it the plain way.
// Nodes live as long as their JsonShapes, which may serve one document after the other, on one thread at a time.
#pragma once

#include <cstdint>
#include <deque>

#include "connectors/engine/json_tokens.hpp"

namespace akashi {

class JsonShapes {
 public:
  static constexpr std::size_t nodes_max = 4096;   // 400 kB
  static constexpr std::size_t names_max = 64;     // of one object
  static constexpr std::size_t siblings_max = 16;  // names that may follow the same names

  struct Node {
    [[nodiscard]] std::uint32_t hash() const { return hash_; }
    // The node behind the name that followed last time, if the bytes at the opening quote say that name and its colon; else nullptr.
    // 32 bytes are read.
    [[nodiscard]] Node* guess(const char* quote) const { return likely_->name_.stand_at(quote) ? likely_ : nullptr; }

   private:
    friend class JsonShapes;

    JsonBytes name_;           // "name": with both quotes and the colon
    Node* likely_ = nullptr;   // the child that followed last; document, whose name stands nowhere, while there is none
    Node* first_ = nullptr;    // child
    Node* next_ = nullptr;     // sibling
    Node* parent_ = nullptr;   // nullptr where an object begins
    Node* inner_ = nullptr;    // where the objects under this name begin
    std::uint32_t hash_ = 0;   // of the name
    std::uint32_t names_ = 0;  // up to here
  };

  JsonShapes();

  // Where the outermost value stands.
  [[nodiscard]] Node* document() { return &nodes_[0]; }
  // An object that is looked at the plain way; nothing follows it.
  [[nodiscard]] Node* plain() { return &nodes_[1]; }
  // Like guess, with every name that ever followed and with a new one: length is that of the name, colon where its colon stands. nullptr when
  // there is no node to be had, also because the name was met before in this object.
  [[nodiscard]] Node* find(Node* node, const char* quote, std::size_t length, const char* colon);
  // Where an object begins that is the value of this name, or an element in it.
  [[nodiscard]] Node* inner(Node* node) { return node->inner_ != nullptr ? node->inner_ : add_inner(node); }
  // Whether there is room for another hundred or so; if not, a fresh one serves better.
  [[nodiscard]] bool has_room() const { return nodes_.size() + 128 < nodes_max; }

 private:
  [[nodiscard]] Node* add();
  [[nodiscard]] Node* add_inner(Node* node);
  [[nodiscard]] Node* add_child(Node* parent, const char* quote, std::size_t length);

  std::deque<Node> nodes_;  // they stay where they are
};

}  // namespace akashi
