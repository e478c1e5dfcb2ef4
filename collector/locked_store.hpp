// A store used by several threads of one process, one call at a time.
#pragma once

#include <mutex>

#include "core/store.hpp"

namespace akashi {

class LockedStore final : public Store {
  template <class Call>
  auto one(Call call) {
    const std::lock_guard lock(mutex_);
    return call();
  }
  Store& store_;
  std::mutex mutex_;

 public:
  explicit LockedStore(Store& store) : store_(store) {}

  Result<std::string> stream_state(const std::string& source, const std::string& stream) override {
    return one([&] { return store_.stream_state(source, stream); });
  }
  Result<std::int64_t> begin_poll(const std::string& source, const std::string& stream, Instant at) override {
    return one([&] { return store_.begin_poll(source, stream, at); });
  }
  Status keep(const PageCommit& page) override {
    return one([&] { return store_.keep(page); });
  }
  Status end_poll(std::int64_t poll, const Manifest& last) override {
    return one([&] { return store_.end_poll(poll, last); });
  }
  Status set_health(const SourceHealth& health) override {
    return one([&] { return store_.set_health(health); });
  }
  Result<std::vector<CaseState>> cases(const std::vector<std::string>& ids) override {
    return one([&] { return store_.cases(ids); });
  }
  Result<std::vector<Activity>> activities_of(const std::vector<std::string>& case_ids) override {
    return one([&] { return store_.activities_of(case_ids); });
  }
  Result<std::vector<Activity>> activities(const std::vector<std::string>& uids) override {
    return one([&] { return store_.activities(uids); });
  }
  Result<std::set<std::string>> known(const std::vector<std::string>& uids) override {
    return one([&] { return store_.known(uids); });
  }
  Result<std::set<std::string>> remembered(const std::string& source, const std::vector<std::string>& uids) override {
    return one([&] { return store_.remembered(source, uids); });
  }
  Result<std::vector<Activity>> activities_after(const std::string& after, std::size_t limit) override {
    return one([&] { return store_.activities_after(after, limit); });
  }
  Status replace_evidence(const std::vector<std::string>& uids, const std::vector<Evidence>& evidence) override {
    return one([&] { return store_.replace_evidence(uids, evidence); });
  }
  Status keep_documents(const std::vector<Document>& documents) override {
    return one([&] { return store_.keep_documents(documents); });
  }
  Result<std::string> meta(const std::string& key) override {
    return one([&] { return store_.meta(key); });
  }
  Status set_meta(const std::string& key, const std::string& value) override {
    return one([&] { return store_.set_meta(key, value); });
  }
  Result<std::vector<Evidence>> evidence(const EvidenceFilter& filter) override {
    return one([&] { return store_.evidence(filter); });
  }
  Result<std::vector<std::pair<TallyKey, Tally>>> tallies() override {
    return one([&] { return store_.tallies(); });
  }
  Result<std::vector<Document>> documents() override {
    return one([&] { return store_.documents(); });
  }
  Result<std::map<std::string, std::vector<std::string>, std::less<>>> links() override {
    return one([&] { return store_.links(); });
  }
  Result<std::vector<CoverageSpan>> coverage() override {
    return one([&] { return store_.coverage(); });
  }
  Result<std::vector<SourceHealth>> health(Instant as_of) override {
    return one([&] { return store_.health(as_of); });
  }
  Result<std::vector<Manifest>> manifests(std::size_t per_stream, Instant as_of) override {
    return one([&] { return store_.manifests(per_stream, as_of); });
  }
  Result<std::map<std::string, std::uint64_t>> counts() override {
    return one([&] { return store_.counts(); });
  }
  Result<std::map<std::string, Instant, std::less<>>> cases_opened() override {
    return one([&] { return store_.cases_opened(); });
  }
  Result<std::vector<ActorSeen>> actors_seen(Instant as_of) override {
    return one([&] { return store_.actors_seen(as_of); });
  }
  Result<std::vector<RungHeld>> rungs_held(Instant as_of) override {
    return one([&] { return store_.rungs_held(as_of); });
  }
  Status keep_judgement(const std::vector<RungHeld>& held, const Offers& offers, Instant at, const AlertsKept& alerts) override {
    return one([&] { return store_.keep_judgement(held, offers, at, alerts); });
  }
  Result<AlertBook> alert_book() override {
    return one([&] { return store_.alert_book(); });
  }
  Result<std::vector<Alert>> alerts(bool closed_too, Instant as_of) override {
    return one([&] { return store_.alerts(closed_too, as_of); });
  }
  Result<std::vector<AlertEvent>> alert_history(std::int64_t alert) override {
    return one([&] { return store_.alert_history(alert); });
  }
  Result<std::vector<Pause>> pauses() override {
    return one([&] { return store_.pauses(); });
  }
  Status pause(const Pause& pause) override {
    return one([&] { return store_.pause(pause); });
  }
  Status resume(const Pause& ended) override {
    return one([&] { return store_.resume(ended); });
  }
  Result<std::vector<Outgoing>> outgoing(const std::string& receiver, Instant now, std::size_t limit) override {
    return one([&] { return store_.outgoing(receiver, now, limit); });
  }
  Status delivered(const Delivery& delivery) override {
    return one([&] { return store_.delivered(delivery); });
  }
  Result<std::vector<ReceiverState>> receiver_states() override {
    return one([&] { return store_.receiver_states(); });
  }
  Result<std::vector<Alert>> told_open(const std::string& receiver) override {
    return one([&] { return store_.told_open(receiver); });
  }
  Result<std::vector<Proposal>> proposals(Instant as_of) override {
    return one([&] { return store_.proposals(as_of); });
  }
  Result<std::vector<Decision>> decisions() override {
    return one([&] { return store_.decisions(); });
  }
  Status decide(const Decision& decision) override {
    return one([&] { return store_.decide(decision); });
  }
  Result<std::vector<AcceptedScore>> accepted(Instant as_of) override {
    return one([&] { return store_.accepted(as_of); });
  }
  Result<std::int64_t> attest(const Attestation& entry) override {
    return one([&] { return store_.attest(entry); });
  }
  Status withdraw_attestation(std::int64_t id, const Withdrawal& end) override {
    return one([&] { return store_.withdraw_attestation(id, end); });
  }
  Result<std::vector<Attestation>> attestations() override {
    return one([&] { return store_.attestations(); });
  }
};

}  // namespace akashi
