#include "collector/http/url.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"

namespace akashi {
namespace {

int own_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

bool plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '\\'; });
}

// "host", "host:8080", "[::1]:8080" into url; false when it is none of them.
bool read_authority(std::string_view text, Url& url) {
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
  if (bracket == std::string_view::npos) return false;
  const std::size_t colon = text.find(':', bracket);
  url.host = lower(text.substr(0, colon));
  url.port = own_port(url.scheme);
  if (colon != std::string_view::npos) {
    const std::string_view digits = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
    if (error != std::errc{} || end != digits.data() + digits.size()) return false;
  }
  return !url.host.empty() && url.port > 0 && url.port <= 65535;
}

}  // namespace

std::string Url::origin() const { return scheme + "://" + host + (port == own_port(scheme) ? "" : ":" + std::to_string(port)); }

std::string Url::text() const { return origin() + path + query; }

std::optional<Url> parse_url(std::string_view text) {
  const std::size_t slashes = text.find("://");
  if (slashes == std::string_view::npos || !plain(text)) return std::nullopt;
  Url url;
  url.scheme = lower(text.substr(0, slashes));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  std::string_view rest = text.substr(slashes + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.has_userinfo = true;
    authority.remove_prefix(at + 1);
  }
  if (!read_authority(authority, url)) return std::nullopt;
  rest.remove_prefix(end);
  const std::size_t question = std::min(rest.find('?'), rest.size());
  url.path = question == 0 ? "/" : std::string(rest.substr(0, question));
  url.query = rest.substr(question);
  return url;
}

std::optional<Url> resolve_url(const Url& base, std::string_view location) {
  if (location.empty() || !plain(location)) return std::nullopt;
  const std::size_t colon = location.find(':');
  if (colon != std::string_view::npos && colon < location.find_first_of("/?#")) return parse_url(location);
  if (location.starts_with("//")) return parse_url(base.scheme + ":" + std::string(location));
  const std::string folder = base.path.substr(0, base.path.rfind('/') + 1);
  const std::string before = location.starts_with('/') ? "" : location.starts_with('?') ? base.path : folder;
  return parse_url(base.origin() + before + std::string(location));
}

std::string shown_url(std::string_view text) {
  const auto url = parse_url(text);
  return url ? url->origin() + url->path : "(no http address)";
}

}  // namespace akashi
