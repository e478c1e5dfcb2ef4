// Random SOCs for laws that hold for any of them.
#pragma once

#include <random>

#include "catch.hpp"
#include "core/attestation.hpp"
#include "core/vocabulary.hpp"
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

// What people entered, because no tool holds it; as it holds at the end.
inline void attest(Soc& soc, Dice& dice, const std::vector<std::string>& services, int entries) {
  const std::vector<AttestationKind> kinds{AttestationKind::procedure,   AttestationKind::approval,   AttestationKind::drill,
                                           AttestationKind::roster,      AttestationKind::report,     AttestationKind::review,
                                           AttestationKind::expectation, AttestationKind::description};
  std::vector<Attestation> all;
  for (int i = 1; i <= entries; ++i) {
    Attestation entry;
    entry.id = i;
    entry.kind = dice.pick(kinds);
    entry.services = {dice.pick(services)};
    entry.title = entry.kind == AttestationKind::drill && dice.once_in(2) ? "" : "Incident handling";
    if (entry.kind == AttestationKind::expectation || entry.kind == AttestationKind::description) entry.title = "Contract " + entry.services.front();
    entry.version = std::to_string(1 + dice.roll(2));
    entry.verdict = entry.kind == AttestationKind::approval ? "approved" : dice.once_in(2) ? "noted met" : "";
    entry.actors = {entry.kind == AttestationKind::approval ? "ciso" : dice.pick(std::vector<std::string>{"a", "b", "boss"})};
    entry.owner = "owner";
    entry.by = "boss";
    entry.done = soc.view.as_of - std::chrono::hours(1 + dice.roll(24 * 120));
    entry.at = entry.done + std::chrono::hours(dice.roll(200));
    entry.valid_until = entry.done + days(60 + dice.roll(300));
    if (dice.once_in(2)) entry.reference = "rt:ticket/r" + std::to_string(dice.roll(4));
    all.push_back(entry);
  }
  for (const auto* who : {"a", "b", "c", "boss"}) soc.view.teams[who] = "csirt";
  add_attested(soc.view, all);
}

inline Soc any_soc(unsigned seed) {
  Dice dice{std::mt19937(seed)};
  Soc soc("2026-04-01T09:00:00Z", dice.once_in(2) ? 400 : dice.roll(100));
  for (const auto& service : services) soc.profile(service).criteria.agreed = std::chrono::hours(dice.once_in(2) ? 48 : 0);
  const bool well_run = dice.once_in(2);
  if (well_run) run_well(soc, dice);
  for (int i = dice.roll(well_run ? 6 : 30); i > 0; --i) {
    happen(soc, dice);
    soc.hours_pass(dice.roll(dice.once_in(4) ? 1500 : 100));
  }
  if (dice.once_in(2)) attest(soc, dice, services, 1 + dice.roll(4));
  return soc;
}

inline const std::vector<std::string> provided{"B-1", "C-1", "D-7", "G-13", "G-9"};

// What a provider reports, and what people make of it.
inline void report_on(Soc& soc, Dice& dice, const std::string& service) {
  Soc::Contract contract{soc, service};
  const std::vector<std::string> words{"", "noted", "noted met", "noted met checked", "missed", "met", "checked"};
  const auto report = "rt:ticket/r" + std::to_string(dice.roll(12));
  switch (dice.roll(9)) {
    case 0:
      soc.asks(service, "rt:ticket/" + std::to_string(dice.roll(6)));
      return;
    case 1:
      contract.measures(!dice.once_in(4));
      return;
    case 2: {
      const std::string role(dice.once_in(2) ? description_role : expectation_role);
      contract.writes(role, role + " " + service, dice.pick(std::vector<std::string>{"author", "author", "supplier", ""}));
      return;
    }
    case 3:
      contract.looked_at(report, "supplier", dice.pick(words), dice.once_in(2) ? ActorKind::provider : ActorKind::unknown);
      return;
    case 4:
      if (dice.once_in(2)) soc.source("rt").goes_down();
      else soc.source("rt").returns();
      return;
    default:
      contract.reports(report);
      soc.hours_pass(dice.roll(24 * 20));
      if (!dice.once_in(4)) contract.looked_at(report, "boss", dice.pick(words));
  }
}

// Some of them are well run: understood, expected in advance, judged every month.
inline Soc any_provided_soc(unsigned seed) {
  Dice dice{std::mt19937(seed)};
  Soc soc("2026-04-01T09:00:00Z", dice.once_in(3) ? dice.roll(150) : 400);
  for (const auto& service : provided) {
    soc.outsource(service, dice.once_in(3) ? Assignment::combined : Assignment::outsource);
    soc.profile(service).team = "csirt";
    soc.profile(service).criteria.agreed = std::chrono::hours(dice.once_in(2) ? 48 : 0);
    if (!dice.once_in(3)) Soc::Contract{soc, service}.writes(std::string(description_role), "Description of " + service);
    if (!dice.once_in(3)) Soc::Contract{soc, service}.writes(std::string(expectation_role), "Expectation of " + service);
  }
  for (int i = dice.roll(25); i > 0; --i) {
    const auto& service = dice.pick(provided);
    if (dice.once_in(5)) soc.analyst(dice.pick(std::vector<std::string>{"a", "b"})).does({.service = service});
    else report_on(soc, dice, service);
    soc.hours_pass(dice.roll(dice.once_in(4) ? 700 : 60));
  }
  if (dice.once_in(2)) attest(soc, dice, provided, 1 + dice.roll(6));
  return soc;
}

inline Finding outside_finding(const Soc& soc, const std::string& service) {
  if (soc.view.profile.at(service).assigned == Assignment::outsource) return infer(soc.view, service);
  for (auto& one : infer_all(soc.view))
    if (one.service == service && one.ladder == "outsource") return one;
  return {};
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
void for_each_provided_soc(Law law) {
  for (unsigned seed = 0; seed < socs; ++seed) {
    const Soc soc = any_provided_soc(seed);
    Dice dice{std::mt19937(seed + 1000)};
    for (const auto& service : provided) {
      INFO("seed " << seed << " " << service << " " << name(*soc.view.profile.at(service).assigned));
      law(soc, service, dice);
    }
  }
}

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
