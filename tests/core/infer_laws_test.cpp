// Laws that hold for any SOC, tried on many random ones: seeing less never makes absence, what does not count never raises, order does not matter.
#include "tests/core/random_soc.hpp"

using namespace akashi;
using namespace akashi::random_soc;

TEST_CASE("law: seeing less never makes absence out of anything") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    const auto before = soc.finding(service);
    auto blinder = soc;
    auto& known = blinder.sight("rt").complete.at("transactions");
    const auto hole = soc.view.as_of - days(dice.roll(120));
    Coverage around;
    around.add({Instant::min(), hole});
    if (dice.once_in(2)) around.add({hole + days(1 + dice.roll(20)), Instant::max()});
    known = known.intersect(around);
    const auto after = blinder.finding(service);
    if (says_absence(after.state)) CHECK(says_absence(before.state));
    if (after.rung == 1) CHECK(before.rung == 1);
    if (before.rung.value_or(0) > 1) CHECK(after.rung == before.rung);  // occurrence needs no coverage
  });
}

TEST_CASE("law: nothing read, nothing said about absence") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice&) {
    auto blind = soc;
    blind.sight("rt").complete.at("transactions") = {};
    const auto found = blind.finding(service);
    CHECK_FALSE(says_absence(found.state));
    CHECK(found.rung != 1);
  });
}

TEST_CASE("law: what does not count never raises a rung") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto quiet = soc;
    auto noisy = soc;
    for (int i = 0; i < 5; ++i) {
      quiet.seconds_pass(1);
      noisy.seconds_pass(1);
      const Acts acts{.service = service, .case_id = "rt:ticket/" + std::to_string(dice.roll(6)), .procedures = {"Incident handling"}};
      noisy.bot("soar").does(acts);
      noisy.provider("mssp").does(acts);
      noisy.stranger("root").does(acts);
      if (!noisy.profile(service).team.empty()) noisy.outsider("o").does(acts);
      noisy.bot("flow").approves("Incident handling", "1");
      noisy.analyst("nobody").approves("Incident handling", "1");
    }
    CHECK(noisy.rung(service) <= std::max(quiet.rung(service), 1));
  });
}

TEST_CASE("law: the caps hold") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice&) {
    auto undocumented = soc;
    undocumented.view.documents.clear();
    CHECK(undocumented.rung(service) <= 3);
    auto headless = soc;
    headless.view.heads.clear();
    CHECK(headless.rung(service) <= 4);
    const auto found = soc.finding(service);
    std::set<std::string> people;
    for (const auto& item : soc.view.items.contains(service) ? soc.view.items.at(service) : std::vector<Evidence>{})
      if (item.actor_kind == ActorKind::human && item.kind != EvidenceKind::approval) people.insert(item.actor);
    CHECK(found.rung.value_or(0) <= (people.empty() ? 1 : people.size() == 1 ? 2 : 5));
  });
}

TEST_CASE("law: a number on an on-demand service needs work, or a missed demand") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice&) {
    const auto found = soc.finding(service);
    if (default_criteria(service).clock_runs_always() || !found.rung) return;
    CHECK((found.evidence_count > 0 || found.state == State::missed_demand));
    CHECK((*found.rung > 1 || found.state == State::missed_demand));
  });
}

TEST_CASE("law: the order in which evidence came does not matter") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice& dice) {
    auto shuffled = soc;
    for (auto& [of, items] : shuffled.view.items) std::ranges::shuffle(items, dice.generator);
    std::ranges::shuffle(shuffled.view.documents, dice.generator);
    CHECK(equal(soc.finding(service), shuffled.finding(service)));
  });
}

TEST_CASE("law: every finding can be said in both languages, with what carries it and what is missing") {
  for_each_soc([](const Soc& soc, const std::string& service, Dice&) {
    const auto found = soc.finding(service);
    CHECK_FALSE(found.reasons.empty());
    if (found.rung && *found.rung < 5) CHECK_FALSE(found.missing.empty());
    if (found.rung.value_or(0) > 1) CHECK(found.sufficient.size() + 1 >= static_cast<std::size_t>(*found.rung));
    CHECK((found.confidence == Confidence::none) == !found.rung);
    for (const auto* reasons : {&found.reasons, &found.missing, &found.counter, &found.confidence_reasons})
      for (const auto& reason : *reasons) CHECK(arguments_of(reason.code) == static_cast<int>(reason.args.size()));
  });
}
