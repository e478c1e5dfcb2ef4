#include "collector/judge.hpp"

#include <algorithm>
#include <set>

#include "connectors/engine/normalise.hpp"
#include "core/evidence_of.hpp"

namespace akashi {

namespace {

constexpr std::size_t batch = 1000;
constexpr int merges_max = 8;  // of merges of merges; RT itself flattens them

using Cases = std::map<std::string, CaseState>;

// Whether rules could see a difference. A new version or address alone changes nothing.
bool means_the_same(const CaseState& a, const CaseState& b) {
  return std::tie(a.place, a.type, a.category, a.status, a.severity, a.title, a.labels, a.fields, a.merged_into) ==
         std::tie(b.place, b.type, b.category, b.status, b.severity, b.title, b.labels, b.fields, b.merged_into);
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

std::vector<Evidence> Judge::evidence(const std::vector<Activity>& activities, const Cases& cases) const {
  std::vector<Evidence> counted;
  Matcher::Scratch scratch(matcher_);
  std::vector<Hit> hits;
  for (const Activity& one : activities) {
    const auto state = cases.find(one.case_id);
    const CaseState* own = state == cases.end() ? nullptr : &state->second;
    const auto said = meanings_.find(one.source);
    const Meaning meaning = own != nullptr && said != meanings_.end() ? said->second.map.meaning(*own) : Meaning{};
    Activity activity = said == meanings_.end() ? one : with_approval(one, own, meaning, said->second.approvals);
    actors_.resolve(activity);
    const JoinedRow joined = make_row(activity, own, meaning);
    matcher_.match(joined.row, scratch, hits);
    for (const Hit& hit : hits) {
      const Rule& rule = matcher_.rules()[hit.rule];
      counted.push_back(evidence_of(activity, own, meaning, cases, rule.id, hit.service, rule.evidence));
    }
  }
  return counted;
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
  const auto before = store.cases(ids);
  if (!before) return std::unexpected(before.error());
  std::vector<std::string> changed;
  for (const CaseState& old : *before)
    if (!means_the_same(old, cases.at(old.id))) changed.push_back(old.id);

  const auto earlier = store.activities_of(changed);
  if (!earlier) return std::unexpected(earlier.error());
  std::vector<Activity> judged = page.activities;
  for (const Activity& one : *earlier) {
    if (std::ranges::any_of(page.activities, [&](const Activity& read) { return read.uid == one.uid; })) continue;
    judged.push_back(one);
  }
  if (auto ok = complete(cases, case_ids(judged), store); !ok) return std::unexpected(ok.error());
  for (const Activity& one : judged) commit.rejudged.push_back(one.uid);
  commit.evidence = evidence(judged, cases);
  return commit;
}

Status Judge::everything(Store& store) const {
  for (std::string after;;) {
    const auto activities = store.activities_after(after, batch);
    if (!activities) return std::unexpected(activities.error());
    if (activities->empty()) return {};
    Cases cases;
    if (auto ok = complete(cases, case_ids(*activities), store); !ok) return ok;
    std::vector<std::string> uids;
    for (const Activity& one : *activities) uids.push_back(one.uid);
    if (auto ok = store.replace_evidence(uids, evidence(*activities, cases)); !ok) return ok;
    after = uids.back();
  }
}

}  // namespace akashi
