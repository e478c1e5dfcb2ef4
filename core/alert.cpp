// The book of alerts: what is so now (alert_matters.cpp) against what was said.
#include "core/alert.hpp"

#include <algorithm>
#include <charconv>

#include "core/alert_matters.hpp"
#include "core/reasons.hpp"

namespace akashi {

namespace {

using alerting::Absent;
using alerting::Matter;
using alerting::Picture;

constexpr std::array<std::string_view, 3> levels{"info", "warning", "alarm"};
constexpr std::array<std::string_view, alert_kinds> alert_words{"late",  "unexercised",       "missed_demand",    "drill_due",
                                                                "blind", "approval_expiring", "approval_expired", "drift"};
// The first contact of every source: what they show then was there before. One that cannot be read does not keep the audit open for longer.
constexpr Duration audit_max = days(7);
// A clock that was set back by less is waited for; set back by more, it was wrong before.
constexpr Duration step_back_max = days(1);

int count_of(const std::vector<Reason>& reasons) {
  int count = 0;
  for (const Reason& one : reasons)
    if (one.code.starts_with("state.missed") && !one.args.empty())
      std::from_chars(one.args[0].data(), one.args[0].data() + one.args[0].size(), count);
  return count;
}

// Errors of tools are worded anew every time; that is no change.
bool same_reasons(const Alert& alert, const Matter& matter) {
  if (alert.kind != AlertKind::blind) return alert.reasons == matter.reasons;
  return std::ranges::equal(alert.reasons, matter.reasons, {}, &Reason::code, &Reason::code);
}

bool worth_telling(const Alert& before, const Alert& after) {
  if (before.level != after.level || before.kind != after.kind) return true;
  if (count_of(after.reasons) > count_of(before.reasons)) return true;
  return !std::ranges::includes(before.services, after.services);
}

struct Updating {
  const AlertBook& book;
  const AlertPolicy& policy;
  const Instant at;
  AlertNews news{};

  [[nodiscard]] bool paused(const Alert& alert) const { return book.paused.contains(alert.source.empty() ? alert.service : alert.source); }

  // Since when it was noticed, now or before.
  Instant noticed(const std::string& key) {
    const auto before = std::ranges::find(book.noticed, key, &Noticed::matter);
    const Instant since = before == book.noticed.end() || before->at > at ? at : before->at;
    news.noticed.push_back({key, since});
    return since;
  }

  [[nodiscard]] bool was_there_before(const Alert& alert) const {
    if (alert.kind == AlertKind::drift) return !news.audit_ended || *alert.since <= *news.audit_ended;
    if (book.never_told.contains(alert.matter) && *alert.since <= news.first_run) return true;
    return (!news.audit_ended || *news.audit_ended == at) && *alert.since <= news.first_run;
  }

  void write(AlertChange::What what, Alert alert, bool tell) {
    alert.changed = at;
    news.changes.push_back({what, std::move(alert), tell});
  }

  static Alert made(const Matter& matter, Alert alert) {
    alert.matter = matter.key;
    alert.kind = matter.kind;
    alert.level = matter.level;
    alert.peak = std::max(alert.peak, matter.level);
    alert.service = matter.service;
    alert.ladder = matter.ladder;
    alert.source = matter.source;
    alert.services = matter.services;
    alert.since = matter.since;
    alert.reasons = matter.reasons;
    return alert;
  }

  void open(const Matter& matter) {
    Instant seen = at;
    if (matter.patience > Duration{}) {
      seen = noticed(matter.key);
      if (at - seen < matter.patience) return;
      std::erase_if(news.noticed, [&](const Noticed& one) { return one.matter == matter.key; });
    }
    Alert alert = made(matter, {});
    if (!alert.since) alert.since = seen;
    alert.opened = at;
    if (was_there_before(alert)) alert.silence = Silence::first_run;
    else if (paused(alert)) alert.silence = Silence::paused;
    const bool tell = alert.silence == Silence::none;
    write(AlertChange::What::opened, std::move(alert), tell);
  }

  void update(const Alert& before, const Matter& matter) {
    Alert after = made(matter, before);
    if (!after.since) after.since = before.since;
    const bool resumed = before.silence == Silence::paused && !paused(before);
    const bool changed =
        before.level != after.level || before.kind != after.kind || before.services != after.services || !same_reasons(before, matter);
    if (!changed && !resumed) return;
    bool tell = resumed || worth_telling(before, after);
    if (tell) after.silence = paused(after) ? Silence::paused : Silence::none;
    tell = tell && after.silence == Silence::none;
    write(AlertChange::What::updated, std::move(after), tell);
  }

  void close(const Alert& before, const Absent& absent) {
    if (absent.how == Absent::How::stays) return;
    if (absent.how == Absent::How::unseen && at - noticed("unseen " + before.matter) < policy.blind_after) return;
    std::erase_if(news.noticed, [&](const Noticed& one) { return one.matter == "unseen " + before.matter; });
    Alert after = before;
    after.closed = at;
    after.over = absent.why;
    const bool tell = before.silence == Silence::none && !paused(before);
    write(AlertChange::What::closed, std::move(after), tell);
  }

  void all(const Picture& now) {
    for (const auto& [key, matter] : now.matters) {
      const auto before = std::ranges::find(book.open, key, &Alert::matter);
      if (before == book.open.end()) open(matter);
      else update(*before, matter);
    }
    for (const Alert& alert : book.open) {
      if (now.matters.contains(alert.matter)) continue;
      const auto absent = now.absent.find(alert.matter);
      close(alert, absent == now.absent.end() ? Absent{reason<"alert.scope">()} : absent->second);
    }
  }
};

}  // namespace

std::string_view name(AlertLevel level) { return levels.at(static_cast<std::size_t>(level)); }
std::string_view name(AlertKind kind) { return alert_words.at(static_cast<std::size_t>(kind)); }

std::optional<AlertLevel> alert_level(std::string_view name) {
  const auto found = std::ranges::find(levels, name);
  return found == levels.end() ? std::nullopt : std::optional(static_cast<AlertLevel>(found - levels.begin()));
}

std::optional<AlertKind> alert_kind(std::string_view name) {
  const auto found = std::ranges::find(alert_words, name);
  return found == alert_words.end() ? std::nullopt : std::optional(static_cast<AlertKind>(found - alert_words.begin()));
}

std::string_view name(Silence silence) {
  constexpr std::array<std::string_view, 3> names{"", "first_run", "paused"};
  return names.at(static_cast<std::size_t>(silence));
}

std::string_view name(AlertChange::What what) {
  constexpr std::array<std::string_view, 3> names{"opened", "updated", "closed"};
  return names.at(static_cast<std::size_t>(what));
}

// Late before alarm: what may still be mended in time warns, what has lapsed alarms; reminders inform.
AlertPolicy::AlertPolicy()
    : levels{AlertLevel::warning, AlertLevel::alarm, AlertLevel::alarm,   AlertLevel::info,
             AlertLevel::warning, AlertLevel::info,  AlertLevel::warning, AlertLevel::warning} {}

AlertNews update_alerts(const std::vector<Finding>& findings, const std::vector<SourceState>& sources, const AlertBook& book,
                        const AlertPolicy& policy, Instant at) {
  Updating updating{book, policy, at};
  AlertNews& news = updating.news;
  news.first_run = book.first_run.value_or(at);
  news.audit_ended = book.audit_ended;
  news.judged = at;
  if (book.judged && at < *book.judged && *book.judged - at < step_back_max) {
    news.judged = *book.judged;
    news.noticed = book.noticed;
    return std::move(news);
  }
  const bool all_read = std::ranges::all_of(sources, &SourceState::read_once);
  if (!news.audit_ended && (all_read || at - news.first_run >= audit_max)) news.audit_ended = at;
  updating.all(alerting::picture(findings, sources, policy, at));
  return std::move(news);
}

}  // namespace akashi
