#include "collector/http/inflate.hpp"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <memory>
#include <new>

#include "collector/http/trouble.hpp"
#include "core/text.hpp"

namespace akashi {
namespace {

struct DecompressorEnd {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

// The last four bytes of a member say its length modulo 2^32: a hint that saves a second try, never trusted.
std::size_t length_hint(std::string_view wire) {
  if (wire.size() < 18) return 0;
  std::size_t hint = 0;
  for (std::size_t i = 0; i < 4; ++i) hint |= static_cast<std::size_t>(static_cast<unsigned char>(wire[wire.size() - 4 + i])) << (8 * i);
  return hint;
}

// Room behind the text, so that a reader of JSON can take it over without a copy.
constexpr std::size_t spare_bytes = 64;

struct Inflating {
  std::unique_ptr<libdeflate_decompressor, DecompressorEnd> decompressor{libdeflate_alloc_decompressor()};
  std::size_t bytes_max;
  std::string out;

  // One member behind what `out` holds; returns the wire bytes it took, or why it was refused.
  std::expected<std::size_t, Trouble> member(std::string_view wire) {
    const std::size_t before = out.size();
    std::size_t room = std::clamp(std::max(length_hint(wire), wire.size()), std::size_t{256}, std::max<std::size_t>(256, 1030 * wire.size()));
    for (;; room *= 4) {
      room = std::min(room, bytes_max - before);
      std::size_t took = 0, gave = 0;
      libdeflate_result result = LIBDEFLATE_BAD_DATA;
      out.reserve(before + room + spare_bytes);
      out.resize_and_overwrite(before + room, [&](char* data, std::size_t) {
        result = libdeflate_gzip_decompress_ex(decompressor.get(), wire.data(), wire.size(), data + before, room, &took, &gave);
        return result == LIBDEFLATE_SUCCESS ? before + gave : before;
      });
      if (result == LIBDEFLATE_SUCCESS) return took;
      if (result != LIBDEFLATE_INSUFFICIENT_SPACE) return std::unexpected(Trouble::bad_gzip);
      if (room == bytes_max - before) return std::unexpected(Trouble::body_too_large);
    }
  }
};

// A word of the tool's in an error: short, and nothing that could disturb a terminal.
std::string harmless(std::string_view word) {
  std::string out(word.substr(0, 40));
  std::ranges::replace_if(
      out, [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return "\"" + out + "\"";
}

}  // namespace

Result<std::string> inflate(std::string wire, std::string_view encoding, std::size_t bytes_max, const std::string& where) {
  if (encoding.empty() || same_word(encoding, "identity")) return wire;
  if (!same_word(encoding, "gzip") && !same_word(encoding, "x-gzip")) {
    return std::unexpected(describe(Trouble::unknown_encoding, where, harmless(encoding)));
  }
  Inflating work{.bytes_max = bytes_max, .out = {}};
  if (!work.decompressor) throw std::bad_alloc();
  for (std::string_view left = wire; !left.empty();) {
    const auto took = work.member(left);
    if (!took && took.error() == Trouble::bad_gzip) {
      return std::unexpected(describe(Trouble::bad_gzip, where, left.size() == wire.size() ? "damaged or cut" : "bytes after its end"));
    }
    if (!took) return std::unexpected(describe(took.error(), where, fmt::format("{} bytes", bytes_max)));
    left.remove_prefix(*took);
  }
  return std::move(work.out);
}

}  // namespace akashi
