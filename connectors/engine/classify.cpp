#include "connectors/engine/classify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/engine/keys.hpp"
#include "core/catalogue.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

namespace {

constexpr auto entry_shapes = std::to_array<KeyShape>({
    {"when",
     "which cases: attributes (place, type, category, status, severity, title, label, cf.NAME) and what they are; * and ? are wildcards",
     {Form::Is::lists},
     true},
    {"matter", "what the place is for", {Form::Is::text}},
    {"services", "ids of the services whose work is recorded there", {Form::Is::texts}},
    {"asked", "statuses: asked for, not begun", {Form::Is::texts}},
    {"working", "statuses: at work", {Form::Is::texts}},
    {"done", "statuses: done", {Form::Is::texts}},
    {"refused", "statuses: ended without being done", {Form::Is::texts}},
    {"drill", "true: drills", {Form::Is::flag}},
    {"works_from", "the document that this place is always worked from", {Form::Is::text}},
    {"severity", "from: the field; low, medium, high, critical: its words", {Form::Is::lists}},
    {"performed", "cf.NAME: the field with the day on which the work was done", {Form::Is::text}},
    {"agreed", "in which time what is asked here is taken on: 30m, 4h, or low, medium, high, critical: a time each", {Form::Is::text_or_pairs}},
    {"review",
     "of provider reports: note, checked: the fields of what was decided and of the figure that was checked; outcome: the field, met, missed: its "
     "words",
     {Form::Is::lists}},
});
constexpr auto entry_keys = [] {
  std::array<std::string_view, entry_shapes.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = entry_shapes[i].name;
  return names;
}();
constexpr auto attributes = std::to_array<std::string_view>({"place", "type", "category", "status", "severity", "title", "label"});
constexpr std::string_view custom_field = "cf.";
constexpr std::string_view severity_of_tool = "severity";

bool is_custom_field(std::string_view name) { return name.starts_with(custom_field) && name.size() > custom_field.size(); }

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  const auto near = nearest(word, known);
  return near.empty() ? fmt::format("known here: {}", fmt::join(known, ", ")) : fmt::format("did you mean \"{}\"?", near);
}

// Parses the value under `key` into `to` when it is there; an absent key leaves `to` as it is.
template <class T>
Status read(const Yaml& entry, std::string_view key, Result<T> (*parse)(const Yaml&), T& to) {
  const auto* node = entry.find(key);
  if (node == nullptr) return {};
  auto value = parse(*node);
  if (!value) return std::unexpected(value.error());
  to = std::move(*value);
  return {};
}

Result<Selector> parse_when(const Yaml& node) {
  if (!node.is_map() || node.members().empty())
    return std::unexpected(
        node.wrong("\"when\" says of no case that it is meant", "write which, like {place: Incidents}, or {place: \"*\"} for all"));
  Selector selector;
  for (const auto& [attribute, value] : node.members()) {
    if (std::ranges::find(attributes, attribute) == attributes.end() && !is_custom_field(attribute)) {
      auto mend = nearest(attribute, attributes);
      mend = mend.empty() ? fmt::format("known here: {}, and cf.NAME for a custom field", fmt::join(attributes, ", "))
                          : fmt::format("did you mean \"{}\"? custom fields are written cf.NAME", mend);
      return std::unexpected(value.wrong("unknown attribute \"" + attribute + "\" of a case", std::move(mend)));
    }
    auto patterns = parse_words(value);
    if (!patterns) return std::unexpected(patterns.error());
    selector.conditions.emplace_back(attribute, std::move(*patterns));
  }
  return selector;
}

Result<std::string> parse_matter(const Yaml& node) {
  auto matter = node.as_string();
  if (!matter || is_matter(*matter)) return matter;
  return std::unexpected(node.wrong("unknown matter \"" + *matter + "\"", did_you_mean(*matter, matters())));
}

Result<std::optional<bool>> parse_drill(const Yaml& node) {
  const auto drill = node.as_bool();
  if (!drill) return std::unexpected(drill.error());
  return std::optional<bool>(*drill);
}

Status no_status_twice(const Yaml& entry, const PlaceEntry& place) {
  std::map<std::string, std::string_view> seen;
  const auto meanings = std::to_array<std::pair<std::string_view, const std::vector<std::string>*>>(
      {{"asked", &place.asked}, {"working", &place.working}, {"done", &place.done}, {"refused", &place.refused}});
  for (const auto& [meaning, statuses] : meanings)
    for (const auto& status : *statuses) {
      const auto [at, first] = seen.emplace(lower(status), meaning);
      if (first || at->second == meaning) continue;
      return std::unexpected(entry.find(meaning)->wrong(fmt::format("status \"{}\" is said to mean both {} and {}", status, at->second, meaning),
                                                        "keep it under one of them"));
    }
  return {};
}

Status parse_severity(const Yaml& node, PlaceEntry& place) {
  constexpr auto keys = std::to_array<std::string_view>({"from", "low", "medium", "high", "critical"});
  if (auto known = node.only(keys); !known) return known;
  place.severity_field = severity_of_tool;
  if (const auto* from = node.find("from")) {
    auto field = from->as_string();
    if (!field) return std::unexpected(field.error());
    if (*field != severity_of_tool && !is_custom_field(*field))
      return std::unexpected(
          from->wrong("severity stands in \"" + *field + "\", which is no field of a case", "write severity, or cf.NAME for a custom field"));
    place.severity_field = *field;
  }
  for (const auto severity : severity_words()) {
    const auto* words = node.find(severity);
    if (words == nullptr) continue;
    auto parsed = parse_words(*words);
    if (!parsed) return std::unexpected(parsed.error());
    for (const auto& word : *parsed)
      if (const auto [at, first] = place.severities.emplace(lower(word), severity); !first)
        return std::unexpected(
            words->wrong(fmt::format("\"{}\" is said to be both {} and {}", word, at->second, severity), "keep it under one of them"));
  }
  return {};
}

// "cf.NAME" without its "cf.".
Result<std::string> parse_custom_field(const Yaml& node) {
  auto field = parse_line(node);
  if (!field) return field;
  if (!is_custom_field(*field)) return std::unexpected(node.wrong("\"" + *field + "\" is no custom field", "write cf.NAME"));
  return field->substr(custom_field.size());
}

Result<std::chrono::minutes> parse_agreed_time(const Yaml& node) {
  constexpr std::int64_t minute_s = 60;
  const auto seconds = node.as_seconds();
  if (!seconds) return std::unexpected(seconds.error());
  if (*seconds < minute_s) return std::unexpected(node.wrong("an agreed time of less than a minute", "write 1m or more"));
  return std::chrono::minutes(*seconds / minute_s);
}

Result<AgreedTimes> parse_agreed(const Yaml& node) {
  AgreedTimes agreed;
  if (!node.is_map()) {
    auto time = parse_agreed_time(node);
    if (!time) return std::unexpected(time.error());
    agreed.time = *time;
    return agreed;
  }
  if (auto known = node.only(severity_words()); !known) return std::unexpected(known.error());
  for (const auto& [severity, value] : node.members()) {
    const auto time = parse_agreed_time(value);
    if (!time) return std::unexpected(time.error());
    agreed.by_severity.emplace(severity, *time);
  }
  return agreed;
}

Status parse_outcomes(const Yaml& node, ReviewFields& review) {
  for (const std::string_view outcome : {"met", "missed"}) {
    const auto* words = node.find(outcome);
    if (words == nullptr) continue;
    const auto parsed = parse_words(*words);
    if (!parsed) return std::unexpected(parsed.error());
    for (const auto& word : *parsed)
      if (!review.outcomes.emplace(lower(word), outcome).second)
        return std::unexpected(words->wrong(fmt::format("\"{}\" is said to mean both met and missed", word), "keep it under one of them"));
  }
  if (review.outcome.empty() != review.outcomes.empty())
    return std::unexpected(node.wrong("outcome and its words belong together", "write outcome: cf.NAME, and its words under met: and missed:"));
  return {};
}

Result<ReviewFields> parse_review(const Yaml& node) {
  constexpr auto keys = std::to_array<std::string_view>({"note", "checked", "outcome", "met", "missed"});
  if (auto known = node.only(keys); !known) return std::unexpected(known.error());
  ReviewFields review;
  for (const auto& [key, field] : {std::pair{"note", &review.note}, {"checked", &review.checked}, {"outcome", &review.outcome}})
    if (auto ok = read(node, key, parse_custom_field, *field); !ok) return std::unexpected(ok.error());
  if (auto ok = parse_outcomes(node, review); !ok) return std::unexpected(ok.error());
  return review;
}

Status parse_meanings(const Yaml& entry, PlaceEntry& place) {
  const auto lists = std::to_array<std::pair<std::string_view, std::vector<std::string>*>>(
      {{"asked", &place.asked}, {"working", &place.working}, {"done", &place.done}, {"refused", &place.refused}});
  for (const auto& [key, list] : lists)
    if (auto status = read(entry, key, parse_words, *list); !status) return status;
  return no_status_twice(entry, place);
}

Result<PlaceEntry> parse_entry(const Yaml& entry) {
  if (auto known = entry.only(entry_keys); !known) return std::unexpected(known.error());
  const auto* when = entry.find("when");
  if (when == nullptr) return std::unexpected(entry.wrong("an entry without \"when\"", "say which cases it is about, like when: {place: Incidents}"));
  if (entry.members().size() == 1)
    return std::unexpected(entry.wrong("an entry that says nothing", "add matter, services, statuses, drill, works_from or severity"));
  auto selector = parse_when(*when);
  if (!selector) return std::unexpected(selector.error());
  PlaceEntry place;
  place.when = std::move(*selector);
  place.where = entry.where();
  if (auto ok = read(entry, "matter", parse_matter, place.matter); !ok) return std::unexpected(ok.error());
  if (auto ok = read(entry, "services", parse_services, place.services); !ok) return std::unexpected(ok.error());
  if (auto ok = read(entry, "drill", parse_drill, place.drill); !ok) return std::unexpected(ok.error());
  if (auto ok = read(entry, "works_from", parse_line, place.works_from); !ok) return std::unexpected(ok.error());
  if (auto ok = read(entry, "performed", parse_custom_field, place.performed_field); !ok) return std::unexpected(ok.error());
  if (auto ok = read(entry, "agreed", parse_agreed, place.agreed); !ok) return std::unexpected(ok.error());
  if (auto ok = read(entry, "review", parse_review, place.review); !ok) return std::unexpected(ok.error());
  if (auto ok = parse_meanings(entry, place); !ok) return std::unexpected(ok.error());
  if (const auto* severity = entry.find("severity"))
    if (auto ok = parse_severity(*severity, place); !ok) return std::unexpected(ok.error());
  return place;
}

}  // namespace

Result<std::vector<std::string>> parse_words(const Yaml& node) {
  auto words = node.as_strings();
  if (!words) return words;
  if (words->empty()) return std::unexpected(node.wrong("an empty list", "name at least one, or remove the key"));
  if (std::ranges::any_of(*words, [](const std::string& word) { return trim(word).empty(); }))
    return std::unexpected(node.wrong("an empty word", "remove it, or write what is meant"));
  return words;
}

Result<std::vector<std::string>> parse_services(const Yaml& node) {
  auto ids = parse_words(node);
  if (!ids) return ids;
  for (std::size_t i = 0; i < ids->size(); ++i)
    if (find_service((*ids)[i]) == nullptr)
      return std::unexpected(unknown_service(node.is_list() ? node.items()[i].where() : node.where(), (*ids)[i]));
  return ids;
}

Result<std::string> parse_line(const Yaml& node) {
  constexpr std::size_t bytes_max = 200;
  auto text = node.as_string();
  if (!text) return text;
  if (trim(*text).empty() || text->size() > bytes_max || text->find('\n') != std::string::npos)
    return std::unexpected(node.wrong("expected one line that is not empty", fmt::format("at most {} bytes", bytes_max)));
  return std::string(trim(*text));
}

Section classify_section() {
  static const std::string words = fmt::format("{}", fmt::join(matters(), "|"));
  Section made{"classify", "what places and statuses mean", {entry_shapes.begin(), entry_shapes.end()}};
  std::ranges::find(made.keys, "matter", &KeyShape::name)->form = {Form::Is::word, words};
  return made;
}

Result<std::vector<PlaceEntry>> parse_classify(const Yaml& list) {
  if (!list.is_list()) return std::unexpected(list.wrong("expected a list of entries", "begin each with \"- when: {place: …}\""));
  if (list.items().size() > classify_entries_max)
    return std::unexpected(list.wrong(fmt::format("more than {} entries", classify_entries_max), "use wildcards in \"when\" to say it in fewer"));
  std::vector<PlaceEntry> entries;
  for (const auto& item : list.items()) {
    auto entry = parse_entry(item);
    if (!entry) return std::unexpected(entry.error());
    entries.push_back(std::move(*entry));
  }
  return entries;
}

}  // namespace akashi
