#include "collector/store/schema.hpp"

#include <fmt/core.h>

#include <array>

namespace akashi {
namespace {

constexpr const char* tables = R"sql(
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO word (id, text) VALUES (0, '');

-- polling
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE stream (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source, name TEXT NOT NULL, state TEXT NOT NULL DEFAULT '',
  UNIQUE (source, name)) STRICT;
CREATE TABLE poll (
  id INTEGER PRIMARY KEY AUTOINCREMENT, stream INTEGER NOT NULL REFERENCES stream, started INTEGER NOT NULL, ended INTEGER,
  requests INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0, records INTEGER NOT NULL DEFAULT 0,
  activities INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
  drained INTEGER NOT NULL DEFAULT 0, why_not TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX poll_stream ON poll (stream, id);
CREATE TABLE rejection (
  poll INTEGER NOT NULL REFERENCES poll ON DELETE CASCADE, reason TEXT NOT NULL, records INTEGER NOT NULL,
  PRIMARY KEY (poll, reason)) STRICT, WITHOUT ROWID;
CREATE TABLE coverage (
  id INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES stream, complete INTEGER NOT NULL,
  from_time INTEGER NOT NULL, to_time INTEGER NOT NULL CHECK (to_time > from_time), why TEXT NOT NULL) STRICT;
CREATE INDEX coverage_stream ON coverage (stream, complete, from_time);
CREATE TABLE remembered (
  id INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES stream, source INTEGER NOT NULL REFERENCES source,
  uid TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (uid, source)) STRICT;
CREATE INDEX remembered_age ON remembered (stream, at);
CREATE TABLE health (
  source INTEGER PRIMARY KEY REFERENCES source, broken INTEGER NOT NULL, error_kind TEXT NOT NULL, error TEXT NOT NULL,
  last_ok INTEGER, last_try INTEGER) STRICT;
CREATE TABLE health_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL REFERENCES source, at INTEGER,
  broken INTEGER NOT NULL, error_kind TEXT NOT NULL, error TEXT NOT NULL) STRICT;

-- what was done; INTEGER columns but id, time and seen are words
CREATE TABLE activity (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, stream INTEGER NOT NULL, product INTEGER NOT NULL,
  time INTEGER NOT NULL, seen INTEGER NOT NULL, kind INTEGER NOT NULL, actor INTEGER NOT NULL, actor_kind INTEGER NOT NULL,
  team INTEGER NOT NULL, subject_type INTEGER NOT NULL, subject_id INTEGER NOT NULL, domain INTEGER NOT NULL, case_id INTEGER NOT NULL,
  status_before INTEGER NOT NULL, status INTEGER NOT NULL, object INTEGER NOT NULL, object_version TEXT NOT NULL, verdict INTEGER NOT NULL,
  labels INTEGER NOT NULL, procedures INTEGER NOT NULL, url TEXT NOT NULL, digest TEXT NOT NULL) STRICT;
CREATE INDEX activity_case ON activity (case_id) WHERE case_id <> 0;
CREATE TABLE case_state (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, place INTEGER NOT NULL, type INTEGER NOT NULL, category INTEGER NOT NULL,
  status INTEGER NOT NULL, severity INTEGER NOT NULL, title TEXT NOT NULL, owner INTEGER NOT NULL, labels INTEGER NOT NULL,
  fields TEXT NOT NULL, links TEXT NOT NULL, merged_into INTEGER NOT NULL, opened INTEGER, closed INTEGER, due INTEGER,
  url TEXT NOT NULL, version TEXT NOT NULL) STRICT;
CREATE TABLE document (
  id INTEGER PRIMARY KEY, name INTEGER NOT NULL, source INTEGER NOT NULL, title TEXT NOT NULL, version TEXT NOT NULL,
  author INTEGER NOT NULL, owner INTEGER NOT NULL, published INTEGER NOT NULL, reviewed INTEGER, services TEXT NOT NULL,
  url TEXT NOT NULL, digest TEXT NOT NULL, UNIQUE (name, version)) STRICT;

-- what it counts for
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY, activity INTEGER NOT NULL REFERENCES activity, rule INTEGER NOT NULL, service INTEGER NOT NULL,
  kind INTEGER NOT NULL, time INTEGER NOT NULL, seen INTEGER NOT NULL, source INTEGER NOT NULL, activity_kind INTEGER NOT NULL,
  actor INTEGER NOT NULL, actor_kind INTEGER NOT NULL, team INTEGER NOT NULL, case_id INTEGER NOT NULL, matter INTEGER NOT NULL,
  severity INTEGER NOT NULL, title TEXT NOT NULL, drill INTEGER NOT NULL, object INTEGER NOT NULL, object_version TEXT NOT NULL,
  verdict INTEGER NOT NULL, procedures INTEGER NOT NULL, url TEXT NOT NULL, digest TEXT NOT NULL,
  UNIQUE (activity, rule, service, kind)) STRICT;
CREATE INDEX evidence_service ON evidence (service, time);
CREATE INDEX evidence_case ON evidence (case_id) WHERE case_id <> 0;
CREATE TABLE tally (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL, service INTEGER NOT NULL, rule INTEGER NOT NULL, kind INTEGER NOT NULL,
  actor INTEGER NOT NULL, actor_kind INTEGER NOT NULL, team INTEGER NOT NULL, day INTEGER NOT NULL,
  count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  witness_1 TEXT NOT NULL, witness_2 TEXT NOT NULL, witness_3 TEXT NOT NULL,
  UNIQUE (service, day, rule, actor, source, kind, actor_kind, team)) STRICT;

-- what was said and decided
CREATE TABLE rung (
  id INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT NOT NULL, ladder TEXT NOT NULL, rung INTEGER, since INTEGER NOT NULL,
  at INTEGER NOT NULL) STRICT;
CREATE INDEX rung_service ON rung (service, ladder, id);
CREATE TABLE proposal (
  id INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT NOT NULL, ladder TEXT NOT NULL, from_score INTEGER,
  to_score INTEGER NOT NULL CHECK (to_score BETWEEN 1 AND 5), digest TEXT NOT NULL, made INTEGER NOT NULL, confidence TEXT NOT NULL) STRICT;
CREATE TABLE withdrawal (proposal INTEGER PRIMARY KEY REFERENCES proposal, at INTEGER NOT NULL) STRICT;
CREATE TABLE decision (
  proposal INTEGER PRIMARY KEY REFERENCES proposal, verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'amend')),
  score INTEGER CHECK (score BETWEEN 1 AND 5), by TEXT NOT NULL, because TEXT NOT NULL, at INTEGER NOT NULL, digest TEXT NOT NULL) STRICT;
CREATE TABLE accepted (
  id INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT NOT NULL, ladder TEXT NOT NULL, score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  at INTEGER NOT NULL, proposal INTEGER NOT NULL REFERENCES proposal) STRICT;
)sql";

// Sight for people with the sqlite3 shell, and for the dump; and the locks on history.
constexpr const char* views = R"sql(
CREATE VIEW activity_read AS SELECT a.uid, so.text AS source, st.text AS stream, p.text AS product, a.time, a.seen, k.text AS kind,
  ac.text AS actor, ak.text AS actor_kind, te.text AS team, sut.text AS subject_type, sui.text AS subject_id, d.text AS domain,
  ca.text AS case_id, sb.text AS status_before, s.text AS status, o.text AS object, a.object_version, v.text AS verdict,
  la.text AS labels, pr.text AS procedures, a.url, a.digest
  FROM activity a JOIN word so ON so.id = a.source JOIN word st ON st.id = a.stream JOIN word p ON p.id = a.product
  JOIN word k ON k.id = a.kind JOIN word ac ON ac.id = a.actor JOIN word ak ON ak.id = a.actor_kind JOIN word te ON te.id = a.team
  JOIN word sut ON sut.id = a.subject_type JOIN word sui ON sui.id = a.subject_id JOIN word d ON d.id = a.domain
  JOIN word ca ON ca.id = a.case_id JOIN word sb ON sb.id = a.status_before JOIN word s ON s.id = a.status
  JOIN word o ON o.id = a.object JOIN word v ON v.id = a.verdict JOIN word la ON la.id = a.labels JOIN word pr ON pr.id = a.procedures;
CREATE VIEW evidence_read AS SELECT a.uid, r.text AS rule, se.text AS service, k.text AS kind, e.time, e.seen, so.text AS source,
  ek.text AS activity, ac.text AS actor, ak.text AS actor_kind, te.text AS team, ca.text AS case_id, m.text AS matter,
  sv.text AS severity, e.title, e.drill, o.text AS object, e.object_version, v.text AS verdict, pr.text AS procedures, e.url, e.digest
  FROM evidence e JOIN activity a ON a.id = e.activity JOIN word r ON r.id = e.rule JOIN word se ON se.id = e.service
  JOIN word k ON k.id = e.kind JOIN word so ON so.id = e.source JOIN word ek ON ek.id = e.activity_kind JOIN word ac ON ac.id = e.actor
  JOIN word ak ON ak.id = e.actor_kind JOIN word te ON te.id = e.team JOIN word ca ON ca.id = e.case_id JOIN word m ON m.id = e.matter
  JOIN word sv ON sv.id = e.severity JOIN word o ON o.id = e.object JOIN word v ON v.id = e.verdict JOIN word pr ON pr.id = e.procedures;
CREATE VIEW case_read AS SELECT n.text AS id, so.text AS source, pl.text AS place, ty.text AS type, c.text AS category, s.text AS status,
  sv.text AS severity, cs.title, ow.text AS owner, la.text AS labels, cs.fields, cs.links, mi.text AS merged_into, cs.opened, cs.closed,
  cs.due, cs.url, cs.version
  FROM case_state cs JOIN word n ON n.id = cs.id JOIN word so ON so.id = cs.source JOIN word pl ON pl.id = cs.place
  JOIN word ty ON ty.id = cs.type JOIN word c ON c.id = cs.category JOIN word s ON s.id = cs.status JOIN word sv ON sv.id = cs.severity
  JOIN word ow ON ow.id = cs.owner JOIN word la ON la.id = cs.labels JOIN word mi ON mi.id = cs.merged_into;
CREATE VIEW document_read AS SELECT n.text AS id, so.text AS source, d.title, d.version, au.text AS author, ow.text AS owner,
  d.published, d.reviewed, d.services, d.url, d.digest
  FROM document d JOIN word n ON n.id = d.name JOIN word so ON so.id = d.source JOIN word au ON au.id = d.author
  JOIN word ow ON ow.id = d.owner;
CREATE VIEW tally_read AS SELECT so.text AS source, se.text AS service, r.text AS rule, k.text AS kind, ac.text AS actor,
  ak.text AS actor_kind, te.text AS team, t.day, t.count, t.first, t.last, t.witness_1, t.witness_2, t.witness_3
  FROM tally t JOIN word so ON so.id = t.source JOIN word se ON se.id = t.service JOIN word r ON r.id = t.rule
  JOIN word k ON k.id = t.kind JOIN word ac ON ac.id = t.actor JOIN word ak ON ak.id = t.actor_kind JOIN word te ON te.id = t.team;
CREATE VIEW proposal_read AS SELECT p.id, p.service, p.ladder, p.from_score, p.to_score, p.digest, p.made,
  CASE WHEN d.verdict = 'accept' THEN 'accepted' WHEN d.verdict = 'reject' THEN 'rejected' WHEN d.verdict = 'amend' THEN 'amended'
    WHEN w.at IS NOT NULL THEN 'withdrawn' ELSE 'open' END AS state, p.confidence
  FROM proposal p LEFT JOIN decision d ON d.proposal = p.id LEFT JOIN withdrawal w ON w.proposal = p.id;
)sql";

// Of work that was seen by comparing two readings: since when it may have been done. Evidence has it from its activity.
constexpr const char* observed = "CREATE TABLE observed (activity INTEGER PRIMARY KEY REFERENCES activity, since INTEGER NOT NULL) STRICT;";

// What was alerted, to whom it goes, and what people paused.
constexpr const char* alert_tables = R"sql(
CREATE TABLE alert_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER REFERENCES alert_event, what TEXT NOT NULL CHECK (what IN ('opened', 'updated', 'closed')),
  at INTEGER NOT NULL, matter TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL, peak TEXT NOT NULL, service TEXT NOT NULL,
  ladder TEXT NOT NULL, source TEXT NOT NULL, services TEXT NOT NULL, since INTEGER, opened INTEGER NOT NULL, closed INTEGER,
  reasons TEXT NOT NULL, over TEXT NOT NULL, silence TEXT NOT NULL, tell INTEGER NOT NULL) STRICT;
CREATE INDEX alert_event_alert ON alert_event (coalesce(alert, id));
CREATE TABLE alert_noticed (matter TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE alert_clock (what TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, event INTEGER NOT NULL REFERENCES alert_event, receiver TEXT NOT NULL, due INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL, sent INTEGER, error TEXT NOT NULL DEFAULT '', UNIQUE (event, receiver)) STRICT;
CREATE INDEX outbox_waiting ON outbox (receiver, event) WHERE sent IS NULL;
CREATE TABLE pause (
  id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, by TEXT NOT NULL, because TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE resume (pause INTEGER PRIMARY KEY REFERENCES pause, by TEXT NOT NULL, because TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
)sql";

// What the organisation writes down itself: the day of performance, the time agreed for a demand, what a document is for; and what people enter that
// no tool holds.
constexpr const char* own_words = R"sql(
ALTER TABLE evidence ADD COLUMN recorded INTEGER;
ALTER TABLE evidence ADD COLUMN agreed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN role TEXT NOT NULL DEFAULT 'procedure';
DROP VIEW evidence_read;
DROP VIEW document_read;
CREATE VIEW evidence_read AS SELECT a.uid, r.text AS rule, se.text AS service, k.text AS kind, e.time, e.seen, so.text AS source,
  ek.text AS activity, ac.text AS actor, ak.text AS actor_kind, te.text AS team, ca.text AS case_id, m.text AS matter,
  sv.text AS severity, e.title, e.drill, o.text AS object, e.object_version, v.text AS verdict, pr.text AS procedures, e.url, e.digest, e.recorded, e.agreed
  FROM evidence e JOIN activity a ON a.id = e.activity JOIN word r ON r.id = e.rule JOIN word se ON se.id = e.service
  JOIN word k ON k.id = e.kind JOIN word so ON so.id = e.source JOIN word ek ON ek.id = e.activity_kind JOIN word ac ON ac.id = e.actor
  JOIN word ak ON ak.id = e.actor_kind JOIN word te ON te.id = e.team JOIN word ca ON ca.id = e.case_id JOIN word m ON m.id = e.matter
  JOIN word sv ON sv.id = e.severity JOIN word o ON o.id = e.object JOIN word v ON v.id = e.verdict JOIN word pr ON pr.id = e.procedures;
CREATE VIEW document_read AS SELECT n.text AS id, so.text AS source, d.title, d.version, au.text AS author, ow.text AS owner,
  d.published, d.reviewed, d.services, d.url, d.digest, d.role
  FROM document d JOIN word n ON n.id = d.name JOIN word so ON so.id = d.source JOIN word au ON au.id = d.author
  JOIN word ow ON ow.id = d.owner;
CREATE TABLE attestation (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, services TEXT NOT NULL, title TEXT NOT NULL, version TEXT NOT NULL,
  verdict TEXT NOT NULL, actors TEXT NOT NULL, owner TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, done INTEGER NOT NULL,
  valid_until INTEGER NOT NULL, reference TEXT NOT NULL, digest TEXT NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE attestation_end (
  attestation INTEGER PRIMARY KEY REFERENCES attestation, by TEXT NOT NULL, because TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TRIGGER attestation_keeps_UPDATE BEFORE UPDATE ON attestation BEGIN SELECT RAISE(ABORT, 'attestation is append-only'); END;
CREATE TRIGGER attestation_keeps_DELETE BEFORE DELETE ON attestation BEGIN SELECT RAISE(ABORT, 'attestation is append-only'); END;
CREATE TRIGGER attestation_end_keeps_UPDATE BEFORE UPDATE ON attestation_end BEGIN SELECT RAISE(ABORT, 'attestation_end is append-only'); END;
CREATE TRIGGER attestation_end_keeps_DELETE BEFORE DELETE ON attestation_end BEGIN SELECT RAISE(ABORT, 'attestation_end is append-only'); END;
)sql";

// Agreed times are kept in minutes: some are shorter than an hour.
constexpr const char* minutes = "UPDATE evidence SET agreed = agreed * 60;";

// By which the same text is known again that one person writes on many cases.
constexpr const char* same_texts = R"sql(
ALTER TABLE activity ADD COLUMN wording INTEGER NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN wording INTEGER NOT NULL DEFAULT 0;
DROP VIEW activity_read;
DROP VIEW evidence_read;
CREATE VIEW activity_read AS SELECT a.uid, so.text AS source, st.text AS stream, p.text AS product, a.time, a.seen, k.text AS kind,
  ac.text AS actor, ak.text AS actor_kind, te.text AS team, sut.text AS subject_type, sui.text AS subject_id, d.text AS domain,
  ca.text AS case_id, sb.text AS status_before, s.text AS status, o.text AS object, a.object_version, v.text AS verdict,
  la.text AS labels, pr.text AS procedures, a.url, a.digest, a.wording
  FROM activity a JOIN word so ON so.id = a.source JOIN word st ON st.id = a.stream JOIN word p ON p.id = a.product
  JOIN word k ON k.id = a.kind JOIN word ac ON ac.id = a.actor JOIN word ak ON ak.id = a.actor_kind JOIN word te ON te.id = a.team
  JOIN word sut ON sut.id = a.subject_type JOIN word sui ON sui.id = a.subject_id JOIN word d ON d.id = a.domain
  JOIN word ca ON ca.id = a.case_id JOIN word sb ON sb.id = a.status_before JOIN word s ON s.id = a.status
  JOIN word o ON o.id = a.object JOIN word v ON v.id = a.verdict JOIN word la ON la.id = a.labels JOIN word pr ON pr.id = a.procedures;
CREATE VIEW evidence_read AS SELECT a.uid, r.text AS rule, se.text AS service, k.text AS kind, e.time, e.seen, so.text AS source,
  ek.text AS activity, ac.text AS actor, ak.text AS actor_kind, te.text AS team, ca.text AS case_id, m.text AS matter,
  sv.text AS severity, e.title, e.drill, o.text AS object, e.object_version, v.text AS verdict, pr.text AS procedures, e.url, e.digest, e.recorded, e.agreed,
  e.wording
  FROM evidence e JOIN activity a ON a.id = e.activity JOIN word r ON r.id = e.rule JOIN word se ON se.id = e.service
  JOIN word k ON k.id = e.kind JOIN word so ON so.id = e.source JOIN word ek ON ek.id = e.activity_kind JOIN word ac ON ac.id = e.actor
  JOIN word ak ON ak.id = e.actor_kind JOIN word te ON te.id = e.team JOIN word ca ON ca.id = e.case_id JOIN word m ON m.id = e.matter
  JOIN word sv ON sv.id = e.severity JOIN word o ON o.id = e.object JOIN word v ON v.id = e.verdict JOIN word pr ON pr.id = e.procedures;
)sql";

// "as of" answers from these tables: what stands in them stays.
constexpr std::array append_only{"health_change", "rung", "proposal", "withdrawal", "decision", "accepted"};
constexpr std::array append_only_fourth{"alert_event", "pause", "resume"};

std::string locked(std::string script, std::span<const char* const> names) {
  for (const char* table : names) {
    for (const char* act : {"UPDATE", "DELETE"}) {
      script += fmt::format("CREATE TRIGGER {0}_keeps_{1} BEFORE {1} ON {0} BEGIN SELECT RAISE(ABORT, '{0} is append-only'); END;\n", table, act);
    }
  }
  return script;
}

const std::string& history() {
  static const std::string script = locked(views, append_only);
  return script;
}

// Schema 4.
const std::string& fourth() {
  static const std::string script = locked(alert_tables, append_only_fourth);
  return script;
}

}  // namespace

std::span<const Migration> migrations() {
  static const std::array steps{Migration{1, tables},    Migration{2, history().c_str()}, Migration{3, observed},  Migration{4, fourth().c_str()},
                                Migration{5, own_words}, Migration{6, minutes},           Migration{7, same_texts}};
  return steps;
}

std::int64_t schema_version() { return migrations().back().version; }

Status migrate(sqlite::Database& db, std::span<const Migration> steps) {
  for (const auto& step : steps) {
    sqlite::Work work(db, sqlite::Work::Kind::write);
    std::int64_t version = 0;
    {
      auto asked = db.query("PRAGMA user_version");
      if (asked.next()) version = asked.integer();
    }
    if (version < step.version) {
      db.script(step.script);
      db.script(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", application_id, step.version));
    }
    if (auto done = work.finish(); !done) return done;
  }
  return {};
}

}  // namespace akashi
