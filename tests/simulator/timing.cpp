// When a service was done last, drawn together with what a careful assessor may say of it: see README.md, "What is true".
#include <algorithm>

#include "planner.hpp"

namespace akashi::simulator {

namespace {

constexpr double near = 0.06;  // no age is drawn nearer to a limit than this share of it: what happens on the very hour is tests/core's

// An age strictly between two limits, away from both; none when there is no room.
std::optional<double> inside(double from, double to, Chance& chance) {
  const double low = from * (1 + near) + 0.09, high = to * (1 - near);
  return low < high ? std::optional(chance.between(low, high)) : std::nullopt;
}

// Whether everything of the last so many days could be seen.
bool seen_whole(const Sight& sight, double days_count) { return sight.current && (!sight.gap || sight.gap->first >= days_count); }
bool gap_touches(const Sight& sight, double newer, double older) { return sight.gap && sight.gap->first < older && sight.gap->second > newer; }

Timing fallback() {
  Timing timing;
  timing.state = "blind";
  timing.rung = Timing::Rung::none;
  timing.unread = true;
  return timing;
}

}  // namespace

Timing Planner::timing_of(const Rhythm& clock, int agreed_days, const Sight& sight, Chance& chance) const {
  if (sight.never_read) return fallback();
  for (int tries = 0; tries < 50; ++tries) {
    auto timing = clock.runs_always ? cadence(clock, agreed_days, sight, chance) : on_demand(clock, agreed_days, sight, chance);
    if (timing.state.empty()) continue;
    timing.unread = timing.unread || !seen_whole(sight, clock.runs_always ? clock.stale : clock.look_back);
    if (timing.unanswered && gap_touches(sight, *timing.unanswered - agreed_days, *timing.unanswered)) continue;  // nobody could say it was missed
    return timing;
  }
  return fallback();
}

// The clock runs always.
Timing Planner::cadence(const Rhythm& clock, int agreed_days, const Sight& sight, Chance& chance) const {
  const double down = sight.current ? 0 : age(sight.read_to), begun = age(sight.begins);
  const double window = std::min<double>(clock.look_back, begun);
  Timing timing;
  const auto done = [&](const char* state, double from, double to) {
    if (const auto at = inside(std::max(from, down), std::min(to, window), chance)) {
      timing.newest = at;
      timing.state = state;
    }
  };
  const bool missable = agreed_days > 0 && chance.in(0.35);
  switch (chance.weighed(std::array{5.0, 2.0, 2.0, 1.0})) {
    case 0:
      done("exercised", 0, clock.warn);
      break;
    case 1:
      done("late", clock.warn, sight.current ? clock.stale : down + clock.stale);
      if (timing.newest && !seen_whole(sight, *timing.newest)) timing.state = "blind";
      break;
    case 2:  // silent for longer than the limit
      done("unexercised", down + clock.stale, clock.look_back);
      if (!timing.newest) return timing;
      if (!seen_whole(sight, clock.stale)) timing.state = "blind";
      timing.rung = timing.state != "blind"                                            ? Timing::Rung::one
                    : gap_touches(sight, *timing.newest - clock.stale, *timing.newest) ? Timing::Rung::by_people
                                                                                       : Timing::Rung::none;
      if (timing.state != "blind" || !missable) return timing;
      break;  // a lapse that was lost sight of, and a demand missed before
    default:  // nobody ever did it, as far as was looked
      timing.state = !seen_whole(sight, std::min<double>(begun, clock.stale)) ? "blind"
                     : begun > clock.stale * (1 + near)                       ? "unexercised"
                                                                              : "insufficient_history";
      timing.rung = timing.state == "unexercised" ? Timing::Rung::one : Timing::Rung::none;
      if (begun > clock.stale * (1 - near) && begun <= clock.stale * (1 + near)) timing.state.clear();
      return timing;
  }
  // A demand that nobody answered is a lapse of its own, while the work goes on.
  if (timing.newest && missable && (timing.state != "blind" || *timing.newest > down + clock.stale)) {
    timing.unanswered = inside(std::max<double>(agreed_days, down + agreed_days), window, chance);
    if (timing.unanswered) timing.state = "missed_demand";  // known, whatever else is hidden
  }
  return timing;
}

// The clock runs from a demand only; a drill keeps the ability alive.
Timing Planner::on_demand(const Rhythm& clock, int agreed_days, const Sight& sight, Chance& chance) const {
  const double down = sight.current ? 0 : age(sight.read_to), begun = age(sight.begins);
  const double window = std::min<double>(clock.look_back, begun);
  const double need = clock.warn > 0 ? clock.warn : clock.look_back;
  const bool quiet_is_known = !clock.needs_intake || intake_alive_;
  const auto quiet = [&](const char* state) {
    if (!seen_whole(sight, std::min(need, begun))) return "blind";
    return begun <= need * (1 + near) ? "insufficient_history" : quiet_is_known ? state : "blind";
  };
  Timing timing;
  const auto done = [&](double from, double to) {
    timing.newest = inside(std::max(from, down), std::min(to, window), chance);
    return timing.newest.has_value();
  };
  const auto nobody = [&] {
    timing.rung = Timing::Rung::none;
    timing.newest.reset();
  };
  switch (chance.weighed(std::array{5.0, 2.0, 1.5, 1.5, 2.0})) {
    case 0:
      if (done(0, need)) timing.state = "exercised";
      break;
    case 1:  // a case long ago: the drill is due
      if (clock.warn > 0 && done(clock.warn, clock.look_back)) timing.state = quiet("drill_due");
      break;
    case 2:  // a drill, and nothing called for it
      if (clock.warn > 0 && done(0, clock.warn)) {
        timing.only_drills = timing.newest_is_drill = true;
        timing.state = quiet("no_demand");
      }
      break;
    case 3:
      nobody();
      timing.state = quiet(clock.warn > 0 ? "drill_due" : "no_demand");
      break;
    default:  // a demand that nobody answered in time
      if (agreed_days == 0) break;
      timing.unanswered = inside(down + agreed_days, window, chance);
      if (!timing.unanswered) break;
      timing.state = "missed_demand";
      if (chance.in(0.6) && done(0, clock.look_back)) break;
      nobody();
      if (begun > clock.look_back * (1 + near) && seen_whole(sight, clock.look_back)) timing.rung = Timing::Rung::one;
  }
  if (begun > need * (1 - near) && begun <= need * (1 + near)) timing.state.clear();
  return timing;
}

// Called for by an incident, and not answered.
void Planner::missed_because_of(Line& line, double age_days) const {
  Timing& timing = line.timing;
  line.called_by_incident = true;
  timing.unanswered = age_days;
  timing.state = "missed_demand";
  if (timing.newest) return;
  const bool whole = age(soc_.sights[line.service.home.desk].begins) > line.service.clock.look_back * (1 + near);
  timing.rung = whole ? Timing::Rung::one : Timing::Rung::none;
}

// A severe incident calls for a notice (D-6) when it is opened and for a report (D-7) when it is closed. It is one that nobody wrote either about,
// where all of that could be seen; else there is none in this SOC.
void Planner::severe_incident(Line& line) {
  const auto service = line.service.clock.service;
  if (service == "D-7" && severe_closed_) return missed_because_of(line, *severe_closed_);
  const auto of = [&](std::string_view id) { return std::ranges::find(soc_.services, id, [](const Service& one) { return one.clock.service; }); };
  if (service != "D-6" || of("D-7")->assignment != "insource" || line.service.assignment != "insource" || !line.chance.child("severe").in(0.7))
    return;
  double begun = 340;
  for (const auto& desk : {of("D-2")->home.desk, of("D-6")->home.desk, of("D-7")->home.desk}) {
    const Sight& sight = soc_.sights[desk];
    if (!sight.current || sight.never_read || sight.gap) return;
    begun = std::min(begun, age(sight.begins) * 0.94);
  }
  Desk& desk = soc_.desks[of("D-2")->home.desk];
  const double least = std::max(of("D-7")->agreed_days, 3) * 1.1 + 1;
  for (const Incident& one : incidents_) {
    Ticket& ticket = desk.tickets[static_cast<std::size_t>(one.ticket - 1)];
    const auto end = std::ranges::find(ticket.acts, desk.words.done, &Act::text);
    if (one.drill || end == ticket.acts.end()) continue;
    const double opened = age(ticket.acts.front().at), closed = age(end->at);
    if (closed < least || opened > begun || opened - closed > 1) continue;
    ticket.severe = true;
    severe_closed_ = closed;
    line.service.agreed_days = 3;
    return missed_because_of(line, opened);
  }
}

// Every incident is classified, so the newest one decides.
Timing Planner::by_incidents(const Line& line, const Sight& sight) const {
  if (sight.never_read) return fallback();
  const Rhythm& clock = line.service.clock;
  const double begun = age(sight.begins);
  std::optional<double> real, drill;
  for (const Incident& one : line.incidents) {
    auto& newest = one.drill ? drill : real;
    if (!newest || one.age < *newest) newest = one.age;
  }
  Timing timing;
  timing.unread = !seen_whole(sight, clock.look_back);
  timing.newest = real ? real : drill;
  if (!timing.newest) timing.rung = Timing::Rung::none;
  if (real && *real <= clock.warn) timing.state = "exercised";
  else if (!seen_whole(sight, std::min<double>(begun, clock.warn))) timing.state = "blind";
  else if (begun <= clock.warn) timing.state = "insufficient_history";
  else if (!intake_alive_) timing.state = "blind";
  else timing.state = drill && *drill <= clock.warn ? "no_demand" : "drill_due";
  return timing;
}

}  // namespace akashi::simulator
