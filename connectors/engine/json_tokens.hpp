// The tokens of one JSON document: what the grammar pass leaves behind and what handles and path plans read.
// Nothing outside json_*.{hpp,cpp} and path_plan.{hpp,cpp} needs this header.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace akashi {

// Token t starts at bytes[at[t]]; at[count] is the length of the document, and 64 readable bytes follow it.
// A token is one of { } [ ] , : or the first byte of a string, a number or a literal.
struct JsonTokens {
  const char* bytes = nullptr;
  const std::uint32_t* at = nullptr;
  std::uint32_t count = 0;
  std::uint32_t* note = nullptr;       // of an opening bracket: the token that closes it; of a member's name: its json_name_hash
  std::vector<std::uint64_t> escaped;  // bit t: string t holds a backslash
  // Unescaped strings, made when first asked for and kept as long as the page.
  mutable std::unordered_map<std::uint32_t, std::string> unescaped;

  [[nodiscard]] char byte(std::uint32_t token) const { return bytes[at[token]]; }
  [[nodiscard]] bool is_escaped(std::uint32_t token) const { return (escaped[token / 64] >> (token % 64) & 1U) != 0; }
  [[nodiscard]] bool is_container(std::uint32_t token) const { return (byte(token) & 0xDF) == '['; }  // '[' and '{' differ in one bit
  // The token behind the value that starts at this one.
  [[nodiscard]] std::uint32_t behind(std::uint32_t token) const { return is_container(token) ? note[token] + 1 : token + 1; }
  // The scalar's own bytes, with the quotes of a string.
  [[nodiscard]] std::string_view scalar(std::uint32_t token) const {
    const char* const begin = bytes + at[token];
    const char* end = bytes + at[token + 1];
    while (static_cast<unsigned char>(end[-1]) <= ' ') --end;
    return {begin, static_cast<std::size_t>(end - begin)};
  }
  // The string between its quotes, escapes as they were sent.
  [[nodiscard]] std::string_view between_quotes(std::uint32_t token) const {
    const std::string_view quoted = scalar(token);
    return {quoted.data() + 1, quoted.size() - 2};
  }
  [[nodiscard]] std::string_view text_of_string(std::uint32_t token) const { return is_escaped(token) ? resolved(token) : between_quotes(token); }
  [[nodiscard]] std::string_view resolved(std::uint32_t token) const;
};

// A few bytes to be compared with what stands in a document, in whole words: 32 bytes are read there, whatever is compared.
class JsonBytes {
 public:
  static constexpr std::size_t bytes_max = 32;

  JsonBytes() : JsonBytes(std::string_view("\0", 1)) {}  // stand nowhere: no name begins like this
  explicit JsonBytes(std::string_view bytes) : is_long_(bytes.size() > 16) {
    std::memcpy(text_.data(), bytes.data(), bytes.size());
    std::memset(mask_.data(), 0xFF, bytes.size());
  }
  [[nodiscard]] bool stand_at(const char* place) const {
    std::array<std::uint64_t, 4> read;
    std::memcpy(read.data(), place, 16);
    if ((((read[0] ^ text_[0]) & mask_[0]) | ((read[1] ^ text_[1]) & mask_[1])) != 0) return false;
    if (!is_long_) return true;
    std::memcpy(read.data() + 2, place + 16, 16);
    return (((read[2] ^ text_[2]) & mask_[2]) | ((read[3] ^ text_[3]) & mask_[3])) == 0;
  }

 private:
  std::array<std::uint64_t, 4> text_{}, mask_{};
  bool is_long_ = false;
};

// Reads eight bytes at name whatever its length; the caller sees to it that they are readable. Equal names have equal hashes;
// unequal ones are told apart by their bytes. Nothing rests on the hash being hard to collide.
[[nodiscard]] inline std::uint32_t json_name_hash(const char* name, std::size_t length) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  if (length >= 8) {
    std::memcpy(&head, name, 8);
    std::memcpy(&tail, name + length - 8, 8);
  } else if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&head, name, 8);
    head &= (std::uint64_t{1} << (8 * length)) - 1;
  } else {
    std::memcpy(&head, name, length);
  }
  const std::uint64_t mixed = (head ^ std::rotl(tail * factor, 29) ^ length) * factor;
  return static_cast<std::uint32_t>(mixed >> 32U);
}

// The string with its escapes resolved. A surrogate without its other half becomes U+FFFD: tools that cut titles after so many
// UTF-16 units send such halves, and one cut title must not blind a whole stream.
[[nodiscard]] std::string json_unescape(std::string_view between_quotes);
// How many bytes the escape takes that the text begins with; 0 when JSON does not know it.
[[nodiscard]] std::size_t json_escape_length(std::string_view text);

}  // namespace akashi
