// PathPlan knows which members of a record somebody asks for, and finds all of them in one walk over the record.
// A path is a JSON pointer of object members: "/owner/name", "/CustomFields/a~1b"; a dot in a name is an ordinary character.
// Cost of a walk: the names of the objects on the way; what lies under a name that nobody asks for is jumped over.
// Built once, then read by any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/engine/json_page.hpp"

namespace akashi {

class PathPlan {
 public:
  static constexpr std::size_t depth_max = 16;

  PathPlan();

  // The slot of the path; the same path has the same slot. "" is the record itself. A path that is no pointer, or that goes
  // deeper than depth_max, is ErrorKind::config.
  [[nodiscard]] Result<std::size_t> add(std::string_view path);
  [[nodiscard]] std::size_t slots() const { return slots_; }

  // Fills slots[0, slots()): each with the value at its path, or missing. slots is as large as slots() at least.
  void walk(const JsonValue& record, std::span<JsonValue> slots) const;

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Child {
    std::uint32_t hash;
    std::uint32_t node;
    bool is_short;     // fits into quoted
    JsonBytes quoted;  // the name between its quotes
    std::string name;
    [[nodiscard]] bool is_name(const JsonTokens& tokens, std::uint32_t token) const {
      if (is_short && quoted.stand_at(tokens.bytes + tokens.at[token])) return true;
      return (!is_short || tokens.is_escaped(token)) && name == tokens.text_of_string(token);
    }
  };
  struct Node {
    std::uint32_t slot = none;
    std::vector<Child> children;
    std::vector<std::uint32_t> table;  // open addressing over children by hash, a power of two, never full
  };
  [[nodiscard]] std::uint32_t child_named(std::uint32_t node, const std::string& name);
  static void index(Node& node);
  void walk_object(const JsonTokens& tokens, std::uint32_t object, const Node& node, std::span<JsonValue> slots) const;
  void take(const JsonTokens& tokens, std::uint32_t value, const Node& node, std::span<JsonValue> slots) const;

  std::vector<Node> nodes_;
  std::size_t slots_ = 0;
};

}  // namespace akashi
