// Chance that is the same on every machine: SplitMix64 and nothing of the standard library's distributions.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace akashi::simulator {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 0x1234567) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 … below
  std::size_t below(std::size_t count) { return count == 0 ? 0 : static_cast<std::size_t>(next() % count); }
  int between(int from, int to) { return from + static_cast<int>(below(static_cast<std::size_t>(to - from + 1))); }
  double part() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double between(double from, double to) { return from + (to - from) * part(); }
  bool in(double share) { return part() < share; }
  template <class T>
  const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
  // The index of a choice by weight.
  std::size_t weighed(std::span<const double> weights) {
    double all = 0;
    for (const double one : weights) all += one;
    double at = part() * all;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (at < weights[i]) return i;
      at -= weights[i];
    }
    return weights.size() - 1;
  }
  // A stream of its own: what is drawn from it does not move what is drawn here.
  [[nodiscard]] Chance child(std::string_view name) const {
    std::uint64_t hash = 1469598103934665603ULL;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return Chance(state_ ^ hash);
  }

 private:
  std::uint64_t state_;
};

// Days with a fraction, on whole seconds.
inline Duration in_days(double days_count) { return std::chrono::seconds(std::llround(days_count * 86400)); }

}  // namespace akashi::simulator
