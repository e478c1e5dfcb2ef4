#include "connectors/engine/normalise.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "connectors/engine/front_matter.hpp"
#include "connectors/engine/references.hpp"
#include "connectors/engine/wording.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

namespace {

// What is kept of a tool's text, in bytes and counts. Longer ones are cut: they are shown and compared, never the place where evidence stands.
constexpr std::size_t title_kept_max = 500;
constexpr std::size_t word_max = 200;
constexpr std::size_t field_max = 4000;
constexpr std::size_t fields_max = 200;
constexpr std::size_t labels_max = 100;
constexpr std::size_t links_max = 1000;
constexpr std::size_t address_max = 2000;

void shorten(std::string& text, std::size_t bytes_max) { text = clean_line(text, bytes_max); }

void shorten(std::vector<std::string>& words, std::size_t count_max) {
  if (words.size() > count_max) words.resize(count_max);
  for (auto& word : words) shorten(word, word_max);
  std::erase(words, "");
}

// Fields with several values keep one a line.
std::string clean_field(std::string_view text) {
  std::string out;
  for (const auto value : split(cut(text, field_max), '\n')) {
    const auto line = clean_line(value, field_max);
    if (!line.empty()) out += (out.empty() ? "" : "\n") + line;
  }
  return out;
}

std::map<std::string, std::string> kept_fields(const std::map<std::string, std::string>& fields) {
  std::map<std::string, std::string> kept;
  for (const auto& [name, value] : fields)
    if (kept.size() < fields_max) kept.emplace(clean_line(name, word_max), clean_field(value));
  return kept;
}

// A commit names exactly what was written. Its author's own word for the version may stay the same while the text changes; whoever approved the one
// commit has not approved the other.
bool is_commit(std::string_view version) {
  constexpr std::size_t sha1 = 40;
  constexpr std::size_t sha256 = 64;
  return (version.size() == sha1 || version.size() == sha256) && version.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

class Normaliser {
 public:
  Normaliser(Page& page, const NormaliseContext& context) : page_(page), context_(context) {
    for (const auto& text : page.texts) texts_[text.about].push_back(&text.text);
    for (const auto& state : page.cases) cases_.emplace(state.id, &state);
    for (auto& beside : page.marks) {
      shorten(beside.labels, labels_max);
      beside.fields = kept_fields(beside.fields);
    }
    for (const auto& beside : page.marks) marks_[{beside.about, beside.version}] = &beside;
    for (const auto& document : page.documents) ++document_count_[document.id];
  }

  void run() {
    for (auto& document : page_.documents) take(document);
    merge_documents();
    for (auto& activity : page_.activities) take(activity);
    for (auto& state : page_.cases) take(state);
    page_.texts.clear();
    page_.marks.clear();
  }

 private:
  void take(Activity& activity);
  void take(CaseState& state) const;
  void take(Document& document);
  void take_head(Document& document, const DocumentPlace* place, const DocumentMarks& beside);
  void merge_documents();
  void take_object(Activity& activity) const;

  const Actor& actor(const std::string& account) {
    const auto [at, fresh] = actors_.try_emplace(account);
    if (fresh) at->second = context_.pseudonyms.of(context_.roster, page_.source, account, context_.system_accounts);
    return at->second;
  }
  std::string text_about(const std::string& about) const {
    std::string whole;
    if (const auto at = texts_.find(about); at != texts_.end())
      for (const auto* text : at->second) whole += (whole.empty() ? "" : "\n") + *text;
    return whole;
  }
  // Several versions of one document come with their texts in the same order. Where texts are missing it is not guessed whose they are.
  std::string text_of(const Document& document) {
    const auto at = texts_.find(document.id);
    const auto versions = document_count_[document.id];
    if (at == texts_.end() || (versions > 1 && at->second.size() != versions)) return {};
    return versions == 1 ? text_about(document.id) : *at->second[document_taken_[document.id]++];
  }

  Page& page_;
  const NormaliseContext& context_;
  std::map<std::string, std::vector<const std::string*>, std::less<>> texts_;
  std::map<std::pair<std::string, std::string>, const DocumentMarks*> marks_;  // by document and the tool's version
  std::map<std::string, const CaseState*, std::less<>> cases_;
  std::map<std::string, Actor> actors_;
  std::map<std::string, std::size_t> document_count_, document_taken_;
  std::map<std::pair<std::string, std::string>, std::string> versions_;  // document and the tool's version → the version as the house says it
};

void Normaliser::take(Activity& activity) {
  if (activity.product.empty()) activity.product = context_.product;
  const auto& who = actor(activity.actor);
  activity.actor = who.actor;
  if (activity.actor_kind != ActorKind::automation) activity.actor_kind = who.kind;  // the tool itself says so
  activity.team = who.team;
  if (activity.subject_type == "person" && !activity.subject_id.empty()) activity.subject_id = actor(activity.subject_id).actor;
  shorten(activity.subject_id, word_max);
  shorten(activity.status, word_max);
  shorten(activity.status_before, word_max);
  shorten(activity.labels, labels_max);
  shorten(activity.url, address_max);
  take_object(activity);
  const auto written = own_lines(text_about(activity.uid));
  if (activity.kind != "case.opened") activity.wording = wording(written, context_.pseudonyms);  // requests come in forms
  for (auto& reference : references_in(written, context_.documents.addresses))
    if (std::ranges::find(activity.procedures, reference) == activity.procedures.end()) activity.procedures.push_back(std::move(reference));
  shorten(activity.procedures, references_max);
}

// A document's version as its head says it; an approval's object and version out of the ticket's title when the descriptor gave none.
void Normaliser::take_object(Activity& activity) const {
  shorten(activity.object, word_max);
  const bool approval = activity.kind == "document.approved" || activity.kind == "change.approved";
  const auto ticket = cases_.find(activity.case_id);
  if (approval && (activity.object.empty() || activity.object_version.empty()) && ticket != cases_.end()) {
    if (auto asked = context_.approvals.asked_of(*ticket->second)) {
      activity.object = std::move(asked->name);
      activity.object_version = std::move(asked->version);
    }
  }
  const auto known = versions_.find({activity.object, activity.object_version});
  activity.object_version = known != versions_.end() ? known->second : version_word(clean_line(activity.object_version, word_max));
}

void Normaliser::take(CaseState& state) const {
  state.owner = state.owner.empty() ? "" : context_.pseudonyms.of(context_.roster, page_.source, state.owner, context_.system_accounts).actor;
  for (auto* text : {&state.place, &state.type, &state.category, &state.status, &state.severity}) shorten(*text, word_max);
  shorten(state.title, title_kept_max);
  shorten(state.url, address_max);
  shorten(state.labels, labels_max);
  shorten(state.links, links_max);
  state.fields = kept_fields(state.fields);
}

void Normaliser::take_head(Document& document, const DocumentPlace* place, const DocumentMarks& beside) {
  const auto head = read_head(text_of(document), context_.documents.words, beside);
  const auto by_title =
      place != nullptr && place->title ? place->title->read(document.title) : std::optional<NamedVersion>(split_version(document.title));
  const bool exact = is_commit(document.version);
  if (!exact && !head.version.empty()) document.version = head.version;
  else if (!exact && by_title && !by_title->version.empty()) document.version = by_title->version;
  else document.version = version_word(document.version);
  if (!head.code.empty() && document_code(document.title) != head.code) document.title = clean_line(head.code + " " + document.title, title_kept_max);
  document.services = head.services;
  document.role = !head.role.empty() ? head.role : place != nullptr && !place->role.empty() ? place->role : std::string(procedure_role);
  document.reviewed = head.reviewed;
  if (place != nullptr && head.in_force)
    for (const auto& service : place->services)
      if (std::ranges::find(document.services, service) == document.services.end()) document.services.push_back(service);
  if (!context_.documents.places.empty() && place == nullptr) document.services.clear();  // the organisation's procedures live elsewhere
  if (!head.owner.empty()) document.owner = head.owner;
  else if (place != nullptr && !place->owner.empty()) document.owner = place->owner;
}

void Normaliser::take(Document& document) {
  shorten(document.title, title_kept_max);
  shorten(document.url, address_max);
  const auto tool_version = document.version;
  static const DocumentMarks nothing;
  const auto found = marks_.find({document.id, tool_version});
  const DocumentMarks& beside = found == marks_.end() ? nothing : *found->second;
  take_head(document, context_.documents.place_of(document, beside.labels), beside);
  versions_[{document.id, tool_version}] = document.version;
  document.author = document.author.empty() ? "" : actor(document.author).actor;
  document.owner = context_.pseudonyms.owner(context_.roster, page_.source, document.owner);
}

// Edits that leave the version as it was are one version: published with the first of them, saying what the last of them says.
void Normaliser::merge_documents() {
  std::ranges::stable_sort(page_.documents, [](const Document& a, const Document& b) {
    return std::tie(a.id, a.version, a.published) < std::tie(b.id, b.version, b.published);
  });
  std::vector<Document> merged;
  for (auto& document : page_.documents) {
    if (!merged.empty() && merged.back().id == document.id && merged.back().version == document.version) {
      document.published = merged.back().published;
      document.author = merged.back().author;
      merged.back() = std::move(document);
    } else {
      merged.push_back(std::move(document));
    }
  }
  page_.documents = std::move(merged);
}

}  // namespace

Page normalise(Page page, const NormaliseContext& context) {
  Normaliser(page, context).run();
  return page;
}

Activity with_approval(Activity activity, const CaseState* state, const Meaning& meaning, const ApprovalSettings& approvals) {
  if (meaning.matter != "approval" || state == nullptr) return activity;
  const auto asked = activity.object.empty() ? approvals.asked_of(*state) : std::nullopt;
  if (asked) {
    activity.object = asked->name;
    activity.object_version = asked->version;
  }
  if (activity.object.empty()) return activity;
  const auto kind = joined_kind(activity, meaning).kind;
  if (kind != "case.closed" && kind != "case.refused") return activity;
  activity.verdict = kind == "case.closed" ? "approved" : "refused";
  activity.kind = "document.approved";
  return activity;
}

}  // namespace akashi
