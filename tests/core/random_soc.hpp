// Random SOCs for laws that hold for any of them.
#pragma once

#include <random>

#include "catch.hpp"
#include "tests/core/soc.hpp"

namespace akashi::random_soc {

inline const std::vector<std::string> services{"D-2", "D-1", "G-11", "D-7", "B-4", "B-1"};

struct Dice {
  std::mt19937 generator;
  int roll(int sides) { return static_cast<int>(generator() % static_cast<unsigned>(sides)); }
  bool once_in(int times) { return roll(times) == 0; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(roll(static_cast<int>(from.size())))];
  }
};

inline void act(Soc& soc, Dice& dice) {
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

inline void happen(Soc& soc, Dice& dice) {
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
inline void run_well(Soc& soc, Dice& dice) {
  soc.publish("Incident handling", "1", dice.pick(std::vector<std::string>{"a", "b", "writer"}), dice.once_in(4) ? "" : "owner");
  for (int i = 2 + dice.roll(6); i > 0; --i) {
    soc.hours_pass(1 + dice.roll(100));
    auto worker = soc.analyst(dice.pick(std::vector<std::string>{"a", "b", "c"}));
    if (dice.once_in(2)) worker.handles_from("Incident handling");
    else worker.handles_incident();
  }
  if (dice.once_in(2)) soc.head("ciso").approves("Incident handling", dice.once_in(4) ? "2" : "1");
}

inline Soc any_soc(unsigned seed) {
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

inline bool says_absence(State state) {
  return state == State::late || state == State::unexercised || state == State::no_demand || state == State::drill_due ||
         state == State::missed_demand;
}

inline bool equal(const Finding& a, const Finding& b) {
  return a.rung == b.rung && a.state == b.state && a.since == b.since && a.reasons == b.reasons && a.missing == b.missing && a.digest == b.digest &&
         a.evidence_count == b.evidence_count && a.confidence == b.confidence && a.counter == b.counter;
}

inline constexpr unsigned socs = 400;

template <class Law>
void for_each_soc(Law law) {
  for (unsigned seed = 0; seed < socs; ++seed) {
    const Soc soc = any_soc(seed);
    Dice dice{std::mt19937(seed + 1000)};
    for (const auto& service : services) {
      INFO("seed " << seed << " " << service);
      law(soc, service, dice);
    }
  }
}

}  // namespace akashi::random_soc
