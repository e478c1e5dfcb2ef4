// JsonShapes learns which names follow which in the objects of a document, because a tool writes the same few shapes over and over.
// A node stands for the names of an object so far, in their order; following a known node costs one comparison of the bytes that come next,
// and says at once that no name was met twice, since that was found out when the node was made.
// Bounded: what does not fit in here (long names, blanks before a colon, too many shapes) has no node, and the caller looks at it the plain way.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace akashi {

class JsonShapes {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr std::uint32_t document = 0;  // where the outermost value stands
  static constexpr std::uint32_t plain = 1;     // an object that is looked at the plain way; nothing follows it
  static constexpr std::size_t nodes_max = 4096;
  static constexpr std::size_t names_max = 64;     // of one object
  static constexpr std::size_t siblings_max = 16;  // names that may follow the same names

  JsonShapes() : nodes_(2) {}

  // The node behind the name that followed last time, if the bytes at the opening quote say that name and its colon; else none.
  // 32 bytes are read.
  [[nodiscard]] std::uint32_t guess(std::uint32_t node, const char* quote) const {
    const std::uint32_t child = nodes_[node].likely;
    return nodes_[child].says(quote) ? child : none;
  }
  // The same with every name that ever followed, and with a new one: length is that of the name, colon where its colon stands. None when there
  // is no node to be had, also because the name was met before in this object.
  [[nodiscard]] std::uint32_t find(std::uint32_t node, const char* quote, std::size_t length, const char* colon);
  // Where an object begins that is the value of this name, or an element in it.
  [[nodiscard]] std::uint32_t inner(std::uint32_t node);
  [[nodiscard]] std::uint32_t hash(std::uint32_t node) const { return nodes_[node].hash; }

 private:
  static constexpr std::size_t words = 4;
  struct Node {
    std::array<std::uint64_t, words> text{~std::uint64_t{0}};  // "name": with both quotes and the colon; no text has the first one's
    std::array<std::uint64_t, words> mask{~std::uint64_t{0}};  // the bytes of it
    std::uint32_t hash = 0;
    std::uint32_t likely = 0;                 // the child that followed last; document, which says nothing, while there is none
    std::uint32_t first = none, next = none;  // children and siblings
    std::uint32_t parent = none;              // none where an object begins
    std::uint32_t inner = none;
    std::uint32_t names = 0;  // up to here
    bool is_long = false;     // more than two words

    [[nodiscard]] bool says(const char* quote) const {
      std::array<std::uint64_t, words> read;
      std::memcpy(read.data(), quote, 16);
      if ((((read[0] ^ text[0]) & mask[0]) | ((read[1] ^ text[1]) & mask[1])) != 0) return false;
      if (!is_long) return true;
      std::memcpy(read.data() + 2, quote + 16, 16);
      return (((read[2] ^ text[2]) & mask[2]) | ((read[3] ^ text[3]) & mask[3])) == 0;
    }
  };
  [[nodiscard]] std::uint32_t add(std::uint32_t parent, const char* quote, std::size_t length);

  std::vector<Node> nodes_;
};

}  // namespace akashi
