// Alerts: what somebody has to know, from what the findings say now and what was said before. One open alert per matter, updated in place, closed by
// itself. Nothing is alerted that no finding states: where a service cannot be judged, nothing is said of it, and the source that hides it is.
// Pure: same findings, same book, same news.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/finding.hpp"
#include "core/proposal.hpp"

namespace akashi {

enum class AlertLevel : std::uint8_t { info, warning, alarm };
[[nodiscard]] std::string_view name(AlertLevel level);
[[nodiscard]] std::optional<AlertLevel> alert_level(std::string_view name);

enum class AlertKind : std::uint8_t { late, unexercised, missed_demand, drill_due, blind, approval_expiring, approval_expired, drift };
inline constexpr std::size_t alert_kinds = 8;
[[nodiscard]] std::string_view name(AlertKind kind);
[[nodiscard]] std::optional<AlertKind> alert_kind(std::string_view name);

// Why nobody is told: it was there when the store was first judged, or it is paused.
enum class Silence : std::uint8_t { none, first_run, paused };
[[nodiscard]] std::string_view name(Silence silence);

struct Alert {
  std::int64_t id = 0;             // given by the store
  std::string matter;              // silence/D-2/insource, blind/rt: at most one open alert for each
  AlertKind kind{};                // what it is now: late becomes unexercised in the same matter
  AlertLevel level{}, peak{};      // now; the highest so far, by which receivers are chosen
  std::string service, ladder;     // empty of blind
  std::string source;              // of blind
  std::set<std::string> services;  // that it is about: the one, or all that a source hides
  std::optional<Instant> since;    // of the matter, as the finding says
  Instant opened{}, changed{};
  std::optional<Instant> closed;
  std::vector<Reason> reasons;
  std::optional<Reason> over;  // why it was closed
  Silence silence{};
  auto operator<=>(const Alert&) const = default;
};

struct AlertChange {
  enum class What : std::uint8_t { opened, updated, closed };
  What what{};
  Alert alert;        // as it is from now on
  bool tell = false;  // else it is only written down
};
[[nodiscard]] std::string_view name(AlertChange::What what);

// A pause by a person, which only a person ends.
struct Pause {
  std::int64_t id = 0;
  std::string target;  // a service or a source
  std::string by, because;
  Instant at{};
  std::optional<Instant> ended;
  std::string ended_by, ended_because;
  auto operator<=>(const Pause&) const = default;
};

// A matter that has not lasted long enough to be an alert.
struct Noticed {
  std::string matter;
  Instant at{};
  auto operator<=>(const Noticed&) const = default;
};

// What was said so far.
struct AlertBook {
  std::vector<Alert> open;
  std::vector<Noticed> noticed;
  std::set<std::string> paused;        // services and sources
  std::set<std::string> never_told;    // matters of the first run that were closed only because they could not be seen any more
  std::optional<Instant> first_run;    // when the store was first judged for alerts
  std::optional<Instant> audit_ended;  // when every source had been read once since then
  std::optional<Instant> judged;       // the last time
};

struct AlertNews {
  std::vector<AlertChange> changes;
  std::vector<Noticed> noticed;  // replace the book's
  Instant first_run{}, judged{};
  std::optional<Instant> audit_ended;
};

struct SourceState {
  std::string source;
  bool read_once = false;  // completely, at some time
  bool broken = false;     // the last poll failed
  std::optional<Instant> last_ok;
  std::string why;
};

struct AlertPolicy {
  AlertPolicy();
  std::array<std::optional<AlertLevel>, alert_kinds> levels;  // by kind; none: no alert
  // A source that fails for minutes is read again with nothing lost: an hour is longer than any tool's restart, and all that a continuous service may
  // lag behind. After a day the shortest warning of a service (B-1) has passed unseen.
  Duration blind_after = std::chrono::hours(1), blind_alarm_after = days(1);
  Duration approval_warning = days(30);  // an approval takes a meeting of those who approve, which is monthly in many houses
  // Services that work on business days only: their clocks stand still on the others. Their limits in days: late, unexercised.
  std::map<std::string, std::pair<int, int>, std::less<>> business;
  Calendar calendar;
};

// `sources`: all that are configured. `at` is the moment that the findings are of.
[[nodiscard]] AlertNews update_alerts(const std::vector<Finding>& findings, const std::vector<SourceState>& sources, const AlertBook& book,
                                      const AlertPolicy& policy, Instant at);

}  // namespace akashi
