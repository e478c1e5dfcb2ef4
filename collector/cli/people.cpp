// `people`: the roster as it is understood, and when each was last seen at work.
#include <map>
#include <ostream>
#include <set>

#include "collector/cli/opening.hpp"
#include "collector/report/people_list.hpp"

namespace akashi {

namespace {

// When each person was last seen, and how many accounts are nobody's. A tool acting by itself is no account.
PeopleReport presence(const House& house, const std::vector<ActorSeen>& seen, Instant as_of) {
  PeopleReport report{.people = {}, .unknown = 0, .told_apart = house.has_key, .as_of = as_of};
  std::map<std::string, Instant> last;
  std::set<std::string> unknown;
  for (const ActorSeen& one : seen) {
    const Actor* who = house.actors.who(one.source, one.actor);
    if (who == nullptr && one.kind != ActorKind::automation && one.actor != "unknown") unknown.insert(one.source + "\x1f" + one.actor);
    if (who == nullptr) continue;
    const auto [at, fresh] = last.try_emplace(who->actor, one.last);
    if (!fresh) at->second = std::max(at->second, one.last);
  }
  if (house.has_key) report.unknown = unknown.size();
  for (const Person& person : house.config.roster.people()) {
    const auto at = house.has_key ? last.find(house.pseudonyms.of(person)) : last.end();
    report.people.push_back({person, at == last.end() ? std::nullopt : std::optional(at->second)});
  }
  return report;
}

}  // namespace

int command_people(const Arguments& arguments, Desk desk) {
  int exit = 0;
  auto reading = open_reading(arguments, desk, exit);
  if (!reading) return exit;
  const auto seen = reading->store->actors_seen(reading->as_of);
  if (!seen) return refuse(desk, seen.error());
  const PeopleReport report = presence(*reading->house, *seen, reading->as_of);
  if (arguments.json) desk.out << people_json(report);
  else print_people(screen_for(arguments, desk, reading->house->config.language), report);
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
