#include "connectors/engine/pseudonym.hpp"

#include "catch.hpp"
#include "core/digest.hpp"

using namespace akashi;

namespace {

Roster roster() {
  Person sato{.name = "Sato Hanako",
              .kind = ActorKind::human,
              .team = "csirt",
              .head = false,
              .accounts = {{"rt", "hsato"}, {"redmine", "sato.h"}},
              .line = 1};
  Person robot{.name = "soar", .kind = ActorKind::automation, .team = "", .head = false, .accounts = {{"*", "svc-soar"}}, .line = 2};
  Person provider{.name = "MSS", .kind = ActorKind::provider, .team = "mss", .head = false, .accounts = {{"rt", "mss1"}}, .line = 3};
  return Roster({sato, robot, provider});
}

const std::vector<std::string> system_accounts{"RT_System"};

}  // namespace

TEST_CASE("one person has one pseudonym in every tool, two people have two") {
  const Pseudonyms pseudonyms("key", false);
  const auto people = roster();
  const auto rt = pseudonyms.of(people, "rt", "hsato");
  CHECK(rt == pseudonyms.of(people, "redmine", "SATO.H"));
  CHECK(rt.actor == "p-" + hex(hmac_sha256("key", "person\x1fSato Hanako")).substr(0, 12));
  CHECK(rt.kind == ActorKind::human);
  CHECK(rt.team == "csirt");
  CHECK(rt.actor == pseudonyms.of(people.people()[0]));
  CHECK(pseudonyms.of(people, "anywhere", "svc-soar").kind == ActorKind::automation);
  CHECK(pseudonyms.of(people, "rt", "mss1").kind == ActorKind::provider);
  CHECK(pseudonyms.of(people, "rt", "mss1").actor != rt.actor);
  CHECK(Pseudonyms("other", false).of(people, "rt", "hsato").actor != rt.actor);
}

TEST_CASE("an account nobody knows is somebody unknown, one in each tool") {
  const Pseudonyms pseudonyms("key", false);
  const auto people = roster();
  const auto stranger = pseudonyms.of(people, "rt", "tanaka");
  CHECK(stranger.actor.starts_with("u-"));
  CHECK(stranger.actor.size() == 14);
  CHECK(stranger.kind == ActorKind::unknown);
  CHECK(stranger.team.empty());
  CHECK(stranger == pseudonyms.of(people, "rt", " Tanaka "));
  CHECK(stranger.actor != pseudonyms.of(people, "redmine", "tanaka").actor);
  CHECK(stranger.actor != pseudonyms.of(people, "rt", "tanaka2").actor);
  CHECK(pseudonyms
            .of(people, "a",
                "b\x1f"
                "c")
            .actor != pseudonyms
                          .of(people,
                              "a\x1f"
                              "b",
                              "c")
                          .actor);
}

TEST_CASE("the tool itself is automation, nobody is never empty") {
  const Pseudonyms pseudonyms("key", false);
  CHECK(pseudonyms.of(roster(), "rt", "rt_system", system_accounts) == Actor{"system", ActorKind::automation, ""});
  CHECK(pseudonyms.of(roster(), "rt", "RT_System").kind == ActorKind::unknown);
  CHECK(pseudonyms.of(roster(), "rt", "  ", system_accounts) == Actor{"unknown", ActorKind::unknown, ""});
  CHECK(pseudonyms.of(roster(), "rt", "hsato", std::vector<std::string>{"hsato"}).kind == ActorKind::human);
}

TEST_CASE("clear names are only kept where the configuration says so") {
  const auto people = roster();
  for (const std::string account : {"hsato", "tanaka", "Sato Hanako"}) {
    const auto hidden = Pseudonyms("key", false).of(people, "rt", account).actor;
    CHECK(hidden.find("sato") == std::string::npos);
    CHECK(hidden.find("tanaka") == std::string::npos);
    CHECK(hidden.find("Sato") == std::string::npos);
  }
  const Pseudonyms clear("key", true);
  CHECK(clear.of(people, "rt", "hsato").actor == "Sato Hanako");
  CHECK(clear.of(people, "rt", "tanaka").actor == "tanaka");
  CHECK(clear.of(people, "rt", "tanaka").kind == ActorKind::unknown);
  CHECK(clear.of(people, "rt", "a\x1b[2J").actor == "a [2J");
}

TEST_CASE("a document's owner is a person, a team or somebody unknown") {
  const Pseudonyms pseudonyms("key", false);
  const auto people = roster();
  CHECK(pseudonyms.owner(people, "redmine", "Sato Hanako") == pseudonyms.of(people.people()[0]));
  CHECK(pseudonyms.owner(people, "redmine", "CSIRT") == "CSIRT");
  CHECK(pseudonyms.owner(people, "redmine", "Tanaka Taro").starts_with("u-"));
  CHECK(pseudonyms.owner(people, "redmine", " ").empty());
}
