// What is stored and counts for nothing: work that no rule claims, and accounts that did something and are nobody on the roster. Looked at in
// batches; memory is bounded by the number of groups, not of activities.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "collector/house.hpp"
#include "core/store.hpp"

namespace akashi {

struct UnmatchedGroup {
  enum class Hint : std::uint8_t {
    place,     // the map says nothing of the place: give it a matter or services
    services,  // it would count for the place's services, and the map names none
    rule,      // done on no item, so that only a rule could count it
    matter,    // its matter has rules, which count other acts; worth a look, rarely more
  };
  std::string source, product, place, type, matter;
  std::map<std::string, std::uint64_t> kinds;              // of activities; → how many
  std::vector<std::pair<std::string, std::string>> apart;  // category and custom fields by which the map tells other items apart; of unmapped ones
  std::uint64_t count = 0, unknown = 0;                    // unknown: by accounts that are nobody on the roster
  Instant last{};
  std::string uid, url;  // of the last one
  Hint hint = Hint::place;
};
[[nodiscard]] std::string_view name(UnmatchedGroup::Hint hint);

struct UnknownAccount {
  std::string actor;                             // a pseudonym; the account where the config says clear
  std::map<std::string, std::uint64_t> sources;  // → activities
  std::uint64_t count = 0, claimed = 0;          // claimed: would count for a service if it were somebody
  Instant last{};
  std::string uid, url;  // of the last one
};

struct Unmatched {
  static constexpr std::size_t groups_max = 10'000;  // further ones are only counted
  std::uint64_t activities = 0;                      // looked at
  std::uint64_t claimed = 0;                         // some rule counts them
  std::uint64_t ignored = 0;                         // in places that the map ignores
  std::uint64_t automation = 0;                      // not claimed, by machines
  std::uint64_t documents = 0;                       // versions of documents, which are judged as such
  std::uint64_t unmatched = 0, in_other_groups = 0;
  std::uint64_t nobody = 0, in_other_accounts = 0;  // nobody: the tool does not say who it was
  std::vector<UnmatchedGroup> groups;               // what the map says nothing or too little of first (hint), then most frequent
  std::vector<UnknownAccount> accounts;             // those whose work would count first, then most frequent
};

// By the rules and the map as they are now, whatever the store was judged with. Only what was done before `as_of`.
[[nodiscard]] Result<Unmatched> look_for_unmatched(const House& house, Store& store, Instant as_of);

}  // namespace akashi
