// What shows that the contract is understood: a description that somebody inside looked into, expectations, service levels that a tool measured.
#include "core/infer_outside.hpp"
#include "core/vocabulary.hpp"

namespace akashi::inference {

namespace {

// Who wrote a version down, or entered it here, has looked into it; who owns it need not have. Else somebody inside has to be seen reviewing or
// approving this version. The provider's own word about what the provider does is no review.
std::optional<Instant> reviewed_inside(const Question& question, const Document& document) {
  std::optional<Instant> newest;
  if (document.attested() || question.view.insiders.contains(document.author)) newest = last_look(document, question.as_of());
  for (const auto& [service, items] : question.view.items)
    for (const auto& item : items) {
      const bool verdict = item.kind == EvidenceKind::approval && item.verdict == "approved";
      const bool review = item.kind == EvidenceKind::review && item.case_id.empty();
      const bool in_time = item.earliest() >= document.published && item.time <= question.as_of();
      if ((!verdict && !review) || !in_time || item.actor_kind != ActorKind::human || !question.view.insiders.contains(item.actor)) continue;
      if (is_about(item, document)) newest = std::max(newest.value_or(item.time), item.time);
    }
  return newest;
}

}  // namespace

// Of several the first that is in force; what it lacks when none is.
Description description_in_force(const Outside& outside, std::vector<Reason>& missing) {
  const auto& question = outside.question;
  const auto valid = question.criteria().procedure_valid_days;
  const auto found = documents_in_role(question, description_role);
  for (const auto* document : found) {
    const auto reviewed = reviewed_inside(question, *document);
    if (reviewed && question.as_of() - *reviewed <= days(valid)) return {document, reviewed};
  }
  if (found.empty()) {
    missing.push_back(reason<"missing.description">(question.service));
    return {};
  }
  const auto reviewed = reviewed_inside(question, *found.front());
  if (reviewed) missing.push_back(reason<"missing.description_review">(found.front()->title, *reviewed, outside.owner(), valid));
  else missing.push_back(reason<"missing.description_inside">(found.front()->title, outside.owner()));
  return {};
}

Instant first_written(const Question& question, const Document& expectation) {
  auto first = expectation.published;
  for (const auto& version : question.view.documents)
    if (version.id == expectation.id) first = std::min(first, version.published);
  return first;
}

// Of a combined service nobody can tell whose work the tool's clock measured, so it measures nobody's.
Levels levels_of(const Question& question, Instant from) {
  Levels found;
  const auto items = question.view.items.find(question.service);
  if (items == question.view.items.end() || question.profile.assigned != Assignment::outsource) return found;
  std::map<std::string_view, const Evidence*> by_uid;
  for (const auto& item : items->second)
    if (item.kind == EvidenceKind::sla && !item.drill && item.time >= from && item.time <= question.as_of()) by_uid.emplace(item.uid, &item);
  for (const auto& [uid, item] : by_uid) {
    if (item->verdict == "met") found.met.push_back(item);
    if (item->verdict == "missed") found.missed.push_back(item);
  }
  const auto when = [](const Evidence* item) { return std::tuple(item->time, std::string_view(item->uid)); };
  std::ranges::sort(found.met, {}, when);
  std::ranges::sort(found.missed, {}, when);
  return found;
}

}  // namespace akashi::inference
