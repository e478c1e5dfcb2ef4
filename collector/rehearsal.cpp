#include "collector/rehearsal.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace akashi {

namespace {

// Evidence under one set of rules: service → items.
using Items = std::map<std::string, std::vector<Evidence>, std::less<>>;
using Shares = std::map<std::pair<std::string, std::string>, RuleShare>;  // (service, rule)

struct Matched {
  Items before, after;
  Shares shares;
  std::uint64_t activities = 0;
};

using Piece = std::tuple<std::string_view, std::string_view, std::string_view, EvidenceKind>;
Piece piece(const Evidence& one) { return {one.uid, one.service, one.rule, one.kind}; }

void share(const std::vector<Evidence>& of, const std::set<Piece>& others, std::uint64_t RuleShare::*count, Shares& shares) {
  for (const Evidence& one : of) {
    if (others.contains(piece(one))) continue;
    auto& made = shares[{one.service, one.rule}];
    made.rule = one.rule;
    ++(made.*count);
  }
}

// What belongs to the batch, so that nothing is counted twice.
std::vector<Evidence> own(const StoredBatch& now, std::vector<Evidence> all) {
  std::erase_if(all, [&](const Evidence& one) { return one.uid <= now.after || one.uid > now.last; });
  return all;
}

void compare_batch(const StoredBatch& now, const Judge& old_judge, const Judge& new_judge, Matched& matched) {
  auto before = own(now, old_judge.evidence(now.activities, now.cases));
  auto after = own(now, new_judge.evidence(now.activities, now.cases));
  std::set<Piece> old_pieces, new_pieces;
  for (const Evidence& one : before) old_pieces.insert(piece(one));
  for (const Evidence& one : after) new_pieces.insert(piece(one));
  share(before, new_pieces, &RuleShare::removed, matched.shares);
  share(after, old_pieces, &RuleShare::added, matched.shares);
  matched.activities += static_cast<std::uint64_t>(std::ranges::count_if(now.activities, [&](const Activity& one) { return now.own(one); }));
  for (auto& one : before) matched.before[one.service].push_back(std::move(one));
  for (auto& one : after) matched.after[one.service].push_back(std::move(one));
}

// Takes away what comes of stored activities: that is matched anew. What people entered stays.
void leave_attested(Items& items) {
  for (auto& [service, list] : items) std::erase_if(list, [](const Evidence& one) { return !one.attested(); });
}

void add(Items& to, Items from) {
  for (auto& [service, list] : from) {
    auto& all = to[service];
    all.insert(all.end(), std::make_move_iterator(list.begin()), std::make_move_iterator(list.end()));
    std::ranges::stable_sort(all, {},
                             [](const Evidence& one) { return std::tuple(one.time, std::string_view(one.uid), std::string_view(one.rule)); });
  }
}

const Rule* find_rule(const std::vector<Rule>& rules, std::string_view id) {
  const auto found = std::ranges::find(rules, id, &Rule::id);
  return found == rules.end() ? nullptr : &*found;
}

// The view under the other rules, but for the evidence.
void other_rules(const House& house, const std::vector<Rule>& rules, View& view, Rehearsal& rehearsal) {
  view.rules_digest = rules_digest(rules);
  for (SourceSight& sight : view.sources) {
    const auto source = std::ranges::find(house.config.sources, sight.source, &SourceConfig::name);
    if (source == house.config.sources.end()) continue;
    const auto able = capabilities(house, *source);
    sight.could_show = observable(rules, able);
    sight.could_show_reports = observable_reports(rules, able);
  }
  add_used_places(house, view);
  std::erase_if(view.tallies, [&](const auto& one) {
    const Rule* old_rule = find_rule(house.rules, one.first.rule);
    const Rule* new_rule = find_rule(rules, one.first.rule);
    const bool same = old_rule != nullptr && new_rule != nullptr && old_rule->digest == new_rule->digest;
    (same ? rehearsal.tallied_kept : rehearsal.tallied_lost) += one.second.count;
    return !same;
  });
}

std::vector<RuleShare> shares_of(const std::string& service, const Shares& shares, const std::vector<Rule>& before, const std::vector<Rule>& after) {
  std::vector<RuleShare> found;
  for (const auto& [key, share] : shares) {
    if (key.first != service) continue;
    found.push_back(share);
    const Rule* rule = find_rule(after, key.second);
    if (rule == nullptr) rule = find_rule(before, key.second);
    if (rule == nullptr) continue;
    found.back().title = rule->title;
    found.back().file = rule->file;
  }
  std::ranges::stable_sort(found, std::ranges::greater{}, [](const RuleShare& one) { return one.added + one.removed; });
  return found;
}

}  // namespace

Result<Rehearsal> rehearse(const House& house, Store& store, const std::vector<Rule>& rules, Instant as_of) {
  Rehearsal rehearsal{.as_of = as_of, .rules_before = house.rules.size(), .rules_after = rules.size(), .findings = {}};
  const auto matcher = Matcher::compile(rules);
  if (!matcher) return std::unexpected(matcher.error());
  const Judge other(*matcher, house.meanings, house.actors);
  Matched matched;
  const auto done = each_batch(store, [&](const StoredBatch& now) -> Status {
    compare_batch(now, *house.judge, other, matched);
    return {};
  });
  if (!done) return std::unexpected(done.error());
  rehearsal.activities = matched.activities;
  auto view = make_view(house, store, as_of);
  if (!view) return std::unexpected(view.error());
  leave_attested(view->items);
  View after = *view;
  add(view->items, std::move(matched.before));
  add(after.items, std::move(matched.after));
  other_rules(house, rules, after, rehearsal);
  const auto old_findings = infer_all(*view), new_findings = infer_all(after);
  for (const Finding& one : old_findings) {
    const auto found = std::ranges::find_if(
        new_findings, [&](const Finding& candidate) { return candidate.service == one.service && candidate.ladder == one.ladder; });
    if (found == new_findings.end()) continue;
    FindingChange change{one, *found, shares_of(one.service, matched.shares, house.rules, rules)};
    if (change.changes() || !change.why.empty()) rehearsal.findings.push_back(std::move(change));
  }
  return rehearsal;
}

}  // namespace akashi
