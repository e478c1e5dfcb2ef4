#include "core/evidence_of.hpp"

#include "catch.hpp"

using namespace akashi;

namespace {

CaseState ticket(std::string id, std::string merged_into = {}) {
  CaseState state;
  state.id = std::move(id);
  state.title = "title of " + state.id;
  state.merged_into = std::move(merged_into);
  return state;
}

CasesById cases(std::vector<CaseState> states) {
  CasesById by_id;
  for (auto& state : states) by_id.emplace(state.id, state);
  return by_id;
}

Activity closing() {
  Activity activity;
  activity.uid = "rt/transactions/12/77";
  activity.source = "rt";
  activity.kind = "case.progressed";
  activity.status_before = "open";
  activity.status = "resolved";
  activity.actor = "p-1";
  activity.actor_kind = ActorKind::human;
  activity.team = "csirt";
  activity.case_id = "a";
  activity.procedures = {"article/3"};
  activity.url = "https://rt.example/12";
  activity.digest = "d";
  activity.time = from_ns(5);
  activity.seen = from_ns(9);
  return activity;
}

Meaning approvals() {
  Meaning meaning;
  meaning.matter = "approval";
  meaning.statuses = {{"resolved", StatusMeaning::done}, {"rejected", StatusMeaning::refused}, {"open", StatusMeaning::working}};
  return meaning;
}

}  // namespace

TEST_CASE("a merged case's work counts for its root, however often it was merged") {
  const auto all =
      cases({ticket("a", "b"), ticket("b", "c"), ticket("c"), ticket("x", "gone"), ticket("p", "q"), ticket("q", "p"), ticket("s", "s")});
  CHECK(root_case("a", all) == "c");
  CHECK(root_case("b", all) == "c");
  CHECK(root_case("c", all) == "c");
  CHECK(root_case("x", all) == "gone");
  CHECK(root_case("unknown", all) == "unknown");
  CHECK(root_case("", all).empty());
  CHECK(root_case("s", all) == "s");
  CHECK(root_case("q", all) == "p");
  std::vector<CaseState> chain;
  for (int i = 0; i < 100; ++i) chain.push_back(ticket(std::to_string(i), std::to_string(i + 1)));
  CHECK(root_case("0", cases(chain)) == "16");
}

TEST_CASE("cases that were merged into each other have one root") {
  const auto all = cases({ticket("p", "r"), ticket("q", "p"), ticket("r", "q"), ticket("z", "q")});
  for (const auto id : {"p", "q", "r", "z"}) CHECK(root_case(id, all) == "p");
}

TEST_CASE("evidence carries what judging needs") {
  const auto all = cases({ticket("a", "b"), ticket("b")});
  Meaning meaning = approvals();
  meaning.matter = "incident";
  meaning.severity = "high";
  meaning.works_from = "Incident handling";
  const auto evidence = evidence_of(closing(), &all.at("a"), meaning, all, "d2_closed", "D-2", EvidenceKind::exercise);
  CHECK(evidence.uid == "rt/transactions/12/77");
  CHECK(evidence.rule == "d2_closed");
  CHECK(evidence.service == "D-2");
  CHECK(evidence.kind == EvidenceKind::exercise);
  CHECK(evidence.activity == "case.closed");
  CHECK(evidence.case_id == "b");
  CHECK(evidence.title == "title of b");
  CHECK(evidence.matter == "incident");
  CHECK(evidence.severity == "high");
  CHECK(evidence.actor == "p-1");
  CHECK(evidence.actor_kind == ActorKind::human);
  CHECK(evidence.team == "csirt");
  CHECK(evidence.time == from_ns(5));
  CHECK(evidence.seen == from_ns(9));
  CHECK(evidence.procedures == std::vector<std::string>{"article/3", "Incident handling"});
  CHECK(evidence.verdict.empty());
  CHECK_FALSE(evidence.drill);
  CHECK(evidence.url == "https://rt.example/12");
  CHECK(evidence.digest == "d");
}

TEST_CASE("a root that was never read leaves the case's own title, no case leaves none") {
  const auto all = cases({ticket("a", "gone")});
  CHECK(evidence_of(closing(), &all.at("a"), {}, all, "r", "D-2", EvidenceKind::exercise).title == "title of a");
  CHECK(evidence_of(closing(), nullptr, {}, {}, "r", "D-2", EvidenceKind::exercise).title.empty());
}

TEST_CASE("work from the standing procedure is not named twice") {
  Meaning meaning;
  meaning.works_from = "article/3";
  CHECK(evidence_of(closing(), nullptr, meaning, {}, "r", "D-2", EvidenceKind::exercise).procedures == std::vector<std::string>{"article/3"});
}

TEST_CASE("a drill is marked by its place, by its label or by its kind") {
  auto activity = closing();
  Meaning meaning;
  CHECK_FALSE(evidence_of(activity, nullptr, meaning, {}, "r", "D-2", EvidenceKind::exercise).drill);
  meaning.drill = true;
  CHECK(evidence_of(activity, nullptr, meaning, {}, "r", "D-2", EvidenceKind::exercise).drill);
  meaning.drill = false;
  activity.labels = {"訓練"};
  CHECK(evidence_of(activity, nullptr, meaning, {}, "r", "D-2", EvidenceKind::exercise).drill);
  activity.labels = {"drills are fun"};
  CHECK_FALSE(evidence_of(activity, nullptr, meaning, {}, "r", "D-2", EvidenceKind::exercise).drill);
  activity.kind = "drill.performed";
  CHECK(evidence_of(activity, nullptr, meaning, {}, "r", "D-2", EvidenceKind::exercise).drill);
}

TEST_CASE("a ticket of an approval place says approved or refused, a pending one neither") {
  const auto verdict = [](std::string to, const Meaning& meaning, std::string given = {}) {
    auto activity = closing();
    activity.status = std::move(to);
    activity.verdict = std::move(given);
    return evidence_of(activity, nullptr, meaning, {}, "r", "", EvidenceKind::approval).verdict;
  };
  CHECK(verdict("resolved", approvals()) == "approved");
  CHECK(verdict("rejected", approvals()) == "refused");
  CHECK(verdict("open", approvals()).empty());
  CHECK(verdict("stalled", approvals()).empty());
  CHECK(verdict("resolved", approvals(), "refused") == "refused");
  Meaning incident = approvals();
  incident.matter = "incident";
  CHECK(verdict("resolved", incident).empty());
}

TEST_CASE("where the organisation notes the day of performance, that day counts, as far as it is known") {
  auto activity = closing();
  activity.time = parse_time("2026-10-05T08:00:00Z").value();
  Meaning meaning;
  meaning.performed = parse_time("2026-10-02");
  const auto done = evidence_of(activity, nullptr, meaning, {}, "r", "G-11", EvidenceKind::exercise);
  CHECK(format_time(done.time) == "2026-10-03T12:00:00Z");  // the end of that day anywhere on earth
  CHECK(format_time(done.earliest()) == "2026-10-01T10:00:00Z");
  CHECK(done.recorded == activity.time);

  meaning.performed = parse_time("2026-10-05");  // written down on the same day
  CHECK(evidence_of(activity, nullptr, meaning, {}, "r", "G-11", EvidenceKind::exercise).time == activity.time);
  meaning.performed = parse_time("2026-10-20");  // a plan: it is not done before that day
  CHECK(evidence_of(activity, nullptr, meaning, {}, "r", "G-11", EvidenceKind::exercise).time > parse_time("2026-10-20"));
  CHECK(evidence_of(activity, nullptr, meaning, {}, "r", "G-11", EvidenceKind::demand).time == activity.time);  // asked when it was written
}

TEST_CASE("the time agreed for a demand goes with the demand, what was made of a report with its review") {
  Meaning meaning;
  meaning.agreed = std::chrono::hours(4);
  CHECK(evidence_of(closing(), nullptr, meaning, {}, "r", "D-2", EvidenceKind::demand).agreed == std::chrono::hours(4));
  CHECK(evidence_of(closing(), nullptr, meaning, {}, "r", "D-2", EvidenceKind::exercise).agreed == std::chrono::hours(0));
  meaning.matter = "provider_report";
  meaning.review = "noted met";
  const auto review = evidence_of(closing(), nullptr, meaning, {}, "r", "B-1", EvidenceKind::review);
  CHECK(says(review, ReviewWord::noted));
  CHECK(says(review, ReviewWord::met));
  CHECK_FALSE(says(review, ReviewWord::missed));
  CHECK_FALSE(says(review, ReviewWord::checked));
}
