#include "core/roster.hpp"

#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::string_view everywhere = "*";
constexpr std::string_view by_name;  // no source has an empty name, so a person's own name is indexed there

std::string key(std::string_view source, std::string_view account) { return lower(source) + '\x1f' + lower(account); }

}  // namespace

Roster::Roster(std::vector<Person> people) : people_(std::move(people)) {
  // emplace: where two people claim one account, the first keeps it; the config's check refuses the second.
  for (std::size_t i = 0; i < people_.size(); ++i) {
    by_account_.emplace(key(by_name, trim(people_[i].name)), i);
    for (const auto& [source, account] : people_[i].accounts)
      if (!trim(account).empty()) by_account_.emplace(key(source, trim(account)), i);
  }
}

const Person* Roster::who(std::string_view source, std::string_view account) const {
  account = trim(account);
  if (account.empty()) return nullptr;
  for (const auto place : {source, everywhere, by_name})
    if (const auto at = by_account_.find(key(place, account)); at != by_account_.end()) return &people_[at->second];
  return nullptr;
}

const Person* Roster::named(std::string_view name) const {
  const auto at = by_account_.find(key(by_name, trim(name)));
  return at == by_account_.end() || trim(name).empty() ? nullptr : &people_[at->second];
}

}  // namespace akashi
