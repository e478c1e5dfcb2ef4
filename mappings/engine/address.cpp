#include "mappings/engine/address.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace akashi {

namespace {

template <class Number>
std::optional<Number> number(std::string_view text, int base, std::size_t digits_max, Number max) {
  Number value{};
  if (text.empty() || text.size() > digits_max) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
  return value;
}

bool read_v4(std::string_view text, unsigned char* out) {
  for (int part = 0; part < 4; ++part) {
    const auto dot = part < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return false;
    const auto value = number<unsigned>(text.substr(0, dot), 10, 3, 255U);
    if (!value) return false;
    out[part] = static_cast<unsigned char>(*value);
    text.remove_prefix(std::min(text.size(), dot + 1));
  }
  return true;
}

// Groups between colons, the last may be a dotted IPv4. False when a group cannot be read.
bool read_groups(std::string_view text, std::vector<unsigned char>& bytes) {
  while (!text.empty()) {
    const auto colon = text.find(':');
    const auto group = text.substr(0, colon);
    if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
      std::array<unsigned char, 4> v4{};
      if (!read_v4(group, v4.data())) return false;
      bytes.insert(bytes.end(), v4.begin(), v4.end());
      return true;
    }
    const auto value = number<unsigned>(group, 16, 4, 0xffffU);
    if (!value || bytes.size() > 16) return false;
    bytes.push_back(static_cast<unsigned char>(*value >> 8U));
    bytes.push_back(static_cast<unsigned char>(*value & 0xffU));
    if (colon == std::string_view::npos) return true;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;  // ends with one colon
  }
  return true;
}

std::optional<Address> read_v6(std::string_view text) {
  std::vector<unsigned char> head, tail;
  const auto gap = text.find("::");
  if (!read_groups(text.substr(0, gap), head)) return std::nullopt;
  if (gap != std::string_view::npos && !read_groups(text.substr(gap + 2), tail)) return std::nullopt;
  const auto size = head.size() + tail.size();
  if (gap == std::string_view::npos ? size != 16 : size > 14) return std::nullopt;
  Address address{};
  std::ranges::copy(head, address.begin());
  std::ranges::copy(tail, address.end() - static_cast<std::ptrdiff_t>(tail.size()));
  return address;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  constexpr std::size_t longest = 45;
  if (text.empty() || text.size() > longest) return std::nullopt;
  if (text.find(':') != std::string_view::npos) return read_v6(text);
  Address address{};
  address[10] = address[11] = 0xff;
  if (!read_v4(text, address.data() + 12)) return std::nullopt;
  return address;
}

std::optional<Network> parse_network(std::string_view text) {
  const auto slash = text.find('/');
  const auto base = parse_address(text.substr(0, slash));
  if (!base) return std::nullopt;
  if (slash == std::string_view::npos) return Network{*base, 128};
  const bool v4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const auto bits = number<int>(text.substr(slash + 1), 10, 3, v4 ? 32 : 128);
  if (!bits || *bits < 0) return std::nullopt;
  return Network{*base, v4 ? *bits + 96 : *bits};
}

bool Network::holds(const Address& address) const {
  for (int bit = 0; bit < bits; bit += 8) {
    const int left = std::min(8, bits - bit);
    const auto mask = static_cast<unsigned>(0xff00U >> static_cast<unsigned>(left)) & 0xffU;
    const auto at = static_cast<std::size_t>(bit / 8);
    if ((static_cast<unsigned>(base[at]) & mask) != (static_cast<unsigned>(address[at]) & mask)) return false;
  }
  return true;
}

}  // namespace akashi
