// How a tool writes times: rfc3339, epoch_s, epoch_ms, epoch_us, epoch_ns, or a pattern of %Y %m %d %H %M %S %z and the like. A pattern without %z
// is read in the format's zone; "{zone}" is a zone that a parameter names, and UTC until in_zone() says it. The only pair that includes the date
// library.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace akashi {

class ClockFormat {
 public:
  ClockFormat() = default;  // rfc3339
  // Refuses a word that is no format, a pattern without a date in it, and a zone that the machine does not know.
  [[nodiscard]] static Result<ClockFormat> named(const std::string& format, const std::string& zone = "UTC");
  // The parameter that names the zone; "" when it is fixed.
  [[nodiscard]] std::string zone_parameter() const;
  [[nodiscard]] Result<ClockFormat> in_zone(const std::string& zone) const;

  // Nothing when the text is not such a time, or one before 1900 or after 2200.
  [[nodiscard]] std::optional<Instant> read(std::string_view text) const;
  // Whole units of the format, rounded down.
  [[nodiscard]] std::string write(Instant at) const;
  // The smallest step of time that the format can say.
  [[nodiscard]] Duration granule() const;
  [[nodiscard]] const std::string& zone() const { return zone_; }

 private:
  enum class Kind : std::uint8_t { rfc3339, epoch_s, epoch_ms, epoch_us, epoch_ns, pattern };
  Kind kind_ = Kind::rfc3339;
  std::string pattern_, zone_ = "UTC";
};

// The Date header of an answer (RFC 9110 IMF-fixdate).
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace akashi
