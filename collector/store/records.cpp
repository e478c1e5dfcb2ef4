#include "collector/store/records.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "collector/store/lists.hpp"

namespace akashi {
namespace {

constexpr const char* mend_damage = "restore it from a backup, or move it away to start anew";

ActorKind read_actor_kind(Tables& t, std::int64_t word) {
  const auto kind = actor_kind(t.words.text(word));
  if (!kind) t.db.refuse({ErrorKind::storage, t.db.path(), "the store holds an unknown kind of actor", mend_damage});
  return kind.value_or(ActorKind::unknown);
}

EvidenceKind read_evidence_kind(Tables& t, std::int64_t word) {
  const auto kind = evidence_kind(t.words.text(word));
  if (!kind) t.db.refuse({ErrorKind::storage, t.db.path(), "the store holds an unknown kind of evidence", mend_damage});
  return kind.value_or(EvidenceKind::exercise);
}

Activity read_activity(Tables& t, sqlite::Query& row) {
  const auto word = [&] { return t.words.text(row.integer()); };
  Activity a;
  row.integer();  // its number
  a.uid = row.text();
  a.source = word();
  a.stream = word();
  a.product = word();
  a.time = from_ns(row.integer());
  a.seen = from_ns(row.integer());
  a.kind = word();
  a.actor = word();
  a.actor_kind = read_actor_kind(t, row.integer());
  a.team = word();
  a.subject_type = word();
  a.subject_id = word();
  a.domain = word();
  a.case_id = word();
  a.status_before = word();
  a.status = word();
  a.object = word();
  a.object_version = row.text();
  a.verdict = word();
  a.labels = read_list(word());
  a.procedures = read_list(word());
  a.url = row.text();
  a.digest = row.text();
  a.wording = row.integer();
  a.observed_from = instant_of(row.maybe());
  return a;
}

Evidence read_evidence(Tables& t, sqlite::Query& row) {
  const auto word = [&] { return t.words.text(row.integer()); };
  Evidence e;
  e.uid = row.text();
  e.observed_from = instant_of(row.maybe());
  row.integer();  // its number
  row.integer();  // its activity's
  e.rule = word();
  e.service = word();
  e.kind = read_evidence_kind(t, row.integer());
  e.time = from_ns(row.integer());
  e.seen = from_ns(row.integer());
  e.source = word();
  e.activity = word();
  e.actor = word();
  e.actor_kind = read_actor_kind(t, row.integer());
  e.team = word();
  e.case_id = word();
  e.matter = word();
  e.severity = word();
  e.title = row.text();
  e.drill = row.integer() != 0;
  e.object = word();
  e.object_version = row.text();
  e.verdict = word();
  e.procedures = read_list(word());
  e.url = row.text();
  e.digest = row.text();
  e.recorded = instant_of(row.maybe());
  e.agreed = std::chrono::minutes(row.integer());
  e.wording = row.integer();
  return e;
}

CaseState read_case(Tables& t, sqlite::Query& row) {
  const auto word = [&] { return t.words.text(row.integer()); };
  CaseState c;
  c.id = word();
  c.source = word();
  c.place = word();
  c.type = word();
  c.category = word();
  c.status = word();
  c.severity = word();
  c.title = row.text();
  c.owner = word();
  c.labels = read_list(word());
  c.fields = read_map(row.text());
  c.links = read_list(row.text());
  c.merged_into = word();
  c.opened = instant_of(row.maybe());
  c.closed = instant_of(row.maybe());
  c.due = instant_of(row.maybe());
  c.url = row.text();
  c.version = row.text();
  return c;
}

// One query per way in, so that each finds its index; the rest of the filter is looked at row by row.
sqlite::Query find_evidence(Tables& t, const EvidenceFilter& filter) {
  if (!filter.case_id.empty()) {
    return t.db.query(
        "SELECT a.uid, o.since, e.* FROM evidence e JOIN activity a ON a.id = e.activity LEFT JOIN observed o ON o.activity = e.activity WHERE "
        "e.case_id <> 0 AND e.case_id = ?2 AND e.time "
        "BETWEEN ?4 AND ?5"
        " AND (?1 = 0 OR e.service = ?1) AND (?3 = 0 OR e.source = ?3) ORDER BY e.time DESC, e.id DESC LIMIT ?6");
  }
  if (!filter.service.empty()) {
    return t.db.query(
        "SELECT a.uid, o.since, e.* FROM evidence e JOIN activity a ON a.id = e.activity LEFT JOIN observed o ON o.activity = e.activity WHERE "
        "e.service = ?1 AND e.time BETWEEN ?4 AND ?5"
        " AND (?2 = 0 OR e.case_id = ?2) AND (?3 = 0 OR e.source = ?3) ORDER BY e.time DESC, e.id DESC LIMIT ?6");
  }
  return t.db.query(
      "SELECT a.uid, o.since, e.* FROM evidence e JOIN activity a ON a.id = e.activity LEFT JOIN observed o ON o.activity = e.activity WHERE e.time "
      "BETWEEN ?4 AND ?5"
      " AND (?1 = 0 OR e.service = ?1) AND (?2 = 0 OR e.case_id = ?2) AND (?3 = 0 OR e.source = ?3) ORDER BY e.time DESC, e.id DESC LIMIT ?6");
}

}  // namespace

KeptActivity keep_activity(Tables& t, const Activity& a) {
  // Asked first: most of what is read again is known, and a word of an activity that is ignored need not be kept.
  if (const auto known = find_activity(t, a.uid); known != 0) return {known, false};
  auto& w = t.words;
  t.db.query("INSERT INTO activity VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(a.uid, w.keep(a.source), w.keep(a.stream), w.keep(a.product), to_ns(a.time), to_ns(a.seen), w.keep(a.kind), w.keep(a.actor),
            w.keep(name(a.actor_kind)), w.keep(a.team), w.keep(a.subject_type), w.keep(a.subject_id), w.keep(a.domain), w.keep(a.case_id),
            w.keep(a.status_before), w.keep(a.status), w.keep(a.object), a.object_version, w.keep(a.verdict), w.keep(write_list(a.labels)),
            w.keep(write_list(a.procedures)), a.url, a.digest, a.wording)
      .run();
  const auto id = t.db.last_id();
  if (a.observed_from) t.db.query("INSERT INTO observed VALUES (?, ?)").with(id, to_ns(*a.observed_from)).run();
  return {id, true};
}

std::int64_t find_activity(Tables& t, const std::string& uid) {
  auto found = t.db.query("SELECT id FROM activity WHERE uid = ?");
  return found.with(uid).next() ? found.integer() : 0;
}

void keep_evidence(Tables& t, std::int64_t activity, const Evidence& e) {
  auto& w = t.words;
  t.db.query("INSERT INTO evidence VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
      .with(activity, w.keep(e.rule), w.keep(e.service), w.keep(name(e.kind)), to_ns(e.time), to_ns(e.seen), w.keep(e.source), w.keep(e.activity),
            w.keep(e.actor), w.keep(name(e.actor_kind)), w.keep(e.team), w.keep(e.case_id), w.keep(e.matter), w.keep(e.severity), e.title, e.drill,
            w.keep(e.object), e.object_version, w.keep(e.verdict), w.keep(write_list(e.procedures)), e.url, e.digest, ns_of(e.recorded),
            static_cast<std::int64_t>(e.agreed.count()), e.wording)
      .run();
}

void drop_evidence(Tables& t, std::int64_t activity) { t.db.query("DELETE FROM evidence WHERE activity = ?").with(activity).run(); }

void keep_case(Tables& t, const CaseState& c) {
  auto& w = t.words;
  t.db.query("INSERT OR REPLACE INTO case_state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(w.keep(c.id), w.keep(c.source), w.keep(c.place), w.keep(c.type), w.keep(c.category), w.keep(c.status), w.keep(c.severity), c.title,
            w.keep(c.owner), w.keep(write_list(c.labels)), write_map(c.fields), write_list(c.links), w.keep(c.merged_into), ns_of(c.opened),
            ns_of(c.closed), ns_of(c.due), c.url, c.version)
      .run();
}

void keep_document(Tables& t, const Document& d) {
  auto& w = t.words;
  t.db.query(
          "INSERT INTO document VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name, version) DO UPDATE SET"
          " title = excluded.title, reviewed = excluded.reviewed, services = excluded.services, url = excluded.url, role = excluded.role")
      .with(w.keep(d.id), w.keep(d.source), d.title, d.version, w.keep(d.author), w.keep(d.owner), to_ns(d.published), ns_of(d.reviewed),
            write_list(d.services), d.url, d.digest, d.role)
      .run();
}

std::vector<Activity> activities_of_cases(Tables& t, const std::vector<std::string>& case_ids) {
  std::vector<Activity> found;
  for (const auto& id : std::set<std::string>(case_ids.begin(), case_ids.end())) {
    auto rows = t.db.query("SELECT a.*, o.since FROM activity a LEFT JOIN observed o ON o.activity = a.id WHERE a.case_id = ? AND a.case_id <> 0");
    rows.with(t.words.find(id));
    while (rows.next()) found.push_back(read_activity(t, rows));
  }
  std::ranges::sort(found, {}, [](const Activity& a) { return std::tie(a.time, a.uid); });
  return found;
}

std::vector<Activity> activities_after_uid(Tables& t, const std::string& after, std::size_t limit) {
  std::vector<Activity> found;
  auto rows = t.db.query("SELECT a.*, o.since FROM activity a LEFT JOIN observed o ON o.activity = a.id WHERE a.uid > ? ORDER BY a.uid LIMIT ?");
  rows.with(after, static_cast<std::uint64_t>(limit));
  while (rows.next()) found.push_back(read_activity(t, rows));
  return found;
}

std::vector<Activity> activities_of_uids(Tables& t, const std::vector<std::string>& uids) {
  std::vector<Activity> found;
  for (const auto& uid : uids) {
    auto rows = t.db.query("SELECT a.*, o.since FROM activity a LEFT JOIN observed o ON o.activity = a.id WHERE a.uid = ?");
    rows.with(uid);
    while (rows.next()) found.push_back(read_activity(t, rows));
  }
  return found;
}

std::set<std::string> known_uids(Tables& t, const std::vector<std::string>& uids) {
  std::set<std::string> known;
  for (const auto& uid : uids) {
    if (find_activity(t, uid) != 0) known.insert(uid);
  }
  return known;
}

std::vector<Evidence> evidence_of(Tables& t, const EvidenceFilter& filter) {
  const auto service = t.words.find(filter.service), source = t.words.find(filter.source), item = t.words.find(filter.case_id);
  const auto from = filter.within ? to_ns(filter.within->from) : std::numeric_limits<std::int64_t>::min();
  const auto last = filter.within ? to_ns(filter.within->to) - 1 : std::numeric_limits<std::int64_t>::max();
  const auto limit = filter.limit == 0 ? -1 : static_cast<std::int64_t>(filter.limit);
  std::vector<Evidence> found;
  if (filter.within && filter.within->empty()) return found;
  auto rows = find_evidence(t, filter);
  rows.with(service, item, source, from, last, limit);
  while (rows.next()) found.push_back(read_evidence(t, rows));
  std::ranges::sort(found, {}, [](const Evidence& e) { return std::tie(e.time, e.uid, e.rule, e.service, e.kind); });
  return found;
}

std::vector<CaseState> cases_of(Tables& t, const std::vector<std::string>& ids) {
  std::vector<CaseState> found;
  for (const auto& id : ids) {
    auto row = t.db.query("SELECT * FROM case_state WHERE id = ?");
    if (row.with(t.words.find(id)).next()) found.push_back(read_case(t, row));
  }
  return found;
}

// Links stand in the case's state where the tool gives them there, else in its history (Request Tracker).
std::map<std::string, std::vector<std::string>, std::less<>> all_links(Tables& t) {
  std::map<std::string, std::set<std::string>, std::less<>> both;
  auto linked = t.db.query(
      "SELECT a.case_id, a.subject_id FROM activity a JOIN word k ON k.id = a.kind JOIN word s ON s.id = a.subject_type "
      "WHERE k.text = 'case.linked' AND s.text = 'case' AND a.case_id <> 0 AND a.subject_id <> 0 AND a.case_id <> a.subject_id");
  while (linked.next()) {
    const auto one = t.words.text(linked.integer());
    const auto other = t.words.text(linked.integer());
    both[one].insert(other);
    both[other].insert(one);
  }
  auto row = t.db.query("SELECT id, links FROM case_state WHERE links <> ''");
  while (row.next()) {
    const auto id = t.words.text(row.integer());
    for (const auto& other : read_list(row.text())) {
      if (other == id) continue;
      both[id].insert(other);
      both[other].insert(id);
    }
  }
  std::map<std::string, std::vector<std::string>, std::less<>> links;
  for (const auto& [id, others] : both) links.emplace(id, std::vector<std::string>(others.begin(), others.end()));
  return links;
}

std::map<std::string, Instant, std::less<>> all_openings(Tables& t) {
  std::map<std::string, Instant, std::less<>> found;
  auto row = t.db.query("SELECT id, opened FROM case_state WHERE opened IS NOT NULL");
  while (row.next()) {
    std::string id = t.words.text(row.integer());
    found.emplace(std::move(id), from_ns(row.integer()));
  }
  return found;
}

std::vector<ActorSeen> actors_at(Tables& t, Instant as_of) {
  std::vector<ActorSeen> found;
  auto row = t.db.query(
      "SELECT source, actor, actor_kind, max(at) FROM (SELECT source, actor, actor_kind, time AS at FROM activity WHERE time <= ?1"
      " UNION ALL SELECT source, actor, actor_kind, last FROM tally WHERE last <= ?1) GROUP BY source, actor, actor_kind");
  row.with(to_ns(as_of));
  while (row.next()) {
    ActorSeen one;
    one.source = t.words.text(row.integer());
    one.actor = t.words.text(row.integer());
    one.kind = read_actor_kind(t, row.integer());
    one.last = from_ns(row.integer());
    found.push_back(std::move(one));
  }
  std::ranges::sort(found, {}, [](const ActorSeen& one) { return std::tie(one.source, one.actor, one.kind); });
  return found;
}

std::vector<Document> all_documents(Tables& t) {
  std::vector<Document> found;
  auto row = t.db.query("SELECT * FROM document");
  const auto word = [&] { return t.words.text(row.integer()); };
  while (row.next()) {
    Document d;
    row.integer();  // its number
    d.id = word();
    d.source = word();
    d.title = row.text();
    d.version = row.text();
    d.author = word();
    d.owner = word();
    d.published = from_ns(row.integer());
    d.reviewed = instant_of(row.maybe());
    d.services = read_list(row.text());
    d.url = row.text();
    d.digest = row.text();
    d.role = row.text();
    found.push_back(std::move(d));
  }
  std::ranges::sort(found, {}, [](const Document& d) { return std::tie(d.id, d.published, d.version); });
  return found;
}

}  // namespace akashi
