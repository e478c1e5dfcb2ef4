// `check`: every mistake in the config, the descriptors and the rules; with --connect also whether each source lets us in and shows what it has to.
#include <fmt/format.h>

#include <ostream>

#include "collector/cli/opening.hpp"
#include "collector/cli/probe.hpp"
#include "collector/clock.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/json_writer.hpp"
#include "collector/map_gaps.hpp"

namespace akashi {

namespace {

constexpr std::size_t services_named_max = 12;

void write_json(std::ostream& out, const HouseRead& read, const std::vector<ProbeReport>& probes, const std::vector<ProbeReport>& receivers) {
  JsonWriter json;
  json.object();
  for (const auto& [key, list] : {std::pair{"errors", &read.errors}, {"remarks", &read.remarks}}) {
    json.key(key).array();
    for (const Error& error : *list)
      json.object().member("kind", name(error.kind)).member("where", error.where).member("what", error.what).member("mend", error.mend).end_object();
    json.end_array();
  }
  json.key("sources").array();
  for (const ProbeReport& probe : probes) write_probe(json, probe);
  json.end_array().key("receivers").array();
  for (const ProbeReport& probe : receivers) write_probe(json, probe);
  json.end_array().key("gaps").object().key("services").array();
  if (read.house)
    for (const auto& service : services_without_a_place(*read.house)) json.value(service);
  json.end_array().key("places").array();
  if (read.house)
    for (const auto& [source, parameter, place, where] : places_without_a_service(*read.house))
      json.object().member("source", source).member("parameter", parameter).member("place", place).member("where", where).end_object();
  json.end_array().end_object().end_object();
  out << json.text();
}

void print_unseen(const Screen& screen, const std::vector<std::string>& services) {
  if (services.empty()) return;
  const bool many = services.size() > services_named_max;
  auto named = fmt::format("{}", fmt::join(services.begin(), services.begin() + static_cast<std::ptrdiff_t>(many ? 3 : services.size()), ", "));
  if (many) named = fmt::format(fmt::runtime(screen.tr("{} services ({} …)", "{}件({} …)")), services.size(), named);
  screen.item("! ",
              fmt::format(fmt::runtime(screen.tr("no connected place could show {}: they stay \"not observable\" until classify: gives them one; "
                                                 "`akashi connectors survey SOURCE` drafts it",
                                                 "どの接続先でも観測できないサービス: {}。classify: で場所を与えるまで「観測不可」のまま。"
                                                 "下書きは `akashi connectors survey 接続先`")),
                          named),
              Colour::yellow);
}

void print_unmapped(const Screen& screen, const std::vector<UnmappedPlace>& places) {
  for (const auto& [source, parameter, place, where] : places)
    screen.item("! ",
                fmt::format(fmt::runtime(screen.tr("{}: nothing says what \"{}\" of {} is for; what is done there counts for nothing. In classify: "
                                                   "- {{when: {{place: \"{}\"}}, matter: … or services: [ … ]}}",
                                                   "{}: 「{}」({})の用途がどこにも書かれていない。そこでの活動は数えない。classify: に "
                                                   "- {{when: {{place: \"{}\"}}, matter: … または services: [ … ]}}")),
                            where, place, parameter, place),
                Colour::yellow);
}

void print_checks(const Screen& screen, const HouseRead& read, const std::vector<ProbeReport>& probes) {
  for (const Error& error : read.errors) screen.item("✗ ", sentence(error), Colour::red);
  for (const Error& remark : read.remarks) screen.item("! ", sentence(remark), Colour::yellow);
  if (read.house && read.errors.empty()) {
    screen.item("✓ ",
                fmt::format(fmt::runtime(screen.tr("{}: {} sources, {} people, {} rules", "{}: 接続先{} 名簿{}人 規則{}")), read.house->config.file,
                            read.house->config.sources.size(), read.house->config.roster.people().size(), read.house->rules.size()),
                Colour::green);
    print_unseen(screen, services_without_a_place(*read.house));
    print_unmapped(screen, places_without_a_service(*read.house));
  }
  for (const ProbeReport& probe : probes) print_probe(screen, probe);
}

}  // namespace

int command_check(const Arguments& arguments, Desk desk) {
  const auto file = find_config(arguments.config);
  if (!file) return refuse(desk, file.error());
  HouseRead read = build_house(*file, arguments.data, arguments.connect);
  std::vector<ProbeReport> probes, receivers;
  const auto screen = screen_for(arguments, desk, read.house ? read.house->config.language : "");
  if (arguments.connect && read.house && read.errors.empty()) {
    SystemClock clock;
    CurlMulti multi;
    auto sources = build_sources(*read.house, multi, clock, read.errors);
    for (const auto& source : sources) probes.push_back(probe(*source, clock, screen));
    for (const ReceiverConfig& one : read.house->config.alerts.receivers)
      receivers.push_back(probe_receiver(one, read.house->config, multi, clock, screen));
  }
  if (arguments.json) write_json(desk.out, read, probes, receivers);
  else print_checks(screen, read, probes);
  if (!arguments.json)
    for (const ProbeReport& one : receivers) print_probe(screen, one);
  if (!read.errors.empty() || !read.house) return static_cast<int>(Exit::wrong);
  for (const ProbeReport& one : probes)
    if (!one.fine()) return static_cast<int>(Exit::unread);
  for (const ProbeReport& one : receivers)
    if (!one.fine()) return static_cast<int>(Exit::wrong);
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
