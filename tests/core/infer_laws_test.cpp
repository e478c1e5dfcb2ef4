// Laws that hold for any SOC, tried on many random ones: seeing less never makes absence, what does not count never raises, order does not matter.
#include <random>

#include "catch.hpp"
#include "tests/core/soc.hpp"

using namespace akashi;

namespace {

const std::vector<std::string> services{"D-2", "D-1", "G-11", "D-7", "B-4", "B-1"};

struct Dice {
  std::mt19937 generator;
  int roll(int sides) { return static_cast<int>(generator() % static_cast<unsigned>(sides)); }
  bool once_in(int times) { return roll(times) == 0; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(roll(static_cast<int>(from.size())))];
  }
};

void act(Soc& soc, Dice& dice) {
  const std::vector<std::string> kinds{"case.progressed", "case.closed", "case.answered"};
  const std::vector<std::string> documents{"Incident handling", "Incident handling v1", "nothing", ""};
  Acts acts{.service = dice.pick(services), .kind = dice.pick(kinds)};
  if (dice.once_in(3)) acts.case_id = "rt:ticket/" + std::to_string(dice.roll(6));
  if (dice.once_in(4)) acts.drill = true;
  acts.procedures = {dice.pick(documents)};
  auto worker = soc.analyst(dice.pick(std::vector<std::string>{"a", "b", "c"}));
  if (dice.once_in(6)) worker.kind = ActorKind::unknown;
  if (dice.once_in(6)) worker.team = "sales";
  worker.does(acts);
}

void happen(Soc& soc, Dice& dice) {
  switch (dice.roll(8)) {
    case 0:
      return soc.asks(dice.pick(services), "rt:ticket/" + std::to_string(dice.roll(6)));
    case 1:
      return soc.publish("Incident handling", std::to_string(1 + dice.roll(3)), dice.pick(std::vector<std::string>{"a", "b", "writer"}), "owner");
    case 2:
      soc.head("ciso").approves("Incident handling", std::to_string(1 + dice.roll(3)));
      return;
    case 3:
      if (dice.once_in(3)) soc.source("rt").goes_down();
      else soc.source("rt").returns();
      return;
    default:
      act(soc, dice);
  }
}

// A SOC of which half are well run: a procedure, people who work from it, sometimes an approval.
void run_well(Soc& soc, Dice& dice) {
  soc.publish("Incident handling", "1", dice.pick(std::vector<std::string>{"a", "b", "writer"}), dice.once_in(4) ? "" : "owner");
  for (int i = 2 + dice.roll(6); i > 0; --i) {
    soc.hours_pass(1 + dice.roll(100));
    auto worker = soc.analyst(dice.pick(std::vector<std::string>{"a", "b", "c"}));
    if (dice.once_in(2)) worker.handles_from("Incident handling");
    else worker.handles_incident();
  }
  if (dice.once_in(2)) soc.head("ciso").approves("Incident handling", dice.once_in(4) ? "2" : "1");
}

Soc random_soc(unsigned seed) {
  Dice dice{std::mt19937(seed)};
  Soc soc("2026-04-01T09:00:00Z", dice.once_in(2) ? 400 : dice.roll(100));
  for (const auto& service : services) soc.profile(service).criteria.agreed_hours = dice.once_in(2) ? 48 : 0;
  const bool well_run = dice.once_in(2);
  if (well_run) run_well(soc, dice);
  for (int i = dice.roll(well_run ? 6 : 30); i > 0; --i) {
    happen(soc, dice);
    soc.hours_pass(dice.roll(dice.once_in(4) ? 1500 : 100));
  }
  return soc;
}

bool says_absence(State state) {
  return state == State::late || state == State::unexercised || state == State::no_demand || state == State::drill_due ||
         state == State::missed_demand;
}

bool equal(const Finding& a, const Finding& b) {
  return a.rung == b.rung && a.state == b.state && a.since == b.since && a.reasons == b.reasons && a.missing == b.missing && a.digest == b.digest &&
         a.evidence_count == b.evidence_count && a.confidence == b.confidence && a.counter == b.counter;
}

constexpr unsigned socs = 400;

template <class Law>
void for_each_soc(Law law) {
  for (unsigned seed = 0; seed < socs; ++seed) {
    const Soc soc = random_soc(seed);
    Dice dice{std::mt19937(seed + 1000)};
    for (const auto& service : services) {
      INFO("seed " << seed << " " << service);
      law(soc, service, dice);
    }
  }
}

}  // namespace

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
