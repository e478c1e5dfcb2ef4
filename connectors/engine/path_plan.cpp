#include "connectors/engine/path_plan.hpp"

#include <algorithm>

namespace akashi {
namespace {

// The names on the way, ~1 and ~0 resolved.
Result<std::vector<std::string>> names_of(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char next = i + 1 < path.size() ? path[i + 1] : ' ';
    if (path[i] == '/') {
      names.emplace_back();
    } else if (names.empty()) {
      return fail(ErrorKind::config, std::string(path), "a path that does not begin with a slash", "write it as a JSON pointer, such as /owner/name");
    } else if (path[i] == '~' && next != '0' && next != '1') {
      return fail(ErrorKind::config, std::string(path), "a ~ that is followed by neither 0 nor 1", "write ~0 for ~ and ~1 for a slash in a name");
    } else if (path[i] == '~') {
      names.back() += next == '0' ? '~' : '/';
      ++i;
    } else {
      names.back() += path[i];
    }
  }
  if (names.size() > PathPlan::depth_max) {
    return fail(ErrorKind::config, std::string(path), "a path of more than " + std::to_string(PathPlan::depth_max) + " names",
                "ask for something less deep");
  }
  return names;
}

}  // namespace

PathPlan::PathPlan() : nodes_(1) {}

Result<std::size_t> PathPlan::add(std::string_view path) {
  const Result<std::vector<std::string>> names = names_of(path);
  if (!names) return std::unexpected(names.error());
  std::uint32_t node = 0;
  for (const std::string& name : *names) node = child_named(node, name);
  std::uint32_t& slot = nodes_[node].slot;
  if (slot == none) slot = static_cast<std::uint32_t>(slots_++);
  return slot;
}

std::uint32_t PathPlan::child_named(std::uint32_t node, const std::string& name) {
  for (const Child& child : nodes_[node].children) {
    if (child.name == name) return child.node;
  }
  const auto fresh = static_cast<std::uint32_t>(nodes_.size());
  nodes_.emplace_back();
  const std::string padded = name + std::string(8, '\0');
  const std::string quoted = '"' + name + '"';
  const bool is_short = quoted.size() <= JsonBytes::bytes_max && name.find('\\') == std::string::npos && name.find('"') == std::string::npos;
  const JsonBytes bytes = is_short ? JsonBytes(quoted) : JsonBytes();
  nodes_[node].children.push_back({json_name_hash(padded.data(), name.size()), fresh, is_short, bytes, name});
  index(nodes_[node]);
  return fresh;
}

void PathPlan::index(Node& node) {
  node.table.assign(std::bit_ceil(4 * node.children.size()), none);
  for (std::uint32_t child = 0; child < node.children.size(); ++child) {
    std::size_t place = node.children[child].hash % node.table.size();
    while (node.table[place] != none) place = (place + 1) % node.table.size();
    node.table[place] = child;
  }
}

void PathPlan::walk(const JsonValue& record, std::span<JsonValue> slots) const {
  std::fill_n(slots.begin(), slots_, JsonValue{});
  if (!record.is_missing()) take(*record.tokens_, record.token_, nodes_.front(), slots);
}

void PathPlan::take(const JsonTokens& tokens, std::uint32_t value, const Node& node, std::span<JsonValue> slots) const {
  if (node.slot != none) slots[node.slot] = JsonValue(&tokens, value);
  if (!node.children.empty() && tokens.byte(value) == '{') walk_object(tokens, value, node, slots);
}

void PathPlan::walk_object(const JsonTokens& tokens, std::uint32_t object, const Node& node, std::span<JsonValue> slots) const {
  const std::size_t mask = node.table.size() - 1;
  const std::uint32_t closing = tokens.note[object];
  std::size_t left = node.children.size();
  for (std::uint32_t token = object + 1; token < closing && left != 0; token = tokens.behind(token + 2) + 1) {
    const std::uint32_t hash = tokens.note[token];
    for (std::size_t place = hash & mask; node.table[place] != none; place = (place + 1) & mask) {
      const Child& child = node.children[node.table[place]];
      if (child.hash != hash || !child.is_name(tokens, token)) continue;
      take(tokens, token + 2, nodes_[child.node], slots);
      --left;
      break;
    }
  }
}

}  // namespace akashi
