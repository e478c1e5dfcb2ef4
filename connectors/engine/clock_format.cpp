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

// Digits after a point: as many as say something, in nanoseconds. Nothing when there is anything else.
std::optional<std::int64_t> fraction_ns(std::string_view digits, std::int64_t unit_ns) {
  std::int64_t ns = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    unit_ns /= 10;
    ns += unit_ns * (c - '0');
  }
  return ns;
}

// "1600000000", "-5", "1600000000.25", and what some tools make of it: "1.60000000025E9".
std::optional<Instant> read_number(std::string_view text, std::int64_t unit_ns) {
  std::int64_t count = 0;
  const auto* const all = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), all, count);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view rest(end, static_cast<std::size_t>(all - end));
  if (rest.find_first_of("eE") != std::string_view::npos) {
    long double value = 0;
    const auto [behind, wrong] = std::from_chars(text.data(), all, value);
    const auto ns = value * static_cast<long double>(unit_ns);
    if (wrong != std::errc{} || behind != all || !(ns >= -9.2e18L && ns <= 9.2e18L)) return std::nullopt;
    return from_ns(static_cast<std::int64_t>(ns));
  }
  if (count > to_ns(latest) / unit_ns || count < to_ns(earliest) / unit_ns) return std::nullopt;
  if (!rest.empty() && rest.front() != '.') return std::nullopt;
  const auto fraction = fraction_ns(rest.empty() ? rest : rest.substr(1), unit_ns);
  if (!fraction) return std::nullopt;
  return from_ns(count * unit_ns + (text.front() == '-' ? -*fraction : *fraction));
}

// Some tools write more digits than nanoseconds have; what is behind them says nothing.
std::optional<Instant> read_rfc3339(std::string_view text) {
  constexpr std::size_t longest = 40;
  constexpr std::size_t fraction_max = 9;
  const auto point = text.find('.');
  if (point == std::string_view::npos || text.size() > longest) return parse_time(text);
  const auto end = std::min(text.find_first_not_of("0123456789", point + 1), text.size());
  if (end - point - 1 <= fraction_max) return parse_time(text);
  return parse_time(std::string(text.substr(0, point + 1 + fraction_max)) + std::string(text.substr(end)));
}

const date::time_zone* zone_named(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {  // no such zone, or no zone data on this machine
    return nullptr;
  }
}

// Nanoseconds since 1970 in 64 bits reach a little further at both ends; a tool that says otherwise says nothing that a clock could have said.
constexpr date::year first_year{1678}, last_year{2261};

// Whether digits stand where the pattern wants them: the library takes what it could not read for seconds (date.h 3, %S leaves its number unset).
// From a directive that is not known here on it is left to the library.
bool fits_digits(std::string_view text, std::string_view pattern) {
  constexpr std::string_view digits = "0123456789";
  constexpr std::string_view of_digits = "YymdeHIMSj";
  constexpr std::string_view of_letters = "aAbBhp";
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      if (text.empty() || text.front() != pattern[i]) return false;
      text.remove_prefix(1);
      continue;
    }
    const char directive = ++i < pattern.size() ? pattern[i] : '%';
    if (directive == 'T') return fits_digits(text, "%H:%M:%S" + std::string(pattern.substr(i + 1)));
    if (of_letters.find(directive) != std::string_view::npos) {
      text.remove_prefix(std::min(text.find_first_not_of(letters), text.size()));
      continue;
    }
    if (directive == 'z') {  // +0900 or +09:00
      const bool sign = text.starts_with('+') || text.starts_with('-');
      const auto after = sign ? std::min(text.find_first_not_of("0123456789:", 1), text.size()) : 0;
      if (after < 3 || digits.find(text[1]) == std::string_view::npos || digits.find(text[2]) == std::string_view::npos) return false;
      text.remove_prefix(after);
      continue;
    }
    if (of_digits.find(directive) == std::string_view::npos) return true;
    if (directive == 'e' && text.starts_with(' ')) text.remove_prefix(1);
    const auto longest = text.substr(0, directive == 'Y' ? 4 : directive == 'j' ? 3 : 2);
    const auto count = std::min(longest.find_first_not_of(digits), longest.size());
    if (count == 0) return false;
    text.remove_prefix(count);
    if (directive == 'S' && text.starts_with('.')) text.remove_prefix(std::min(text.find_first_not_of(digits, 1), text.size()));
  }
  return true;
}

std::optional<Instant> read_pattern(std::string_view text, const std::string& pattern, const std::string& zone) {
  if (!fits_digits(text, pattern)) return std::nullopt;
  std::istringstream in{std::string(text)};
  in.imbue(std::locale::classic());
  date::fields<std::chrono::nanoseconds> read;
  std::chrono::minutes offset{};
  date::from_stream(in, pattern.c_str(), read, static_cast<std::string*>(nullptr), &offset);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  if (!read.ymd.ok() || read.ymd.year() < first_year || read.ymd.year() > last_year || !read.tod.in_conventional_range()) return std::nullopt;
  const date::local_time<std::chrono::nanoseconds> at = date::local_days(read.ymd) + read.tod.to_duration();
  if (pattern.find("%z") != std::string::npos) return Instant{at.time_since_epoch() - offset};
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
  } else if (format == "epoch_us") {
    made.kind_ = Kind::epoch_us;
  } else if (format == "epoch_ns") {
    made.kind_ = Kind::epoch_ns;
  } else if (format.find('%') != std::string::npos) {
    made.kind_ = Kind::pattern;
    made.pattern_ = format;
  } else if (format != "rfc3339") {
    return fail(ErrorKind::config, "", "\"" + format + "\" is no time format",
                "write rfc3339, epoch_s, epoch_ms, epoch_us, epoch_ns or a pattern such as %Y-%m-%d %H:%M:%S");
  }
  if (zone != "UTC" && made.zone_parameter().empty() && zone_named(zone) == nullptr) {
    return fail(ErrorKind::config, "", "time zone \"" + zone + "\" is not known here", "write a name of the zone database, e.g. Asia/Tokyo");
  }
  return made;
}

std::string ClockFormat::zone_parameter() const {
  return zone_.size() > 2 && zone_.front() == '{' && zone_.back() == '}' ? zone_.substr(1, zone_.size() - 2) : std::string{};
}

Result<ClockFormat> ClockFormat::in_zone(const std::string& zone) const {
  if (zone != "UTC" && zone_named(zone) == nullptr)
    return fail(ErrorKind::config, "", "time zone \"" + zone + "\" is not known here", "write a name of the zone database, e.g. Asia/Tokyo");
  auto made = *this;
  made.zone_ = zone;
  return made;
}

std::optional<Instant> ClockFormat::read(std::string_view text) const {
  switch (kind_) {
    case Kind::rfc3339:
      return sane(read_rfc3339(text));
    case Kind::epoch_s:
      return sane(read_number(text, 1'000'000'000));
    case Kind::epoch_ms:
      return sane(read_number(text, 1'000'000));
    case Kind::epoch_us:
      return sane(read_number(text, 1'000));
    case Kind::epoch_ns:
      return sane(read_number(text, 1));
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
    case Kind::epoch_us:
      return std::to_string(std::chrono::floor<std::chrono::microseconds>(at).time_since_epoch().count());
    case Kind::epoch_ns:
      return std::to_string(to_ns(at));
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
  if (kind_ == Kind::epoch_us) return std::chrono::microseconds(1);
  if (kind_ == Kind::epoch_ns) return Duration(1);
  if (kind_ != Kind::pattern || pattern_.find("%S") != std::string::npos || pattern_.find("%T") != std::string::npos) return std::chrono::seconds(1);
  if (pattern_.find("%M") != std::string::npos) return std::chrono::minutes(1);
  return days(1);
}

std::optional<Instant> parse_http_date(std::string_view text) { return sane(read_pattern(text, "%a, %d %b %Y %H:%M:%S GMT", "UTC")); }

}  // namespace akashi
