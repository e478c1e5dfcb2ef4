#include "core/roster.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

Person person(std::string name, std::multimap<std::string, std::string> accounts) {
  Person p;
  p.name = std::move(name);
  p.accounts = std::move(accounts);
  return p;
}

std::string who(const Roster& roster, std::string_view source, std::string_view account) {
  const auto* found = roster.who(source, account);
  return found == nullptr ? "-" : found->name;
}

}  // namespace

TEST_CASE("one person is one person, whatever the account") {
  const Roster roster(
      {person("Sato Hanako", {{"rt", "hsato"}, {"redmine", "sato.h"}}), person("Tanaka", {{"*", "tanaka"}}), person("佐藤 花子", {})});
  CHECK(who(roster, "rt", "hsato") == "Sato Hanako");
  CHECK(who(roster, "rt", "HSATO") == "Sato Hanako");
  CHECK(who(roster, "redmine", " sato.h ") == "Sato Hanako");
  CHECK(who(roster, "redmine", "hsato") == "-");
  CHECK(who(roster, "anything", "Tanaka") == "Tanaka");
  CHECK(who(roster, "rt", "sato hanako") == "Sato Hanako");
  CHECK(who(roster, "rt", "佐藤 花子") == "佐藤 花子");
  CHECK(who(roster, "rt", "佐藤") == "-");
  CHECK(who(roster, "rt", "") == "-");
  CHECK(who(roster, "rt", "  ") == "-");
}

TEST_CASE("the source's own entry comes before everywhere, and that before the name") {
  const Roster roster({person("A", {{"*", "x"}}), person("B", {{"rt", "x"}}), person("x", {})});
  CHECK(who(roster, "rt", "x") == "B");
  CHECK(who(roster, "redmine", "x") == "A");
  CHECK(roster.named("X") == &roster.people()[2]);
  CHECK(roster.named("y") == nullptr);
  CHECK(roster.named("") == nullptr);
}

TEST_CASE("an account claimed twice stays with the first, an empty one with nobody") {
  const Roster roster({person("A", {{"rt", "x"}, {"redmine", ""}}), person("B", {{"rt", "X"}})});
  CHECK(who(roster, "rt", "x") == "A");
  CHECK(who(roster, "redmine", "") == "-");
}
