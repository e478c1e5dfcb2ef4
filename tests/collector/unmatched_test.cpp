// What is stored and counts for nothing, and other rules tried on what is stored.
#include "collector/unmatched.hpp"

#include <algorithm>
#include <sstream>

#include "catch.hpp"
#include "collector/cli/commands.hpp"
#include "collector/rehearsal.hpp"
#include "collector/report/unmatched_list.hpp"
#include "mappings/engine/rules.hpp"
#include "small_house.hpp"

using namespace akashi;
using samples::SmallHouse;
using Hint = UnmatchedGroup::Hint;

namespace {

const Instant november = *parse_time("2026-11-20T12:00:00Z");

Unmatched look_at(SmallHouse& small) {
  auto found = look_for_unmatched(small.house(), small.store(), november);
  REQUIRE(found);
  return std::move(*found);
}

std::string typed(std::vector<const char*> words, int& exit) {
  std::ostringstream out, err;
  words.insert(words.begin(), "akashi");
  words.insert(words.end(), {"--data", AKASHI_SOURCE_DIR});
  const auto parsed = parse_arguments(static_cast<int>(words.size()), words.data(), out, err);
  REQUIRE(parsed.arguments);
  exit = parsed.arguments->command == "replay" ? command_replay(*parsed.arguments, {out, err}) : command_unmatched(*parsed.arguments, {out, err});
  return out.str() + err.str();
}

std::vector<Rule> shipped() { return load_rules(AKASHI_SOURCE_DIR "/mappings/rules").rules; }

const FindingChange* change_of(const Rehearsal& rehearsal, std::string_view service) {
  const auto found = std::ranges::find(rehearsal.findings, service, [](const FindingChange& one) { return std::string_view(one.before.service); });
  return found == rehearsal.findings.end() ? nullptr : &*found;
}

// Two people lead an incident.
void work_on_an_incident(SmallHouse& small) {
  small.does("rt", "asato", "case.commented", "ticket/1", "Incidents", november - days(3));
  small.does("rt", "btanaka", "case.commented", "ticket/1", "Incidents", november - days(2));
}

using Kinds = std::map<std::string, std::uint64_t>;

}  // namespace

TEST_CASE("unmatched: grouped by what wants the same answer, most frequent first, with a hint") {
  SmallHouse small(samples::desk);
  for (int i = 0; i < 3; ++i) small.does("rt", "asato", "case.commented", "ticket/9", "Other", november - days(3) + std::chrono::hours(i));
  small.does("rt", "asato", "case.opened", "ticket/9", "Other", november - days(4));
  small.does("rt", "asato", "case.linked", "ticket/1", "Incidents", november - days(2));
  small.does("rt", "asato", "session.opened", "", "", november - days(2));
  small.does("rt", "asato", "case.commented", "ticket/1", "Incidents", november - days(2));  // claimed
  small.does("rt", "asato", "case.commented", "ticket/7", "Noise", november - days(2));      // ignored by the map
  small.does("rt", "robot", "case.commented", "ticket/9", "Other", november - days(2));      // a machine
  small.does("rt", "asato", "document.published", "", "", november - days(2));               // judged as a document
  small.does("rt", "asato", "case.commented", "ticket/9", "Other", november + days(2));      // later than asked
  const auto found = look_at(small);
  CHECK(found.activities == 10);
  CHECK(found.claimed == 1);
  CHECK(found.ignored == 1);
  CHECK(found.automation == 1);
  CHECK(found.documents == 1);
  CHECK(found.unmatched == 6);
  REQUIRE(found.groups.size() == 3);
  CHECK(found.groups[0].count == 4);
  CHECK(found.groups[0].place == "Other");
  CHECK(found.groups[0].kinds == Kinds{{"case.commented", 3}, {"case.opened", 1}});
  CHECK(found.groups[0].hint == Hint::place);
  CHECK(found.groups[0].uid == "rt/stream/3");
  const auto hint_of = [&](const std::string& kind) { return std::ranges::find(found.groups, Kinds{{kind, 1}}, &UnmatchedGroup::kinds)->hint; };
  CHECK(hint_of("case.linked") == Hint::matter);
  CHECK(hint_of("session.opened") == Hint::rule);
}

TEST_CASE("unmatched: a matter that names no service is told from acts that its rules leave out") {
  SmallHouse small(std::string(samples::desk) + "      - when: {place: Studies}\n        matter: investigation\n");
  small.does("rt", "asato", "case.answered", "ticket/5", "Studies", november - days(2));
  small.does("rt", "asato", "case.commented", "ticket/5", "Studies", november - days(2));
  const auto found = look_at(small);
  REQUIRE(found.groups.size() == 2);
  for (const auto& group : found.groups) CHECK(group.hint == (group.kinds == Kinds{{"case.answered", 1}} ? Hint::services : Hint::matter));
}

TEST_CASE("unmatched: accounts that are nobody never count, and are named for the roster") {
  SmallHouse small(samples::desk);
  small.does("rt", "newcomer", "case.commented", "ticket/1", "Incidents", november - days(2));
  small.does("rt", "newcomer", "case.commented", "ticket/9", "Other", november - days(1));
  small.does("rt", "passer-by", "case.commented", "ticket/9", "Other", november - days(1));
  small.does("rt", "", "case.commented", "ticket/9", "Other", november - days(1));
  const auto found = look_at(small);
  CHECK(found.nobody == 1);
  REQUIRE(found.accounts.size() == 2);
  CHECK(found.accounts[0].actor == "newcomer");
  CHECK(found.accounts[0].count == 2);
  CHECK(found.accounts[0].claimed == 1);
  CHECK(found.accounts[0].last == november - days(1));
  CHECK(roster_draft(found.accounts[0], true) == "- {name: \"newcomer\", team: \"…\", accounts: {rt: \"newcomer\"}}");
}

TEST_CASE("unmatched: where names are not kept, a pseudonym stands for the account") {
  SmallHouse small(samples::desk, "store: {path: a.db, key_file: a.key}\n");
  small.does("rt", "newcomer", "case.commented", "ticket/1", "Incidents", november - days(2));
  const auto found = look_at(small);
  REQUIRE(found.accounts.size() == 1);
  CHECK(found.accounts[0].actor.starts_with("u-"));
  const auto draft = roster_draft(found.accounts[0], false);
  CHECK(draft.find("newcomer") == std::string::npos);
  CHECK(draft.find("rt: \"…\"") != std::string::npos);
}

TEST_CASE("unmatched: more than one batch is looked at, and nothing twice") {
  SmallHouse small(samples::desk);
  for (int i = 0; i < 1100; ++i) small.does("rt", "asato", "case.commented", i % 2 == 0 ? "ticket/1" : "", "Other", november - days(3));
  const auto found = look_at(small);
  CHECK(found.activities == 1100);
  CHECK(found.unmatched == 1100);
  REQUIRE(found.groups.size() == 2);
  CHECK(found.groups[0].count == 550);
}

TEST_CASE("unmatched: as it is typed") {
  SmallHouse small(samples::desk);
  small.does("rt", "newcomer", "case.commented", "ticket/9", "Other", november - days(2));
  const auto config = small.config();
  int exit = 1;
  const auto list = typed({"unmatched", "--config", config.c_str(), "--lang", "ja"}, exit);
  CHECK(exit == 0);
  CHECK(list.find("Other") != std::string::npos);
  CHECK(list.find("classify:") != std::string::npos);
  CHECK(typed({"unmatched", "--actors", "--config", config.c_str()}, exit).find("newcomer") != std::string::npos);
  CHECK(typed({"unmatched", "--json", "--config", config.c_str()}, exit).find("\"hint\": \"place\"") != std::string::npos);
}

TEST_CASE("rehearsal: the same rules change nothing, and the store stays as it is") {
  SmallHouse small(samples::desk);
  work_on_an_incident(small);
  const auto before = small.store().evidence({}).value();
  const auto rehearsal = rehearse(small.house(), small.store(), shipped(), november);
  REQUIRE(rehearsal);
  CHECK(rehearsal->findings.empty());
  CHECK(rehearsal->activities == 2);
  CHECK(small.store().evidence({}).value() == before);
}

TEST_CASE("rehearsal: what people attested stays under any rules") {
  SmallHouse small(samples::desk);
  work_on_an_incident(small);
  Attestation drill;
  drill.kind = AttestationKind::drill;
  drill.services = {"D-5"};
  drill.actors = {"Aiko Sato", "Ben Tanaka"};
  drill.by = "Front desk";
  drill.at = drill.done = november - days(30);
  drill.valid_until = november + days(300);
  REQUIRE(small.store().attest(drill));
  const auto same = rehearse(small.house(), small.store(), shipped(), november);
  REQUIRE(same);
  CHECK(same->findings.empty());
  const auto none = rehearse(small.house(), small.store(), {}, november);
  REQUIRE(none);
  const auto* led = change_of(*none, "D-2");
  REQUIRE(led != nullptr);
  CHECK(led->before.rung == 3);
  CHECK_FALSE(led->after.rung);
  const auto* restored = change_of(*none, "D-5");  // without rules no source shows it any more, and the drill still carries its rung
  CHECK((restored == nullptr || restored->after.rung == restored->before.rung));
  auto view = make_view(small.house(), small.store(), november);
  REQUIRE(view);
  CHECK(infer(*view, "D-5").rung >= 2);
}

TEST_CASE("rehearsal: a rule less takes its evidence and what rests on it away, a rule more adds") {
  SmallHouse small(samples::desk);
  work_on_an_incident(small);
  auto rules = shipped();
  std::erase_if(rules, [](const Rule& rule) { return rule.title.starts_with("Incident led"); });
  const auto stored = small.store().evidence({}).value();
  const auto less = rehearse(small.house(), small.store(), rules, november);
  REQUIRE(less);
  CHECK(small.store().evidence({}).value() == stored);
  const auto* led = change_of(*less, "D-2");
  REQUIRE(led != nullptr);
  CHECK(led->changes());
  CHECK(led->before.rung == 3);
  CHECK(led->after.state == State::not_observable);
  REQUIRE(led->why.size() == 1);
  CHECK(led->why.front().removed == 2);
  CHECK(led->why.front().added == 0);
  CHECK(led->why.front().title.starts_with("Incident led"));

  std::vector<Error> errors;
  auto fresh = read_rule(R"(title: notes
id: 11111111-2222-4333-8444-555555555555
status: experimental
service: D-3
why: so
author: me
date: 2026-11-21
evidence: exercise
noted: {kind: case.commented, matter: incident}
condition: noted
falsepositives: [none]
)",
                         "notes.yaml", errors);
  REQUIRE(fresh);
  auto more_rules = shipped();
  more_rules.push_back(std::move(*fresh));
  const auto more = rehearse(small.house(), small.store(), more_rules, november);
  REQUIRE(more);
  CHECK(change_of(*more, "D-2") == nullptr);
  const auto* sorted = change_of(*more, "D-3");
  REQUIRE(sorted != nullptr);
  CHECK(sorted->why.front().added == 2);
  CHECK(sorted->after.rung == 3);
}

TEST_CASE("rehearsal: what was only counted is not matched anew") {
  SmallHouse small(samples::desk);
  work_on_an_incident(small);
  PageCommit page;
  page.source = "rt";
  page.stream = "alerts";
  page.next_state = "x";
  page.poll = *small.store().begin_poll("rt", "alerts", november);
  Tally tally;
  tally.add(november - days(1), std::string(64, 'a'));
  const auto same = shipped().front().id;
  page.tallies = {{{.source = "rt",
                    .service = "D-2",
                    .rule = same,
                    .actor = "Aiko Sato",
                    .actor_kind = ActorKind::human,
                    .team = {},
                    .day = day_of(november - days(1))},
                   tally},
                  {{.source = "rt",
                    .service = "D-2",
                    .rule = "gone",
                    .actor = "Aiko Sato",
                    .actor_kind = ActorKind::human,
                    .team = {},
                    .day = day_of(november - days(1))},
                   tally}};
  page.tallied = {"rt/alerts/1", "rt/alerts/2"};
  REQUIRE(small.store().keep(page));
  const auto rehearsal = rehearse(small.house(), small.store(), shipped(), november);
  REQUIRE(rehearsal);
  CHECK(rehearsal->tallied_kept == 1);
  CHECK(rehearsal->tallied_lost == 1);
}

TEST_CASE("replay --rules: as it is typed") {
  SmallHouse small(samples::desk);
  work_on_an_incident(small);
  const auto config = small.config();
  int exit = 1;
  const auto same = typed({"replay", "--rules", AKASHI_SOURCE_DIR "/mappings/rules", "--config", config.c_str(), "--as-of", "2026-11-19"}, exit);
  CHECK(exit == 0);
  CHECK(same.find("No finding would change") != std::string::npos);
  const auto other =
      typed({"replay", "--rules", AKASHI_SOURCE_DIR "/mappings/rules/B", "--config", config.c_str(), "--as-of", "2026-11-19", "--lang", "ja"}, exit);
  CHECK(exit == 5);
  CHECK(other.find("D-2") != std::string::npos);
  CHECK(typed({"replay", "--rules", AKASHI_SOURCE_DIR "/tests/refused/rules", "--config", config.c_str()}, exit).find("did you mean") !=
        std::string::npos);
  CHECK(exit == 1);
}
