#include "collector/store/dump.hpp"

#include <fmt/core.h>

#include <array>
#include <ostream>

#include "collector/store/lists.hpp"
#include "collector/store/opening.hpp"

namespace akashi {
namespace {

struct Section {
  const char* table;
  DumpPart part;
  sqlite::Sql rows;
};

constexpr std::array sections{
    Section{"activity", DumpPart::records,
            "SELECT uid, source, stream, product, time, kind, actor, actor_kind, team, subject_type, subject_id, domain, case_id, status_before,"
            " status, object, object_version, verdict, labels, procedures, url, digest, wording,"
            " (SELECT o.since FROM observed o JOIN activity a ON a.id = o.activity WHERE a.uid = r.uid) FROM activity_read r ORDER BY uid"},
    Section{"case", DumpPart::records, "SELECT * FROM case_read ORDER BY id"},
    Section{"document", DumpPart::records, "SELECT * FROM document_read ORDER BY id, version"},
    Section{"evidence", DumpPart::records,
            "SELECT uid, rule, service, kind, time, source, activity, actor, actor_kind, team, case_id, matter, severity, title, drill, object,"
            " object_version, verdict, procedures, url, digest, recorded, agreed, wording FROM evidence_read ORDER BY uid, rule, service, kind"},
    Section{"tally", DumpPart::records, "SELECT * FROM tally_read ORDER BY service, day, rule, actor, source, kind, actor_kind, team"},
    Section{"remembered", DumpPart::records, "SELECT o.name, r.uid FROM remembered r JOIN source o ON o.id = r.source ORDER BY o.name, r.uid"},
    Section{"stream", DumpPart::everything, "SELECT o.name, s.name, s.state FROM stream s JOIN source o ON o.id = s.source ORDER BY o.name, s.name"},
    Section{"coverage", DumpPart::everything,
            "SELECT o.name, s.name, c.complete, c.from_time, c.to_time, c.why FROM coverage c JOIN stream s ON s.id = c.stream"
            " JOIN source o ON o.id = s.source ORDER BY o.name, s.name, c.complete DESC, c.from_time, c.to_time, c.why"},
    Section{"meta", DumpPart::everything, "SELECT key, value FROM meta ORDER BY key"},
    Section{"health", DumpPart::everything, "SELECT o.name, h.broken, h.error_kind FROM health h JOIN source o ON o.id = h.source ORDER BY o.name"},
    Section{"rung", DumpPart::everything, "SELECT service, ladder, rung, since FROM rung ORDER BY service, ladder, id"},
    Section{"proposal", DumpPart::everything,
            "SELECT service, ladder, from_score, to_score, digest, made, state, confidence FROM proposal_read ORDER BY made, service, ladder, id"},
    Section{"decision", DumpPart::everything,
            "SELECT p.service, p.ladder, d.verdict, d.score, d.by, d.because, d.at, d.digest FROM decision d JOIN proposal p ON p.id = d.proposal"
            " ORDER BY d.at, p.service, p.ladder, p.id"},
    Section{"attestation", DumpPart::everything, "SELECT * FROM attestation ORDER BY id"},
    Section{"attestation_end", DumpPart::everything, "SELECT * FROM attestation_end ORDER BY attestation"},
    Section{"accepted", DumpPart::everything, "SELECT service, ladder, score, at FROM accepted ORDER BY service, ladder, id"},
};

void write(sqlite::Database& db, const Section& section, std::ostream& out) {
  auto row = db.query(section.rows);
  while (row.next()) {
    out << "[\"" << section.table << '"';
    while (row.more()) {
      const auto value = row.maybe_text();
      out << ',' << (value ? quote(*value) : "null");
    }
    out << "]\n";
  }
}

}  // namespace

Status dump_store(const std::string& path, DumpPart part, std::ostream& out) {
  if (auto fit = check_place(path, OpenMode::read); !fit) return fit;
  auto db = open_file(path, OpenMode::read, {});
  if (!db) return std::unexpected(std::move(db).error());
  sqlite::Work work(**db, sqlite::Work::Kind::read);
  for (const auto& section : sections) {
    if (section.part <= part) write(**db, section, out);
  }
  return work.finish();
}

}  // namespace akashi
