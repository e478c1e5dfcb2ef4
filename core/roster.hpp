// The roster: who the organisation's people are, with their accounts in several tools. One person is one person, whatever the account.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

// When somebody works here: [from, until). Work under the accounts outside of it is not theirs.
struct Tenure {
  std::optional<Instant> from, until;
  [[nodiscard]] bool given() const { return from || until; }
  [[nodiscard]] bool begun(Instant at) const { return !from || *from <= at; }
  [[nodiscard]] bool ended(Instant at) const { return until && *until <= at; }
  auto operator<=>(const Tenure&) const = default;
};

struct Person {
  std::string name;  // as the config writes it; unique
  ActorKind kind = ActorKind::human;
  std::string team;
  bool head = false;                                 // an authorised head: may approve procedures (score 5)
  std::multimap<std::string, std::string> accounts;  // source name → an account there; key "*" = in every source
  Tenure tenure{};
  std::string file{};  // where the entry stands
  int line = 0;
};

class Roster {
 public:
  Roster() = default;
  explicit Roster(std::vector<Person> people);
  // The person behind an account of a source: by the source's own entry, then "*", then the person's name. Case-insensitive (ASCII).
  [[nodiscard]] const Person* who(std::string_view source, std::string_view account) const;
  [[nodiscard]] const Person* named(std::string_view name) const;
  [[nodiscard]] const std::vector<Person>& people() const { return people_; }

 private:
  std::vector<Person> people_;
  std::map<std::string, std::size_t, std::less<>> by_account_;  // "source\x1f account" lower-cased → index
};

}  // namespace akashi
