#include "collector/schedule.hpp"

#include <algorithm>

namespace akashi {

namespace {

constexpr Duration apart_max = std::chrono::milliseconds(20);

}  // namespace

Schedule::Schedule(std::vector<Duration> intervals, Instant now) : intervals_(std::move(intervals)) {
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(intervals_.size(), 1));
  for (std::size_t source = 0; source < intervals_.size(); ++source) {
    const auto apart = std::min(intervals_[source] / count, apart_max);
    waiting_.push({now + apart * static_cast<std::int64_t>(source), source});
  }
}

std::optional<Instant> Schedule::next() const {
  if (waiting_.empty()) return std::nullopt;
  return waiting_.top().at;
}

std::optional<Due> Schedule::take(Instant now) {
  if (waiting_.empty() || waiting_.top().at > now) return std::nullopt;
  const Due due = waiting_.top();
  waiting_.pop();
  return due;
}

void Schedule::done(const Due& due, Instant now, Duration not_before) {
  const auto interval = intervals_[due.source];
  auto at = due.at + interval;
  if (at <= now && at > due.at) {
    const auto gone = (now - at) / interval + 1;
    missed_ += static_cast<std::uint64_t>(gone);
    at += interval * gone;
  }
  waiting_.push({std::max(at, now + not_before), due.source});
}

}  // namespace akashi
