#include "core/tally.hpp"

#include <algorithm>

namespace akashi {

namespace {

// Keeps the smallest different digests, ascending. A set of the smallest is the same in whatever order its parts arrive.
void witness(std::array<std::string, Tally::witnesses_max>& kept, std::string digest) {
  if (digest.empty()) return;
  for (auto& place : kept) {
    if (place == digest) return;
    if (place.empty() || digest < place) std::swap(place, digest);
    if (digest.empty()) return;
  }
}

}  // namespace

void Tally::add(Instant at, const std::string& digest) {
  Tally one;
  one.count = 1;
  one.first = one.last = at;
  one.witnesses[0] = digest;
  merge(one);
}

void Tally::merge(const Tally& other) {
  if (other.count == 0) return;
  first = count == 0 ? other.first : std::min(first, other.first);
  last = count == 0 ? other.last : std::max(last, other.last);
  count += other.count;
  for (const auto& digest : other.witnesses) witness(witnesses, digest);
}

}  // namespace akashi
