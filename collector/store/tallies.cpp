#include "collector/store/tallies.hpp"

#include <algorithm>

namespace akashi {
namespace {

Tally read_tally(sqlite::Query& row) {
  Tally tally;
  tally.count = static_cast<std::uint64_t>(row.integer());
  tally.first = from_ns(row.integer());
  tally.last = from_ns(row.integer());
  for (auto& witness : tally.witnesses) witness = row.text();
  return tally;
}

}  // namespace

void merge_tally(Tables& t, const TallyKey& key, const Tally& share) {
  auto& w = t.words;
  const auto source = w.keep(key.source), service = w.keep(key.service), rule = w.keep(key.rule), kind = w.keep(name(key.kind));
  const auto actor = w.keep(key.actor), actor_kind = w.keep(name(key.actor_kind)), team = w.keep(key.team), day = to_ns(key.day);
  Tally all = share;
  {
    auto kept = t.db.query(
        "SELECT count, first, last, witness_1, witness_2, witness_3 FROM tally"
        " WHERE service = ? AND day = ? AND rule = ? AND actor = ? AND source = ? AND kind = ? AND actor_kind = ? AND team = ?");
    if (kept.with(service, day, rule, actor, source, kind, actor_kind, team).next()) all.merge(read_tally(kept));
  }
  t.db.query(
          "INSERT INTO tally VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count,"
          " first = excluded.first, last = excluded.last, witness_1 = excluded.witness_1, witness_2 = excluded.witness_2,"
          " witness_3 = excluded.witness_3")
      .with(source, service, rule, kind, actor, actor_kind, team, day, all.count, to_ns(all.first), to_ns(all.last), all.witnesses[0],
            all.witnesses[1], all.witnesses[2])
      .run();
}

std::vector<std::pair<TallyKey, Tally>> all_tallies(Tables& t) {
  std::vector<std::pair<TallyKey, Tally>> found;
  auto row =
      t.db.query("SELECT source, service, rule, kind, actor, actor_kind, team, day, count, first, last, witness_1, witness_2, witness_3 FROM tally");
  const auto word = [&] { return t.words.text(row.integer()); };
  while (row.next()) {
    TallyKey key;
    key.source = word();
    key.service = word();
    key.rule = word();
    const auto kind = evidence_kind(word());
    key.actor = word();
    const auto actor = actor_kind(word());
    key.team = word();
    key.day = from_ns(row.integer());
    if (!kind || !actor) {
      t.db.refuse({ErrorKind::storage, t.db.path(), "the store holds a tally of an unknown kind", "restore it from a backup"});
      break;
    }
    key.kind = *kind;
    key.actor_kind = *actor;
    found.emplace_back(std::move(key), read_tally(row));
  }
  std::ranges::sort(found);
  return found;
}

void remember_uids(Tables& t, std::int64_t stream, std::int64_t source, const std::vector<std::string>& uids, Instant at) {
  for (const auto& uid : uids) {
    t.db.query("INSERT INTO remembered VALUES (NULL, ?, ?, ?, ?) ON CONFLICT DO NOTHING").with(stream, source, uid, to_ns(at)).run();
    if (t.db.failed()) return;
    if (t.db.changed() == 0) {
      t.db.refuse(our_mistake(t.db, "record " + uid.substr(0, 200) + " was tallied before and would be counted twice"));
      return;
    }
  }
}

std::set<std::string> remembered_uids(Tables& t, const std::string& source, const std::vector<std::string>& uids) {
  std::set<std::string> found;
  for (const auto& uid : uids) {
    auto row = t.db.query("SELECT 1 FROM remembered r JOIN source o ON o.id = r.source WHERE r.uid = ? AND o.name = ?");
    if (row.with(uid, source).next()) found.insert(uid);
  }
  return found;
}

void forget_uids(Tables& t, std::int64_t stream, Instant before) {
  t.db.query("DELETE FROM remembered WHERE id IN (SELECT id FROM remembered WHERE stream = ? AND at < ? ORDER BY at LIMIT ?)")
      .with(stream, to_ns(before), forgotten_max)
      .run();
}

}  // namespace akashi
