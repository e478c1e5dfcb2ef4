// A tally counts evidence that is too plentiful to keep one by one: per service, criterion (rule), kind, actor and day a count, first, last and the
// smallest digests as witnesses. Merging is commutative and associative, so pages and collectors may arrive in any order; whoever merges makes
// sure that no record is counted twice (uids of the overlap window are remembered by the store).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "core/time.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

struct TallyKey {
  std::string source, service, rule;
  EvidenceKind kind = EvidenceKind::exercise;
  std::string actor;
  ActorKind actor_kind = ActorKind::unknown;
  std::string team;
  Instant day{};  // UTC midnight
  auto operator<=>(const TallyKey&) const = default;
};

struct Tally {
  static constexpr std::size_t witnesses_max = 3;
  std::uint64_t count = 0;
  Instant first{}, last{};
  std::array<std::string, witnesses_max> witnesses;  // smallest hex digests, ascending; empty strings last

  void add(Instant at, const std::string& digest);
  void merge(const Tally& other);
  auto operator<=>(const Tally&) const = default;
};

}  // namespace akashi
