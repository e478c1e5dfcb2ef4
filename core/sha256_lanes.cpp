#include "core/sha256_lanes.hpp"

#include <cstdint>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#endif

namespace akashi {
namespace {

#if defined(__x86_64__)

#define AKASHI_SHA __attribute__((target("sha,sse4.1,ssse3"), always_inline)) inline

constexpr std::size_t lanes = 4;
constexpr std::size_t block_bytes = 64;

// FIPS 180-4, 4.2.2
alignas(16) constexpr std::array<std::uint32_t, 64> round_constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// The state in the order that the instructions want: abef holds A, B, E, F from the highest word down, cdgh the rest.
struct LaneState {
  __m128i abef;
  __m128i cdgh;
};

AKASHI_SHA LaneState initial_state() {
  // FIPS 180-4, 5.3.3
  return {_mm_set_epi32(0x6a09e667, static_cast<int>(0xbb67ae85), 0x510e527f, static_cast<int>(0x9b05688c)),
          _mm_set_epi32(0x3c6ef372, static_cast<int>(0xa54ff53a), 0x1f83d9ab, 0x5be0cd19)};
}

AKASHI_SHA __m128i load_words(const unsigned char* bytes) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)), big_endian);
}

// Four rounds of one lane; words are the four words of the message schedule that they use.
AKASHI_SHA void four_rounds(LaneState& state, __m128i words, __m128i constants) {
  const __m128i sum = _mm_add_epi32(words, constants);
  state.cdgh = _mm_sha256rnds2_epu32(state.cdgh, state.abef, sum);
  state.abef = _mm_sha256rnds2_epu32(state.abef, state.cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

// The next four words of the schedule from the sixteen before them, oldest first.
AKASHI_SHA __m128i next_words(__m128i w0, __m128i w1, __m128i w2, __m128i w3) {
  const __m128i seven_back = _mm_alignr_epi8(w3, w2, 4);
  return _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), seven_back), w3);
}

// What a lane works on: whole blocks in the message itself, then one or two blocks of its end with the padding.
struct Lane {
  LaneState state;
  const unsigned char* message = nullptr;
  std::size_t whole = 0;  // blocks left in the message
  std::size_t ends = 0;   // blocks left of the end, which stands at the back of `end`
  std::size_t index = 0;  // of the message
  alignas(16) std::array<unsigned char, 2 * block_bytes> end;

  [[nodiscard]] const unsigned char* block() const { return whole != 0 ? message : end.data() + (2 - ends) * block_bytes; }
  [[nodiscard]] std::size_t blocks_in_a_row() const { return whole != 0 ? whole : ends; }
  [[nodiscard]] bool is_done() const { return ends == 0; }

  void advance(std::size_t blocks) {
    message += whole != 0 ? blocks * block_bytes : 0;
    (whole != 0 ? whole : ends) -= blocks;
  }
};

// One block of every lane. The lanes advance together, four rounds at a time, so that their chains overlap.
template <std::size_t count>
__attribute__((target("sha,sse4.1,ssse3"))) void compress(Lane* work, const unsigned char* const* blocks) {
  LaneState now[count];
  __m128i w[count][4];
#pragma GCC unroll 4
  for (std::size_t lane = 0; lane < count; ++lane) now[lane] = work[lane].state;
#pragma GCC unroll 16
  for (std::size_t quad = 0; quad < 16; ++quad) {
    const __m128i constants = _mm_load_si128(reinterpret_cast<const __m128i*>(&round_constants[4 * quad]));
#pragma GCC unroll 4
    for (std::size_t lane = 0; lane < count; ++lane) {
      __m128i* const words = w[lane];
      const std::size_t place = quad % 4;
      words[place] = quad < 4 ? load_words(blocks[lane] + 16 * quad)
                              : next_words(words[place], words[(place + 1) % 4], words[(place + 2) % 4], words[(place + 3) % 4]);
      four_rounds(now[lane], words[place], constants);
    }
  }
#pragma GCC unroll 4
  for (std::size_t lane = 0; lane < count; ++lane) {
    work[lane].state.abef = _mm_add_epi32(work[lane].state.abef, now[lane].abef);
    work[lane].state.cdgh = _mm_add_epi32(work[lane].state.cdgh, now[lane].cdgh);
  }
}

__attribute__((target("sha,sse4.1,ssse3"))) void begin(Lane& lane, std::string_view text, std::size_t index) {
  const std::size_t rest = text.size() % block_bytes;
  lane.state = initial_state();
  lane.message = reinterpret_cast<const unsigned char*>(text.data());
  lane.whole = text.size() / block_bytes;
  lane.ends = rest + 9 > block_bytes ? 2 : 1;
  lane.index = index;
  lane.end.fill(0);
  unsigned char* const end = lane.end.data() + (2 - lane.ends) * block_bytes;
  if (rest != 0) std::memcpy(end, text.data() + text.size() - rest, rest);
  end[rest] = 0x80;
  const std::uint64_t bits = std::uint64_t{text.size()} * 8;
  for (std::size_t i = 0; i < 8; ++i) lane.end[lane.end.size() - 1 - i] = static_cast<unsigned char>(bits >> 8 * i);
}

__attribute__((target("sha,sse4.1,ssse3"))) void write(const LaneState& state, Digest& digest) {
  const __m128i abef = _mm_shuffle_epi32(state.abef, 0x1B);
  const __m128i cdgh = _mm_shuffle_epi32(state.cdgh, 0x1B);
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  auto* const out = reinterpret_cast<__m128i*>(digest.data());
  _mm_storeu_si128(out, _mm_shuffle_epi8(_mm_unpacklo_epi64(abef, cdgh), big_endian));
  _mm_storeu_si128(out + 1, _mm_shuffle_epi8(_mm_unpackhi_epi64(abef, cdgh), big_endian));
}

void compress_busy(std::span<Lane> busy, const unsigned char* const* blocks) {
  switch (busy.size()) {
    case 4:
      return compress<4>(busy.data(), blocks);
    case 3:
      return compress<3>(busy.data(), blocks);
    case 2:
      return compress<2>(busy.data(), blocks);
    default:
      return compress<1>(busy.data(), blocks);
  }
}

// As many blocks as every lane has in a row.
void run(std::span<Lane> busy) {
  std::size_t length = busy.front().blocks_in_a_row();
  std::array<const unsigned char*, lanes> blocks{};
  for (std::size_t lane = 0; lane < busy.size(); ++lane) {
    length = std::min(length, busy[lane].blocks_in_a_row());
    blocks[lane] = busy[lane].block();
  }
  for (std::size_t block = 0; block < length; ++block) {
    compress_busy(busy, blocks.data());
    for (std::size_t lane = 0; lane < busy.size(); ++lane) blocks[lane] += block_bytes;
  }
  for (Lane& lane : busy) lane.advance(length);
}

// A lane that is done takes the next message, so lanes stay busy whatever the lengths are; at the end fewer lanes go on.
void hash_in_lanes(std::span<const std::string_view> messages, std::span<Digest> digests) {
  std::array<Lane, lanes> work;
  std::size_t taken = 0;
  std::size_t busy = 0;
  for (; busy < lanes && taken < messages.size(); ++busy, ++taken) begin(work[busy], messages[taken], taken);
  while (busy != 0) {
    run(std::span(work).first(busy));
    for (std::size_t i = busy; i-- > 0;) {
      if (!work[i].is_done()) continue;
      write(work[i].state, digests[work[i].index]);
      if (taken < messages.size()) {
        begin(work[i], messages[taken], taken);
        ++taken;
      } else {
        work[i] = work[--busy];
      }
    }
  }
}

bool has_sha_instructions() {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (b & 1U << 29U) == 0) return false;
  return __builtin_cpu_supports("sse4.1") != 0 && __builtin_cpu_supports("ssse3") != 0;
}

#else

bool has_sha_instructions() { return false; }
void hash_in_lanes(std::span<const std::string_view>, std::span<Digest>) {}

#endif

}  // namespace

bool sha256_each_in_lanes(std::span<const std::string_view> messages, std::span<Digest> digests) {
  static const bool able = has_sha_instructions();
  if (able) hash_in_lanes(messages, digests);
  return able;
}

void sha256_each(std::span<const std::string_view> messages, std::span<Digest> digests) {
  if (sha256_each_in_lanes(messages, digests)) return;
  for (std::size_t i = 0; i < messages.size(); ++i) digests[i] = sha256(messages[i]);
}

}  // namespace akashi
