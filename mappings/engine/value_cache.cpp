#include "mappings/engine/value_cache.hpp"

namespace akashi {

namespace {

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t load(const char* at, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, size);
  return word;
}

// Never 0. Reads whole words, the last one overlapping.
std::uint64_t hash_of(std::string_view value) {
  constexpr std::uint64_t a = 0xa0761d6478bd642fULL, b = 0xe7037ed1a0b428dbULL;
  std::uint64_t hash = value.size() ^ a;
  const char* at = value.data();
  std::size_t left = value.size();
  for (; left > 8; at += 8, left -= 8) hash = mixed(hash ^ load(at, 8), b);
  const auto tail = value.size() >= 8 ? load(value.data() + value.size() - 8, 8) : load(at, left);
  return mixed(hash ^ tail, a) | 1U;
}

}  // namespace

void ValueCache::clear() {
  slots_.assign(slots, Slot{});
  bytes_.clear();
  kept_.clear();
  count_ = 0;
  hits_ = misses_ = 0;
}

const std::uint64_t* ValueCache::find(std::string_view value) {
  if (paused_ > 0 || value.size() > value_bytes_max || slots_.empty()) return nullptr;
  hash_ = hash_of(value);
  for (std::size_t probe = 0; probe < probes_max; ++probe) {
    const auto& slot = slots_[(hash_ + probe) % slots];
    if (slot.hash == 0) break;
    if (slot.hash == hash_ && slot.size == value.size() && std::memcmp(bytes_.data() + slot.offset, value.data(), value.size()) == 0) {
      ++hits_;
      return kept_.data() + slot.index * words_;
    }
  }
  return nullptr;
}

std::uint64_t* ValueCache::keep(std::string_view value) {
  if (value.size() > value_bytes_max) return nullptr;
  if (paused_ > 0) {
    if (--paused_ == 0) clear();
    return nullptr;
  }
  if (slots_.empty()) {
    kept_.reserve(values_max * words_);
    clear();
    hash_ = hash_of(value);
  }
  ++misses_;
  if (count_ == values_max) {
    // Full. Worth starting again only if most values were met again.
    if (hits_ / 4 < misses_) {
      paused_ = pause;
      return nullptr;
    }
    clear();
  }
  for (std::size_t probe = 0; probe < probes_max; ++probe) {
    auto& slot = slots_[(hash_ + probe) % slots];
    if (slot.hash != 0) continue;
    slot = {hash_, static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(value.size()), static_cast<std::uint32_t>(count_)};
    bytes_.insert(bytes_.end(), value.begin(), value.end());
    kept_.resize((count_ + 1) * words_);
    return kept_.data() + words_ * count_++;
  }
  return nullptr;
}

}  // namespace akashi
