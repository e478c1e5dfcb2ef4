#include "collector/store/sqlite_store.hpp"

#include <array>
#include <type_traits>

#include "collector/lock.hpp"
#include "collector/store/alerts.hpp"
#include "collector/store/attestations.hpp"
#include "collector/store/judgement.hpp"
#include "collector/store/opening.hpp"
#include "collector/store/outbox.hpp"
#include "collector/store/page.hpp"
#include "collector/store/polls.hpp"
#include "collector/store/records.hpp"
#include "collector/store/tallies.hpp"

namespace akashi {
namespace {

using sqlite::Work;

struct Counted {
  const char* table;
  sqlite::Sql rows;
};
constexpr std::array counted{
    Counted{"activity", "SELECT count(*) FROM activity"},
    Counted{"case", "SELECT count(*) FROM case_state"},
    Counted{"document", "SELECT count(*) FROM document"},
    Counted{"evidence", "SELECT count(*) FROM evidence"},
    Counted{"tally", "SELECT count(*) FROM tally"},
    Counted{"remembered", "SELECT count(*) FROM remembered"},
    Counted{"poll", "SELECT count(*) FROM poll"},
    Counted{"coverage", "SELECT count(*) FROM coverage"},
    Counted{"proposal", "SELECT count(*) FROM proposal"},
    Counted{"decision", "SELECT count(*) FROM decision"},
    Counted{"alert", "SELECT count(*) FROM alert_event WHERE alert IS NULL"},
};

std::map<std::string, std::uint64_t> count_rows(Tables& t) {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& table : counted) {
    auto row = t.db.query(table.rows);
    if (row.next()) counts.emplace(table.table, static_cast<std::uint64_t>(row.integer()));
  }
  return counts;
}

std::string read_meta(Tables& t, const std::string& key) {
  auto row = t.db.query("SELECT value FROM meta WHERE key = ?");
  return row.with(key).next() ? row.text() : std::string();
}

// The interface as a table: each line is one transaction around what the parts do.
class SqliteStore final : public Store {
 public:
  SqliteStore(std::unique_ptr<sqlite::Database> db, std::optional<FileLock> lock, OpenMode mode, const StoreOptions& options)
      : lock_(std::move(lock)), db_(std::move(db)), t_(*db_), mode_(mode), options_(options) {}

  Result<std::string> stream_state(const std::string& source, const std::string& stream) override {
    return reading([&] { return state_of_stream(t_, source, stream); });
  }
  Result<std::int64_t> begin_poll(const std::string& source, const std::string& stream, Instant at) override {
    return writing([&] { return begin(source, stream, at); });
  }
  Status keep(const PageCommit& page) override {
    return writing([&] { keep_page(t_, page); });
  }
  Status end_poll(std::int64_t poll, const Manifest& last) override {
    return writing([&] { close_poll(t_, poll, last); });
  }
  Status set_health(const SourceHealth& health) override {
    return writing([&] { keep_health(t_, health); });
  }
  Result<std::vector<CaseState>> cases(const std::vector<std::string>& ids) override {
    return reading([&] { return cases_of(t_, ids); });
  }
  Result<std::vector<Activity>> activities_of(const std::vector<std::string>& case_ids) override {
    return reading([&] { return activities_of_cases(t_, case_ids); });
  }
  Result<std::vector<Activity>> activities(const std::vector<std::string>& uids) override {
    return reading([&] { return activities_of_uids(t_, uids); });
  }
  Result<std::set<std::string>> known(const std::vector<std::string>& uids) override {
    return reading([&] { return known_uids(t_, uids); });
  }
  Result<std::set<std::string>> remembered(const std::string& source, const std::vector<std::string>& uids) override {
    return reading([&] { return remembered_uids(t_, source, uids); });
  }
  Result<std::vector<Activity>> activities_after(const std::string& after, std::size_t limit) override {
    return reading([&] { return activities_after_uid(t_, after, limit); });
  }
  Status replace_evidence(const std::vector<std::string>& uids, const std::vector<Evidence>& evidence) override {
    return writing([&] { judge_again(t_, uids, evidence); });
  }
  Status keep_documents(const std::vector<Document>& documents) override {
    return writing([&] {
      for (const Document& document : documents) keep_document(t_, document);
    });
  }
  Result<std::string> meta(const std::string& key) override {
    return reading([&] { return read_meta(t_, key); });
  }
  Status set_meta(const std::string& key, const std::string& value) override {
    return writing([&] { t_.db.query("INSERT OR REPLACE INTO meta VALUES (?, ?)").with(key, value).run(); });
  }

  Result<std::vector<Evidence>> evidence(const EvidenceFilter& filter) override {
    return reading([&] { return evidence_of(t_, filter); });
  }
  Result<std::vector<std::pair<TallyKey, Tally>>> tallies() override {
    return reading([&] { return all_tallies(t_); });
  }
  Result<std::vector<Document>> documents() override {
    return reading([&] { return all_documents(t_); });
  }
  Result<std::map<std::string, std::vector<std::string>, std::less<>>> links() override {
    return reading([&] { return all_links(t_); });
  }
  Result<std::vector<CoverageSpan>> coverage() override {
    return reading([&] { return all_coverage(t_); });
  }
  Result<std::vector<SourceHealth>> health(Instant as_of) override {
    return reading([&] { return health_at(t_, as_of); });
  }
  Result<std::vector<Manifest>> manifests(std::size_t per_stream, Instant as_of) override {
    return reading([&] { return newest_manifests(t_, per_stream, as_of); });
  }
  Result<std::map<std::string, std::uint64_t>> counts() override {
    return reading([&] { return count_rows(t_); });
  }

  Result<std::map<std::string, Instant, std::less<>>> cases_opened() override {
    return reading([&] { return all_openings(t_); });
  }
  Result<std::vector<ActorSeen>> actors_seen(Instant as_of) override {
    return reading([&] { return actors_at(t_, as_of); });
  }

  Result<std::vector<RungHeld>> rungs_held(Instant as_of) override {
    return reading([&] { return newest_rungs(t_, as_of); });
  }
  Status keep_judgement(const std::vector<RungHeld>& held, const Offers& offers, Instant at, const AlertsKept& alerts) override {
    return writing([&] {
      keep_alerts(t_, alerts);
      for (const auto& rung : held) keep_rung(t_, rung, at);
      for (const auto proposal : offers.withdraw) withdraw_proposal(t_, proposal, at);
      for (const auto& proposal : offers.make) keep_proposal(t_, proposal);
    });
  }
  Result<std::vector<Proposal>> proposals(Instant as_of) override {
    return reading([&] { return proposals_at(t_, as_of); });
  }
  Result<std::vector<Decision>> decisions() override {
    return reading([&] { return all_decisions(t_); });
  }
  Status decide(const Decision& decision) override {
    return deciding([&] { keep_decision(t_, decision); });
  }
  Result<std::int64_t> attest(const Attestation& entry) override {
    std::int64_t id = 0;
    auto kept = deciding([&] { id = keep_attestation(t_, entry); });
    if (!kept) return std::unexpected(std::move(kept).error());
    return id;
  }
  Status withdraw_attestation(std::int64_t id, const Withdrawal& end) override {
    return deciding([&] { keep_attestation_end(t_, id, end); });
  }
  Result<std::vector<Attestation>> attestations() override {
    return reading([&] { return all_attestations(t_); });
  }
  Result<std::vector<AcceptedScore>> accepted(Instant as_of) override {
    return reading([&] { return accepted_scores(t_, as_of); });
  }

  Result<AlertBook> alert_book() override {
    return reading([&] { return book_of_alerts(t_); });
  }
  Result<std::vector<Alert>> alerts(bool closed_too, Instant as_of) override {
    return reading([&] { return alerts_at(t_, closed_too, as_of); });
  }
  Result<std::vector<AlertEvent>> alert_history(std::int64_t alert) override {
    return reading([&] { return history_of_alert(t_, alert); });
  }
  Result<std::vector<Pause>> pauses() override {
    return reading([&] { return all_pauses(t_); });
  }
  Status pause(const Pause& pause) override {
    return deciding([&] { keep_pause(t_, pause); });
  }
  Status resume(const Pause& ended) override {
    return deciding([&] { keep_resume(t_, ended); });
  }
  Result<std::vector<Outgoing>> outgoing(const std::string& receiver, Instant now, std::size_t limit) override {
    return reading([&] { return due_rows(t_, receiver, now, limit); });
  }
  Status delivered(const Delivery& delivery) override {
    return writing([&] { keep_delivery(t_, delivery); });
  }
  Result<std::vector<ReceiverState>> receiver_states() override {
    return reading([&] { return states_of_receivers(t_); });
  }
  Result<std::vector<Alert>> told_open(const std::string& receiver) override {
    return reading([&] { return open_and_told(t_, receiver); });
  }

 private:
  std::int64_t begin(const std::string& source, const std::string& stream, Instant at) {
    const auto number = stream_number(t_, source, stream);
    if (const auto drained = newest_drained(t_, number)) forget_uids(t_, number, *drained - days(options_.remembered_days));
    return start_poll(t_, number, at);
  }

  // In OpenMode::read the first reading opens a transaction that stays: every answer is of the same moment.
  template <class Read>
  Result<std::invoke_result_t<Read>> reading(Read read) {
    if (mode_ == OpenMode::read && !snapshot_) {
      if (!db_->script("BEGIN")) return std::unexpected(db_->take_failure().value());
      snapshot_ = true;
    }
    Work work(*db_, Work::Kind::read);
    auto value = read();
    return work.finish(std::move(value));
  }

  // What a person decides, while a daemon may be writing too.
  template <class Write>
  Status deciding(Write write) {
    if (mode_ == OpenMode::read) return std::unexpected(our_mistake(*db_, "a store that was opened for reading was to be written"));
    Work work(*db_, Work::Kind::write);
    write();
    return work.finish();
  }

  template <class Write>
  Result<std::invoke_result_t<Write>> writing(Write write) {
    if (mode_ != OpenMode::write) return std::unexpected(our_mistake(*db_, "a store that was not opened for writing was to be written"));
    Work work(*db_, Work::Kind::write);
    if constexpr (std::is_void_v<std::invoke_result_t<Write>>) {
      write();
      return work.finish();
    } else {
      auto value = write();
      return work.finish(std::move(value));
    }
  }

  std::optional<FileLock> lock_;  // let go last
  std::unique_ptr<sqlite::Database> db_;
  Tables t_;
  OpenMode mode_;
  StoreOptions options_;
  bool snapshot_ = false;
};

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& path, OpenMode mode, const StoreOptions& options) {
  if (auto fit = check_place(path, mode); !fit) return std::unexpected(std::move(fit).error());
  std::optional<FileLock> lock;
  if (mode == OpenMode::write) {
    auto taken = FileLock::take(path + ".lock");
    if (!taken) return std::unexpected(std::move(taken).error());
    lock = std::move(*taken);
  }
  auto db = open_file(path, mode, options);
  if (!db) return std::unexpected(std::move(db).error());
  return std::make_unique<SqliteStore>(std::move(*db), std::move(lock), mode, options);
}

}  // namespace akashi
