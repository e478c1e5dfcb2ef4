#include "connectors/engine/url.hpp"

#include <algorithm>
#include <optional>

#include "core/text.hpp"

namespace akashi {

namespace {

struct Parts {
  std::string origin;  // scheme://host:port, lower case, the port always written
  std::string rest;    // path and query
};

std::optional<Parts> parts_of(std::string_view url) {
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  const auto scheme = lower(url.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  const auto begin = scheme_end + 3;
  const auto end = std::min(url.find_first_of("/?#", begin), url.size());
  auto host = lower(url.substr(begin, end - begin));
  if (host.empty() || host.find('@') != std::string::npos || host.find('\\') != std::string::npos) return std::nullopt;
  const auto colon = host.rfind(':');
  const bool has_port = colon != std::string::npos && host.find(']', colon) == std::string::npos;
  if (!has_port) host += scheme == "https" ? ":443" : ":80";
  return Parts{scheme + "://" + host, std::string(url.substr(end))};
}

// "." and ".." as path segments, also percent-encoded, would leave the prefix on the way.
bool has_dot_segments(std::string_view path) {
  auto plain = lower(path.substr(0, path.find_first_of("?#")));
  for (auto at = plain.find("%2e"); at != std::string::npos; at = plain.find("%2e")) plain.replace(at, 3, ".");
  for (const auto segment : split(plain, '/')) {
    if (segment == "." || segment == "..") return true;
  }
  return false;
}

bool has_controls(std::string_view url) {
  return std::ranges::any_of(url, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
}

// Some tools write their next page's address as people would, with spaces and quotes. What is already %XX stays; control characters stay too, and are
// refused.
std::string with_escapes(std::string_view link) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view never_plain = " \"<>^`{|}";
  std::string out;
  for (const char c : link) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && never_plain.find(c) == std::string_view::npos) out += c;
    else out += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return out;
}

bool below(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (prefix.empty() || path.size() == prefix.size() || path[prefix.size()] == '/' || path[prefix.size()] == '?');
}

}  // namespace

Result<std::string> checked_base(std::string_view base) {
  while (base.ends_with('/')) base.remove_suffix(1);
  const auto parts = parts_of(base);
  if (!parts || has_controls(base) || has_dot_segments(parts->rest) || parts->rest.find_first_of("?#") != std::string::npos) {
    return fail(ErrorKind::config, "url", "this is no address of a tool", "write it as https://host/path, without user, query or fragment");
  }
  return std::string(base);
}

Result<std::string> confined(std::string_view base, std::string_view current, std::string_view link) {
  const auto home = parts_of(base);
  const auto here = parts_of(current);
  const auto plain = with_escapes(link);
  link = plain;
  if (!home || !here) return fail(ErrorKind::config, "url", "this is no address of a tool", "write it as https://host/path");
  std::string whole(link);
  const auto origin_end = std::min(current.find_first_of("/?", current.find("://") + 3), current.size());
  if (link.starts_with('?')) whole = without_query(current) + std::string(link);
  if (link.starts_with('/') && !link.starts_with("//")) whole = std::string(current.substr(0, origin_end)) + std::string(link);
  const auto there = parts_of(whole);
  const bool inside =
      there && !has_controls(whole) && there->origin == home->origin && !has_dot_segments(there->rest) && below(there->rest, home->rest);
  if (inside && there->rest.find('#') == std::string::npos) return whole;
  return fail(ErrorKind::schema, without_query(current), "the tool's next page leads outside this source's address",
              "if the tool is behind a proxy, let the source's url be the address that the tool gives for itself");
}

std::string without_query(std::string_view url) { return std::string(url.substr(0, url.find_first_of("?#"))); }

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) { return at + i < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[at + i])) : 0U; };
    const unsigned group = byte(0) << 16U | byte(1) << 8U | byte(2);
    out += digits[group >> 18U & 63U];
    out += digits[group >> 12U & 63U];
    out += at + 1 < bytes.size() ? digits[group >> 6U & 63U] : '=';
    out += at + 2 < bytes.size() ? digits[group & 63U] : '=';
  }
  return out;
}

}  // namespace akashi
