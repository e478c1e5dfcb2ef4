#include "mappings/engine/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "mappings/engine/compare.hpp"

namespace akashi {

namespace {

constexpr std::size_t value_bytes_max = 4096;  // of a sample

constexpr std::array<std::pair<std::string_view, Compare>, 9> modifiers{{{"contains", Compare::contains},
                                                                         {"startswith", Compare::startswith},
                                                                         {"endswith", Compare::endswith},
                                                                         {"re", Compare::re},
                                                                         {"cidr", Compare::cidr},
                                                                         {"gte", Compare::gte},
                                                                         {"lte", Compare::lte},
                                                                         {"exists", Compare::exists},
                                                                         {"fieldref", Compare::fieldref}}};
constexpr auto modifier_names = [] {
  std::array<std::string_view, modifiers.size() + 1> made;
  for (std::size_t i = 0; i < modifiers.size(); ++i) made[i] = modifiers[i].first;
  made.back() = "all";
  return made;
}();

std::string meant(std::string_view word, std::span<const std::string_view> known) {
  const auto near = nearest(word, known);
  return near.empty() ? fmt::format("one of {}", fmt::join(known, ", ")) : fmt::format("did you mean \"{}\"", near);
}

std::optional<Field> read_field(std::string_view word, const Yaml& node, std::vector<Error>& errors) {
  if (const auto known = field(word); known && !word.empty()) return known;
  std::array<std::string_view, field_count> names;
  for (std::size_t i = 0; i < field_count; ++i) names[i] = name(static_cast<Field>(i));
  errors.push_back(node.wrong(fmt::format("\"{}\" is not a field of an activity", word), meant(word, names)));
  return std::nullopt;
}

bool read_modifier(std::string_view word, const Yaml& node, Item& item, std::optional<Compare>& compare, std::vector<Error>& errors) {
  if (word == "all") {
    item.all = true;
    return true;
  }
  const auto found = std::ranges::find(modifiers, word, &std::pair<std::string_view, Compare>::first);
  if (found == modifiers.end()) {
    errors.push_back(node.wrong(fmt::format("\"{}\" is not a modifier", word), meant(word, modifier_names)));
    return false;
  }
  if (compare) {
    errors.push_back(node.wrong(fmt::format("\"{}\" and \"{}\" both say how to compare", name(*compare), word), "keep one of them"));
    return false;
  }
  compare = found->second;
  return true;
}

std::vector<const Yaml*> values_in(const Yaml& node) {
  std::vector<const Yaml*> values;
  if (!node.is_list()) return {&node};
  for (const auto& one : node.items()) values.push_back(&one);
  return values;
}

bool read_exists(const Yaml& node, Item& item, std::vector<Error>& errors) {
  const auto wanted = node.as_bool();
  if (!wanted) {
    errors.push_back(wanted.error());
    return false;
  }
  item.negated = !*wanted;
  item.patterns.push_back({.compare = Compare::exists});
  return true;
}

bool read_value(const Yaml& node, Compare compare, Item& item, std::vector<Error>& errors) {
  if (node.is_null()) {
    errors.push_back(node.wrong("a value is empty", fmt::format("write \"{}|exists: false\" for an absent field", name(item.field))));
    return false;
  }
  if (!node.is_scalar()) {
    errors.push_back(node.wrong("a value or a list of values is expected here", "nested maps have no meaning in a selection"));
    return false;
  }
  if (compare == Compare::fieldref) {
    const auto other = read_field(node.text(), node, errors);
    if (other) item.patterns.push_back({.compare = compare, .text = node.text(), .other = *other});
    return other.has_value();
  }
  auto pattern = make_pattern(compare, item.field, node.text());
  if (!pattern) {
    errors.push_back(node.wrong(pattern.error().what, pattern.error().mend));
    return false;
  }
  item.patterns.push_back(std::move(*pattern));
  return true;
}

// "all" of several whole values can hold only for a field that has several.
bool can_hold(const Item& item, const Yaml& node, std::vector<Error>& errors) {
  const auto whole = std::ranges::count(item.patterns, Compare::equals, &RulePattern::compare);
  if (!item.all || is_list(item.field) || whole < 2) return true;
  errors.push_back(
      node.wrong(fmt::format("{} has one value and cannot be all of these at once", name(item.field)), "leave out |all, or use |contains|all"));
  return false;
}

std::optional<Item> read_item(const std::string& key, const Yaml& node, std::vector<Error>& errors) {
  const auto words = split(key, '|');
  Item item;
  const auto known = read_field(words.front(), node, errors);
  if (!known) return std::nullopt;
  item.field = *known;
  std::optional<Compare> compare;
  for (const auto& word : std::span(words).subspan(1))
    if (!read_modifier(word, node, item, compare, errors)) return std::nullopt;
  const auto values = values_in(node);
  if (values.empty() || values.size() > values_of_item_max) {
    errors.push_back(node.wrong(values.empty() ? "a list without values never holds" : fmt::format("more than {} values", values_of_item_max),
                                "give one or several values"));
    return std::nullopt;
  }
  bool good = true;
  if (compare == Compare::exists) good = read_exists(node, item, errors);
  else
    for (const auto* value : values) good = read_value(*value, compare.value_or(Compare::equals), item, errors) && good;
  if (!good || !can_hold(item, node, errors)) return std::nullopt;
  std::vector<std::string_view> texts;
  texts.reserve(values.size());
  for (const auto* value : values) texts.push_back(value->text());
  item.written = fmt::format("{}: {}", key, fmt::join(texts, ", "));
  return item;
}

std::optional<Items> read_items(const Yaml& node, std::vector<Error>& errors) {
  if (!node.is_map() || node.members().empty()) {
    errors.push_back(node.wrong("a selection is a map of fields, or a list of such maps", "name the field, for example \"title|contains: malware\""));
    return std::nullopt;
  }
  Items items;
  for (const auto& [key, value] : node.members())
    if (auto item = read_item(key, value, errors)) items.push_back(std::move(*item));
  if (items.size() != node.members().size()) return std::nullopt;
  return items;
}

bool read_sample_value(const std::string& key, const Yaml& node, Sample& sample, std::vector<Error>& errors) {
  const auto known = read_field(key, node, errors);
  if (!known) return false;
  auto values = node.as_strings();
  if (!values) {
    errors.push_back(values.error());
    return false;
  }
  if (!is_list(*known) && values->size() != 1) {
    errors.push_back(node.wrong(fmt::format("an activity has one {}", key), "give one value"));
    return false;
  }
  if (std::ranges::any_of(*values, [](const auto& value) { return value.size() > value_bytes_max; })) {
    errors.push_back(node.wrong(fmt::format("a value is longer than {} bytes", value_bytes_max), "shorten it"));
    return false;
  }
  sample.values.emplace_back(*known, std::move(*values));
  return true;
}

}  // namespace

std::span<const std::string_view> modifier_words() { return modifier_names; }

std::optional<Selection> read_selection(const std::string& name, const Yaml& node, std::vector<Error>& errors) {
  Selection selection{name, {}};
  const auto alternatives = values_in(node);
  if (alternatives.empty() || alternatives.size() > alternatives_of_selection_max) {
    errors.push_back(
        node.wrong(fmt::format("a selection has one to {} maps of fields", alternatives_of_selection_max), "add one, or split the rule"));
    return std::nullopt;
  }
  for (const auto* one : alternatives)
    if (auto items = read_items(*one, errors)) selection.alternatives.push_back(std::move(*items));
  if (selection.alternatives.size() != alternatives.size()) return std::nullopt;
  return selection;
}

std::optional<Sample> read_sample(const Yaml& node, std::vector<Error>& errors) {
  const bool one = node.is_map() && node.members().size() == 1;
  const auto key = one ? node.members().front().first : std::string{};
  if (key != "match" && key != "no_match") {
    errors.push_back(node.wrong("a test is \"match\" or \"no_match\" with the fields of an activity", "write \"- match: {kind: case.closed}\""));
    return std::nullopt;
  }
  const auto& fields = node.members().front().second;
  if (!fields.is_map() || fields.members().empty()) {
    errors.push_back(fields.wrong("a test needs the fields of an activity", "write \"- match: {kind: case.closed}\""));
    return std::nullopt;
  }
  Sample sample;
  sample.match = key == "match";
  sample.where = node.where();
  bool good = true;
  for (const auto& [field_name, value] : fields.members()) good = read_sample_value(field_name, value, sample, errors) && good;
  if (!good) return std::nullopt;
  return sample;
}

}  // namespace akashi
