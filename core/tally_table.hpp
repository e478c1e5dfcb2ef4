// TallyTable counts evidence while pages are read: the dense form of tallies, by numbers instead of names. It holds what one source brings between
// two commits; take() hands it over as the house's tallies, whose merge does the rest.
// Cost: some 20 ns an add. Memory: about 200 bytes for each different (criterion, actor, day); cells() tells when to take.
// Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/digest.hpp"
#include "core/tally.hpp"

namespace akashi {

class TallyTable {
 public:
  struct Criterion {
    std::string service, rule;
    EvidenceKind kind = EvidenceKind::exercise;
  };
  static constexpr std::uint32_t criteria_max = 1U << 20U;
  static constexpr std::uint32_t actors_max = 1U << 24U;

  // Criteria are numbered as given, from 0.
  TallyTable(std::string source, std::vector<Criterion> criteria);

  // The number of an actor, for add(). Equal in all three means the same number.
  [[nodiscard]] std::uint32_t actor(std::string_view name, ActorKind kind, std::string_view team);
  // Both numbers come from this table; anything else ends the program.
  void add(std::uint32_t criterion, std::uint32_t actor, Instant at, const Digest& digest);
  [[nodiscard]] std::size_t cells() const { return cells_.size(); }

  // Everything counted since the last take, ascending by key; the table is empty then, and earlier actor numbers are void.
  [[nodiscard]] std::vector<std::pair<TallyKey, Tally>> take();

 private:
  struct Actor {
    std::uint64_t hash;
    std::string name;
    ActorKind kind;
    std::string team;
  };
  struct Cell {
    std::uint64_t key;
    std::uint64_t count;
    Instant first, last;
    std::uint64_t largest;  // the first eight bytes of the largest witness, all ones while there is room for one
  };
  // Ascending. Beside the cells, because only the smallest digests ever come here.
  struct Witnesses {
    std::uint32_t count = 0;
    std::array<Digest, Tally::witnesses_max> smallest{};
  };
  [[nodiscard]] std::size_t cell_of(std::uint64_t key);
  void grow_cells();
  void clear();
  void witness(std::size_t cell, const Digest& digest);
  [[nodiscard]] std::vector<std::uint32_t> cells_in_order() const;
  [[nodiscard]] std::pair<TallyKey, Tally> tally_of(std::size_t cell) const;

  std::string source_;
  std::vector<Criterion> criteria_;
  std::vector<Actor> actors_;
  std::vector<std::uint32_t> actor_slots_;  // open addressing, a power of two, at most half full; empty: UINT32_MAX
  std::vector<Cell> cells_;
  std::vector<Witnesses> witnesses_;
  std::vector<std::uint32_t> cell_slots_;
};

}  // namespace akashi
