#include "connectors/engine/descriptor.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "connectors/engine/classify.hpp"
#include "connectors/engine/descriptor_read.hpp"
#include "connectors/engine/schema.hpp"
#include "connectors/engine/settle.hpp"

namespace akashi {

namespace {

using namespace reading;

constexpr auto permission_keys = std::to_array<Key<Permission>>({
    {"right", "the tool's name of the right", keys::text<&Permission::right>, true},
    {"on", "what it is granted on", keys::text<&Permission::on>},
    {"for", "what it is needed for", keys::text<&Permission::purpose>, true},
    {"without", "what stays unseen without it", keys::text<&Permission::without>, true},
});

constexpr auto parameter_keys = std::to_array<Key<Parameter>>({
    {"about", "what it is, with an example", keys::text<&Parameter::about>, true},
    {"required", "true: a source has to give it", keys::flag<&Parameter::required>},
    {"default", "its values when a source gives none", keys::texts<&Parameter::standard>},
});

constexpr Words<bool, 2> lookup_kinds{"no kind of lookup", {{{"table", false}, {"one", true}}}};

Status columns(const Yaml& node, LookupSpec& into) {
  if (!node.is_map()) return std::unexpected(node.wrong("columns is a map of names and pointers"));
  for (const auto& [key, member] : node.members()) {
    auto pointers = member.as_strings();
    if (!pointers) return std::unexpected(pointers.error());
    for (const auto& one : *pointers) {
      if (one.empty() || one.front() != '/') return std::unexpected(member.wrong("\"" + one + "\" is no pointer", "begin it with \"/\""));
    }
    into.columns[key] = std::move(*pointers);
  }
  return {};
}

constexpr auto lookup_keys = std::to_array<Key<LookupSpec>>({
    {"kind", "table: read as a whole; one: asked for id by id", keys::word<&LookupSpec::one_by_one, lookup_kinds>, true},
    {"request", "with {id} for kind one; {page} or {offset} for a table in pages", request_of<&LookupSpec::request>, true},
    {"for_each", "a parameter: the table is read once per value, which is {value}", keys::text<&LookupSpec::for_each>},
    {"records", "pointer of a table's rows", list_path_of<&LookupSpec::records>},
    {"key", "pointer of a row's id", path_of<&LookupSpec::key>},
    {"or_key", "pointer of the id where nothing is at key", path_of<&LookupSpec::or_key>},
    {"columns", "names and pointers of what is kept; /list/*/name: one a line of each element", {columns, {Form::Is::lists}}, true},
    {"limit", "rows in a page", keys::number<&LookupSpec::limit, 1, 10000>},
    {"ttl", "how long it is kept", keys::duration<&LookupSpec::ttl>},
});

template <class T>
Status list_member(const Yaml& node, std::vector<T>& into, std::span<const Key<T>> table) {
  if (!node.is_list()) return std::unexpected(node.wrong("this is a list", "begin each entry with \"- \""));
  for (const auto& item : node.items()) {
    T made;
    if (auto read = read_keys<T>(item, made, table); !read) return read;
    into.push_back(std::move(made));
  }
  return {};
}

template <class T>
Status named_member(const Yaml& node, std::vector<T>& into, Status (*one)(const Yaml&, T&)) {
  if (!node.is_map()) return std::unexpected(node.wrong("this is a map of names"));
  for (const auto& [key, member] : node.members()) {
    T made;
    made.name = key;
    if (auto read = one(member, made); !read) return read;
    into.push_back(std::move(made));
  }
  return {};
}

constexpr auto connector_keys = std::to_array<Key<Connector>>({
    {"title", "the product's name", keys::text<&Connector::title>, true},
    {"product", "its short name, as the folder", keys::text<&Connector::product>, true},
    {"kind", "kind of tool: ticketing, siem, edr …", keys::text<&Connector::kind>, true},
    {"docs", "addresses of its documentation", keys::texts<&Connector::docs>},
    {"permissions",
     "the least rights, and what stays unseen without each",
     {[](const Yaml& node, Connector& into) { return list_member<Permission>(node, into.permissions, permission_keys); },
      {Form::Is::sections, "permission"}},
     true},
    {"blind_spots", "what cannot be seen whatever the rights", keys::texts<&Connector::blind_spots>, true},
    {"auth",
     "ways to log in",
     {[](const Yaml& node, Connector& into) { return list_of<AuthSpec>(node, into.auth, auth); }, {Form::Is::sections, "auth"}},
     true},
    {"parameters",
     "what a source has to say under params",
     {[](const Yaml& node, Connector& into) {
        return named_member<Parameter>(node, into.parameters,
                                       [](const Yaml& item, Parameter& made) { return read_keys<Parameter>(item, made, parameter_keys); });
      },
      {Form::Is::named, "parameter"}}},
    {"budget",
     "how much is asked of the tool",
     {[](const Yaml& node, Connector& into) { return budget(node, into.budget); }, {Form::Is::section, "budget"}}},
    {"answers",
     "what an HTTP status means",
     {[](const Yaml& node, Connector& into) { return answers(node, into.answers); }, {Form::Is::by_status, "answer"}}},
    {"xssi", "what stands before every JSON answer and is cut off", keys::text<&Connector::xssi>},
    {"privileges",
     "how the account's rights can be seen; asked by `akashi check --connect` only",
     {[](const Yaml& node, Connector& into) { return privileges(node, into.privileges); }, {Form::Is::sections, "privilege"}}},
    {"classify",
     "defaults of the organisation's map",
     {[](const Yaml& node, Connector& into) -> Status {
        auto read = parse_classify(node);
        if (!read) return std::unexpected(read.error());
        into.classify = std::move(*read);
        return {};
      },
      {Form::Is::sections, "classify"}}},
    {"lookups",
     "tables of ids and names",
     {[](const Yaml& node, Connector& into) {
        return named_member<LookupSpec>(node, into.lookups,
                                        [](const Yaml& item, LookupSpec& made) { return read_keys<LookupSpec>(item, made, lookup_keys); });
      },
      {Form::Is::named, "lookup"}}},
    {"streams",
     "what is read",
     {[](const Yaml& node, Connector& into) { return named_member<StreamSpec>(node, into.streams, stream); }, {Form::Is::named, "stream"}},
     true},
});

template <class T>
const T* named(const std::vector<T>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &T::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

const StreamSpec* Connector::stream(std::string_view wanted) const { return named(streams, wanted); }
const Parameter* Connector::parameter(std::string_view wanted) const { return named(parameters, wanted); }
const LookupSpec* Connector::lookup(std::string_view wanted) const { return named(lookups, wanted); }

Result<Connector> parse_connector(std::string_view text, const std::string& file) {
  auto root = Yaml::parse(text, file);
  if (!root) return std::unexpected(root.error());
  Connector made;
  if (root->is_null()) return fail(ErrorKind::config, file + ":1", "the descriptor is empty", "begin with title, product and kind");
  if (auto read = read_keys<Connector>(*root, made, connector_keys); !read) return std::unexpected(read.error());
  for (auto& stream : made.streams) stream.settles = !named_in_pointers(stream).empty();
  if (auto fine = whole(made, *root); !fine) return std::unexpected(fine.error());
  return made;
}

namespace {

Result<std::string> text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(ErrorKind::config, file, "there is no such file, or it cannot be read", "name a folder of connectors/products");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

Result<Connector> load_connector(const std::string& directory) {
  const std::string file = directory + "/connector.yaml";
  const auto text = text_of(file);
  if (!text) return std::unexpected(text.error());
  auto made = parse_connector(*text, file);
  if (made) made->directory = directory;
  return made;
}

std::vector<Error> connector_mistakes(std::string_view text, const std::string& file) {
  const auto read = parse_connector(text, file);
  if (read) return {};
  const auto root = Yaml::parse(text, file);
  auto mistakes = root ? key_mistakes(*root) : std::vector<Error>{};
  const auto same = [&](const Error& one) { return one.where == read.error().where && one.what == read.error().what; };
  if (std::ranges::none_of(mistakes, same)) mistakes.insert(mistakes.begin(), read.error());
  return mistakes;
}

std::vector<Error> connector_mistakes(const std::string& directory) {
  const std::string file = directory + "/connector.yaml";
  const auto text = text_of(file);
  return text ? connector_mistakes(*text, file) : std::vector{text.error()};
}

std::vector<Section> reading::connector_sections() {
  std::vector<Section> all{section<Connector>("connector", "connector.yaml", connector_keys),
                           section<Permission>("permission", "one right that the account needs", permission_keys)};
  auth_sections(all);
  all.push_back(section<Parameter>("parameter", "what a source has to say under params", parameter_keys));
  all.push_back(section<LookupSpec>("lookup", "ids and names", lookup_keys));
  stream_sections(all);
  ask_sections(all);
  extract_sections(all);
  value_sections(all);
  all.push_back(classify_section());
  return all;
}

}  // namespace akashi
