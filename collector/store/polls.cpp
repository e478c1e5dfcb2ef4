#include "collector/store/polls.hpp"

#include <fmt/core.h>

namespace akashi {

std::int64_t source_number(Tables& t, const std::string& source) {
  {
    auto found = t.db.query("SELECT id FROM source WHERE name = ?");
    if (found.with(source).next()) return found.integer();
  }
  t.db.query("INSERT INTO source (name) VALUES (?)").with(source).run();
  return t.db.last_id();
}

std::int64_t stream_number(Tables& t, const std::string& source, const std::string& stream) {
  const auto owner = source_number(t, source);
  {
    auto found = t.db.query("SELECT id FROM stream WHERE source = ? AND name = ?");
    if (found.with(owner, stream).next()) return found.integer();
  }
  t.db.query("INSERT INTO stream (source, name) VALUES (?, ?)").with(owner, stream).run();
  return t.db.last_id();
}

std::string state_of_stream(Tables& t, const std::string& source, const std::string& stream) {
  auto found = t.db.query("SELECT s.state FROM stream s JOIN source o ON o.id = s.source WHERE o.name = ? AND s.name = ?");
  return found.with(source, stream).next() ? found.text() : std::string();
}

void set_stream_state(Tables& t, std::int64_t stream, const std::string& state) {
  t.db.query("UPDATE stream SET state = ? WHERE id = ?").with(state, stream).run();
}

std::optional<Instant> newest_drained(Tables& t, std::int64_t stream) {
  auto found = t.db.query("SELECT max(started) FROM poll WHERE stream = ? AND drained = 1");
  return found.with(stream).next() ? instant_of(found.maybe()) : std::nullopt;
}

std::int64_t start_poll(Tables& t, std::int64_t stream, Instant at) {
  if (const auto drained = newest_drained(t, stream)) {
    t.db.query("DELETE FROM poll WHERE id IN (SELECT id FROM poll WHERE stream = ? AND started < ? ORDER BY id LIMIT 1000)")
        .with(stream, to_ns(*drained - days(poll_days)))
        .run();
  }
  t.db.query("INSERT INTO poll (stream, started) VALUES (?, ?)").with(stream, to_ns(at)).run();
  return t.db.last_id();
}

Instant poll_started(Tables& t, std::int64_t poll, std::int64_t stream) {
  auto found = t.db.query("SELECT started FROM poll WHERE id = ? AND stream = ?");
  if (found.with(poll, stream).next()) return from_ns(found.integer());
  t.db.refuse(our_mistake(t.db, fmt::format("poll {} was not begun on this stream", poll)));
  return {};
}

void add_manifest(Tables& t, std::int64_t poll, const Manifest& share) {
  t.db.query(
          "UPDATE poll SET requests = requests + ?, pages = pages + ?, records = records + ?, activities = activities + ?, bytes = bytes + ?"
          " WHERE id = ?")
      .with(share.requests, share.pages, share.records, share.activities, share.bytes, poll)
      .run();
  for (const auto& [reason, records] : share.rejected) {
    t.db.query("INSERT INTO rejection VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET records = records + excluded.records")
        .with(poll, reason, records)
        .run();
  }
}

void close_poll(Tables& t, std::int64_t poll, const Manifest& last) {
  t.db.query("UPDATE poll SET ended = ?, drained = ?, why_not = ? WHERE id = ?").with(to_ns(last.ended), last.drained, last.why_not, poll).run();
  if (!t.db.failed() && t.db.changed() == 0) t.db.refuse(our_mistake(t.db, fmt::format("poll {} was never begun", poll)));
}

namespace {

Manifest read_manifest(Tables& t, sqlite::Query& row) {
  const auto count = [&] { return static_cast<std::uint64_t>(row.integer()); };
  Manifest m;
  m.source = row.text();
  m.stream = row.text();
  const auto poll = row.integer();
  m.started = from_ns(row.integer());
  m.ended = instant_of(row.maybe()).value_or(Instant{});
  m.requests = count();
  m.pages = count();
  m.records = count();
  m.activities = count();
  m.bytes = count();
  m.drained = row.integer() != 0;
  m.why_not = row.text();
  auto rejected = t.db.query("SELECT reason, records FROM rejection WHERE poll = ?");
  rejected.with(poll);
  while (rejected.next()) {
    auto reason = rejected.text();
    m.rejected.emplace(std::move(reason), static_cast<std::uint64_t>(rejected.integer()));
  }
  return m;
}

}  // namespace

std::vector<Manifest> newest_manifests(Tables& t, std::size_t per_stream, Instant as_of) {
  std::vector<Manifest> found;
  auto streams = t.db.query("SELECT s.id FROM stream s JOIN source o ON o.id = s.source ORDER BY o.name, s.name");
  while (streams.next()) {
    auto rows = t.db.query(
        "SELECT o.name, s.name, p.id, p.started, p.ended, p.requests, p.pages, p.records, p.activities, p.bytes, p.drained, p.why_not"
        " FROM poll p JOIN stream s ON s.id = p.stream JOIN source o ON o.id = s.source WHERE p.stream = ? AND p.started <= ? ORDER BY p.id DESC "
        "LIMIT ?");
    rows.with(streams.integer(), to_ns(as_of), static_cast<std::uint64_t>(per_stream));
    while (rows.next()) found.push_back(read_manifest(t, rows));
  }
  return found;
}

void keep_health(Tables& t, const SourceHealth& h) {
  const auto source = source_number(t, h.source);
  bool same = false;
  {
    auto before = t.db.query("SELECT 1 FROM health WHERE source = ? AND broken = ? AND error_kind = ?");
    same = before.with(source, h.broken, h.error_kind).next();
  }
  t.db.query("INSERT OR REPLACE INTO health VALUES (?1, ?2, ?3, ?4, coalesce(?5, (SELECT last_ok FROM health WHERE source = ?1)), ?6)")
      .with(source, h.broken, h.error_kind, h.error, ns_of(h.last_ok), ns_of(h.last_try))
      .run();
  if (same) return;
  t.db.query("INSERT INTO health_change VALUES (NULL, ?, ?, ?, ?, ?)")
      .with(source, ns_of(h.last_try ? h.last_try : h.last_ok), h.broken, h.error_kind, h.error)
      .run();
}

std::vector<SourceHealth> health_at(Tables& t, Instant as_of) {
  std::vector<SourceHealth> found;
  auto row = t.db.query(
      "SELECT o.name, c.broken, c.error_kind, CASE WHEN h.last_try <= ?1 THEN h.error ELSE c.error END,"
      " CASE WHEN h.last_ok <= ?1 THEN h.last_ok ELSE (SELECT max(p.ended) FROM poll p JOIN stream s ON s.id = p.stream"
      "   WHERE s.source = h.source AND p.drained AND p.ended <= ?1) END,"
      " CASE WHEN h.last_try <= ?1 THEN h.last_try ELSE (SELECT max(p.ended) FROM poll p JOIN stream s ON s.id = p.stream"
      "   WHERE s.source = h.source AND p.ended <= ?1) END"
      " FROM health h JOIN source o ON o.id = h.source"
      " JOIN health_change c ON c.id = (SELECT max(id) FROM health_change WHERE source = h.source AND coalesce(at, ?1) <= ?1) ORDER BY o.name");
  row.with(to_ns(as_of));
  while (row.next()) {
    SourceHealth h;
    h.source = row.text();
    h.broken = row.integer() != 0;
    h.error_kind = row.text();
    h.error = row.text();
    h.last_ok = instant_of(row.maybe());
    h.last_try = instant_of(row.maybe());
    found.push_back(std::move(h));
  }
  return found;
}

}  // namespace akashi
