#include "connectors/engine/clock_format.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <charconv>
#include <sstream>

// GCC 12 takes the parser's own locals in date.h for unset when it inlines them here.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

namespace akashi {

namespace {

constexpr Instant earliest = Instant{std::chrono::sys_days{std::chrono::year{1900} / 1 / 1}};
constexpr Instant latest = Instant{std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}};

std::optional<Instant> sane(std::optional<Instant> at) {
  if (!at || *at < earliest || *at > latest) return std::nullopt;
  return at;
}

std::optional<Instant> read_number(std::string_view text, std::int64_t unit_ns) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = error == std::errc{} && (end == text.data() + text.size() || *end == '.');
  if (!whole || count > to_ns(latest) / unit_ns || count < to_ns(earliest) / unit_ns) return std::nullopt;
  return from_ns(count * unit_ns);
}

const date::time_zone* zone_named(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {  // no such zone, or no zone data on this machine
    return nullptr;
  }
}

std::optional<Instant> read_pattern(std::string_view text, const std::string& pattern, const std::string& zone) {
  std::istringstream in{std::string(text)};
  in.imbue(std::locale::classic());
  if (pattern.find("%z") != std::string::npos) {
    date::sys_time<std::chrono::nanoseconds> at;
    in >> date::parse(pattern, at);
    if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
    return Instant{at.time_since_epoch()};
  }
  date::local_time<std::chrono::nanoseconds> at;
  in >> date::parse(pattern, at);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  if (zone == "UTC") return Instant{at.time_since_epoch()};
  const auto* known = zone_named(zone);
  if (known == nullptr) return std::nullopt;
  return Instant{known->to_sys(at, date::choose::earliest).time_since_epoch()};
}

}  // namespace

Result<ClockFormat> ClockFormat::named(const std::string& format, const std::string& zone) {
  ClockFormat made;
  made.zone_ = zone;
  if (format == "epoch_s") {
    made.kind_ = Kind::epoch_s;
  } else if (format == "epoch_ms") {
    made.kind_ = Kind::epoch_ms;
  } else if (format.find('%') != std::string::npos) {
    made.kind_ = Kind::pattern;
    made.pattern_ = format;
  } else if (format != "rfc3339") {
    return fail(ErrorKind::config, "", "\"" + format + "\" is no time format",
                "write rfc3339, epoch_s, epoch_ms or a pattern such as %Y-%m-%d %H:%M:%S");
  }
  if (zone != "UTC" && zone_named(zone) == nullptr) {
    return fail(ErrorKind::config, "", "time zone \"" + zone + "\" is not known here", "write a name of the zone database, e.g. Asia/Tokyo");
  }
  return made;
}

std::optional<Instant> ClockFormat::read(std::string_view text) const {
  switch (kind_) {
    case Kind::rfc3339:
      return sane(parse_time(text));
    case Kind::epoch_s:
      return sane(read_number(text, 1'000'000'000));
    case Kind::epoch_ms:
      return sane(read_number(text, 1'000'000));
    case Kind::pattern:
      return sane(read_pattern(text, pattern_, zone_));
  }
  return std::nullopt;
}

std::string ClockFormat::write(Instant at) const {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  switch (kind_) {
    case Kind::rfc3339:
      return format_time(Instant{seconds});
    case Kind::epoch_s:
      return std::to_string(seconds.time_since_epoch().count());
    case Kind::epoch_ms:
      return std::to_string(std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count());
    case Kind::pattern:
      break;
  }
  const date::sys_seconds utc{seconds.time_since_epoch()};
  std::ostringstream out;
  out.imbue(std::locale::classic());
  if (zone_ == "UTC") {
    out << date::format(pattern_, utc);
  } else if (const auto* known = zone_named(zone_); known != nullptr) {
    out << date::format(pattern_, date::zoned_seconds{known, utc});
  }
  return out.str();
}

Duration ClockFormat::granule() const {
  if (kind_ == Kind::epoch_ms) return std::chrono::milliseconds(1);
  if (kind_ != Kind::pattern || pattern_.find("%S") != std::string::npos || pattern_.find("%T") != std::string::npos) return std::chrono::seconds(1);
  if (pattern_.find("%M") != std::string::npos) return std::chrono::minutes(1);
  return days(1);
}

std::optional<Instant> parse_http_date(std::string_view text) { return sane(read_pattern(text, "%a, %d %b %Y %H:%M:%S GMT", "UTC")); }

}  // namespace akashi
