#include "collector/judge.hpp"

#include <algorithm>
#include <set>

#include "connectors/engine/normalise.hpp"
#include "core/evidence_of.hpp"

namespace akashi {

namespace {

constexpr std::size_t batch = 1000;
constexpr std::string_view procedure_matter = "procedure";
constexpr int merges_max = 8;  // of merges of merges; RT itself flattens them

using Cases = std::map<std::string, CaseState>;

// What each person wrote on each case. Who notes "by IR-01" and then closes the ticket has worked from IR-01: the reference belongs to the person's
// work on that case, not to the one comment; and so do the words.
struct Written {
  std::set<std::string> procedures;
  std::set<std::int64_t> texts;
  // Of one text its own; of several a number that only the same texts have, in whatever order.
  [[nodiscard]] std::int64_t wording() const {
    std::uint64_t sum = 0;
    for (const auto text : texts) sum += static_cast<std::uint64_t>(text);
    return static_cast<std::int64_t>(sum);
  }
};
using WrittenBy = std::map<std::pair<std::string, std::string>, Written>;  // (case, actor)

WrittenBy written_by(const std::vector<Activity>& activities) {
  WrittenBy written;
  for (const Activity& one : activities) {
    if (one.case_id.empty()) continue;
    auto& all = written[{one.case_id, one.actor}];
    all.procedures.insert(one.procedures.begin(), one.procedures.end());
    if (one.wording != 0) all.texts.insert(one.wording);
  }
  return written;
}

std::vector<std::string> case_ids(const std::vector<Activity>& activities) {
  std::set<std::string> ids;
  for (const Activity& one : activities)
    if (!one.case_id.empty()) ids.insert(one.case_id);
  return {ids.begin(), ids.end()};
}

// Adds from the store what `cases` does not hold yet, following merges to their roots.
Status complete(Cases& cases, std::vector<std::string> wanted, Store& store) {
  for (int round = 0; round < merges_max && !wanted.empty(); ++round) {
    std::erase_if(wanted, [&](const std::string& id) { return cases.contains(id); });
    auto found = store.cases(wanted);
    if (!found) return std::unexpected(found.error());
    for (CaseState& one : *found) cases.emplace(one.id, std::move(one));
    wanted.clear();
    for (const auto& [id, one] : cases)
      if (!one.merged_into.empty() && !cases.contains(one.merged_into)) wanted.push_back(one.merged_into);
  }
  return {};
}

}  // namespace

void Judge::each(const std::vector<Activity>& activities, const Cases& cases, const std::function<void(const Seen&)>& show) const {
  const WrittenBy written = written_by(activities);
  for (const Activity& one : activities) {
    const auto state = cases.find(one.case_id);
    const CaseState* own = state == cases.end() ? nullptr : &state->second;
    const auto said = meanings_.find(one.source);
    const Meaning meaning = own != nullptr && said != meanings_.end() ? said->second.map.meaning(*own) : Meaning{};
    Activity activity = said == meanings_.end() ? one : with_approval(one, own, meaning, said->second.approvals);
    if (const auto all = written.find({one.case_id, one.actor}); all != written.end()) {
      activity.procedures.assign(all->second.procedures.begin(), all->second.procedures.end());
      activity.wording = all->second.wording();
    }
    actors_.resolve(activity);
    const JoinedRow joined = make_row(activity, own, meaning);
    show({activity, own, meaning, joined.row});
  }
}

std::vector<Evidence> Judge::evidence(const std::vector<Activity>& activities, const Cases& cases) const {
  std::vector<Evidence> counted;
  Matcher::Scratch scratch(matcher_);
  std::vector<Hit> hits;
  each(activities, cases, [&](const Seen& seen) {
    matcher_.match(seen.row, scratch, hits);
    for (const Hit& hit : hits) {
      const Rule& rule = matcher_.rules()[hit.rule];
      counted.push_back(evidence_of(seen.activity, seen.state, seen.meaning, cases, rule.id, hit.service, rule.evidence));
    }
  });
  return counted;
}

std::vector<Document> Judge::documents(const std::vector<Activity>& activities, const Cases& cases, const std::vector<Document>& stored) const {
  std::map<std::string, std::vector<Activity>> acts;
  for (const Activity& one : activities)
    if (!one.case_id.empty() && cases.contains(one.case_id)) acts[one.case_id].push_back(one);
  std::vector<Document> found;
  for (auto& [id, of_ticket] : acts) {
    const CaseState& ticket = cases.at(id);
    const auto said = meanings_.find(ticket.source);
    const Meaning meaning = said == meanings_.end() ? Meaning{} : said->second.map.meaning(ticket);
    std::optional<Document> document;
    if (meaning.matter == procedure_matter && ticket.merged_into.empty()) {
      std::ranges::sort(of_ticket, {}, [](const Activity& one) { return std::tie(one.time, one.uid); });
      document = document_of_ticket(ticket, meaning, said->second.tickets, of_ticket);
    }
    if (document) {
      document->owner = document->owner.empty() ? ticket.owner : actors_.owner(ticket.source, document->owner);
      found.push_back(std::move(*document));
      continue;
    }
    for (const Document& before : stored)
      if (before.id == id && !before.services.empty()) found.push_back(before), found.back().services.clear();
  }
  return found;
}

bool Judge::keeps_procedures_as_tickets(const std::string& source) const {
  const auto said = meanings_.find(source);
  return said != meanings_.end() &&
         std::ranges::any_of(said->second.map.entries(), [](const PlaceEntry& one) { return one.matter == procedure_matter; });
}

Result<PageCommit> Judge::page(const Page& page, Store& store) const {
  PageCommit commit;
  commit.source = page.source;
  commit.stream = page.stream;
  commit.next_state = page.next_state;
  commit.activities = page.activities;
  commit.cases = page.cases;
  commit.documents = page.documents;
  commit.coverage = page.coverage;
  commit.manifest = page.manifest;

  Cases cases;
  std::vector<std::string> ids;
  for (const CaseState& one : page.cases) {
    cases.insert_or_assign(one.id, one);
    ids.push_back(one.id);
  }
  // Every case that the page touches is judged as a whole: its place may be another now, and work on it may name a procedure only now.
  for (const std::string& id : case_ids(page.activities)) ids.push_back(id);
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  const auto earlier = store.activities_of(ids);
  if (!earlier) return std::unexpected(earlier.error());
  std::vector<Activity> judged = page.activities;
  std::set<std::string> read;
  for (const Activity& one : page.activities) read.insert(one.uid);
  for (const Activity& one : *earlier)
    if (!read.contains(one.uid)) judged.push_back(one);
  if (auto ok = complete(cases, case_ids(judged), store); !ok) return std::unexpected(ok.error());
  for (const Activity& one : judged) commit.rejudged.push_back(one.uid);
  commit.evidence = evidence(judged, cases);
  if (keeps_procedures_as_tickets(page.source)) {
    const auto stored = store.documents();
    if (!stored) return std::unexpected(stored.error());
    for (Document& document : documents(judged, cases, *stored)) commit.documents.push_back(std::move(document));
  }
  return commit;
}

Result<std::map<std::string, CaseState>> cases_of(const std::vector<Activity>& activities, Store& store) {
  Cases cases;
  if (auto ok = complete(cases, case_ids(activities), store); !ok) return std::unexpected(ok.error());
  return cases;
}

Status each_batch(Store& store, const std::function<Status(const StoredBatch&)>& work) {
  for (std::string after;;) {
    const auto activities = store.activities_after(after, batch);
    if (!activities) return std::unexpected(activities.error());
    if (activities->empty()) return {};
    StoredBatch now;
    now.after = after;
    now.last = after = activities->back().uid;
    auto whole = store.activities_of(case_ids(*activities));
    if (!whole) return std::unexpected(whole.error());
    now.activities = std::move(*whole);
    for (const Activity& one : *activities)
      if (one.case_id.empty()) now.activities.push_back(one);
    auto cases = cases_of(now.activities, store);
    if (!cases) return std::unexpected(cases.error());
    now.cases = std::move(*cases);
    if (auto done = work(now); !done) return done;
  }
}

Status Judge::everything(Store& store) const {
  const auto stored = store.documents();
  if (!stored) return std::unexpected(stored.error());
  return each_batch(store, [&](const StoredBatch& now) -> Status {
    if (auto kept = store.keep_documents(documents(now.activities, now.cases, *stored)); !kept) return kept;
    std::vector<std::string> uids;
    uids.reserve(now.activities.size());
    for (const Activity& one : now.activities) uids.push_back(one.uid);
    return store.replace_evidence(uids, evidence(now.activities, now.cases));
  });
}

}  // namespace akashi
