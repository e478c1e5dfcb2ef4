#include "collector/http/patience.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace akashi {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text[0] == '-' || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "Sun, 06 Nov 1994 08:49:37 GMT", the one form that servers send; the weekday is not checked.
std::optional<Instant> http_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT" || text[19] != ':' || text[22] != ':') return std::nullopt;
  const auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4));
  const auto hour = number(text.substr(17, 2)), minute = number(text.substr(20, 2)), second = number(text.substr(23, 2));
  const auto month = std::ranges::find(months, text.substr(8, 3));
  if (!day || !year || !hour || !minute || !second || month == months.end()) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60 || *year < 1970 || *year > 2200) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

}  // namespace

std::optional<Duration> retry_after(std::string_view header, Instant now) {
  if (const auto seconds = number(header)) return std::chrono::seconds(*seconds);
  if (const auto date = http_date(header)) return std::max(Duration{}, *date - now);
  return std::nullopt;
}

Patience::Patience(const PatienceSettings& settings, Clock& clock, std::uint64_t seed)
    : settings_(settings), clock_(clock), random_(static_cast<std::minstd_rand::result_type>(seed)) {}

std::optional<Duration> Patience::next(std::optional<Duration> told) {
  if (waits_ >= settings_.waits_max || (told && *told > settings_.told_longest)) return std::nullopt;
  const Duration whole = std::min(settings_.longest, settings_.first * (std::int64_t{1} << std::min(waits_, 20)));
  ++waits_;
  const Duration share(std::uniform_int_distribution<std::int64_t>(0, whole.count() / 2)(random_));
  return told ? *told + std::min(share, Duration(std::chrono::seconds(1))) : whole - share;
}

bool Patience::wait(std::optional<Duration> told, std::stop_token stop) {
  const auto time = next(told);
  return time && clock_.sleep_until(clock_.now() + *time, std::move(stop));
}

void Patience::succeeded() { waits_ = 0; }

RequestBudget::RequestBudget(int requests_per_minute, int requests_per_day, Clock& clock) : clock_(clock) {
  if (requests_per_minute > 0) minute_ = {Duration(std::chrono::minutes(1)) / requests_per_minute, std::chrono::seconds(6), {}};
  // 24 hours at this pace and one hour's worth at once are what a day may hold.
  if (requests_per_day > 0) day_ = {Duration(std::chrono::hours(25)) / requests_per_day, std::chrono::hours(1), {}};
}

Instant RequestBudget::Bucket::turn(Instant now) {
  if (each == Duration{}) return now;
  const Duration most = std::max(burst, each);
  // A clock that was set back must not make a source wait for the time it went back.
  if (full_until > now + most + std::chrono::minutes(10) + 8 * each) full_until = now;
  full_until = std::max(full_until, now) + each;
  return full_until - most;
}

bool RequestBudget::take(std::stop_token stop) {
  Instant turn;
  {
    const std::scoped_lock lock(mutex_);
    const Instant now = clock_.now();
    if (minute_.each == Duration{} && day_.each == Duration{}) return !stop.stop_requested();
    turn = std::max(minute_.turn(now), day_.turn(now));
  }
  return clock_.sleep_until(turn, std::move(stop));
}

}  // namespace akashi
