// What any real SOC's tools hold besides: duplicates, reopened tickets, chatting machines, late records, clocks that are wrong, polls that fail.
#include <algorithm>

#include "planner.hpp"

namespace akashi::simulator {

namespace {

constexpr int skew_max = 120;    // seconds: tools that keep time by the network are off by less
constexpr int late_max = 400;    // seconds: less than the ten minutes that descriptors read again
constexpr int chatter_max = 60;  // comments of machines, per desk

bool is_ended(const Desk& desk, const Ticket& ticket) {
  return std::ranges::any_of(ticket.acts, [&](const Act& act) { return act.did == Did::moved && act.text == desk.words.done; });
}

}  // namespace

void Planner::noise() {
  for (std::size_t i = 0; i < soc_.desks.size(); ++i) {
    auto chance = chance_.child("noise " + soc_.desks[i].name);
    chatter(i, chance);
    if (soc_.desks[i].product != "opensearch") reopen(i, chance);  // an alert shows its last state only
    duplicates(i, chance);
    soc_.desks[i].skew = std::chrono::seconds(chance.between(-skew_max, skew_max));
    for (Ticket& ticket : soc_.desks[i].tickets)
      for (Act& act : ticket.acts)
        act.shown = act.at + (chance.in(0.05) ? std::chrono::seconds(chance.between(5, late_max)) : std::chrono::seconds(0));
  }
  failures();
}

void Planner::chatter(std::size_t desk, Chance& chance) {
  auto& tickets = soc_.desks[desk].tickets;
  if (tickets.empty()) return;
  for (int i = 0; i < chatter_max; ++i) {
    Ticket& ticket = tickets[chance.below(tickets.size())];
    ticket.acts.push_back(
        {ticket.acts.front().at + std::chrono::minutes(chance.between(1, 9)), machine(desk), Did::noted, "Seen by the playbook.", {}, {}});
  }
  soc_.desks[desk].account(machine(desk));
}

// Reopened by whoever asked, closed again by a machine: nothing new was done.
void Planner::reopen(std::size_t desk, Chance& chance) {
  Desk& at = soc_.desks[desk];
  for (Ticket& ticket : at.tickets) {
    if (!chance.in(0.03) || !is_ended(at, ticket) || ticket.title.starts_with("[test]") || ticket.title.starts_with("imported")) continue;
    const Instant again = std::ranges::max(ticket.acts, {}, &Act::at).at + std::chrono::minutes(chance.between(5, 40));
    if (again + std::chrono::minutes(20) > soc_.now) continue;
    at.act(ticket.number, again, account(reporters_.front(), desk, chance), Did::moved, at.words.working);
    at.act(ticket.number, again + std::chrono::minutes(6), machine(desk), Did::moved, at.words.done);
  }
}

// The same was sent twice; the second is merged into the first. Only RT knows that.
void Planner::duplicates(std::size_t desk, Chance& chance) {
  Desk& at = soc_.desks[desk];
  if (at.product != "rt") return;  // elsewhere nobody merges
  const auto count = at.tickets.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!chance.in(0.04) || at.tickets[i].title.starts_with("[test]") || at.tickets[i].place == soc_.approvals.place ||
        at.tickets[i].place.starts_with("Reports"))
      continue;
    const Instant opened = at.tickets[i].acts.front().at + std::chrono::minutes(2);
    if (at.tickets[i].acts.size() < 2 || at.tickets[i].title.starts_with("imported")) continue;
    const bool drill = at.tickets[i].drill;
    Ticket& again = at.open(opened, outsider(desk, chance), at.tickets[i].place, at.tickets[i].title, "Please look into it, again.");
    again.drill = drill;
    const int number = again.number, root = static_cast<int>(i) + 1;
    at.act(number, opened + std::chrono::minutes(7), account(reporters_.back(), desk, chance), Did::merged, std::to_string(root));
  }
}

// A tool that could not be reached at some polls, or went away in the midst of one, and was read again later: nothing is lost by that.
void Planner::failures() {
  auto chance = chance_.child("failures");
  for (Sight& sight : soc_.sights)
    for (std::size_t poll = 1; poll + 1 < soc_.polls.size(); ++poll) {
      const bool last_good = !sight.current && soc_.polls[poll] >= sight.read_to;
      if (last_good || !chance.in(0.2) || sight.rights_short.contains(poll) || sight.rights_short.contains(poll + 1)) continue;
      sight.fails_after[poll] = chance.in(0.5) ? 0 : chance.between(3, 40);
    }
}

}  // namespace akashi::simulator
