// Rung 4: a procedure in force, and somebody other than its author who worked from it. Then the approval decides (infer_approval.cpp).
#include <algorithm>
#include <set>

#include "core/document_ref.hpp"
#include "core/infer_parts.hpp"
#include "core/vocabulary.hpp"

namespace akashi::inference {

namespace {

using Names = std::set<std::string>;

std::string listed(const Names& names) {
  std::string text;
  for (const auto& each : names) text += (text.empty() ? "" : ", ") + each;
  return text;
}

// The latest of several versions of one document: the one in force.
bool newer(const Document& a, const Document& b) {
  return std::tuple(a.published, a.version.size(), std::string_view(a.version)) >
         std::tuple(b.published, b.version.size(), std::string_view(b.version));
}

// One procedure, and what it lacks for 4.
struct Candidate {
  const Document* document = nullptr;
  std::vector<Reason> missing;
  const Act* worked = nullptr;  // the work from it that counts for 4
  std::string overtaken{};      // who worked from it without having written it, and usually does the work
};

// Who usually does the work cannot show that somebody else could. Where the author works too, the author is taken as the usual one: then whoever
// else works from the document has taken over. Of equals none is the usual one.
std::string usual_performer(const Work& work, const std::string& author) {
  const auto by_acts = [](const auto& a, const auto& b) { return a.second.acts < b.second.acts; };
  const auto most = std::ranges::max_element(work.people, by_acts);
  const auto as_many = std::ranges::count_if(work.people, [&](const auto& person) { return person.second.acts == most->second.acts; });
  const auto wrote = work.people.find(author);
  if (wrote != work.people.end() && wrote->second.worked()) return author;
  return as_many == 1 ? most->first : std::string();
}

// Work that names the document, sorted by how near it comes to what 4 needs.
struct FromDocument {
  bool any = false, after = false;
  Names usual, closers;  // of the work after publication: who does not count for 4, and why
  Names others;          // who counts
};

// Whether work names the document. References repeat, and comparing spellings costs more than looking one up.
class Naming {
 public:
  explicit Naming(const Document& document) : document_(document) {}
  [[nodiscard]] bool operator()(const Act& act) {
    return std::ranges::any_of(act.evidence->procedures, [&](const std::string& reference) {
      const auto [at, fresh] = known_.try_emplace(reference, false);
      if (fresh) at->second = names(reference, document_);
      return at->second;
    });
  }

 private:
  const Document& document_;
  std::map<std::string_view, bool> known_;
};

FromDocument sort_work(const Question& question, const Work& work, const Document& document, Naming& from) {
  FromDocument found;
  const auto usual = usual_performer(work, document.author);
  for (const auto& act : work.acts) {
    if (act.gone || !question.recent(act.last) || !from(act)) continue;
    found.any = true;
    if (act.last <= document.published) continue;
    found.after = true;
    const auto& actor = act.evidence->actor;
    if (actor == usual || actor == document.author) found.usual.insert(actor);
    else if (act.only_closes) found.closers.insert(actor);
    else found.others.insert(actor);
  }
  return found;
}

void check_work(const Question& question, const Work& work, Candidate& candidate) {
  const auto& document = *candidate.document;
  Naming from(document);
  const auto found = sort_work(question, work, document, from);
  if (!found.others.empty()) {
    candidate.worked = witness(question, work, [&](const Act& act) {
      return act.evidence->actor == *found.others.begin() && !act.only_closes && act.last > document.published && from(act);
    });
    return;
  }
  if (!found.any) candidate.missing.push_back(reason<"missing.reference">(document.title, document.version));
  else if (!found.after) candidate.missing.push_back(reason<"missing.after_publication">(document.title, document.version, document.published));
  else if (!found.closers.empty()) candidate.missing.push_back(reason<"missing.more_than_closing">(document.title, listed(found.closers)));
  else candidate.missing.push_back(reason<"missing.another_worker">(document.title, listed(found.usual)));
  if (found.closers.empty())
    for (const auto& actor : found.usual)
      if (actor != document.author) candidate.overtaken = actor;
}

Candidate check(const Question& question, const Work& work, const Document& document) {
  Candidate candidate{&document, {}, nullptr};
  auto& missing = candidate.missing;
  const auto valid = question.criteria().procedure_valid_days;
  const auto looked = last_look(document, question.as_of());
  if (document.version.empty()) missing.push_back(reason<"missing.version">(document.title));
  if (document.owner.empty()) missing.push_back(reason<"missing.owner">(document.title, document.version));
  else if (tenure_of(question.view, document.owner).ended(question.as_of()))
    missing.push_back(reason<"missing.owner_left">(document.title, document.version, document.owner));
  if (document.author.empty()) missing.push_back(reason<"missing.author">(document.title, document.version));
  if (question.as_of() - looked > days(valid)) missing.push_back(reason<"missing.review">(document.title, document.version, looked, valid));
  check_work(question, work, candidate);
  return candidate;
}

// Of the people at work, one other than the one who worked from the document.
const Evidence* another(const Question& question, const Work& work, const std::string& than) {
  for (const auto& [actor, did] : work.people) {
    if (actor == than || !did.worked()) continue;
    return witness(question, work, [&](const Act& act) { return act.evidence->actor == actor && !act.only_closes; })->evidence;
  }
  return nullptr;
}

void reach_four(const Question& question, const Work& work, const Candidate& candidate, Climb& climb) {
  const auto& document = *candidate.document;
  const auto& worked = *candidate.worked->evidence;
  const auto looked = last_look(document, question.as_of());
  climb.rung = 4;
  climb.reasons.push_back(reason<"rung.procedure_in_force">(document.title, document.version, document.owner, looked));
  climb.reasons.push_back(reason<"rung.from_procedure">(worked.actor, document.title, document.version, worked.time));
  climb.counter.push_back(reason<"counter.review_expires">(document.title, looked + days(question.criteria().procedure_valid_days)));
  climb.sufficient.clear();
  climb.sufficient.push_back(worked);
  if (const auto* second = another(question, work, worked.actor)) climb.sufficient.push_back(*second);
  climb.sufficient.push_back(as_evidence(question, document));
}

// A source of documents that is not being read: a newer version there would not be seen.
void doubt(const Question& question, const Document& document, Climb& climb) {
  const auto unread = unread_since(question, document.source);
  if (!unread) return;
  climb.notes.push_back(*unread);
  if (climb.rung < 4) return;
  climb.doubts.push_back(reason<"sure.document_unread">(document.title));
  if (unread->to) climb.counter.push_back(reason<"counter.document_unread">(document.source, *unread->to, document.title));
}

// How long the approval of the procedure holds, or since when it does not, whatever else the rung lacks.
void say_approval(const Question& question, const Document& document, const Approval& approval, Climb& climb) {
  const auto valid = days(question.criteria().approval_valid_days);
  if (approval.valid != nullptr) {
    climb.counter.push_back(reason<"counter.approval_expires">(document.title, approval.valid->earliest() + valid));
    return;
  }
  const Rejected* newest = nullptr;
  for (const auto& one : approval.rejected)
    if (one.code == rejection<"rejected.approval_expired">() && (newest == nullptr || newest->time < one.time)) newest = &one;
  if (newest != nullptr) climb.counter.push_back(reason<"counter.approval_expired">(document.title, document.version, newest->time + valid));
}

}  // namespace

Instant last_look(const Document& document, Instant as_of) {
  return document.reviewed && *document.reviewed <= as_of ? *document.reviewed : document.published;
}

Evidence as_evidence(const Question& question, const Document& document) {
  Evidence item;
  item.uid = document.id + "@" + document.version;
  item.service = question.service;
  item.kind = EvidenceKind::document;
  item.time = document.published;
  item.source = document.source;
  item.actor = document.author;
  item.title = document.title;
  item.object = document.id;
  item.object_version = document.version;
  item.url = document.url;
  item.digest = document.digest;
  item.attested_until = document.attested_until;
  return item;
}

std::vector<const Document*> documents_in_role(const Question& question, std::string_view role) {
  std::map<std::string_view, const Document*> newest;
  for (const auto& document : question.view.documents) {
    if (document.published > question.as_of()) continue;
    auto& held = newest[document.id];
    if (held == nullptr || newer(document, *held)) held = &document;
  }
  std::vector<const Document*> found;
  for (const auto& [id, document] : newest)
    if (document->role == role && std::ranges::find(document->services, question.service) != document->services.end()) found.push_back(document);
  std::ranges::stable_sort(found, std::greater{}, &Document::published);
  return found;
}

std::vector<const Document*> procedures(const Question& question) { return documents_in_role(question, procedure_role); }

void climb_by_procedure(const Question& question, const Work& work, Climb& climb) {
  const auto documents = procedures(question);
  std::vector<Candidate> candidates;
  candidates.reserve(documents.size());
  for (const auto* document : documents) candidates.push_back(check(question, work, *document));
  if (candidates.empty()) {
    climb.missing.push_back(reason<"missing.document">(question.service));
    return;
  }
  std::ranges::stable_sort(candidates, {}, [](const Candidate& candidate) { return candidate.missing.size(); });
  std::vector<Approval> approvals;
  approvals.reserve(candidates.size());
  for (const auto& candidate : candidates) approvals.push_back(approval_of(question, *candidate.document));
  for (const auto& approval : approvals) climb.rejected.insert(climb.rejected.end(), approval.rejected.begin(), approval.rejected.end());
  std::size_t chosen = 0;
  for (std::size_t i = candidates.size(); i-- > 0;)
    if (candidates[i].missing.empty() && approvals[i].valid != nullptr) chosen = i;
  if (candidates[chosen].missing.empty()) {
    reach_four(question, work, candidates[chosen], climb);
    reach_five(question, *candidates[chosen].document, approvals[chosen], climb);
  } else {
    climb.missing = candidates[chosen].missing;
    if (const auto& who = candidates[chosen].overtaken; !who.empty())
      climb.counter.push_back(reason<"counter.stand_in_is_usual">(who, candidates[chosen].document->title));
  }
  say_approval(question, *candidates[chosen].document, approvals[chosen], climb);
  doubt(question, *candidates[chosen].document, climb);
}

}  // namespace akashi::inference
