#include "core/org_map.hpp"

#include <algorithm>
#include <array>

#include "core/evidence.hpp"
#include "core/text.hpp"
#include "core/written_day.hpp"

namespace akashi {

namespace {

constexpr std::array<std::string_view, 5> meaning_names{"", "asked", "working", "done", "refused"};
constexpr std::array<std::string_view, 4> labels_of_a_drill{"drill", "tabletop", "訓練", "演習"};
constexpr std::array<std::string_view, 4> severities_known{"low", "medium", "high", "critical"};
constexpr std::string_view custom_field = "cf.";

bool has(std::span<const std::string_view> words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

bool fits_any(std::string_view value, const std::vector<std::string>& patterns) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) { return fits_wildcards(value, pattern); });
}

// The values of a custom field; a field with several holds one a line.
std::vector<std::string_view> values_of_field(const CaseState& state, std::string_view name) {
  for (const auto& [key, value] : state.fields)
    if (same_word(key, name)) return split(value, '\n');
  return {};
}

std::vector<std::string_view> values_of(const CaseState& state, std::string_view attribute) {
  if (attribute == "place") return {state.place};
  if (attribute == "type") return {state.type};
  if (attribute == "category") return {state.category};
  if (attribute == "status") return {state.status};
  if (attribute == "severity") return {state.severity};
  if (attribute == "title") return {state.title};
  if (attribute == "label") return {state.labels.begin(), state.labels.end()};
  if (attribute.starts_with(custom_field)) return values_of_field(state, attribute.substr(custom_field.size()));
  return {};
}

// What the entry's scale makes of the case's severity; empty when the entry has no scale or the case no value there.
std::string scaled_severity(const PlaceEntry& entry, const CaseState& state) {
  if (entry.severity_field.empty() && entry.severities.empty()) return {};
  for (const auto value : values_of(state, entry.severity_field.empty() ? "severity" : entry.severity_field)) {
    for (const auto& [word, severity] : entry.severities)
      if (same_word(word, value)) return severity;
    if (!value.empty()) return has(severities_known, lower(value)) ? lower(value) : std::string(value);
  }
  return {};
}

std::string first_value(const CaseState& state, const std::string& field) {
  for (const auto value : values_of_field(state, field))
    if (!trim(value).empty()) return std::string(trim(value));
  return {};
}

// The words of the review that the fields of a provider report tell.
std::string review_of(const ReviewFields& fields, const CaseState& state) {
  std::string words;
  const auto add = [&](ReviewWord word) { words.append(words.empty() ? "" : " ").append(name(word)); };
  if (!fields.note.empty() && !first_value(state, fields.note).empty()) add(ReviewWord::noted);
  if (!fields.outcome.empty()) {
    const auto said = fields.outcomes.find(lower(first_value(state, fields.outcome)));
    if (said != fields.outcomes.end()) add(said->second == name(ReviewWord::met) ? ReviewWord::met : ReviewWord::missed);
  }
  if (!fields.checked.empty() && !first_value(state, fields.checked).empty()) add(ReviewWord::checked);
  return words;
}

void give(Meaning& meaning, const std::vector<std::string>& statuses, StatusMeaning says) {
  for (const auto& status : statuses) meaning.statuses.emplace(lower(status), says);  // emplace: what an earlier entry said stays
}

bool ends_work(StatusMeaning meaning) { return meaning == StatusMeaning::done || meaning == StatusMeaning::refused; }

void add_all(std::vector<std::string_view>& to, const std::vector<std::string>& from) {
  for (const auto& text : from)
    if (!has(to, std::string_view(text))) to.emplace_back(text);
}

void fill_from_activity(Row& row, const Activity& activity) {
  row.time = activity.time;
  row[Field::product] = activity.product;
  row[Field::source] = activity.source;
  row[Field::actor] = activity.actor;
  row[Field::actor_kind] = name(activity.actor_kind);
  row[Field::team] = activity.team;
  row[Field::subject_type] = activity.subject_type;
  row[Field::subject_id] = activity.subject_id;
  row[Field::domain] = activity.domain;
  row[Field::case_id] = activity.case_id;
  row[Field::status] = activity.status;
  row[Field::status_before] = activity.status_before;
  row[Field::verdict] = activity.verdict;
}

}  // namespace

std::string_view name(StatusMeaning meaning) { return meaning_names[static_cast<std::size_t>(meaning)]; }
std::span<const std::string_view> drill_labels() { return labels_of_a_drill; }
bool marks_drill(const std::vector<std::string>& labels) {
  return std::ranges::any_of(labels, [](const std::string& label) {
    return std::ranges::any_of(labels_of_a_drill, [&](std::string_view drill) { return same_word(trim(label), drill); });
  });
}
std::span<const std::string_view> severity_words() { return severities_known; }

bool Selector::fits(const CaseState& state) const {
  return std::ranges::all_of(conditions, [&](const auto& condition) {
    return std::ranges::any_of(values_of(state, condition.first), [&](std::string_view value) { return fits_any(value, condition.second); });
  });
}

bool within(const Selector& narrow, const Selector& wide) {
  constexpr std::string_view always[] = {"place", "type", "category", "status", "severity", "title"};  // a case has these, if only as ""
  return std::ranges::all_of(wide.conditions, [&](const auto& asked) {
    if (has(always, asked.first) && std::ranges::find(asked.second, "*") != asked.second.end()) return true;
    return std::ranges::any_of(narrow.conditions, [&](const auto& given) {
      return given.first == asked.first && std::ranges::all_of(given.second, [&](const std::string& value) { return fits_any(value, asked.second); });
    });
  });
}

std::chrono::minutes AgreedTimes::of(const std::string& severity) const {
  const auto found = by_severity.find(severity);
  return found == by_severity.end() ? time : found->second;
}

StatusMeaning Meaning::of(std::string_view status) const {
  const auto at = statuses.find(lower(status));
  return at == statuses.end() ? StatusMeaning::none : at->second;
}

SurelySaid OrgMap::surely_said(std::size_t entry) const {
  SurelySaid said;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto& one = entries_[i];
    if (i != entry && !within(entries_[entry].when, one.when)) continue;
    const bool matter = said.matter.empty() && !one.matter.empty(), services = said.services.empty() && !one.services.empty();
    if (matter) said.matter = one.matter;
    if (services) said.services = one.services;
    if (i == entry) said.by_itself = matter || services;
  }
  return said;
}

std::vector<std::pair<std::string, std::string>> OrgMap::told_apart_by(const CaseState& state) const {
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& entry : entries_)
    for (const auto& [attribute, values] : entry.when.conditions) {
      if (attribute != "category" && !attribute.starts_with(custom_field)) continue;
      if (std::ranges::find(found, attribute, &std::pair<std::string, std::string>::first) != found.end()) continue;
      for (const auto value : values_of(state, attribute))
        if (!trim(value).empty()) {
          found.emplace_back(attribute, trim(value));
          break;
        }
    }
  return found;
}

Meaning OrgMap::meaning(const CaseState& state) const {
  Meaning meaning;
  std::optional<bool> drill;
  const AgreedTimes* agreed = nullptr;
  for (const auto& entry : entries_) {
    if (!entry.when.fits(state)) continue;
    if (meaning.matter.empty()) meaning.matter = entry.matter;
    if (meaning.services.empty()) meaning.services = entry.services;
    if (meaning.works_from.empty()) meaning.works_from = entry.works_from;
    if (meaning.severity.empty()) meaning.severity = scaled_severity(entry, state);
    if (!drill) drill = entry.drill;
    if (!entry.performed_field.empty() && !meaning.performed) meaning.performed = parse_day(first_value(state, entry.performed_field));
    if (entry.review.given() && meaning.review.empty()) meaning.review = review_of(entry.review, state);
    if (entry.agreed.given() && agreed == nullptr) agreed = &entry.agreed;
    give(meaning, entry.asked, StatusMeaning::asked);
    give(meaning, entry.working, StatusMeaning::working);
    give(meaning, entry.done, StatusMeaning::done);
    give(meaning, entry.refused, StatusMeaning::refused);
  }
  if (meaning.matter == "ignored") {  // whatever else was said of the place counts for nothing
    Meaning nothing;
    nothing.matter = meaning.matter;
    return nothing;
  }
  meaning.drill = drill ? *drill : marks_drill(state.labels);
  if (meaning.severity.empty()) meaning.severity = has(severities_known, lower(state.severity)) ? lower(state.severity) : state.severity;
  if (agreed != nullptr) meaning.agreed = agreed->of(meaning.severity);
  return meaning;
}

JoinedKind joined_kind(const Activity& activity, const Meaning& meaning) {
  const auto now = meaning.of(activity.status);
  if (activity.kind != "case.progressed") return {activity.kind, now};
  const auto before = meaning.of(activity.status_before);
  if (now == before) return {activity.kind, now};  // resolved → closed ends nothing a second time
  if (now == StatusMeaning::done) return {"case.closed", now};
  if (now == StatusMeaning::refused) return {"case.refused", now};
  return {ends_work(before) ? "case.reopened" : std::string_view(activity.kind), now};
}

JoinedRow make_row(const Activity& activity, const CaseState* state, const Meaning& meaning) {
  JoinedRow joined;
  auto& row = joined.row;
  fill_from_activity(row, activity);
  const auto kind = joined_kind(activity, meaning);
  row[Field::kind] = kind.kind;
  row[Field::meaning] = name(kind.meaning);
  row[Field::matter] = meaning.matter;
  row[Field::severity] = meaning.severity;
  row[Field::drill] = meaning.drill ? "true" : "false";
  add_all(joined.labels, activity.labels);
  add_all(joined.procedures, activity.procedures);
  add_all(joined.services, meaning.services);
  if (!meaning.works_from.empty() && !has(joined.procedures, std::string_view(meaning.works_from)))
    joined.procedures.emplace_back(meaning.works_from);
  if (state != nullptr) {
    row[Field::place] = state->place;
    row[Field::type] = state->type;
    row[Field::category] = state->category;
    row[Field::title] = state->title;
    add_all(joined.labels, state->labels);
  }
  row.labels = joined.labels;
  row.procedures = joined.procedures;
  row.services = joined.services;
  return joined;
}

}  // namespace akashi
