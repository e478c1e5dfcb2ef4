// Who did something, without saying who: an account of a tool becomes a keyed pseudonym of the person behind it. The same person has one pseudonym
// in every tool; without the key nobody gets from a pseudonym to a name, and nobody can try names out.
// The key is a secret: it is never printed, and two keys make one person two.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/roster.hpp"

namespace akashi {

struct Actor {
  std::string actor;  // never empty
  ActorKind kind = ActorKind::unknown;
  std::string team;
  bool operator==(const Actor&) const = default;
};

class Pseudonyms {
 public:
  Pseudonyms() = default;  // an empty key and no names: for tests only, the collector always gives a key
  // clear: names and accounts are kept as they are.
  Pseudonyms(std::string key, bool clear) : key_(std::move(key)), clear_(clear) {}

  // "p-" + 12 hex digits for a person of the roster, "u-" + 12 for an account that it does not know (kind unknown: it never counts as somebody).
  // `system`: accounts by which the tool itself acts (RT_System): "system", automation. An empty account is "unknown".
  [[nodiscard]] Actor of(const Roster& roster, std::string_view source, std::string_view account, std::span<const std::string> system = {}) const;
  [[nodiscard]] std::string of(const Person& person) const;
  // The owner of a document as people write it: a person of the roster, a team of it (kept as it is), or somebody unknown.
  [[nodiscard]] std::string owner(const Roster& roster, std::string_view source, std::string_view written) const;

  // Of what somebody wrote: tells whether it was written before, and without the key nobody can try texts out. Never 0.
  [[nodiscard]] std::int64_t number_of(std::string_view text) const;

 private:
  [[nodiscard]] std::string keyed(std::string_view prefix, std::string_view message) const;
  std::string key_;
  bool clear_ = false;
};

}  // namespace akashi
