#include "connectors/engine/values.hpp"

#include <algorithm>
#include <charconv>

#include "connectors/engine/decode.hpp"
#include "connectors/engine/lists.hpp"
#include "connectors/engine/placeholders.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t labels_found_max = 100;

}  // namespace

std::optional<std::string> text_of(const JsonValue& value) {
  switch (value.kind()) {
    case JsonKind::string:
    case JsonKind::number:
    case JsonKind::boolean:
      return std::string(value.text());
    case JsonKind::array: {
      std::string lines;
      for (const auto element : value.elements()) {
        if (const auto line = text_of(element); line && !line->empty()) lines += (lines.empty() ? "" : "\n") + *line;
      }
      return lines;
    }
    default:
      return std::nullopt;
  }
}

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || end != text.data() + text.size() || !(value - value == 0)) return std::nullopt;
  return value;
}

Values::Values(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, const LookupTables& lookups, Instant now,
               std::string part)
    : connector_(connector), stream_(stream), settings_(settings), lookups_(lookups), now_(now), part_(std::move(part)) {}

const std::vector<std::string>& Values::parameter(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto given = settings_.params.find(std::string(name));
  if (given != settings_.params.end()) return given->second;
  const auto* declared = connector_.parameter(name);
  return declared == nullptr ? none : declared->standard;
}

const std::vector<JsonValue>* Values::rows_of(const std::string& attachment, const Levels& levels) {
  if (attached_ == nullptr) return nullptr;
  const auto spec = std::ranges::find(stream_.attach, attachment, &AttachSpec::name);
  const auto rows = attached_->find(attachment);
  if (spec == stream_.attach.end() || rows == attached_->end()) return nullptr;
  const std::size_t own = stream_.child.records ? 2 : 1;  // the record, and a child's parent around it
  const auto id = read(spec->ids.front(), Levels(levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(std::min(own, levels.size()))));
  if (!id) return nullptr;
  const auto found = rows->second.find(*id);
  return found == rows->second.end() ? nullptr : &found->second;
}

JsonValue Values::at(const Pointer& pointer, const std::string& of, const Levels& levels) {
  if (!of.empty()) {
    const auto* rows = rows_of(of, levels);
    return rows == nullptr || rows->empty() ? JsonValue{} : rows->front().at(pointer.path);
  }
  const auto up = static_cast<std::size_t>(pointer.up);
  if (up >= levels.size()) return {};
  const auto& level = levels[levels.size() - 1 - up];
  return pointer.name ? level.name() : level.at(pointer.path);
}

std::optional<std::string> Values::texts_of(const ValueSpec& spec, const Levels& levels) {
  const auto* rows = rows_of(spec.of, levels);
  const auto attachment = std::ranges::find(stream_.attach, spec.of, &AttachSpec::name);
  if (rows == nullptr || attachment == stream_.attach.end()) return std::nullopt;
  std::string all;
  for (const auto& row : *rows) {
    if (const auto text = read(attachment->text, {row}); text) all += (all.empty() ? "" : "\n") + *text;
  }
  return all.empty() ? std::nullopt : std::optional(all);
}

std::optional<std::string> Values::picked(const ValueSpec& spec, const std::vector<std::string>& keys, const Levels& levels) {
  const auto list = at(spec.pick->list, spec.pick->of.empty() ? spec.of : spec.pick->of, levels);
  std::optional<std::string> found;
  const auto& clock = stream_.cursor.format;
  const auto later = [&](const std::string& text) { return spec.pick->latest && clock.read(text) > clock.read(*found); };
  for (const auto& key : keys) {
    each_in(list, spec.pick->list.members, [&](const JsonValue& element) {
      if ((found && !spec.pick->latest) || text_of(element.at(spec.pick->key)) != key) return;
      if (auto text = text_of(element.at(spec.pick->take)); text && !text->empty() && (!found || later(*text))) found = std::move(text);
    });
    if (found) break;
  }
  return found;
}

std::optional<std::string> Values::raw(const ValueSpec& spec, const Levels& levels) {
  if (spec.pick && !spec.pick->among.empty()) {
    auto found = picked(spec, expanded(spec.pick->among), levels);
    return found || !spec.or_at ? found : text_of(at(*spec.or_at, spec.of, levels));
  }
  if (!spec.parts.empty()) return joined(spec, levels);
  if (!spec.at) return spec.of.empty() ? std::optional(fill(spec.constant, {{"value", part_}})) : texts_of(spec, levels);
  auto text = text_of(at(*spec.at, spec.of, levels));
  if ((!text || text->empty()) && spec.or_at) text = text_of(at(*spec.or_at, spec.of, levels));
  if (!text || !spec.pick) return text;
  auto found = picked(spec, {*text}, levels);
  return found ? found : std::optional(spec.otherwise + *text);
}

std::optional<std::string> Values::looked_up(const ValueSpec& spec, const std::string& id) {
  const auto* lookup = connector_.lookup(spec.lookup);
  const auto not_before = now_ - lookup->ttl;
  const auto* row = lookups_.find(spec.lookup, id, not_before);
  if (row == nullptr) {
    // A table that was read a moment ago has no such id; anything else has to be asked for.
    const bool read_lately = !lookup->one_by_one && lookups_.find(spec.lookup + "\x1f", part_, not_before) != nullptr;
    if (!read_lately) wanted.emplace(spec.lookup, lookup->one_by_one ? id : "");
    return spec.otherwise + id;
  }
  const auto column = row->find(spec.take);
  return column == row->end() ? spec.otherwise + id : column->second;
}

std::optional<std::string> Values::matched(const ValueSpec& spec, const std::string& text) {
  if (placeholders_in(spec.pattern).empty()) return spec.compiled.find(text);
  const std::pair key{spec.pattern, spec.group};
  if (const auto known = patterns_.find(key); known != patterns_.end()) return known->second.find(text);
  Fillings with;
  for (const auto& name : placeholders_in(spec.pattern)) {
    const auto& given = parameter(name);
    with[name] = given.empty() ? "" : given.front();
  }
  auto made = Pattern::compile(fill(spec.pattern, with), spec.group);
  if (!made) {
    broken = Error{ErrorKind::config, "source " + settings_.name + ", parameter " + placeholders_in(spec.pattern).front(), made.error().what,
                   made.error().mend};
    return std::nullopt;
  }
  return patterns_.emplace(key, std::move(*made)).first->second.find(text);
}

std::optional<std::string> Values::read(const ValueSpec& spec, const Levels& levels) {
  if (!spec.given) return std::nullopt;
  if (!hold(spec.when, levels)) return spec.instead.empty() ? std::nullopt : std::optional(spec.instead);
  return finished(spec, raw(spec, levels));
}

std::optional<std::string> Values::finished(const ValueSpec& spec, std::optional<std::string> text) {
  if (text && spec.base64) text = base64_text(*text);
  if (!text || text->empty() || std::ranges::find(spec.unset, *text) != spec.unset.end()) return std::nullopt;
  if (!spec.pattern.empty()) text = matched(spec, *text);
  if (!text || text->empty()) return std::nullopt;
  if (!spec.lookup.empty()) text = looked_up(spec, *text);
  if (!text || text->empty() || std::ranges::find(spec.unset, *text) != spec.unset.end()) return std::nullopt;
  if (const auto word = spec.table.find(*text); word != spec.table.end()) text = word->second;
  if (!spec.prefix.empty()) text = fill(spec.prefix, {{"base", settings_.base_url}, {"value", part_}}) + *text;
  return text;
}

std::optional<std::string> Values::joined(const ValueSpec& spec, const Levels& levels) {
  std::string all;
  for (std::size_t i = 0; i < spec.parts.size(); ++i) {
    const auto part = read(spec.parts[i], levels);
    if (!part) return std::nullopt;
    all += (i == 0 ? "" : spec.between) + *part;
  }
  return all;
}

void Values::read_each(const ValueSpec& spec, const Levels& levels, std::vector<std::string>& into) {
  const auto add = [&](std::optional<std::string> text) {
    if (text) into.push_back(std::move(*text));
  };
  const auto list = spec.at && !spec.pick ? at(*spec.at, spec.of, levels) : JsonValue{};
  if (list.is(JsonKind::array)) {
    if (!hold(spec.when, levels)) return;
    for (const auto element : list.elements()) add(finished(spec, text_of(element.at(spec.each))));
    return;
  }
  if (spec.every) {
    if (!hold(spec.when, levels)) return;
    const auto whole = raw(spec, levels);
    for (auto& one : spec.compiled.find_all(whole.value_or(""), labels_found_max)) into.push_back(std::move(one));
    return;
  }
  auto text = read(spec, levels);
  if (!text || spec.split.empty()) return add(std::move(text));
  for (std::size_t from = 0; from <= text->size();) {
    const auto to = std::min(text->find(spec.split, from), text->size());
    if (const auto piece = trim(std::string_view(*text).substr(from, to - from)); !piece.empty()) into.emplace_back(piece);
    from = to + spec.split.size();
  }
}

ClockFormat Values::zoned(const ClockFormat& format) {
  const auto name = format.zone_parameter();
  if (name.empty()) return format;
  const auto& given = parameter(name);
  auto made = format.in_zone(given.empty() ? "UTC" : given.front());
  if (made) return std::move(*made);
  broken = Error{ErrorKind::config, "source " + settings_.name + ", parameter " + name, made.error().what, made.error().mend};
  return format;
}

std::optional<Instant> Values::read_time(const ValueSpec& spec, const Levels& levels, const ClockFormat& otherwise) {
  const auto written = read(spec, levels);
  if (!written) return std::nullopt;
  if (!spec.format) return otherwise.read(*written);
  if (spec.format->zone_parameter().empty()) return spec.format->read(*written);
  const auto known = formats_.find(&spec);
  return (known != formats_.end() ? known : formats_.emplace(&spec, zoned(*spec.format)).first)->second.read(*written);
}

std::vector<std::string> Values::expanded(const std::vector<std::string>& words) const {
  std::vector<std::string> all;
  for (const auto& word : words) {
    const auto names = placeholders_in(word);
    if (names.empty()) all.push_back(word);
    else all.insert(all.end(), parameter(names.front()).begin(), parameter(names.front()).end());
  }
  return all;
}

bool Values::among(const std::string& value, const std::vector<std::string>& words) const {
  const auto all = expanded(words);
  return std::ranges::find(all, value) != all.end();
}

// An object or a list with something in it is no text, but it is there: {"error": {"code": …}} is an error.
bool Values::is_something(const Condition& condition, const Levels& levels) {
  const auto& spec = condition.value;
  const bool bare = spec.at && spec.pattern.empty() && spec.lookup.empty() && !spec.pick && !spec.base64;
  const bool compared =
      condition.same.given || condition.not_same.given || condition.not_before.given || condition.not_after.given || condition.gte || condition.lte;
  if (!bare || compared || !hold(spec.when, levels)) return false;
  const auto value = at(*spec.at, spec.of, levels);
  for (const auto element : value.elements()) return !element.is_missing();
  for (const auto member : value.members()) return !member.value.is_missing();
  return false;
}

bool Values::holds(const Condition& condition, const Levels& levels) {
  const auto value = read(condition.value, levels);
  if (condition.absent) return !value && !is_something(condition, levels);
  if (!condition.is.empty()) return among(value.value_or(""), condition.is);
  if (!condition.is_not.empty()) return !among(value.value_or(""), condition.is_not);
  if (!value) return is_something(condition, levels);
  if (condition.gte || condition.lte) {
    const auto number = number_in(*value);
    return number && (!condition.gte || *number >= *condition.gte) && (!condition.lte || *number <= *condition.lte);
  }
  if (condition.same.given) return read(condition.same, levels) == value;
  if (condition.not_same.given) return read(condition.not_same, levels) != value;
  return in_time(condition, levels);
}

bool Values::in_time(const Condition& condition, const Levels& levels) {
  const auto& format = stream_.cursor.format;
  for (const auto* bound : {&condition.not_before, &condition.not_after}) {
    if (!bound->given) continue;
    const auto at = read_time(condition.value, levels, format);
    const auto other = read_time(*bound, levels, format);
    if (!at || !other || (bound == &condition.not_before ? *at < *other : *at > *other)) return false;
  }
  return true;
}

bool Values::hold(const std::vector<Condition>& conditions, const Levels& levels) {
  return std::ranges::all_of(conditions, [&](const Condition& condition) { return holds(condition, levels); });
}

}  // namespace akashi
