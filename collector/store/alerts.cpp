#include "collector/store/alerts.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "collector/store/lists.hpp"

namespace akashi {
namespace {

template <class Kind, std::size_t count>
Kind kind_of(const std::string& text) {
  for (std::size_t i = 0; i < count; ++i)
    if (name(static_cast<Kind>(i)) == text) return static_cast<Kind>(i);
  return static_cast<Kind>(0);  // nothing else is ever written
}

// A list of lists: code and arguments.
std::string write_reasons(const std::vector<Reason>& reasons) {
  std::vector<std::string> all;
  for (const Reason& one : reasons) {
    std::vector<std::string> words{one.code};
    words.insert(words.end(), one.args.begin(), one.args.end());
    all.push_back(write_list(words));
  }
  return write_list(all);
}

std::vector<Reason> read_reasons(const std::string& text) {
  std::vector<Reason> reasons;
  for (const std::string& one : read_list(text)) {
    auto words = read_list(one);
    if (words.empty()) continue;
    reasons.push_back({words.front(), {words.begin() + 1, words.end()}});
  }
  return reasons;
}

std::optional<Instant> clock_of(Tables& t, std::string_view what) {
  auto row = t.db.query("SELECT at FROM alert_clock WHERE what = ?");
  return row.with(what).next() ? std::optional(from_ns(row.integer())) : std::nullopt;
}

void set_clock(Tables& t, std::string_view what, const std::optional<Instant>& at) {
  if (at) t.db.query("INSERT OR REPLACE INTO alert_clock VALUES (?, ?)").with(what, to_ns(*at)).run();
}

std::int64_t keep_event(Tables& t, const AlertChange& change) {
  const Alert& a = change.alert;
  const bool opened = change.what == AlertChange::What::opened;
  t.db.query("INSERT INTO alert_event VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(opened ? std::nullopt : std::optional(a.id), name(change.what), to_ns(a.changed), a.matter, name(a.kind), name(a.level), name(a.peak),
            a.service, a.ladder, a.source, write_list({a.services.begin(), a.services.end()}), ns_of(a.since), to_ns(a.opened), ns_of(a.closed),
            write_reasons(a.reasons), a.over ? write_reasons({*a.over}) : std::string(), name(a.silence), change.tell)
      .run();
  return t.db.last_id();
}

}  // namespace

AlertEvent read_event(sqlite::Query& row) {
  AlertEvent event;
  Alert& a = event.change.alert;
  event.id = row.integer();
  a.id = row.maybe().value_or(event.id);
  event.change.what = kind_of<AlertChange::What, 3>(row.text());
  a.changed = from_ns(row.integer());
  a.matter = row.text();
  a.kind = kind_of<AlertKind, alert_kinds>(row.text());
  a.level = kind_of<AlertLevel, 3>(row.text());
  a.peak = kind_of<AlertLevel, 3>(row.text());
  a.service = row.text();
  a.ladder = row.text();
  a.source = row.text();
  const auto services = read_list(row.text());
  a.services = {services.begin(), services.end()};
  a.since = instant_of(row.maybe());
  a.opened = from_ns(row.integer());
  a.closed = instant_of(row.maybe());
  a.reasons = read_reasons(row.text());
  if (auto over = read_reasons(row.text()); !over.empty()) a.over = std::move(over.front());
  a.silence = kind_of<Silence, 3>(row.text());
  event.change.tell = row.integer() != 0;
  return event;
}

std::vector<Alert> alerts_at(Tables& t, bool closed_too, Instant as_of) {
  std::vector<Alert> found;
  auto row = t.db.query(
      "SELECT * FROM alert_event WHERE id IN (SELECT max(id) FROM alert_event WHERE at <= ? GROUP BY coalesce(alert, id))"
      " AND (?2 OR closed IS NULL) ORDER BY coalesce(alert, id)");
  row.with(to_ns(as_of), closed_too);
  while (row.next()) found.push_back(read_event(row).change.alert);
  return found;
}

std::vector<AlertEvent> history_of_alert(Tables& t, std::int64_t alert) {
  std::vector<AlertEvent> found;
  auto row = t.db.query("SELECT * FROM alert_event WHERE coalesce(alert, id) = ? ORDER BY id");
  row.with(alert);
  while (row.next()) found.push_back(read_event(row));
  return found;
}

AlertBook book_of_alerts(Tables& t) {
  AlertBook book;
  book.open = alerts_at(t, false, Instant::max());
  {
    auto row = t.db.query("SELECT matter, at FROM alert_noticed ORDER BY matter");
    while (row.next()) {
      auto matter = row.text();
      book.noticed.push_back({std::move(matter), from_ns(row.integer())});
    }
  }
  for (const Pause& one : all_pauses(t))
    if (!one.ended) book.paused.insert(one.target);
  {
    auto row = t.db.query(
        "SELECT matter FROM alert_event WHERE id IN (SELECT max(id) FROM alert_event GROUP BY matter) AND closed IS NOT NULL AND silence = "
        "'first_run'"
        " AND over LIKE '%\"alert.unseen%'");
    while (row.next()) book.never_told.insert(row.text());
  }
  book.first_run = clock_of(t, "first_run");
  book.audit_ended = clock_of(t, "audit_ended");
  book.judged = clock_of(t, "judged");
  return book;
}

void keep_alerts(Tables& t, const AlertsKept& alerts) {
  const AlertNews& news = alerts.news;
  if (news.judged == Instant{}) return;  // a judgement that says nothing of alerts
  std::vector<std::int64_t> events;
  events.reserve(news.changes.size());
  for (const AlertChange& change : news.changes) events.push_back(keep_event(t, change));
  for (const Notice& one : alerts.notices)
    t.db.query("INSERT INTO outbox (event, receiver, due, next_try) VALUES (?1, ?2, ?3, ?3)")
        .with(events.at(one.change), one.receiver, to_ns(one.due))
        .run();
  t.db.query("DELETE FROM alert_noticed").run();
  for (const Noticed& one : news.noticed) t.db.query("INSERT OR REPLACE INTO alert_noticed VALUES (?, ?)").with(one.matter, to_ns(one.at)).run();
  set_clock(t, "first_run", news.first_run);
  set_clock(t, "audit_ended", news.audit_ended);
  set_clock(t, "judged", news.judged);
}

std::vector<Pause> all_pauses(Tables& t) {
  std::vector<Pause> found;
  auto row = t.db.query(
      "SELECT p.id, p.target, p.by, p.because, p.at, r.at, coalesce(r.by, ''), coalesce(r.because, '') FROM pause p"
      " LEFT JOIN resume r ON r.pause = p.id ORDER BY p.id");
  while (row.next()) {
    Pause one;
    one.id = row.integer();
    one.target = row.text();
    one.by = row.text();
    one.because = row.text();
    one.at = from_ns(row.integer());
    one.ended = instant_of(row.maybe());
    one.ended_by = row.text();
    one.ended_because = row.text();
    found.push_back(std::move(one));
  }
  return found;
}

namespace {

std::optional<Pause> running_pause(Tables& t, const std::string& target) {
  for (Pause& one : all_pauses(t))
    if (!one.ended && one.target == target) return std::move(one);
  return std::nullopt;
}

}  // namespace

void keep_pause(Tables& t, const Pause& pause) {
  if (const auto running = running_pause(t, pause.target))
    return t.db.refuse({ErrorKind::config, pause.target, fmt::format("alerts of it are paused already, by {}: {}", running->by, running->because),
                        "end that with `akashi alerts resume " + pause.target + "` first"});
  t.db.query("INSERT INTO pause VALUES (NULL, ?, ?, ?, ?)").with(pause.target, pause.by, pause.because, to_ns(pause.at)).run();
}

void keep_resume(Tables& t, const Pause& ended) {
  const auto running = running_pause(t, ended.target);
  if (!running) return t.db.refuse({ErrorKind::config, ended.target, "alerts of it are not paused", "`akashi alerts` lists what is"});
  t.db.query("INSERT INTO resume VALUES (?, ?, ?, ?)").with(running->id, ended.ended_by, ended.ended_because, ns_of(ended.ended)).run();
}

}  // namespace akashi
