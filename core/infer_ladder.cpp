// The insourced ladder up to 3: what people did. From 3 on, the procedure decides (infer_procedure.cpp).
#include <algorithm>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

constexpr std::size_t names_max = 5;

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), names_max); ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > names_max ? text + ", …" : text;
}

// People who did part of the work itself, and people who only closed tickets.
struct People {
  std::vector<std::string> workers, closers;
};

People people_of(const Work& work) {
  People people;
  for (const auto& [actor, did] : work.people) (did.worked() ? people.workers : people.closers).push_back(actor);
  return people;
}

const Evidence& shown_for(const Question& question, const Work& work, const std::string& actor, bool real) {
  return *witness(question, work, [&](const Act& act) { return act.evidence->actor == actor && !(real && act.only_closes); })->evidence;
}

void one_person(const Question& question, const Work& work, const People& people, Climb& climb) {
  climb.rung = 2;
  const auto& actor = people.workers.empty() ? people.closers.front() : people.workers.front();
  const auto look_back = question.criteria().look_back_days;
  const auto acts = work.people.at(actor).acts;
  climb.reasons.push_back(reason<"rung.one_person">(actor, acts, look_back));
  climb.missing.push_back(reason<"missing.second_person">(team_of(question), look_back, actor, acts, work.counted));
  climb.sufficient.push_back(shown_for(question, work, actor, !people.workers.empty()));
  if (const auto documents = procedures(question); !documents.empty())
    climb.reasons.push_back(reason<"document.one_person">(documents.front()->title, documents.front()->version));
}

// When this person's last work leaves the look-back, the rung goes with it.
void say_leaving(const Question& question, const Work& work, const std::vector<std::string>& workers, Climb& climb) {
  if (workers.size() != 2) return;
  const auto last = [&](const std::string& actor) { return work.people.at(actor).last; };
  const auto& first_to_go = last(workers[0]) <= last(workers[1]) ? workers[0] : workers[1];
  climb.counter.push_back(reason<"counter.leaves">(first_to_go, last(first_to_go) + days(question.criteria().look_back_days)));
}

void several_people(const Question& question, const Work& work, const People& people, Climb& climb) {
  climb.rung = 3;
  climb.reasons.push_back(
      reason<"rung.several_persons">(people.workers.size(), listed(people.workers), work.counted, question.criteria().look_back_days));
  climb.sufficient.push_back(shown_for(question, work, people.workers[0], true));
  climb.sufficient.push_back(shown_for(question, work, people.workers[1], true));
  say_leaving(question, work, people.workers, climb);
  climb_by_procedure(question, work, climb);
  if (climb.rung == 5) return;
  for (auto& note : unread_sources(question)) climb.notes.push_back(std::move(note));  // what is missing may lie there
}

// Whose work still shows in the state, and makes no stand-in any more.
void say_gone(const Work& work, Climb& climb) {
  std::vector<std::string> names;
  names.reserve(work.gone.size());
  for (const auto& [actor, did] : work.gone) names.push_back(actor);
  if (!names.empty()) climb.reasons.push_back(reason<"rung.left">(listed(names)));
}

}  // namespace

Climb climb(const Question& question, const Work& work) {
  Climb climb;
  say_gone(work, climb);
  if (work.people.empty()) {
    climb.missing.push_back(reason<"missing.first">(team_of(question), question.criteria().look_back_days));
    for (const auto* document : procedures(question)) climb.reasons.push_back(reason<"document.untested">(document->title, document->version));
    return climb;
  }
  const auto people = people_of(work);
  if (people.workers.size() < 2) one_person(question, work, people, climb);
  else several_people(question, work, people, climb);
  if (!people.closers.empty() && work.people.size() > 1) climb.reasons.push_back(reason<"rung.only_closed">(listed(people.closers)));
  // A witness is a drill only where no real case would do.
  if (std::ranges::any_of(climb.sufficient, [](const Evidence& item) { return is_drill(item); })) climb.reasons.push_back(reason<"rung.by_drill">());
  return climb;
}

}  // namespace akashi::inference
