// The parts of an http(s) address that decide who hears a credential, and the form of it that may be shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace akashi {

struct Url {
  std::string scheme;                        // "http" | "https"
  std::string host;                          // lower case; an IPv6 address keeps its brackets
  int port = 0;                              // 1–65535, the scheme's own when not written
  std::string path;                          // starts with "/"
  std::string query;                         // with its "?", or empty; a fragment is dropped
  bool has_userinfo = false;                 // "user:password@": refused by the transport, never shown
  [[nodiscard]] std::string origin() const;  // "https://host", with ":port" where it is not the scheme's own
  [[nodiscard]] std::string text() const;    // without userinfo
};

// Nothing for any other scheme, an empty host, a bad port, a space or a control character.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);
// A Location header against the address that sent it. Nothing when it is no http(s) address.
[[nodiscard]] std::optional<Url> resolve_url(const Url& base, std::string_view location);
// What may stand in an error or a log: no userinfo, no query, no fragment.
[[nodiscard]] std::string shown_url(std::string_view text);

}  // namespace akashi
