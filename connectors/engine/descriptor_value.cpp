#include <array>

#include "connectors/engine/descriptor_read.hpp"
#include "connectors/engine/placeholders.hpp"
#include "connectors/engine/values.hpp"

namespace akashi::reading {

namespace {

Status optional_pointer(const Yaml& node, std::optional<Pointer>& into) {
  Pointer made;
  if (auto read = pointer(node, made); !read) return read;
  into = std::move(made);
  return {};
}

constexpr auto pick_keys = std::to_array<Key<Pick>>({
    {"list", "pointer of the list", {[](const Yaml& node, Pick& into) { return list_pointer(node, into.list); }, {Form::Is::far_pointer}}, true},
    {"of", "name of the attachment in whose row the list is", keys::text<&Pick::of>},
    {"key", "pointer of the id in an element", path_of<&Pick::key>, true},
    {"take", "pointer of what is wanted in that element", path_of<&Pick::take>, true},
    {"among", "instead of a value's id: these words, in order; {parameter} stands for its values", keys::texts<&Pick::among>},
    {"latest", "true: what is taken is a time; of several elements that fit the latest, whatever their order", keys::flag<&Pick::latest>},
});

Status pick(const Yaml& node, ValueSpec& into) {
  into.pick.emplace();
  return read_keys<Pick>(node, *into.pick, pick_keys);
}

Status table(const Yaml& node, ValueSpec& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("a table is a map", "write the tool's word: our word"));
  for (const auto& [key, member] : node.members()) {
    auto word = member.as_string();
    if (!word) return std::unexpected(word.error());
    into.table[key] = *word;
  }
  return {};
}

Status decode(const Yaml& node, ValueSpec& into) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  if (*word != "base64") return std::unexpected(node.wrong("\"" + *word + "\" is not decoded", "write base64"));
  into.base64 = true;
  return {};
}

// The zone stands in a key of its own; it is read together with the format.
Status format(const Yaml& node, ValueSpec& into) { return clock_format(node, nullptr, into.format); }
Status zone(const Yaml&, ValueSpec&) { return {}; }

constexpr auto value_keys = std::to_array<Key<ValueSpec>>({
    {"at",
     "pointer of the value; ^ before it means one record further out",
     {[](const Yaml& node, ValueSpec& into) { return optional_pointer(node, into.at); }, {Form::Is::far_pointer}}},
    {"or_at",
     "pointer to try when nothing is there",
     {[](const Yaml& node, ValueSpec& into) { return optional_pointer(node, into.or_at); }, {Form::Is::far_pointer}}},
    {"word", "a constant", keys::text<&ValueSpec::constant>},
    {"of", "name of the attachment in whose row the pointer is read", keys::text<&ValueSpec::of>},
    {"lookup", "name of the lookup that knows the id", keys::text<&ValueSpec::lookup>},
    {"take", "column of the lookup's row; default name", keys::text<&ValueSpec::take>},
    {"or", "what to write before an id that the lookup does not know", keys::text<&ValueSpec::otherwise>},
    {"pick", "an element of a list near by that has this id", {pick, {Form::Is::section, "pick"}}},
    {"pattern", "take what this expression (RE2) finds, or nothing", keys::text<&ValueSpec::pattern>},
    {"group", "name of the pattern's group; default the first", keys::text<&ValueSpec::group>},
    {"table", "the tool's words and ours", {table, {Form::Is::pairs}}},
    {"unset", "values that mean none", keys::texts<&ValueSpec::unset>},
    {"prefix", "put before a value that is there; {base} is the source's address", keys::text<&ValueSpec::prefix>},
    {"when", "conditions; otherwise what else says, or nothing", when_of<&ValueSpec::when>},
    {"else", "a constant for when they do not hold", keys::text<&ValueSpec::instead>},
    {"parts", "instead of a pointer: values that are joined; nothing when one of them is missing", values_of<&ValueSpec::parts>},
    {"with", "what stands between the parts", keys::text<&ValueSpec::between>},
    {"decode", "base64", {decode, {Form::Is::word, "base64"}}},
    {"split", "labels: a text becomes several at this", keys::text<&ValueSpec::split>},
    {"every", "true: labels: all that the pattern finds, not only the first", keys::flag<&ValueSpec::every>},
    {"each", "labels: of a list of objects, the pointer in each of them", path_of<&ValueSpec::each>},
    {"format", "of a time that is not written like the cursor's", {format, {}}},
    {"zone", "its zone; default UTC", {zone, {}}},
});

Status zoned(const Yaml& node, ValueSpec& into) {
  const auto* zone = node.find("zone");
  const auto* written = node.find("format");
  if (zone == nullptr) return {};
  if (written == nullptr) return std::unexpected(zone->wrong("a zone without a format", "write the format beside it"));
  return clock_format(*written, zone, into.format);
}

Status compile_pattern(const Yaml& node, ValueSpec& into) {
  if (auto fine = zoned(node, into); !fine) return fine;
  const bool fixed = !into.pattern.empty() && placeholders_in(into.pattern).empty();
  if (into.every && !fixed)
    return std::unexpected(node.wrong("every without a pattern of its own", "write the pattern that finds one label, without {parameter}"));
  if (!fixed) return {};
  auto compiled = Pattern::compile(into.pattern, into.group);
  if (!compiled) return std::unexpected(node.wrong(compiled.error().what, compiled.error().mend));
  into.compiled = std::move(*compiled);
  return {};
}

template <auto Member>
Status bound(const Yaml& node, Condition& into) {
  auto text = node.as_string();
  if (!text) return std::unexpected(text.error());
  into.*Member = number_in(*text);
  if (!(into.*Member)) return std::unexpected(node.wrong("\"" + *text + "\" is no number", "write digits"));
  return {};
}

}  // namespace

Status pointer_text(const Yaml& node, std::string& into) {
  auto written = node.as_string();
  if (!written) return std::unexpected(written.error());
  if (!written->empty() && written->front() != '/') {
    return std::unexpected(node.wrong("\"" + *written + "\" is no pointer", "begin it with \"/\", or write \"\" for the whole"));
  }
  into = *written;
  return {};
}

Status pointer(const Yaml& node, Pointer& into) {
  auto written = node.as_string();
  if (!written) return std::unexpected(written.error());
  const auto begin = written->find_first_not_of('^');
  into.up = static_cast<int>(begin == std::string::npos ? written->size() : begin);
  into.path = begin == std::string::npos ? "" : written->substr(begin);
  into.name = into.path == "#";
  if (into.name) into.path.clear();
  if (into.path.empty() || into.path.front() == '/') return {};
  return std::unexpected(node.wrong("\"" + *written + "\" is no pointer", "begin it with \"/\"; ^ before it means one record further out"));
}

namespace {

constexpr std::string_view members_mark = "/*";

bool cut_mark(std::string& path) {
  if (!path.ends_with(members_mark)) return false;
  path.erase(path.size() - members_mark.size());
  return true;
}

}  // namespace

Status list_path(const Yaml& node, ListPath& into) {
  if (auto read = pointer_text(node, into.path); !read) return read;
  into.members = cut_mark(into.path);
  return {};
}

Status list_pointer(const Yaml& node, Pointer& into) {
  if (auto read = pointer(node, into); !read) return read;
  if (into.name) return std::unexpected(node.wrong("\"#\" is a name, not a list"));
  into.members = cut_mark(into.path);
  return {};
}

Status value(const Yaml& node, ValueSpec& into) {
  into.given = true;
  if (node.is_map()) {
    if (auto read = read_keys<ValueSpec>(node, into, value_keys); !read) return read;
    return compile_pattern(node, into);
  }
  auto written = node.as_string();
  if (!written) return std::unexpected(written.error());
  if (written->ends_with('#') && written->find_first_not_of('^') == written->size() - 1) return optional_pointer(node, into.at);
  if (!node.quoted() && !written->empty() && (written->front() == '/' || written->front() == '^')) return optional_pointer(node, into.at);
  into.constant = *written;
  return {};
}

Status values(const Yaml& node, std::vector<ValueSpec>& into) {
  if (node.is_list()) return list_of<ValueSpec>(node, into, value);
  ValueSpec made;
  if (auto read = value(node, made); !read) return read;
  into.push_back(std::move(made));
  return {};
}

namespace {

template <auto Member>
inline constexpr Reader<Condition> bound_of{bound<Member>, {Form::Is::text}};

constexpr auto condition_keys = std::to_array<Key<Condition>>({
    {"is", "the value is one of these; {parameter} stands for its values", keys::texts<&Condition::is>},
    {"is_not", "the value is none of these", keys::texts<&Condition::is_not>},
    {"absent", "true: the value is not there", keys::flag<&Condition::absent>},
    {"same", "the value is the same as this one", value_of<&Condition::same>},
    {"not_same", "the value is another than this one", value_of<&Condition::not_same>},
    {"gte", "the value is a number that is not less than this one", bound_of<&Condition::gte>},
    {"lte", "the value is a number that is not more than this one", bound_of<&Condition::lte>},
    {"not_before", "the value is a time that is not before this one; both have to be there", value_of<&Condition::not_before>},
    {"not_after", "the value is a time that is not after this one; both have to be there", value_of<&Condition::not_after>},
});

// A condition is a value's map with a key of a condition's own beside it.
Status one_condition(const Yaml& node, Condition& into) {
  into.value.given = true;
  if (auto read = read_keys_of_two<ValueSpec, Condition>(node, into.value, value_keys, into, condition_keys); !read) return read;
  return compile_pattern(node, into.value);
}

}  // namespace

Status conditions(const Yaml& node, std::vector<Condition>& into) { return list_of<Condition>(node, into, one_condition); }

void value_sections(Sections& into) {
  into.push_back(section<ValueSpec>("value", "where a value is found and what is made of it", value_keys));
  auto condition = section<ValueSpec>("condition", "a value, and what it has to be; without that, something that is there", value_keys);
  for (const auto& shape : shapes_of<Condition>(condition_keys)) condition.keys.push_back(shape);
  into.push_back(std::move(condition));
  into.push_back(section<Pick>("pick", "an element of a list near by", pick_keys));
}

}  // namespace akashi::reading
