// How an exercise looks in a tool: somebody asks, somebody works, somebody ends it.
#include <algorithm>

#include "planner.hpp"

namespace akashi::simulator {

namespace {

const std::vector<std::string> subjects{"Suspicious mail to sales", "不審メールの件", "Access from abroad", "VPN の設定",
                                        "Quarterly round",          "定例確認",       "Server web-03",      "端末 PC-112"};

}  // namespace

std::string Planner::account(std::size_t person, std::size_t desk, Chance& chance) const {
  return chance.of(soc_.people[person].accounts.at(soc_.desks[desk].name));
}

// Whoever reports or requests: people of other teams, and addresses that nobody knows.
std::string Planner::outsider(std::size_t desk, Chance& chance) const {
  if (chance.in(0.4)) return fmt::format("visitor{:02}", chance.below(12));
  return account(chance.of(reporters_), desk, chance);
}

int Planner::ask(const Home& home, Instant at, Chance& chance, bool drill, const std::string& not_by) {
  Desk& desk = soc_.desks[home.desk];
  std::string by = outsider(home.desk, chance);
  const auto is_theirs = [&](std::size_t one) {
    const auto& accounts = soc_.people[one].accounts.at(desk.name);
    return std::ranges::find(accounts, not_by) != accounts.end();
  };
  if (std::ranges::any_of(reporters_, is_theirs)) by = "visitor12";  // who ends the own request has taken it back
  Ticket& ticket = desk.open(at, by, home.place, chance.of(subjects), "Please look into it.");
  ticket.drill = drill;
  return ticket.number;
}

// The last act that counts is at `at`. What of it is more than an ending depends on the matter (mappings/rules).
int Planner::perform(const Home& home, Instant at, const std::string& who, const std::string& said, bool drill, const std::string& ended_by,
                     Chance& chance) {
  Desk& desk = soc_.desks[home.desk];
  const auto minutes = [&](int from, int to) { return std::chrono::minutes(chance.between(from, to)); };
  const Instant worked = at - minutes(2, 40);
  const int ticket = ask(home, worked - minutes(20, 300), chance, drill, who);
  const bool no_replies = desk.product == "redmine";  // a note there is one among colleagues: a report is taken on by its status
  const bool by_status = home.matter == "containment" || home.matter == "recovery" || (no_replies && home.matter == "intake");
  const bool by_end = home.matter == "closing_report" || home.matter == "operation" || home.matter == "tool_check" || home.matter == "tool_trial";
  if (by_status) desk.act(ticket, worked, who, Did::moved, desk.words.working);
  else if (by_end) desk.act(ticket, worked, who, Did::noted, "Done and checked.");
  else desk.act(ticket, worked, who, home.matter == "incident" ? Did::noted : Did::answered, "Looked at it; the result is below.");
  if (!said.empty()) desk.act(ticket, worked + std::chrono::minutes(1), who, Did::noted, said);
  if (desk.product == "opensearch")
    desk.tickets[static_cast<std::size_t>(ticket - 1)].acts.erase(desk.tickets[static_cast<std::size_t>(ticket - 1)].acts.begin() + 1);
  desk.act(ticket, at, ended_by.empty() ? who : ended_by, Did::moved, desk.words.done);
  return ticket;
}

}  // namespace akashi::simulator
