// A finding says what the evidence supports for a service now, why, and what is missing for the next rung. It is pure data; words.hpp puts it into
// Japanese or English.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/evidence.hpp"
#include "core/time.hpp"

namespace akashi {

enum class State : std::uint8_t {
  exercised,             // done within its cadence, or its demand was met
  late,                  // cadence: silent longer than the warning
  unexercised,           // cadence: silent longer than the limit, and everything that could show it was read completely
  no_demand,             // on-demand: nothing called for it, and that could be seen
  drill_due,             // on-demand: neither case nor drill for longer than the drill interval (a reminder)
  missed_demand,         // something called for it and the agreed time passed without an exercise
  blind,                 // a source that could show it was not read completely: nothing may be said about absence
  insufficient_history,  // read for too short a time to speak about absence
  not_observable,        // no connected source and rule can show it
  out_of_scope,          // unnecessary, N/A, or a category that nothing judges yet
};
[[nodiscard]] std::string_view name(State state);

enum class Supported : std::uint8_t { no_score, supports, does_not_support, contradicts, not_determinable };
[[nodiscard]] std::string_view name(Supported supported);

enum class Confidence : std::uint8_t { none, low, medium, high };
[[nodiscard]] std::string_view name(Confidence confidence);

// One sentence as data: a code from words.cpp and its arguments (already formatted dates, counts, names, references).
struct Reason {
  std::string code;
  std::vector<std::string> args;
  auto operator<=>(const Reason&) const = default;
};

struct Rejected {
  std::string uid;   // of the evidence
  std::string code;  // rejected.automation, rejected.unknown_actor, rejected.bulk, rejected.back_dated, …
  Instant time{};
  std::string ref;  // case, document or address a person can open
  auto operator<=>(const Rejected&) const = default;
};

struct CoverageNote {
  std::string source;
  std::string state;                // complete | partial | blind | broken
  std::optional<Instant> from, to;  // of what was read completely inside the look-back
  std::string why;
  auto operator<=>(const CoverageNote&) const = default;
};

// A score that the evidence has said otherwise of for longer than the hysteresis (core/proposal.hpp says when).
struct Drift {
  int score = 0, supports = 0;  // the portfolio's score; what the evidence supports now
  Instant since{};              // from when on it supported that
  bool manual = false;          // the score stands in the config
  auto operator<=>(const Drift&) const = default;
};

struct Finding {
  std::string service;
  std::string ladder = "insource";  // insource | outsource
  std::optional<int> rung;          // 1–5; nullopt = not determinable
  std::optional<int> held_rung;     // what the look-back still holds while state is unexercised ("until DATE"); not proposed
  State state = State::not_observable;
  // Since when the state holds: the last exercise for exercised and no_demand by drill; for late, unexercised and drill_due the moment its limit
  // passed (last exercise + days); the oldest demand for missed_demand; for blind the moment up to which everything was read.
  std::optional<Instant> since;
  std::optional<int> as_is;   // the portfolio's score, manual or accepted
  bool as_is_manual = false;  // it stands in the config: accepting a proposal against it is a decision by name, never automatic
  Supported supported = Supported::no_score;
  Confidence confidence = Confidence::none;
  std::vector<Reason> reasons;  // why this rung and state
  std::vector<Reason> missing;  // for the next rung, exactly
  std::vector<Reason> confidence_reasons;
  std::vector<Reason> counter;       // counter-evidence, suspicions: shown, never silently applied
  std::vector<Evidence> sufficient;  // the smallest set that carries the rung
  std::vector<Rejected> rejected;
  std::vector<CoverageNote> coverage;
  std::optional<Drift> drift;      // set when judged; inference leaves it empty
  std::size_t evidence_count = 0;  // counted items and tallied acts in the look-back
  std::string digest;              // over the evidence that carries it, rules, edition and inference version: what a decision is bound to
};

}  // namespace akashi
