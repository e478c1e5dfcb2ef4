#include "collector/actors.hpp"

namespace akashi {

namespace {

const Roster nobody;  // with it, an account's own pseudonym is given, whoever it is

}  // namespace

Actors::Actors(const Roster& roster, const Pseudonyms& pseudonyms, const std::vector<std::string>& sources) : pseudonyms_(pseudonyms) {
  // An account in this very source wins over one that is the same everywhere, and that over the person's name (core/roster.hpp).
  for (const std::string& source : sources) {
    for (const std::string& place : {source, std::string("*")})
      for (const Person& person : roster.people())
        for (auto [account, end] = person.accounts.equal_range(place); account != end; ++account)
          know(source, account->second, {pseudonyms.of(person), person.kind, person.team});
    for (const Person& person : roster.people()) know(source, person.name, {pseudonyms.of(person), person.kind, person.team});
    for (const Person& person : roster.people())
      if (!person.team.empty())
        know(source, person.team, {person.team, ActorKind::unknown, person.team});  // a team may own a document, it does no work
  }
}

void Actors::know(const std::string& source, const std::string& account, const Actor& who) {
  known_.emplace(std::pair{source, pseudonyms_.of(nobody, source, account).actor}, who);
}

std::string Actors::owner(const std::string& source, const std::string& written) const { return pseudonyms_.owner(nobody, source, written); }

const Actor* Actors::find(const std::string& source, const std::string& actor) const {
  const auto found = known_.find({source, actor});
  return found == known_.end() ? nullptr : &found->second;
}

void Actors::resolve(Activity& activity) const {
  if (const Actor* who = find(activity.source, activity.actor)) {
    activity.actor = who->actor;
    activity.actor_kind = who->kind;
    activity.team = who->team;
  }
  if (activity.subject_type != "person") return;
  if (const Actor* who = find(activity.source, activity.subject_id)) activity.subject_id = who->actor;
}

void Actors::resolve(Document& document) const {
  if (const Actor* who = find(document.source, document.author)) document.author = who->actor;
  if (const Actor* who = find(document.source, document.owner)) document.owner = who->actor;
}

}  // namespace akashi
