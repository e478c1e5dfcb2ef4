#include "core/tally_table.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <tuple>

namespace akashi {
namespace {

constexpr std::uint32_t empty = UINT32_MAX;
constexpr std::size_t slots_at_first = 64;
constexpr std::uint64_t day_offset = 1U << 19U;  // half of the room that a key has for days; 64-bit instants use a fifth of it

constexpr std::int64_t day_ns = 86'400'000'000'000;

constexpr std::uint64_t day_mask = 2 * day_offset - 1;

std::uint64_t packed(std::uint32_t criterion, std::uint32_t actor, std::uint64_t day) {
  return std::uint64_t{criterion} << 44U | std::uint64_t{actor} << 20U | day;
}

std::uint64_t key_of(std::uint32_t criterion, std::uint32_t actor, Instant at) {
  const std::int64_t ns = to_ns(at);
  const std::int64_t day = ns / day_ns - (ns % day_ns < 0 ? 1 : 0);
  return packed(criterion, actor, static_cast<std::uint64_t>(day) + day_offset);
}

std::size_t criterion_of(std::uint64_t key) { return key >> 44U; }
std::size_t actor_of(std::uint64_t key) { return key >> 20U & (TallyTable::actors_max - 1); }
Instant day_of_key(std::uint64_t key) {
  return from_ns((static_cast<std::int64_t>(key & day_mask) - static_cast<std::int64_t>(day_offset)) * day_ns);
}

// By number, how many different keys are smaller; equal keys rank alike.
template <class KeyOf>
std::vector<std::uint32_t> ranks(std::size_t count, KeyOf key_of_number) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key_of_number(a) < key_of_number(b); });
  std::vector<std::uint32_t> rank(count);
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0 && key_of_number(order[i - 1]) != key_of_number(order[i])) ++next;
    rank[order[i]] = next;
  }
  return rank;
}

std::uint64_t mixed(std::uint64_t key) {
  key *= 0x9E3779B97F4A7C15U;
  return key ^ key >> 32U;
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = text.size();
  for (; text.size() >= 8; text.remove_prefix(8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    hash = mixed(hash ^ word);
  }
  std::uint64_t rest = 0;
  for (const char c : text) rest = rest << 8U | static_cast<unsigned char>(c);
  return mixed(hash ^ rest);
}

std::uint64_t head(const Digest& digest) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8U | digest[i];
  return value;
}

void put(std::vector<std::uint32_t>& slots, std::uint64_t hash, std::uint32_t number) {
  std::size_t place = hash & (slots.size() - 1);
  while (slots[place] != empty) place = (place + 1) & (slots.size() - 1);
  slots[place] = number;
}

}  // namespace

TallyTable::TallyTable(std::string source, std::vector<Criterion> criteria)
    : source_(std::move(source)), criteria_(std::move(criteria)), actor_slots_(slots_at_first, empty), cell_slots_(slots_at_first, empty) {}

std::uint32_t TallyTable::actor(std::string_view name, ActorKind kind, std::string_view team) {
  const std::uint64_t hash = hash_of(name);
  std::size_t place = hash & (actor_slots_.size() - 1);
  for (; actor_slots_[place] != empty; place = (place + 1) & (actor_slots_.size() - 1)) {
    const Actor& known = actors_[actor_slots_[place]];
    if (known.hash == hash && known.name == name && known.kind == kind && known.team == team) return actor_slots_[place];
  }
  const auto number = static_cast<std::uint32_t>(actors_.size());
  actors_.push_back({hash, std::string(name), kind, std::string(team)});
  actor_slots_[place] = number;
  if (2 * actors_.size() > actor_slots_.size()) {
    actor_slots_.assign(2 * actor_slots_.size(), empty);
    for (std::uint32_t i = 0; i < actors_.size(); ++i) put(actor_slots_, actors_[i].hash, i);
  }
  return number;
}

std::size_t TallyTable::cell_of(std::uint64_t key) {
  std::size_t place = mixed(key) & (cell_slots_.size() - 1);
  for (; cell_slots_[place] != empty; place = (place + 1) & (cell_slots_.size() - 1)) {
    if (cells_[cell_slots_[place]].key == key) return cell_slots_[place];
  }
  cell_slots_[place] = static_cast<std::uint32_t>(cells_.size());
  cells_.push_back({key, 0, Instant::max(), Instant::min(), UINT64_MAX});
  witnesses_.emplace_back();
  if (2 * cells_.size() > cell_slots_.size()) grow_cells();
  return cells_.size() - 1;
}

void TallyTable::grow_cells() {
  cell_slots_.assign(2 * cell_slots_.size(), empty);
  for (std::uint32_t i = 0; i < cells_.size(); ++i) put(cell_slots_, mixed(cells_[i].key), i);
}

void TallyTable::add(std::uint32_t criterion, std::uint32_t actor, Instant at, const Digest& digest) {
  if (criterion >= std::min<std::size_t>(criteria_.size(), criteria_max) || actor >= std::min<std::size_t>(actors_.size(), actors_max)) {
    std::fprintf(stderr, "akashi: a tally for criterion %u and actor %u, which the table does not know\n", criterion, actor);
    std::abort();
  }
  const std::size_t index = cell_of(key_of(criterion, actor, at));
  Cell& cell = cells_[index];
  ++cell.count;
  cell.first = std::min(cell.first, at);
  cell.last = std::max(cell.last, at);
  if (head(digest) <= cell.largest) witness(index, digest);
}

// Most cells hold few activities, so this is no rare path.
void TallyTable::witness(std::size_t cell, const Digest& digest) {
  Witnesses& kept = witnesses_[cell];
  std::uint32_t place = kept.count;
  for (; place > 0; --place) {
    const int order = std::memcmp(digest.data(), kept.smallest[place - 1].data(), digest.size());
    if (order == 0) return;
    if (order > 0) break;
  }
  if (place == kept.smallest.size()) return;
  if (kept.count < kept.smallest.size()) ++kept.count;
  for (std::uint32_t i = kept.count - 1; i > place; --i) kept.smallest[i] = kept.smallest[i - 1];
  kept.smallest[place] = digest;
  if (kept.count == kept.smallest.size()) cells_[cell].largest = head(kept.smallest.back());
}

// By key, without comparing a name more than once for each cell: names are ranked first.
std::vector<std::uint32_t> TallyTable::cells_in_order() const {
  const auto criterion_key = [this](std::uint32_t i) { return std::tie(criteria_[i].service, criteria_[i].rule, criteria_[i].kind); };
  const auto actor_key = [this](std::uint32_t i) { return std::tie(actors_[i].name, actors_[i].kind, actors_[i].team); };
  const std::vector<std::uint32_t> criteria = ranks(criteria_.size(), criterion_key);
  const std::vector<std::uint32_t> actors = ranks(actors_.size(), actor_key);
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  order.reserve(cells_.size());
  for (std::uint32_t i = 0; i < cells_.size(); ++i) {
    const std::uint64_t key = cells_[i].key;
    order.emplace_back(packed(criteria[criterion_of(key)], actors[actor_of(key)], key & day_mask), i);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> cells;
  cells.reserve(order.size());
  for (const auto& [key, cell] : order) cells.push_back(cell);
  return cells;
}

std::pair<TallyKey, Tally> TallyTable::tally_of(std::size_t index) const {
  const Cell& cell = cells_[index];
  const Criterion& criterion = criteria_[criterion_of(cell.key)];
  const Actor& actor = actors_[actor_of(cell.key)];
  std::pair<TallyKey, Tally> made{
      {source_, criterion.service, criterion.rule, criterion.kind, actor.name, actor.kind, actor.team, day_of_key(cell.key)}, {}};
  made.second.count = cell.count;
  made.second.first = cell.first;
  made.second.last = cell.last;
  for (std::size_t w = 0; w < witnesses_[index].count; ++w) made.second.witnesses[w] = hex(witnesses_[index].smallest[w]);
  return made;
}

// What was allocated is kept for what comes next.
void TallyTable::clear() {
  actors_.clear();
  cells_.clear();
  witnesses_.clear();
  std::fill(actor_slots_.begin(), actor_slots_.end(), empty);
  std::fill(cell_slots_.begin(), cell_slots_.end(), empty);
}

std::vector<std::pair<TallyKey, Tally>> TallyTable::take() {
  std::vector<std::pair<TallyKey, Tally>> tallies;
  tallies.reserve(cells_.size());
  for (const std::uint32_t cell : cells_in_order()) {
    auto made = tally_of(cell);
    // Two criteria that read alike are one.
    if (!tallies.empty() && tallies.back().first == made.first) tallies.back().second.merge(made.second);
    else tallies.push_back(std::move(made));
  }
  clear();
  return tallies;
}

}  // namespace akashi
