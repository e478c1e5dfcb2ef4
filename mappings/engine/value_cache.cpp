#include "mappings/engine/value_cache.hpp"

namespace akashi {

namespace {

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

template <class Word>
std::uint64_t load(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// The bytes of a value as one or two words each, overlapping rather than one by one. Not empty.
std::uint64_t short_word(const char* at, std::size_t size) {
  if (size >= 4) return load<std::uint32_t>(at) | load<std::uint32_t>(at + size - 4) << 32U;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])); };
  return byte(0) | byte(size / 2) << 8U | byte(size - 1) << 16U;
}

// Never 0.
std::uint64_t hash_of(std::string_view value) {
  constexpr std::uint64_t a = 0xa0761d6478bd642fULL, b = 0xe7037ed1a0b428dbULL;
  const char* at = value.data();
  std::uint64_t hash = value.size() ^ a;
  if (value.size() < 8) return mixed(hash ^ short_word(at, value.size()), b) | 1U;
  const char* last = at + value.size() - 8;
  for (; at < last; at += 8) hash = mixed(hash ^ load<std::uint64_t>(at), b);
  return mixed(hash ^ load<std::uint64_t>(last), a) | 1U;
}

bool same(const char* a, const char* b, std::size_t size) {
  if (size < 8) return short_word(a, size) == short_word(b, size);
  const std::size_t last = size - 8;
  for (std::size_t i = 0; i < last; i += 8)
    if (load<std::uint64_t>(a + i) != load<std::uint64_t>(b + i)) return false;
  return load<std::uint64_t>(a + last) == load<std::uint64_t>(b + last);
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
    if (slot.hash == hash_ && slot.size == value.size() && same(bytes_.data() + slot.offset, value.data(), value.size())) {
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
