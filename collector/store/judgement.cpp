#include "collector/store/judgement.hpp"

#include <fmt/core.h>

#include <array>

namespace akashi {
namespace {

std::optional<int> small(const std::optional<std::int64_t>& value) { return value ? std::optional(static_cast<int>(*value)) : std::nullopt; }
std::optional<std::int64_t> large(const std::optional<int>& value) { return value ? std::optional<std::int64_t>(*value) : std::nullopt; }

template <class Word, std::size_t count>
Word word_of(Tables& t, const std::string& text, const std::array<Word, count>& all) {
  for (const auto word : all) {
    if (name(word) == text) return word;
  }
  t.db.refuse(
      {ErrorKind::storage, t.db.path(), fmt::format("the store says \"{}\" of a proposal, which nobody knows", text), "restore it from a backup"});
  return all.front();
}

Proposal read_proposal(Tables& t, sqlite::Query& row) {
  static constexpr std::array states{ProposalState::open, ProposalState::accepted, ProposalState::rejected, ProposalState::amended,
                                     ProposalState::withdrawn};
  static constexpr std::array confidences{Confidence::none, Confidence::low, Confidence::medium, Confidence::high};
  Proposal p;
  p.id = row.integer();
  p.service = row.text();
  p.ladder = row.text();
  p.from = small(row.maybe());
  p.to = static_cast<int>(row.integer());
  p.digest = row.text();
  p.made = from_ns(row.integer());
  p.state = word_of(t, row.text(), states);
  p.confidence = word_of(t, row.text(), confidences);
  return p;
}

std::optional<Proposal> find_proposal(Tables& t, std::int64_t id) {
  auto row = t.db.query("SELECT * FROM proposal_read WHERE id = ?");
  if (!row.with(id).next()) return std::nullopt;
  return read_proposal(t, row);
}

// Why the decision cannot be kept; nullopt when it can. `score` becomes what the decision sets.
std::optional<Error> objection(const Decision& d, const std::optional<Proposal>& p, std::optional<int>& score) {
  const auto no = [&](std::string what, std::string mend) {
    return std::optional(Error{ErrorKind::config, fmt::format("proposal {}", d.proposal), std::move(what), std::move(mend)});
  };
  if (!p) return no("there is no such proposal", "see `akashi proposals`");
  if (p->state != ProposalState::open) return no(fmt::format("it is {} already", name(p->state)), "see `akashi proposals` for the open ones");
  if (d.digest != p->digest) return no("the evidence has changed since it was shown", "look at it again with `akashi explain " + p->service + "`");
  if (d.by.empty()) return no("a decision needs the name of who decides", "say it with --as NAME");
  if (d.because.empty()) return no("a decision needs a reason", "say it with --because TEXT");
  if (d.verdict == "reject") {
    score.reset();
    return std::nullopt;
  }
  if (d.verdict == "accept") {
    if (d.score && *d.score != p->to) return no(fmt::format("it proposes {}, not {}", p->to, *d.score), "amend it to set another score");
    score = p->to;
    return std::nullopt;
  }
  if (d.verdict != "amend") return no(fmt::format("\"{}\" is not a decision", d.verdict), "accept, reject or amend it");
  if (!d.score || *d.score < 1 || *d.score > 5) return no("an amendment needs a score from 1 to 5", "say which");
  score = d.score;
  return std::nullopt;
}

}  // namespace

std::vector<RungHeld> newest_rungs(Tables& t, Instant as_of) {
  std::vector<RungHeld> found;
  auto row = t.db.query(
      "SELECT service, ladder, rung, since FROM rung WHERE id IN (SELECT max(id) FROM rung WHERE at <= ? GROUP BY service, ladder)"
      " ORDER BY service, ladder");
  row.with(to_ns(as_of));
  while (row.next()) {
    RungHeld held;
    held.service = row.text();
    held.ladder = row.text();
    held.rung = small(row.maybe());
    held.since = from_ns(row.integer());
    found.push_back(std::move(held));
  }
  return found;
}

void keep_rung(Tables& t, const RungHeld& held, Instant at) {
  {
    auto newest = t.db.query("SELECT rung IS ? AND since = ? FROM rung WHERE service = ? AND ladder = ? ORDER BY id DESC LIMIT 1");
    if (newest.with(large(held.rung), to_ns(held.since), held.service, held.ladder).next() && newest.integer() != 0) return;
  }
  t.db.query("INSERT INTO rung VALUES (NULL, ?, ?, ?, ?, ?)").with(held.service, held.ladder, large(held.rung), to_ns(held.since), to_ns(at)).run();
}

void keep_proposal(Tables& t, const Proposal& p) {
  {
    auto same = t.db.query(
        "SELECT 1 FROM proposal_read WHERE service = ? AND ladder = ? AND to_score = ? AND digest = ?"
        " AND state IN ('open', 'rejected', 'amended')");
    if (same.with(p.service, p.ladder, p.to, p.digest).next()) return;
  }
  t.db.query("INSERT INTO proposal VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)")
      .with(p.service, p.ladder, large(p.from), p.to, p.digest, to_ns(p.made), name(p.confidence))
      .run();
}

void withdraw_proposal(Tables& t, std::int64_t proposal, Instant at) {
  t.db.query("INSERT INTO withdrawal SELECT id, ? FROM proposal_read WHERE id = ? AND state = 'open'").with(to_ns(at), proposal).run();
}

std::vector<Proposal> proposals_at(Tables& t, Instant as_of) {
  std::vector<Proposal> found;
  auto row = t.db.query(
      "SELECT p.id, p.service, p.ladder, p.from_score, p.to_score, p.digest, p.made, CASE WHEN d.at > ?1 OR w.at > ?1 THEN 'open' ELSE p.state END,"
      " p.confidence FROM proposal_read p LEFT JOIN decision d ON d.proposal = p.id LEFT JOIN withdrawal w ON w.proposal = p.id"
      " WHERE p.made <= ?1 ORDER BY p.id");
  row.with(to_ns(as_of));
  while (row.next()) found.push_back(read_proposal(t, row));
  return found;
}

std::vector<Decision> all_decisions(Tables& t) {
  std::vector<Decision> found;
  auto row = t.db.query("SELECT proposal, verdict, score, by, because, at, digest FROM decision ORDER BY at, proposal");
  while (row.next()) {
    Decision d;
    d.proposal = row.integer();
    d.verdict = row.text();
    d.score = small(row.maybe());
    d.by = row.text();
    d.because = row.text();
    d.at = from_ns(row.integer());
    d.digest = row.text();
    found.push_back(std::move(d));
  }
  return found;
}

void keep_decision(Tables& t, const Decision& d) {
  const auto proposal = find_proposal(t, d.proposal);
  if (t.db.failed()) return;
  std::optional<int> score;
  if (auto no = objection(d, proposal, score)) {
    t.db.refuse(std::move(*no));
    return;
  }
  t.db.query("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)")
      .with(d.proposal, d.verdict, large(score), d.by, d.because, to_ns(d.at), d.digest)
      .run();
  if (!score) return;
  t.db.query("INSERT INTO accepted VALUES (NULL, ?, ?, ?, ?, ?)").with(proposal->service, proposal->ladder, *score, to_ns(d.at), d.proposal).run();
}

std::vector<AcceptedScore> accepted_scores(Tables& t, Instant as_of) {
  std::vector<AcceptedScore> found;
  auto row = t.db.query(
      "SELECT service, ladder, score, at, proposal FROM accepted a WHERE id = (SELECT id FROM accepted b WHERE b.service = a.service"
      " AND b.ladder = a.ladder AND b.at <= ? ORDER BY b.at DESC, b.id DESC LIMIT 1) ORDER BY service, ladder");
  row.with(to_ns(as_of));
  while (row.next()) {
    AcceptedScore score;
    score.service = row.text();
    score.ladder = row.text();
    score.score = static_cast<int>(row.integer());
    score.at = from_ns(row.integer());
    score.proposal = row.integer();
    found.push_back(std::move(score));
  }
  return found;
}

}  // namespace akashi
