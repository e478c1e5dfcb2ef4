// The roster as it is understood: who is known, under which accounts, and when each was last seen at work. A day, no counts: the question is how many
// stand ready, not who is slow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "core/roster.hpp"

namespace akashi {

struct Presence {
  Person person;
  std::optional<Instant> seen;  // the last thing done under any account of theirs
};

struct PeopleReport {
  std::vector<Presence> people;  // as on the roster
  std::size_t unknown = 0;       // accounts that did something and are nobody's
  bool told_apart = true;        // false: the key of the pseudonyms could not be read, so nobody was recognised
  Instant as_of{};
};

void print_people(const Screen& screen, const PeopleReport& report);
// {"as_of", "people": [{name, kind, team, head, joined, left, present, accounts[{source, account}], last_seen}], "unknown_accounts", "recognised"}
[[nodiscard]] std::string people_json(const PeopleReport& report);

}  // namespace akashi
