#include "collector/store/attestations.hpp"

#include <fmt/core.h>

#include "collector/store/lists.hpp"

namespace akashi {

std::int64_t keep_attestation(Tables& t, const Attestation& entry) {
  t.db.query("INSERT INTO attestation VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(name(entry.kind), write_list(entry.services), entry.title, entry.version, entry.verdict, write_list(entry.actors), entry.owner, entry.by,
            to_ns(entry.at), to_ns(entry.done), to_ns(entry.valid_until), entry.reference, entry.digest, entry.note)
      .run();
  return t.db.last_id();
}

void keep_attestation_end(Tables& t, std::int64_t id, const Withdrawal& end) {
  const auto no = [&](std::string what) { t.db.refuse({ErrorKind::config, "attest", std::move(what), "`akashi attest list` shows them"}); };
  auto found = t.db.query("SELECT e.attestation FROM attestation a LEFT JOIN attestation_end e ON e.attestation = a.id WHERE a.id = ?");
  if (!found.with(id).next()) return no(fmt::format("there is no attestation {}", id));
  if (found.maybe()) return no(fmt::format("attestation {} was withdrawn already", id));
  t.db.query("INSERT INTO attestation_end VALUES (?, ?, ?, ?)").with(id, end.by, end.because, to_ns(end.at)).run();
}

std::vector<Attestation> all_attestations(Tables& t) {
  std::vector<Attestation> found;
  auto row = t.db.query("SELECT a.*, e.at, e.by, e.because FROM attestation a LEFT JOIN attestation_end e ON e.attestation = a.id ORDER BY a.id");
  while (row.next()) {
    Attestation entry;
    entry.id = row.integer();
    const auto kind = attestation_kind(row.text());
    if (!kind) {
      t.db.refuse({ErrorKind::storage, t.db.path(), "the store holds an unknown kind of attestation",
                   "restore it from a backup, or use the newer "
                   "Akashi that wrote it"});
      return found;
    }
    entry.kind = *kind;
    entry.services = read_list(row.text());
    entry.title = row.text();
    entry.version = row.text();
    entry.verdict = row.text();
    entry.actors = read_list(row.text());
    entry.owner = row.text();
    entry.by = row.text();
    entry.at = from_ns(row.integer());
    entry.done = from_ns(row.integer());
    entry.valid_until = from_ns(row.integer());
    entry.reference = row.text();
    entry.digest = row.text();
    entry.note = row.text();
    if (const auto ended = row.maybe()) {
      Withdrawal end;
      end.at = from_ns(*ended);
      end.by = row.text();
      end.because = row.text();
      entry.withdrawn = std::move(end);
    }
    found.push_back(std::move(entry));
  }
  return found;
}

}  // namespace akashi
