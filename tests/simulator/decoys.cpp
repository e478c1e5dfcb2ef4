// What looks like work and counts for nothing: machines, accounts that nobody knows, other teams, bulk, imports, tests, old work.
#include <algorithm>

#include "planner.hpp"

namespace akashi::simulator {

std::string Planner::machine(std::size_t desk) const { return soc_.people[machine_].accounts.at(soc_.desks[desk].name).front(); }

// Whether anything asked for at an age changes what the plan says of demand.
Planner::Room Planner::room_for(const Line& line) const {
  const Timing& timing = line.timing;
  const Rhythm& clock = line.service.clock;
  const double from = timing.unread ? age(soc_.sights[line.service.home.desk].read_to) * 1.02 : 0.05;
  if (clock.runs_always) return {from, line.window * 0.97};
  if (!timing.newest) return {};
  if (!clock.runs_always && (timing.only_drills || timing.rung != Timing::Rung::by_people)) return {};
  if (timing.state == "exercised") return {from, line.window * 0.97};
  return {*timing.newest * 1.02 + 0.1, line.window * 0.97};  // newer ones would be demands of their own
}

void Planner::decoys(Line& line) {
  Chance& chance = line.chance;
  const Home& home = line.service.home;
  if (chance.in(0.3)) test_ticket(line, chance.between(0.2, 80.0));
  const Room room = room_for(line);
  if (room.to <= room.from || line.service.clock.service == "D-3") return;
  const auto at = [&] { return ago(chance.between(room.from, room.to)); };
  const auto work = [&](const std::string& who) { perform(home, at(), who, "", false, "", chance); };
  const bool steady = line.service.clock.runs_always || line.timing.state == "exercised";
  if (chance.in(0.3) && line.service.agreed_days == 0 && steady) work(machine(home.desk));
  if (chance.in(0.25)) work(fmt::format("contractor{:02}", chance.below(5)));
  if (chance.in(0.2)) work("duty");  // shared by the shift, so not on the roster
  if (chance.in(0.2)) work(account(chance.of(reporters_), home.desk, chance));
  if (chance.in(0.15)) work(account(provider_, home.desk, chance));
  if (line.service.clock.service == "D-2") return;  // its incidents are classified one by one
  if (chance.in(0.15)) bulk(line, room);
  const bool tickets = home.desk != 2;
  if (tickets && chance.in(0.15)) import(line, room);
  if (tickets && chance.in(0.2)) back_date(line, room);
  if (chance.in(0.3)) work_long_ago(line);
  if (home.matter == "enquiry" && steady && chance.in(0.4)) own_enquiry(line, room);
  const bool by_end = home.matter.empty() || home.matter == "closing_report" || home.matter == "operation" || home.matter == "tool_check" ||
                      home.matter == "tool_trial";
  if (tickets && !by_end && chance.in(0.3)) only_close(line);
}

void Planner::test_ticket(Line& line, double age_days) {
  Desk& desk = soc_.desks[line.service.home.desk];
  const auto who = account(line.cast.workers[1], line.service.home.desk, line.chance);
  Ticket& ticket = desk.open(ago(age_days), who, line.service.home.place, "[test] please ignore", "test");
  const int number = ticket.number;
  desk.act(number, ago(age_days) + std::chrono::minutes(20), who, Did::answered, "test");
  desk.act(number, ago(age_days) + std::chrono::minutes(30), who, Did::moved, desk.words.done);
}

// More than twenty in one second by one person.
void Planner::bulk(Line& line, const Room& room) {
  Chance& chance = line.chance;
  const Home& home = line.service.home;
  Desk& desk = soc_.desks[home.desk];
  const Instant at = std::chrono::floor<std::chrono::seconds>(ago(chance.between(room.from, room.to)));
  const auto who = account(line.cast.workers[chance.below(3)], home.desk, chance);
  for (int i = chance.between(21, 30); i > 0; --i) {
    const int ticket = ask(home, at - std::chrono::minutes(10 + i), chance);
    desk.act(ticket, at, who, Did::moved, desk.words.done);
  }
}

// Opened and closed in one second by whoever ran the import.
void Planner::import(Line& line, const Room& room) {
  Chance& chance = line.chance;
  const Home& home = line.service.home;
  Desk& desk = soc_.desks[home.desk];
  const auto who = account(line.cast.workers[chance.below(3)], home.desk, chance);
  for (int i = chance.between(3, 8); i > 0; --i) {
    const Instant at = std::chrono::floor<std::chrono::seconds>(ago(chance.between(room.from, room.to)));
    const int number = desk.open(at, who, home.place, fmt::format("imported record {}", i), "from the old system").number;
    desk.act(number, at, who, Did::moved, desk.words.done);
  }
}

// Written down weeks after the day on which it is said to have been done.
void Planner::back_date(Line& line, const Room& room) {
  Chance& chance = line.chance;
  const Home& home = line.service.home;
  const double at = chance.between(room.from, room.to);
  const auto who = account(line.cast.workers[1], home.desk, chance);
  const int ticket = perform(home, ago(at), who, "", false, "", chance);
  soc_.desks[home.desk].act(ticket, ago(at) - std::chrono::minutes(1), who, Did::classified,
                            "Done on=" + format_day(ago(at + chance.between(15.0, 50.0))));
}

// The second person's work is older than what is looked at.
void Planner::work_long_ago(Line& line) {
  const double at = line.service.clock.look_back * 1.08 + 3;
  if (!act_is_seen(line.service.home.desk, at)) return;
  perform(line.service.home, ago(at), account(line.cast.workers[1], line.service.home.desk, line.chance), "", false, "", line.chance);
}

void Planner::own_enquiry(Line& line, const Room& room) {
  Chance& chance = line.chance;
  Desk& desk = soc_.desks[line.service.home.desk];
  const Instant at = ago(chance.between(room.from, room.to));
  const auto who = account(line.cast.workers[1], line.service.home.desk, chance);
  const int number = desk.open(at, who, line.service.home.place, "A question to myself", "How?").number;
  desk.act(number, at + std::chrono::minutes(9), who, Did::answered, "Like this.");
  desk.act(number, at + std::chrono::minutes(19), who, Did::moved, desk.words.done);
}

// Somebody else only ends what the first person did.
void Planner::only_close(Line& line) {
  if (line.deeds.size() > 1) line.deeds[1].ended_by = line.cast.workers[1];
}

}  // namespace akashi::simulator
