// Rejections: what does not count, and why. Every one is kept and shown; the first reason that holds is given.
#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

constexpr auto same_minute = std::chrono::minutes(1);  // opened and closed by one person: no incident was handled (D-2)
constexpr auto written_down_max = days(7);             // after the day of performance: a week's notes; later ones cannot be told from invented ones
constexpr std::string_view handled_as_incidents = "D-2";  // the service that the rule of the minute is about
constexpr std::string_view enquiries = "B-4";             // nobody answers the own question

Instant second_of(Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }

std::tuple<Instant, std::string_view, std::string_view> at_once(const Evidence& item) {
  return {second_of(written(item)), item.actor, item.activity};
}

// What an act is about. One act on one item may be told in many parts (a merge request with its files), and is no bulk.
std::string_view about(const Evidence& item) { return item.case_id.empty() ? item.uid : item.case_id; }

void earliest(std::optional<Instant>& at, std::string& by, const Evidence& item) {
  if (at && *at <= written(item)) return;
  at = written(item);
  by = item.actor;
}

}  // namespace

Rejected rejected(const Evidence& item, std::string_view code) {
  const auto& ref = !item.url.empty() ? item.url : !item.case_id.empty() ? item.case_id : item.object;
  return {item.uid, std::string(code), item.time, ref};
}

Rejections::Rejections(const Question& question, const std::vector<const Evidence*>& work) : question_(question) {
  for (const auto* item : work) at_once_[at_once(*item)].insert(about(*item));
  told_ = told_before(work);
  disordered_ = out_of_order(question, work);
  const auto found = question.view.items.find(question.service);
  if (found == question.view.items.end()) return;
  for (const auto& item : found->second) {
    if (item.case_id.empty() || item.time > question.as_of()) continue;
    if (item.activity == "case.opened") earliest(cases_[item.case_id].opened, cases_[item.case_id].opener, item);
    if (item.activity == "case.closed") earliest(cases_[item.case_id].closed, cases_[item.case_id].closer, item);
  }
}

std::string_view Rejections::why_actor(const std::string& actor, ActorKind kind, const std::string& team, Instant at) const {
  if (kind == ActorKind::automation) return rejection<"rejected.automation">();
  if (kind == ActorKind::provider) return rejection<"rejected.provider">();
  if (kind == ActorKind::shared) return rejection<"rejected.shared_account">();
  if (kind != ActorKind::human || actor.empty()) return rejection<"rejected.unknown_actor">();
  const auto tenure = tenure_of(question_.view, actor);
  if (!tenure.begun(at)) return rejection<"rejected.not_joined">();
  if (tenure.ended(at)) return rejection<"rejected.left">();
  if (question_.profile.team.empty() || team == question_.profile.team) return {};
  if (!team.empty()) return rejection<"rejected.outside_team">();
  return question_.teams_given ? rejection<"rejected.no_team">() : std::string_view();
}

std::string_view Rejections::why_case(const Evidence& item) const {
  const auto found = cases_.find(item.case_id);
  if (item.case_id.empty() || found == cases_.end() || !found->second.opened) return {};
  const auto& life = found->second;
  if (question_.service == enquiries && item.actor == life.opener) return rejection<"rejected.own_enquiry">();
  if (!life.closed || written(item) > *life.closed) return {};  // what was done after it was reopened counts
  if (second_of(*life.opened) == second_of(*life.closed)) return rejection<"rejected.import">();
  const bool minute = *life.closed - *life.opened < same_minute && life.opener == life.closer;
  return minute && question_.service == handled_as_incidents ? rejection<"rejected.opened_and_closed">() : std::string_view();
}

std::string_view Rejections::why(const Evidence& item) const {
  if (const auto code = why_actor(item.actor, item.actor_kind, item.team, item.time); !code.empty()) return code;
  if (item.recorded && *item.recorded - item.time > written_down_max) return rejection<"rejected.back_dated">();
  if (is_marked_as_test(question_.service, item)) return rejection<"rejected.test">();
  if (at_once_.at(at_once(item)).size() > bulk_max) return rejection<"rejected.bulk">();
  if (const auto told = told_.find(item.uid); told != told_.end()) return told->second;
  if (const auto code = why_case(item); !code.empty()) return code;
  const auto disordered = disordered_.find(item.uid);
  return disordered == disordered_.end() ? std::string_view() : disordered->second;
}

}  // namespace akashi::inference
