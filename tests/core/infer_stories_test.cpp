// The insourced ladder, for every one of the 28 services: each rung as a story, and each story with one piece missing or wrong.
#include "catch.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

// A story told hour by hour, so that the shortest clock (B-1, a day) does not run out.
struct Story : Soc {
  std::string service;

  explicit Story(std::string id) : Soc("2026-04-01T09:00:00Z", 500), service(std::move(id)) {
    assign(service, "csirt");
    view.items.erase(service);  // of D-1 the desk's usual reports
  }
  void works(const std::string& who, const std::string& procedure = {}, const std::string& kind = "case.progressed") {
    Acts act{.service = service, .kind = kind};
    if (!procedure.empty()) act.procedures = {procedure};
    worker(who).does(act);
  }
  void writes(const std::string& who, const std::string& version = "1") {
    publish("Procedure", version, who, "owner");
    view.documents.back().services = {service};
    hours_pass(1);
  }
  // One person, a second one, a procedure that the first wrote and the second worked from, an approval: as much of it as the rung needs.
  Story& reaches(int to) {
    works("a"), works("a"), works("a");
    if (to >= 3) works("b");
    if (to >= 4) writes("a"), works("b", "Procedure"), hours_pass(1);
    if (to >= 5) head("ciso").approves("Procedure", "1"), hours_pass(1);
    return *this;
  }
  [[nodiscard]] int now() const { return rung(service); }
  Evidence& last() { return view.items[service].back(); }
};

using Change = void (*)(Story&);
struct NearMiss {
  const char* what;
  int rung;  // reached before, less one piece
  int told;  // what is left of it
  Change change;
};

void someone_else(Story& story, ActorKind kind, const std::string& team) {
  for (auto& item : story.view.items[story.service])
    if (item.actor == "b") item.actor_kind = kind, item.team = team;
}

const std::vector<NearMiss>& near_misses() {
  static const std::vector<NearMiss> all{
      {"the second name is the first person's other account", 3, 2,
       [](Story& story) {
         for (auto& item : story.view.items[story.service]) item.actor = "a";
       }},
      {"the second is a bot", 3, 2, [](Story& story) { someone_else(story, ActorKind::automation, ""); }},
      {"the second is a shared account", 3, 2, [](Story& story) { someone_else(story, ActorKind::shared, "csirt"); }},
      {"the second is nobody's account", 3, 2, [](Story& story) { someone_else(story, ActorKind::unknown, ""); }},
      {"the second is the provider's", 3, 2, [](Story& story) { someone_else(story, ActorKind::provider, "csirt"); }},
      {"the second is of another team", 3, 2, [](Story& story) { someone_else(story, ActorKind::human, "sales"); }},
      {"the second has left", 3, 2, [](Story& story) { story.view.tenures["b"].until = story.view.as_of; }},
      {"the second's work is older than the look-back", 3, 2,
       [](Story& story) { story.last().time = story.view.as_of - days(story.profile(story.service).criteria.look_back_days + 1); }},
      {"the second's act is one of a bulk operation", 3, 2,
       [](Story& story) {
         for (int i = 0; i < 20; ++i) story.works("b");
       }},
      {"the second only closed what the first handled", 3, 2,
       [](Story& story) {
         story.last().activity = "case.closed";
         story.last().case_id = story.view.items[story.service].front().case_id;
       }},
      {"the second's ticket is marked as a test", 3, 2,
       [](Story& story) {
         story.last().title = "[test] x";
         if (story.service.starts_with("G-")) story.last().actor_kind = ActorKind::unknown;  // there testing is the work
       }},
      {"the procedure has no owner", 4, 3, [](Story& story) { story.view.documents.back().owner.clear(); }},
      {"the procedure's owner has left", 4, 3, [](Story& story) { story.view.tenures["owner"].until = story.view.as_of; }},
      {"the procedure has no version", 4, 3, [](Story& story) { story.view.documents.back().version.clear(); }},
      {"nobody can tell who wrote it", 4, 3, [](Story& story) { story.view.documents.back().author.clear(); }},
      {"the procedure names another service", 4, 3, [](Story& story) { story.view.documents.back().services = {"A-1"}; }},
      {"the procedure is 366 days old", 4, 3, [](Story& story) { story.view.documents.back().published = story.view.as_of - days(366); }},
      {"the work names another document", 4, 3, [](Story& story) { story.last().procedures = {"Another"}; }},
      {"the work lies before the version in force", 4, 3, [](Story& story) { story.writes("a", "2"); }},
      {"the second wrote it, too", 4, 3, [](Story& story) { story.view.documents.back().author = "b"; }},
      {"who worked from it has left", 4, 2, [](Story& story) { story.view.tenures["b"].until = story.view.as_of; }},
      {"only a ticket that names it was closed", 4, 3,
       [](Story& story) {
         story.last().activity = "case.closed", story.works("a"),
         story.view.items[story.service].back().case_id = story.view.items[story.service].rbegin()[1].case_id;
       }},
      {"the approval is of the older version", 5, 4,
       [](Story& story) {
         story.writes("a", "2");
         story.works("b", "Procedure");
       }},
      {"the approval is pending", 5, 4, [](Story& story) { story.view.items["D-2"].back().verdict = "pending"; }},
      {"the approval is a refusal", 5, 4, [](Story& story) { story.view.items["D-2"].back().verdict = "refused"; }},
      {"the approver is no authorised head", 5, 4, [](Story& story) { story.view.heads = {"somebody"}; }},
      {"the approver is a workflow", 5, 4, [](Story& story) { story.view.items["D-2"].back().actor_kind = ActorKind::automation; }},
      {"the head wrote it", 5, 4, [](Story& story) { story.view.documents.back().author = "ciso"; }},
      {"the approval names no version", 5, 4, [](Story& story) { story.view.items["D-2"].back().object_version.clear(); }},
      {"the approval is older than the version", 5, 4,
       [](Story& story) { story.view.items["D-2"].back().time = story.view.documents.back().published - std::chrono::seconds(1); }},
      {"the approval has expired", 5, 4,
       [](Story& story) {
         story.view.items["D-2"].back().time = story.view.as_of - days(366);
         story.view.documents.back().published = story.view.as_of - days(367);
         story.view.documents.back().reviewed = story.view.as_of - days(1);
       }},
      {"the head had left by then", 5, 4, [](Story& story) { story.view.tenures["ciso"].until = story.view.as_of - std::chrono::hours(2); }},
      {"the approval stands, but nobody else worked from it", 5, 3,
       [](Story& story) {
         for (auto& item : story.view.items[story.service]) item.procedures.clear();
       }},
  };
  return all;
}

}  // namespace

TEST_CASE("stories: every rung from 2 to 5 of every service") {
  for (const auto& service : judged_services())
    for (int rung = 2; rung <= 5; ++rung) {
      INFO(service << " " << rung);
      Story story(service);
      story.reaches(rung);
      CHECK(story.now() == rung);
      const auto found = story.finding(service);
      CHECK(found.missing.empty() == (rung == 5));
      CHECK_FALSE(found.sufficient.empty());
    }
}

TEST_CASE("near misses: every story with one piece missing or wrong is told lower, in every service") {
  for (const auto& service : judged_services())
    for (const auto& miss : near_misses()) {
      INFO(service << ": " << miss.what);
      Story story(service);
      story.reaches(miss.rung);
      REQUIRE(story.now() == miss.rung);
      miss.change(story);
      CHECK(story.now() == miss.told);
      CHECK_FALSE(story.finding(service).missing.empty());
    }
}

TEST_CASE("near misses of 2: nobody who can be named, and no number but 1 for a lapse") {
  for (const auto& service : judged_services())
    for (const auto kind : {ActorKind::automation, ActorKind::shared, ActorKind::unknown, ActorKind::provider}) {
      INFO(service << " " << name(kind));
      Story story(service);
      story.works("a");
      story.last().actor_kind = kind;
      CHECK(story.now() <= 1);
      if (!default_criteria(service).clock_runs_always()) CHECK(story.now() == 0);
    }
}

TEST_CASE("1, told of a cadence service when it lapses and was read, and not a second before") {
  for (const auto& service : judged_services()) {
    const auto criteria = default_criteria(service);
    if (!criteria.clock_runs_always()) continue;
    INFO(service);
    Story story(service);
    story.works("a");
    story.days_pass(criteria.stale_days);
    CHECK(story.now() == 2);
    Story blind = story;
    blind.source("rt").hides("6 of 100 rows hidden");
    blind.days_pass(1);
    CHECK(blind.finding(service).state != State::unexercised);
    CHECK(blind.now() != 1);
    story.seconds_pass(1);
    CHECK(story.finding(service).state == State::unexercised);
    CHECK(story.now() == 1);
  }
}

TEST_CASE("1, told of a service on demand when it was called for and nobody came, and never without demand") {
  for (const auto& service : judged_services()) {
    const auto criteria = default_criteria(service);
    if (criteria.clock_runs_always()) continue;
    INFO(service);
    Story quiet(service);
    quiet.days_pass(30);
    CHECK(quiet.now() == 0);
    Story asked(service);
    asked.profile(service).criteria.agreed = std::chrono::hours(24);
    asked.asks(service, "rt:ticket/7");
    asked.hours_pass(24);
    CHECK(asked.now() == 0);
    asked.hours_pass(1);
    CHECK(asked.finding(service).state == State::missed_demand);
    CHECK(asked.now() == 1);
    Story hidden(service);
    hidden.profile(service).criteria.agreed = std::chrono::hours(24);
    hidden.asks(service, "rt:ticket/7");
    hidden.source("rt").goes_down();
    hidden.hours_pass(30);
    CHECK(hidden.now() == 0);
    Story drilled(service);
    drilled.worker("a").drills(service);
    drilled.days_pass(1);
    CHECK(drilled.now() == 2);
    CHECK(drilled.finding(service).state != State::exercised);  // a drill is a drill: ability, not a case
  }
}

TEST_CASE("a drill without its tag is a case like any other; with the mark of a test and no tag it is nothing") {
  Story tagged("D-2");
  tagged.worker("a").drills();
  CHECK(tagged.state() == "no_demand since 2026-04-01");
  Story untagged("D-2");
  untagged.works("a");
  CHECK(untagged.state() == "exercised since 2026-04-01");
  Story test("D-2");
  test.works("a");
  test.last().title = "[test] phishing drill";
  CHECK(test.now() == 0);
}
