// Lists in a tool's answer: an array, or the members of an object where the descriptor says "/*".
#pragma once

#include "connectors/engine/json_page.hpp"
#include "connectors/engine/value_spec.hpp"

namespace akashi {

[[nodiscard]] inline bool is_list(const JsonValue& value, bool members) { return value.is(members ? JsonKind::object : JsonKind::array); }

// take(element) for each, in the answer's order; nothing for what is no list.
template <class Take>
void each_in(const JsonValue& list, bool members, Take take) {
  if (!members) {
    for (const auto element : list.elements()) take(element);
    return;
  }
  for (const auto [name, value] : list.members()) take(value);
}

// As the descriptor writes it.
[[nodiscard]] inline std::string written(const ListPath& path) { return path.members ? path.path + "/*" : path.path; }

}  // namespace akashi
