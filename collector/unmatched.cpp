#include "collector/unmatched.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace akashi {

namespace {

class Look {
 public:
  explicit Look(const House& house) : house_(house), scratch_(*house.matcher) {}

  void at(const Seen& seen) {
    ++found_.activities;
    house_.matcher->match(seen.row, scratch_, hits_);
    if (seen.activity.actor_kind == ActorKind::unknown) account(seen);
    if (!hits_.empty()) ++found_.claimed;
    else if (seen.meaning.matter == "ignored") ++found_.ignored;
    else if (seen.activity.kind.starts_with("document.")) ++found_.documents;
    else if (seen.activity.actor_kind == ActorKind::automation) ++found_.automation;
    else group(seen);
  }

  Unmatched end() {
    for (auto& [key, one] : groups_) found_.groups.push_back(std::move(one));
    const auto order = [](const UnmatchedGroup& one) { return std::pair(one.hint != UnmatchedGroup::Hint::matter, one.count); };
    std::ranges::stable_sort(found_.groups, std::ranges::greater{}, order);
    for (auto& [actor, one] : accounts_) found_.accounts.push_back(std::move(one));
    std::ranges::stable_sort(found_.accounts, std::ranges::greater{}, [](const UnknownAccount& one) { return std::pair(one.claimed, one.count); });
    return std::move(found_);
  }

 private:
  UnmatchedGroup::Hint hint(const Seen& seen) {
    if (seen.state == nullptr) return UnmatchedGroup::Hint::rule;
    if (!seen.meaning.services.empty()) return UnmatchedGroup::Hint::matter;
    if (seen.meaning.matter.empty()) return UnmatchedGroup::Hint::place;
    Row given = seen.row;
    constexpr std::string_view some_service[] = {"C-1"};
    given.services = some_service;
    house_.matcher->match(given, scratch_, hits_);
    const bool counts = std::ranges::any_of(hits_, [&](const Hit& hit) { return house_.matcher->rules()[hit.rule].speaks_for == Rule::For::place; });
    hits_.clear();
    return counts ? UnmatchedGroup::Hint::services : UnmatchedGroup::Hint::matter;
  }

  using Apart = std::vector<std::pair<std::string, std::string>>;
  // Of one place, what wants the same answer is one group, whatever was done there.
  using Key = std::tuple<std::string, std::string, std::string, std::string, Apart, UnmatchedGroup::Hint>;

  // Where the map tells the items of a place apart by a field of theirs, an unmapped one is found by that field, too.
  [[nodiscard]] Apart apart(const Seen& seen) const {
    const auto meaning = house_.meanings.find(seen.activity.source);
    if (seen.state == nullptr || !seen.meaning.matter.empty() || !seen.meaning.services.empty() || meaning == house_.meanings.end()) return {};
    return meaning->second.map.told_apart_by(*seen.state);
  }

  void group(const Seen& seen) {
    ++found_.unmatched;
    const auto field = [&](Field one) { return std::string(seen.row[one]); };
    const Key key{seen.activity.source, field(Field::place), field(Field::type), seen.meaning.matter, apart(seen), hint(seen)};
    auto at = groups_.find(key);
    if (at == groups_.end()) {
      if (groups_.size() >= Unmatched::groups_max) {
        ++found_.in_other_groups;
        return;
      }
      at = groups_.emplace(key, UnmatchedGroup{}).first;
      auto& fresh = at->second;
      std::tie(fresh.source, fresh.place, fresh.type, fresh.matter, fresh.apart, fresh.hint) = key;
      fresh.product = seen.activity.product;
    }
    ++at->second.kinds[field(Field::kind)];
    note(at->second, seen);
    if (seen.activity.actor_kind == ActorKind::unknown) ++at->second.unknown;
  }

  // The tool, or its descriptor, says that it is not known.
  bool is_nobody(const Activity& one) const {
    return one.actor.empty() || one.actor == "unknown" || one.actor == house_.pseudonyms.of(Roster{}, one.source, "unknown").actor;
  }

  void account(const Seen& seen) {
    if (is_nobody(seen.activity)) {
      ++found_.nobody;
      return;
    }
    auto at = accounts_.find(seen.activity.actor);
    if (at == accounts_.end()) {
      if (accounts_.size() >= Unmatched::groups_max) {
        ++found_.in_other_accounts;
        return;
      }
      at = accounts_.emplace(seen.activity.actor, UnknownAccount{}).first;
      at->second.actor = seen.activity.actor;
    }
    note(at->second, seen);
    ++at->second.sources[seen.activity.source];
    if (!hits_.empty()) ++at->second.claimed;
  }

  template <class One>
  static void note(One& one, const Seen& seen) {
    if (one.count++ > 0 && std::tie(one.last, one.uid) > std::tie(seen.activity.time, seen.activity.uid)) return;
    one.last = seen.activity.time;
    one.uid = seen.activity.uid;
    one.url = seen.activity.url;
  }

  const House& house_;
  Matcher::Scratch scratch_;
  std::vector<Hit> hits_;
  Unmatched found_;
  std::map<Key, UnmatchedGroup> groups_;
  std::map<std::string, UnknownAccount> accounts_;
};

}  // namespace

std::string_view name(UnmatchedGroup::Hint hint) {
  constexpr std::array<std::string_view, 4> names{"place", "services", "rule", "matter"};
  return names[static_cast<std::size_t>(hint)];
}

Result<Unmatched> look_for_unmatched(const House& house, Store& store, Instant as_of) {
  Look look(house);
  const auto done = each_batch(store, [&](const StoredBatch& now) -> Status {
    house.judge->each(now.activities, now.cases, [&](const Seen& seen) {
      if (now.own(seen.activity) && seen.activity.time < as_of) look.at(seen);
    });
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return look.end();
}

}  // namespace akashi
