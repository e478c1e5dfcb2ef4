// `connectors`: what can be read, and how it looks before anything is kept. list, show and new need no config; the others look at one of its sources.
#include "collector/cli/connectors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>

#include "collector/cli/opening.hpp"
#include "collector/json_writer.hpp"
#include "connectors/engine/schema.hpp"

namespace akashi {

namespace {

namespace fs = std::filesystem;

std::string schemes(const Connector& connector) {
  std::string all;
  for (const AuthSpec& one : connector.auth) all += (all.empty() ? "" : ", ") + one.scheme;
  return all;
}

std::size_t case_count(const Connector& connector) {
  std::error_code code;
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(connector.directory + "/cases", code)) count += entry.is_directory() ? 1 : 0;
  return count;
}

int list_connectors(const Arguments& arguments, Desk desk) {
  const auto folders = find_data(arguments.data);
  if (!folders) return refuse(desk, folders.error());
  const Screen screen = screen_for(arguments, desk, "");
  Table table({{std::string(screen.tr("Product", "製品"))},
               {std::string(screen.tr("Title", "名称")), false, true},
               {std::string(screen.tr("Kind", "種類"))},
               {std::string(screen.tr("Streams", "ストリーム")), true},
               {std::string(screen.tr("Cases", "事例")), true}});
  JsonWriter json;
  json.object().key("products").array();
  bool sound = true;
  for (const std::string& name : product_names(*folders)) {
    const auto connector = load_connector(folders->products + "/" + name);
    if (!connector) {
      sound = false;
      refuse(desk, connector.error());
      continue;
    }
    table.row({name, connector->title, connector->kind, std::to_string(connector->streams.size()), std::to_string(case_count(*connector))});
    json.object().member("product", name).member("title", connector->title).member("kind", connector->kind).member("auth", schemes(*connector));
    json.member("cases", static_cast<std::uint64_t>(case_count(*connector))).key("streams").array();
    for (const StreamSpec& stream : connector->streams) json.value(stream.name);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  if (arguments.json) desk.out << json.text();
  else table.print(screen);
  return static_cast<int>(sound ? Exit::done : Exit::wrong);
}

void show_json(std::ostream& out, const Connector& connector) {
  JsonWriter json;
  json.object().member("product", connector.product).member("title", connector.title).member("kind", connector.kind);
  for (const auto& [key, texts] : {std::pair{"docs", &connector.docs}, {"blind_spots", &connector.blind_spots}}) {
    json.key(key).array();
    for (const auto& text : *texts) json.value(text);
    json.end_array();
  }
  json.key("permissions").array();
  for (const Permission& one : connector.permissions)
    json.object().member("right", one.right).member("on", one.on).member("for", one.purpose).member("without", one.without).end_object();
  json.end_array().key("auth").array();
  for (const AuthSpec& one : connector.auth) json.value(one.scheme);
  json.end_array().key("parameters").array();
  for (const Parameter& one : connector.parameters)
    json.object().member("name", one.name).member("about", one.about).member("required", one.required).end_object();
  json.end_array().key("streams").array();
  for (const StreamSpec& one : connector.streams) json.object().member("name", one.name).member("about", one.about).end_object();
  json.end_array().end_object();
  out << json.text();
}

void print_show(const Screen& screen, const Connector& connector) {
  screen.line(screen.paint(fmt::format("{} ({})", connector.title, connector.kind), Colour::bold));
  screen.line(fmt::format("  {}: {}", screen.tr("logs in by", "認証"), schemes(connector)));
  screen.heading(screen.tr("What is read", "読むもの"));
  for (const StreamSpec& one : connector.streams) screen.item("  " + one.name + ": ", one.about);
  screen.heading(screen.tr("Rights it needs, and nothing more", "必要な権限(これだけ)"));
  for (const Permission& one : connector.permissions) {
    screen.item("  ", fmt::format("{}{}: {}", one.right, one.on.empty() ? "" : " (" + one.on + ")", one.purpose));
    if (!one.without.empty()) screen.item(std::string("      ") + std::string(screen.tr("without it: ", "ないと: ")), one.without, Colour::yellow);
  }
  if (!connector.parameters.empty()) screen.heading(screen.tr("params: of its source", "接続先の params:"));
  for (const Parameter& one : connector.parameters)
    screen.item("  " + one.name + (one.required ? std::string(screen.tr(" (required): ", "(必須): ")) : ": "), one.about);
  if (!connector.blind_spots.empty()) screen.heading(screen.tr("What stays unseen", "見えないもの"));
  for (const auto& one : connector.blind_spots) screen.item("  - ", one);
  for (const auto& one : connector.docs) screen.item(std::string(screen.tr("  see ", "  参照 ")), one, Colour::grey);
}

int show_connector(const Arguments& arguments, Desk desk) {
  const auto folders = find_data(arguments.data);
  if (!folders) return refuse(desk, folders.error());
  const auto known = product_names(*folders);
  if (std::ranges::find(known, arguments.product) == known.end()) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string near = nearest(arguments.product, views);
    return refuse(desk, Error{ErrorKind::config, "connectors show", "\"" + arguments.product + "\" is no known product",
                              near.empty() ? "`akashi connectors list` names them" : "did you mean \"" + near + "\"?"});
  }
  const auto connector = load_connector(folders->products + "/" + arguments.product);
  if (!connector) return refuse(desk, connector.error());
  if (arguments.json) show_json(desk.out, *connector);
  else print_show(screen_for(arguments, desk, ""), *connector);
  return static_cast<int>(Exit::done);
}

int print_connector_keys(const Arguments&, Desk desk) {
  desk.out << connector_reference();
  return static_cast<int>(Exit::done);
}

int print_connector_schema(const Arguments&, Desk desk) {
  desk.out << connector_schema();
  return static_cast<int>(Exit::done);
}

struct ConnectorAction {
  std::string_view name;
  int (*run)(const Arguments&, Desk);
};

constexpr std::array connector_actions{ConnectorAction{"list", list_connectors},      ConnectorAction{"show", show_connector},
                                       ConnectorAction{"check", connectors_check},    ConnectorAction{"try", connectors_try},
                                       ConnectorAction{"survey", connectors_survey},  ConnectorAction{"new", connectors_new},
                                       ConnectorAction{"keys", print_connector_keys}, ConnectorAction{"schema", print_connector_schema}};

}  // namespace

std::vector<std::string> product_names(const DataFolders& folders) {
  std::vector<std::string> names;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folders.products, code))
    if (fs::exists(entry.path() / "connector.yaml", code)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

int command_connectors(const Arguments& arguments, Desk desk) {
  for (const ConnectorAction& action : connector_actions)
    if (action.name == arguments.action) return action.run(arguments, desk);
  return static_cast<int>(Exit::usage);
}

}  // namespace akashi
