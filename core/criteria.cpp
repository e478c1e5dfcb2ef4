#include "core/criteria.hpp"

#include <algorithm>
#include <array>

namespace akashi {

namespace {

constexpr int cadence_look_back = 90;  // a quarter shows who does steady work; older work says little about now
constexpr int demand_look_back = 365;  // work that only demand brings may be a year apart
constexpr int two_weeks_h = 14 * 24;   // hours; the only agreed time that has a customary figure: an incident's report

struct Line {
  std::string_view service;
  CadenceClass cadence;
  int warn_days, stale_days;  // on-demand: drill reminder, drill overdue
  std::string_view upstream;  // whose silence makes "no demand" unknown
  int agreed_hours = 0;       // else the organisation's to agree: nobody is late for what was never promised
};

using enum CadenceClass;

// Days are defaults that the config may change; the standard gives none.
constexpr std::array<Line, 28> lines{{
    {"B-1", continuous, 1, 3, ""},                // days without a verdict: nobody watches; 3 spans a weekend of a weekday team
    {"B-2", periodic, 35, 45, ""},                // ingestion proves nothing; the monthly human check of sources, lag and retention does
    {"B-3", periodic, 14, 30, "B-1"},             // advisories come weekly: a silent month is a broken filter, or nobody sends
    {"B-4", on_demand, 90, 180, ""},              // no questions may mean clear reports; the route has to stay alive
    {"C-1", on_demand, 180, 365, "D-1"},          // needs a serious incident; skill and tools decay within a year
    {"C-2", on_demand, 180, 365, "D-1"},          // samples come from incidents; none turning up is no lapse
    {"C-3", on_demand, 180, 365, "D-1"},          // pays only for chosen incidents
    {"C-4", on_demand, 180, 365, "D-1"},          // mistakes cannot be repaired later, so drills matter
    {"D-1", periodic, 35, 60, ""},                // a dead mailbox looks like a quiet month: a monthly channel test is work too
    {"D-2", on_demand, 120, 180, "D-1"},          // most organisations see an incident a quarter; else rehearse twice a year
    {"D-3", on_demand, 120, 180, "D-1"},          // done with every accepted incident; a calibration keeps it alive in quiet times
    {"D-4", on_demand, 180, 270, "D-1"},          // rights, contacts and tools change: a live drill twice a year
    {"D-5", on_demand, 180, 365, "D-1"},          // real recoveries are rare; a yearly restore test is the least
    {"D-6", on_demand, 90, 180, "D-1"},           // contacts age quickly, so the list is called even without an incident
    {"D-7", per_item, 0, 0, "D-1", two_weeks_h},  // judged by reports in time for closed incidents; none closed, none due
    {"G-1", on_demand, 365, 450, ""},             // follows the long cycle of design and investment
    {"G-2", periodic, 30, 45, ""},                // devices need human care at least monthly
    {"G-3", periodic, 90, 180, ""},               // no new signature can be right; the quarterly review recurs
    {"G-4", periodic, 30, 45, ""},                // agent coverage falls silently when machines change
    {"G-5", periodic, 35, 90, ""},                // steady work, own indicators only when needed
    {"G-6", periodic, 30, 45, ""},                // tenants change often; a month without review is long
    {"G-7", periodic, 90, 180, ""},               // as G-3
    {"G-8", periodic, 60, 120, ""},               // rarely used tools fail when needed: the readiness check is the work
    {"G-9", periodic, 14, 30, ""},                // real-time analysis stands on it daily; two silent weeks are suspicious
    {"G-10", periodic, 90, 180, ""},              // development goes in steps
    {"G-11", periodic, 35, 60, ""},               // access and backup of the centre's own systems need monthly care
    {"G-12", per_item, 0, 0, ""},                 // judged by changes verified beforehand; no change, nothing due
    {"G-13", on_demand, 0, 0, ""},                // only when a new measure is needed; no clock at all
}};

const Line* line_of(std::string_view service) {
  const auto at = std::ranges::find(lines, service, &Line::service);
  return at == lines.end() ? nullptr : at;
}

}  // namespace

bool judged(std::string_view service) { return line_of(service) != nullptr; }

Criteria default_criteria(std::string_view service) {
  Criteria criteria;
  const auto* line = line_of(service);
  if (line == nullptr) return criteria;
  criteria.cadence = line->cadence;
  criteria.warn_days = line->warn_days;
  criteria.stale_days = line->stale_days;
  criteria.upstream = line->upstream;
  criteria.agreed = std::chrono::hours(line->agreed_hours);
  if (!criteria.clock_runs_always()) criteria.report_days = 0;  // no case, no report: silence is no lapse unless the contract says so
  // Silence as long as the limit has to lie within what is looked at: G-3's quarterly review may be 180 days old before it counts as not done.
  criteria.look_back_days = std::max(criteria.clock_runs_always() ? cadence_look_back : demand_look_back, line->stale_days);
  return criteria;
}

}  // namespace akashi
