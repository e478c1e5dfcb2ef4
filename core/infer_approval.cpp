// Rung 5: an authorised head approved the version in force.
#include <algorithm>

#include "core/document_ref.hpp"
#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

// An approval may write the version into the reference or beside it.
bool approves_some_version(const Evidence& approval, const Document& document) {
  return names(approval.object, document) || names(split_version(approval.object).name, document);
}

std::string version_of(const Evidence& approval) {
  return version_word(approval.object_version.empty() ? split_version(approval.object).version : approval.object_version);
}

// What is about the document, whatever service it was filed under (an approval names a document, not a service), oldest first.
std::vector<const Evidence*> approvals_about(const Question& question, const Document& document) {
  std::vector<const Evidence*> found;
  for (const auto& [service, items] : question.view.items)
    for (const auto& item : items)
      if (item.kind == EvidenceKind::approval && item.time <= question.as_of() && approves_some_version(item, document)) found.push_back(&item);
  // A tool may tell one verdict twice, as an approval and as the end of its ticket.
  const auto verdict = [](const Evidence* item) {
    return std::tuple(item->time, std::string_view(item->case_id.empty() ? item->uid : item->case_id));
  };
  std::ranges::sort(found, {}, [&](const Evidence* item) { return std::tuple(verdict(item), std::string_view(item->uid)); });
  const auto again = std::ranges::unique(found, {}, verdict);
  found.erase(again.begin(), again.end());
  return found;
}

// Whose word it is: empty when it is that of an authorised head who did not write the document.
std::string_view why_not_theirs(const Question& question, const Evidence& approval, const Document& document) {
  if (approval.actor_kind != ActorKind::human) return rejection<"rejected.approval_not_human">();
  if (approval.actor == document.author) return rejection<"rejected.approval_own">();
  if (!question.view.heads.contains(approval.actor)) return rejection<"rejected.approval_not_head">();
  const auto tenure = tenure_of(question.view, approval.actor);
  const bool in_office = tenure.begun(approval.earliest()) && !tenure.ended(approval.time);
  return in_office ? std::string_view() : rejection<"rejected.approval_not_in_office">();
}

std::string_view why_not(const Question& question, const Evidence& approval, const Document& document) {
  if (approval.verdict != "approved")
    return approval.verdict == "refused" ? rejection<"rejected.approval_refused">() : rejection<"rejected.approval_pending">();
  if (const auto code = why_not_theirs(question, approval, document); !code.empty()) return code;
  const auto version = version_of(approval);
  if (version.empty()) return rejection<"rejected.approval_no_version">();
  if (version != version_word(document.version)) return rejection<"rejected.approval_version">();
  if (approval.earliest() < document.published) return rejection<"rejected.approval_early">();
  const bool expired = question.as_of() - approval.earliest() > days(question.criteria().approval_valid_days);
  return expired ? rejection<"rejected.approval_expired">() : std::string_view();
}

// A head's refusal of the version in force takes back what was approved before it.
bool takes_back(const Question& question, const Evidence& item, const Document& document) {
  return item.verdict == "refused" && why_not_theirs(question, item, document).empty() && version_of(item) == version_word(document.version);
}

std::string heads_but(const Question& question, const std::string& author) {
  std::string names;
  for (const auto& head : question.view.heads)
    if (head != author && !tenure_of(question.view, head).ended(question.as_of())) names += (names.empty() ? "" : ", ") + head;
  return names;
}

}  // namespace

bool is_about(const Evidence& verdict, const Document& document) {
  const auto version = version_of(verdict);
  return approves_some_version(verdict, document) && (version.empty() || version == version_word(document.version));
}

Approval approval_of(const Question& question, const Document& document) {
  Approval found;
  for (const auto* item : approvals_about(question, document)) {
    if (takes_back(question, *item, document) && found.valid != nullptr) {
      found.rejected.push_back(rejected(*found.valid, rejection<"rejected.approval_superseded">()));
      found.valid = nullptr;
    }
    if (const auto code = why_not(question, *item, document); !code.empty()) found.rejected.push_back(rejected(*item, code));
    else found.valid = item;
  }
  return found;
}

void reach_five(const Question& question, const Document& document, const Approval& approval, Climb& climb) {
  if (approval.valid == nullptr) {
    const auto heads = heads_but(question, document.author);
    climb.missing = {heads.empty() ? reason<"missing.heads">(document.title, document.version)
                                   : reason<"missing.approval">(document.title, document.version, heads)};
    return;
  }
  climb.rung = 5;
  climb.missing.clear();
  climb.reasons.push_back(reason<"rung.approved">(approval.valid->actor, document.title, document.version, approval.valid->time));
  climb.sufficient.push_back(*approval.valid);
}

}  // namespace akashi::inference
