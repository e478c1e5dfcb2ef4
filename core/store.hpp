// The store interface: what the collector keeps. Two implementations: SQLite (collector/store), and the tests' own.
// Rules: keep() is one transaction, all or nothing; reading a record twice changes nothing; a reader never sees half a page.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/activity.hpp"
#include "core/alert_store.hpp"
#include "core/attestation.hpp"
#include "core/coverage.hpp"
#include "core/evidence.hpp"
#include "core/proposal.hpp"
#include "core/result.hpp"
#include "core/tally.hpp"

namespace akashi {

// What one poll of one stream did; summed over its pages.
struct Manifest {
  std::string source, stream;
  Instant started{}, ended{};
  std::uint64_t requests = 0, pages = 0, records = 0, activities = 0, bytes = 0;
  std::map<std::string, std::uint64_t> rejected;  // reason → records
  bool drained = false;
  std::string why_not;  // when not drained
};

// Everything that a page brings, kept or refused together.
struct PageCommit {
  std::string source, stream;
  std::string next_state;             // of the stream, as the connector engine writes it; opaque here
  std::vector<Activity> activities;   // new or re-read; known uids are ignored (their evidence too, unless rejudged)
  std::vector<CaseState> cases;       // replace earlier ones
  std::vector<Document> documents;    // by (id, version); a re-read one replaces its review date, title, services, url
  std::vector<std::string> rejudged;  // uids whose evidence is to be replaced by what `evidence` holds for them
  std::vector<Evidence> evidence;
  std::vector<std::pair<TallyKey, Tally>> tallies;  // merged in
  std::vector<std::string> tallied;                 // uids behind the tallies, remembered (see `remembered`) so that none is counted twice
  std::vector<CoverageSpan> coverage;
  Manifest manifest;      // added to the poll's
  std::int64_t poll = 0;  // id given by begin_poll
};

struct SourceHealth {
  std::string source;
  bool broken = false;
  std::string error_kind, error;  // sentence of the last failure
  std::optional<Instant> last_ok, last_try;
  bool operator==(const SourceHealth&) const = default;
};

// Who did something in a source, as stored: the pseudonym of the account.
struct ActorSeen {
  std::string source, actor;
  ActorKind kind = ActorKind::unknown;
  Instant last{};
};

struct EvidenceFilter {
  std::string service, source, case_id;  // empty = any
  std::optional<Span> within;
  std::size_t limit = 0;  // 0 = all; else the newest so many
};

struct AcceptedScore {
  std::string service, ladder;
  int score = 0;
  Instant at{};
  std::int64_t proposal = 0;
};

class Store : public AlertStore {
 public:
  // polling
  virtual Result<std::string> stream_state(const std::string& source, const std::string& stream) = 0;  // "" at first contact
  virtual Result<std::int64_t> begin_poll(const std::string& source, const std::string& stream, Instant at) = 0;
  virtual Status keep(const PageCommit& page) = 0;
  virtual Status end_poll(std::int64_t poll, const Manifest& last) = 0;                   // sets ended, drained, why_not
  virtual Status set_health(const SourceHealth& health) = 0;                              // without last_ok: that stays as it was
  virtual Result<std::vector<CaseState>> cases(const std::vector<std::string>& ids) = 0;  // as asked; unknown ones are left out
  virtual Result<std::vector<Activity>> activities_of(const std::vector<std::string>& case_ids) = 0;
  virtual Result<std::vector<Activity>> activities(const std::vector<std::string>& uids) = 0;  // as asked; unknown ones are left out
  virtual Result<std::set<std::string>> known(const std::vector<std::string>& uids) = 0;       // activities already kept
  virtual Result<std::set<std::string>> remembered(const std::string& source, const std::vector<std::string>& uids) = 0;  // tallied already
  // Re-judging everything after the map or the rules changed: batches of activities in uid order, after `after`.
  virtual Result<std::vector<Activity>> activities_after(const std::string& after, std::size_t limit) = 0;
  virtual Status replace_evidence(const std::vector<std::string>& uids, const std::vector<Evidence>& evidence) = 0;
  // Documents that come of tickets, judged again: as `keep` keeps those of a page.
  virtual Status keep_documents(const std::vector<Document>& documents) = 0;
  virtual Result<std::string> meta(const std::string& key) = 0;  // "" when unset
  virtual Status set_meta(const std::string& key, const std::string& value) = 0;

  // reading
  virtual Result<std::vector<Evidence>> evidence(const EvidenceFilter& filter) = 0;  // by time
  virtual Result<std::vector<std::pair<TallyKey, Tally>>> tallies() = 0;
  virtual Result<std::vector<Document>> documents() = 0;
  virtual Result<std::map<std::string, Instant, std::less<>>> cases_opened() = 0;  // by case, where the tool says so
  virtual Result<std::vector<ActorSeen>> actors_seen(Instant as_of) = 0;           // of what was done up to then, tallied or kept
  // Case → the cases it is related to, both ways; cases without any are left out.
  virtual Result<std::map<std::string, std::vector<std::string>, std::less<>>> links() = 0;
  virtual Result<std::vector<CoverageSpan>> coverage() = 0;  // merged: touching complete spans are one
  // As it was known at `as_of`; manifests, rungs and proposals too.
  virtual Result<std::vector<SourceHealth>> health(Instant as_of = Instant::max()) = 0;
  virtual Result<std::vector<Manifest>> manifests(std::size_t per_stream, Instant as_of = Instant::max()) = 0;  // newest first
  virtual Result<std::map<std::string, std::uint64_t>> counts() = 0;                                            // table → rows, for status

  // judging
  virtual Result<std::vector<RungHeld>> rungs_held(Instant as_of = Instant::max()) = 0;
  virtual Status keep_judgement(const std::vector<RungHeld>& held, const Offers& offers, Instant at,
                                const AlertsKept& alerts = {}) = 0;  // one transaction
  virtual Result<std::vector<Proposal>> proposals(Instant as_of = Instant::max()) = 0;
  virtual Result<std::vector<Decision>> decisions() = 0;
  // Refuses (ErrorKind::config) an unknown id, a proposal that is not open, and a decision whose digest is not the proposal's.
  virtual Status decide(const Decision& decision) = 0;
  virtual Result<std::vector<AcceptedScore>> accepted(Instant as_of) = 0;  // the newest per service and ladder up to then

  // what people enter
  virtual Result<std::int64_t> attest(const Attestation& entry) = 0;  // its number
  // Refuses (ErrorKind::config) an unknown number and one that was withdrawn already.
  virtual Status withdraw_attestation(std::int64_t id, const Withdrawal& end) = 0;
  virtual Result<std::vector<Attestation>> attestations() = 0;  // all of them, also withdrawn and expired ones
};

}  // namespace akashi
