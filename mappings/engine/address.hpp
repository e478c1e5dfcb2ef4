// Network addresses for `cidr`: IPv4 and IPv6, read without a socket.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace akashi {

// An address as 16 bytes, IPv4 as ::ffff:a.b.c.d.
using Address = std::array<unsigned char, 16>;
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

struct Network {
  Address base{};
  int bits = 128;  // of 128
  [[nodiscard]] bool holds(const Address& address) const;
};
// "192.0.2.0/24", "2001:db8::/32"; an address alone is its own network.
[[nodiscard]] std::optional<Network> parse_network(std::string_view text);

}  // namespace akashi
