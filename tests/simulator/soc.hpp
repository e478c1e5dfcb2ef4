// The SOC: people, desks, services, and how far each desk could be read. Planned once per seed; planning is deterministic.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "desk.hpp"
#include "random.hpp"
#include "truth.hpp"

namespace akashi::simulator {

struct Worker {
  std::string name, team;  // "Aiko Sato", "csirt"
  std::string kind = "human";
  bool head = false;
  std::map<std::string, std::vector<std::string>> accounts;  // by desk
};

// What may be known of a desk: from when it was read, up to where.
struct Sight {
  Instant begins{}, read_to{};
  bool current = true;                           // the last poll went through
  bool never_read = false;                       // no poll ever did
  std::string how_down;                          // what the polls met since read_to
  std::map<std::size_t, int> fails_after;        // by poll: it ends after so many answers, and the next one goes on
  std::set<std::size_t> rights_short;            // polls at which the reader lacked a right: what they read may not be all
  std::optional<std::pair<double, double>> gap;  // what was read like that and never whole, as ages: newer end, older end
};

// Numbers of evidence.md (d), per service.
struct Rhythm {
  std::string_view service;
  bool runs_always = false;  // a cadence; else the clock runs from a demand only
  int warn = 0, stale = 0, look_back = 0;
  bool needs_intake = false;  // "no demand" rests on D-1
  int agreed_days = 0;        // of the service itself
};
[[nodiscard]] const std::vector<Rhythm>& clocks();

// How many services people inside do, a provider, and both.
inline constexpr std::array assignment_weights{8.0, 1.5, 1.0};

// Where a service's work is recorded.
struct Home {
  std::size_t desk = 0;
  std::string place, matter;
};

struct Service {
  Rhythm clock;
  Home home;
  std::string team;
  int agreed_days = 0;
  std::optional<int> as_is;
  std::string assignment = "insource", owner;
  std::optional<Home> reports;  // where a provider's reports are kept
  bool monthly = true;          // they come every month; else with cases only
  std::string works_from;       // a document that its place is always worked from
};

// What somebody enters by `akashi attest`, because no tool holds it.
struct Entered {
  std::string kind, service, title, version, verdict, who, owner, reference;
  Instant done{}, at{}, until{};
  bool withdrawn = false;
};

struct Soc {
  Instant now{};
  std::vector<Instant> polls;
  std::vector<Worker> people;
  std::vector<Desk> desks;
  std::vector<Sight> sights;  // by desk
  std::vector<Service> services;
  std::vector<Truth> truths;
  Home approvals;  // where documents are approved
  std::vector<Entered> entered;
  std::string config() const;
};

[[nodiscard]] Soc plan(std::uint64_t seed);

}  // namespace akashi::simulator
