// A written policy at work: from the config through judging to the store and to what is shown.
#include "collector/config/policy.hpp"

#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "collector/judgement.hpp"
#include "collector/report/findings.hpp"
#include "collector/report/lists.hpp"
#include "collector/report/scores.hpp"
#include "store_samples.hpp"

using namespace akashi;

namespace {

constexpr std::int64_t day = 86400;

// A house with one source that nobody polls: what was read is put into the store by hand.
struct Centre {
  samples::TempDir folder;
  std::unique_ptr<House> house;
  std::unique_ptr<Store> store;

  explicit Centre(const std::string& more) {
    std::ofstream(folder.file("akashi.yaml")) << "store: {actors: clear}\n"
                                                 "people:\n  - {name: person-1}\n  - {name: person-2}\n  - {name: Chiyo Ueda, head: true}\n"
                                                 "sources:\n  - {name: rt, connector: rt, url: https://rt.example, auth: {scheme: bearer, env: T}}\n"
                                              << more;
    HouseRead read = build_house(folder.file("akashi.yaml"), AKASHI_SOURCE_DIR, true);
    for (const Error& error : read.errors) FAIL(sentence(error));
    house = std::move(read.house);
    store = samples::writer(folder.file("a.db"));
  }
  void works(int person, std::int64_t seconds) {
    Activity one = samples::activity(static_cast<int>(seconds % 100000));
    one.uid = "rt/transactions/" + std::to_string(seconds) + "/" + std::to_string(person);
    one.time = one.seen = samples::at(seconds);
    one.actor = "person-" + std::to_string(person);
    one.kind = "case.progressed";
    one.case_id = "rt:ticket/" + std::to_string(seconds);
    PageCommit page;
    page.source = "rt";
    page.stream = "transactions";
    page.activities = {one};
    page.evidence = {samples::evidence_for(one)};
    page.evidence[0].drill = false;
    page.evidence[0].procedures.clear();
    page.coverage = {{"rt", "transactions", {samples::at(-400 * day), samples::at(seconds)}, true, {}}};
    page.poll = store->begin_poll("rt", "transactions", one.seen).value();
    REQUIRE(samples::why(store->keep(page)) == "ok");
  }
  Judgement judge(std::int64_t seconds) {
    auto judgement = judge_all(*house, *store, samples::at(seconds));
    REQUIRE(samples::why(judgement) == "ok");
    return std::move(*judgement);
  }
  [[nodiscard]] Proposal newest() const { return store->proposals().value().back(); }
};

const Finding& of(const Judgement& judgement, std::string_view service) { return *std::ranges::find(judgement.findings, service, &Finding::service); }

std::string shown(Lang lang, auto print) {
  std::ostringstream out;
  print(Screen(out, lang, false, 100));
  return out.str();
}

constexpr const char* small_steps =
    "policy:\n  cooling: 0\n  accept:\n"
    "    - {name: small steps, by: Chiyo Ueda, since: 2026-04-01, categories: [D], direction: up, max_step: 1, min_confidence: low}\n";

}  // namespace

TEST_CASE("a policy accepts what it names, and everything says that it was the policy") {
  Centre centre(small_steps);
  centre.works(1, 100);
  CHECK(centre.judge(200).accepted.empty());
  REQUIRE(centre.newest().state == ProposalState::open);  // a first score is people's
  REQUIRE(samples::why(centre.store->decide({centre.newest().id, "accept", {}, "Chiyo Ueda", "agreed", samples::at(300), centre.newest().digest})) ==
          "ok");
  centre.works(2, 20 * day);
  CHECK(centre.judge(20 * day + 1).accepted.empty());  // a rise has to hold for a day
  const auto judgement = centre.judge(21 * day + 1);
  REQUIRE(judgement.accepted.size() == 1);
  CHECK(of(judgement, "D-2").as_is == 3);
  CHECK(centre.newest().state == ProposalState::accepted);
  const auto decisions = centre.store->decisions().value();
  REQUIRE(decisions.size() == 2);
  CHECK(decisions[1].by == "policy small steps");
  CHECK(decisions[1].because.starts_with("by the policy that Chiyo Ueda wrote, in force since 2026-04-01: up, at most 1 rung at once"));

  const auto proposals = centre.store->proposals().value();
  const auto list = [&](Lang lang) {
    return shown(lang, [&](const Screen& screen) { print_proposals(screen, proposals, decisions, judgement.findings); });
  };
  CHECK(list(Lang::en).find("policy “small steps”") != std::string::npos);
  CHECK(list(Lang::ja).find("ポリシー「small steps」") != std::string::npos);
  CHECK(proposals_json(proposals, decisions, judgement.findings, Lang::en).find("\"by_policy\": true") != std::string::npos);
  const auto portfolio = [&](Lang lang) {
    return shown(lang, [&](const Screen& screen) { print_portfolio(screen, judgement.view, judgement.findings, judgement.in_force); });
  };
  CHECK(portfolio(Lang::en).find("D-2: 3 (policy “small steps”, 2026-04-22)") != std::string::npos);
  CHECK(portfolio(Lang::ja).find("D-2: 3(ポリシー「small steps」、2026-04-22)") != std::string::npos);
  CHECK(portfolio_json(judgement.view, judgement.findings, judgement.in_force, Lang::en).find("\"as_is_by_policy\": true") != std::string::npos);
  const auto explained = shown(Lang::en, [&](const Screen& screen) {
    const Finding& finding = of(judgement, "D-2");
    print_explanation(screen, finding, {}, in_force(judgement.in_force, finding));
  });
  CHECK(explained.find("3 (policy “small steps”, 2026-04-22)") != std::string::npos);
}

TEST_CASE("without a policy everything waits for people") {
  Centre centre("");
  centre.works(1, 100);
  (void)centre.judge(200);
  REQUIRE(samples::why(centre.store->decide({centre.newest().id, "accept", {}, "Chiyo Ueda", "agreed", samples::at(300), centre.newest().digest})) ==
          "ok");
  centre.works(2, 20 * day);
  (void)centre.judge(20 * day + 1);
  CHECK(centre.judge(21 * day + 1).accepted.empty());
  CHECK(centre.newest().state == ProposalState::open);
}

TEST_CASE("a drifted score is shown wherever scores are, and as of a date as it was then") {
  Centre centre("services:\n  D-2: {as_is: 4, to_be: 5}\n");
  centre.works(1, 100);
  (void)centre.judge(200);
  centre.works(1, 8 * day);
  const auto judgement = centre.judge(8 * day);
  const Finding& finding = of(judgement, "D-2");
  REQUIRE(finding.drift);
  CHECK(finding.drift->score == 4);
  CHECK(finding.drift->supports == 2);
  CHECK(finding.drift->manual);
  const std::string en = "the score set by hand is 4, but since 2026-04-01 the evidence supports 2";
  CHECK(shown(Lang::en, [&](const Screen& screen) { print_findings(screen, judgement.findings, false); }).find("D-2: " + en) != std::string::npos);
  CHECK(shown(Lang::ja, [&](const Screen& screen) {
          print_findings(screen, judgement.findings, false);
        }).find("D-2: 手動スコアは 4 だが、2026-04-01 以降に証拠が裏付けるのは 2") != std::string::npos);
  CHECK(shown(Lang::en, [&](const Screen& screen) { print_proposals(screen, {}, {}, judgement.findings); }).find(en) != std::string::npos);
  CHECK(shown(Lang::en, [&](const Screen& screen) { print_portfolio(screen, judgement.view, judgement.findings, {}); }).find(en) !=
        std::string::npos);
  CHECK(shown(Lang::en, [&](const Screen& screen) { print_explanation(screen, finding, {}, nullptr); }).find(en) != std::string::npos);
  CHECK(findings_json(judgement.findings, judgement.in_force, samples::at(8 * day), Lang::en).find("\"supports\": 2") != std::string::npos);
  const auto earlier = look(*centre.house, *centre.store, samples::at(3 * day));
  REQUIRE(earlier);
  CHECK_FALSE(of(*earlier, "D-2").drift);
}

TEST_CASE("what the policy section says is read as it was meant") {
  const ConfigRead read = read_config_text(
      "policy:\n  up: 2d\n  down: 0\n  cooling: 14d\n  accept:\n"
      "    - {name: a, by: x, since: 2026-04-01T00:00:00+09:00, services: [D-2], categories: [G], ladder: both, direction: both, max_step: 4,\n"
      "       min_confidence: medium, first_scores: true}\n"
      "    - {name: b, by: x, since: 2026-04-02, services: D-1}\n",
      "x.yaml");
  for (const Error& error : read.errors) FAIL_CHECK(sentence(error));
  CHECK(read.config.hysteresis == Hysteresis{.up = days(2), .down = {}, .cooling = days(14)});
  REQUIRE(read.config.policies.size() == 2);
  const Policy& a = read.config.policies[0];
  CHECK(format_time(a.since) == "2026-03-31T15:00:00Z");
  CHECK(a.services.size() == 14);
  CHECK(a.ladders == std::set<std::string>{"insource", "outsource"});
  CHECK(a.direction == Policy::Direction::both);
  CHECK(a.max_step == 4);
  CHECK(a.min_confidence == Confidence::medium);
  CHECK(a.first_scores);
  const Policy& b = read.config.policies[1];
  CHECK(b.ladders == std::set<std::string>{"insource"});
  CHECK(b.direction == Policy::Direction::up);
  CHECK(b.max_step == 1);
  CHECK(b.min_confidence == Confidence::high);
  CHECK_FALSE(b.first_scores);
  CHECK(read.remarks.size() == 3);  // nobody knows x; nothing is connected
}
