// `connectors check | try | survey SOURCE`: one source of the config, looked at without keeping anything.
#include <fmt/format.h>

#include <ostream>

#include "collector/cli/connectors.hpp"
#include "collector/cli/glimpse.hpp"
#include "collector/cli/opening.hpp"
#include "collector/cli/probe.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/json_writer.hpp"
#include "collector/report/survey.hpp"

namespace akashi {

namespace {

// The one source, at work; the errors have been said when there is none.
struct OneSource {
  std::unique_ptr<House> house;
  SystemClock clock;
  CurlMulti multi;
  std::vector<std::unique_ptr<Source>> sources;
  Source* source = nullptr;
};

std::unique_ptr<OneSource> open_source(const Arguments& arguments, Desk desk) {
  auto one = std::make_unique<OneSource>();
  one->house = open_house(arguments, desk, true);
  if (!one->house) return nullptr;
  std::erase_if(one->house->config.sources, [&](const SourceConfig& config) { return config.name != arguments.source; });
  if (one->house->config.sources.empty()) {
    refuse(desk, Error{ErrorKind::config, "connectors " + arguments.action, "no source is called \"" + arguments.source + "\"",
                       "`akashi status` lists them"});
    return nullptr;
  }
  std::vector<Error> errors;
  one->sources = build_sources(*one->house, one->multi, one->clock, errors);
  for (const Error& error : errors) refuse(desk, error);
  if (one->sources.empty()) return nullptr;
  one->source = one->sources.front().get();
  return one;
}

bool wanted(const Arguments& arguments, const StreamSpec& stream) { return arguments.stream.empty() || arguments.stream == stream.name; }

std::optional<Error> unknown_stream(const Arguments& arguments, const Connector& connector) {
  if (arguments.stream.empty() || connector.stream(arguments.stream) != nullptr) return std::nullopt;
  std::string known;
  for (const StreamSpec& stream : connector.streams) known += (known.empty() ? "" : ", ") + stream.name;
  return Error{ErrorKind::config, "--stream", "there is no stream \"" + arguments.stream + "\"", "these are: " + known};
}

std::string line_of(const Activity& one) {
  std::string text = fmt::format("{}  {}  {}", format_time(one.time), one.kind, one.actor);
  if (!one.case_id.empty()) text += "  " + one.case_id;
  if (!one.status.empty()) text += fmt::format("  {} → {}", one.status_before, one.status);
  if (!one.subject_id.empty()) text += fmt::format("  {} {}", one.subject_type, one.subject_id);
  if (!one.object.empty()) text += fmt::format("  {} {}", one.object, one.object_version);
  for (const auto& label : one.labels) text += "  #" + label;
  for (const auto& procedure : one.procedures) text += "  ← " + procedure;
  return clean(text);
}

void print_pages(const Screen& screen, const std::vector<Page>& pages, std::size_t limit) {
  std::size_t shown = 0, activities = 0;
  Manifest total;
  for (const Page& page : pages) {
    activities += page.activities.size();
    total.records += page.manifest.records;
    total.requests += page.manifest.requests;
    for (const auto& [reason, count] : page.manifest.rejected) total.rejected[reason] += count;
    for (const Activity& one : page.activities)
      if (shown++ < limit) screen.item("    ", line_of(one));
  }
  std::size_t cases = 0, documents = 0;
  for (const Page& page : pages) {
    cases += page.cases.size();
    documents += page.documents.size();
    for (const Document& one : page.documents) screen.item("    ", clean(fmt::format("{}  {}  {}", one.id, one.version, one.title)), Colour::grey);
  }
  screen.line(fmt::format(fmt::runtime(screen.tr("    {} requests, {} records: {} activities, {} cases, {} documents",
                                                 "    要求{}回 記録{}件: 活動{}件 案件{}件 文書{}件")),
                          total.requests, total.records, activities, cases, documents));
  for (const auto& [reason, count] : total.rejected) screen.item("    - ", fmt::format("{} × {}", count, reason), Colour::yellow);
  for (const Page& page : pages)
    for (const CoverageSpan& span : page.coverage)
      if (!span.complete) screen.item("    ! ", span.why, Colour::yellow);
}

void pages_json(JsonWriter& json, const std::vector<Page>& pages) {
  json.key("activities").array();
  for (const Page& page : pages)
    for (const Activity& one : page.activities) {
      json.object().member("uid", one.uid).member("time", one.time).member("kind", one.kind).member("actor", one.actor).member("case", one.case_id);
      json.member("subject_type", one.subject_type).member("subject_id", one.subject_id).member("status_before", one.status_before);
      json.member("status", one.status).member("object", one.object).member("object_version", one.object_version).member("verdict", one.verdict);
      json.key("labels").array();
      for (const auto& label : one.labels) json.value(label);
      json.end_array().key("procedures").array();
      for (const auto& procedure : one.procedures) json.value(procedure);
      json.end_array().member("url", one.url).member("digest", one.digest).end_object();
    }
  json.end_array().key("rejected").object();
  std::map<std::string, std::uint64_t> rejected;
  std::uint64_t records = 0;
  for (const Page& page : pages) {
    records += page.manifest.records;
    for (const auto& [reason, count] : page.manifest.rejected) rejected[reason] += count;
  }
  for (const auto& [reason, count] : rejected) json.member(reason, count);
  json.end_object().member("records", records);
}

}  // namespace

int connectors_check(const Arguments& arguments, Desk desk) {
  const auto one = open_source(arguments, desk);
  if (!one) return static_cast<int>(Exit::wrong);
  const Screen screen = screen_for(arguments, desk, one->house->config.language);
  const ProbeReport report = probe(*one->source, one->clock, screen);
  if (arguments.json) {
    JsonWriter json;
    write_probe(json, report);
    desk.out << json.text();
  } else {
    print_probe(screen, report);
  }
  return static_cast<int>(report.fine() ? Exit::done : Exit::unread);
}

int connectors_try(const Arguments& arguments, Desk desk) {
  const auto one = open_source(arguments, desk);
  if (!one) return static_cast<int>(Exit::wrong);
  if (const auto unknown = unknown_stream(arguments, *one->source->connector)) return refuse(desk, *unknown);
  const Screen screen = screen_for(arguments, desk, one->house->config.language);
  JsonWriter json;
  json.object().member("source", one->source->name).key("streams").array();
  bool fine = true;
  for (const StreamSpec& stream : one->source->connector->streams) {
    if (!wanted(arguments, stream)) continue;
    std::vector<Page> pages;
    const auto read = glimpse(*one->source, stream, one->clock, {arguments.days, arguments.pages},
                              [&](Page page) { pages.push_back(normalise(std::move(page), one->source->normalising)); });
    fine = fine && read.has_value();
    if (arguments.json) {
      json.object().member("stream", stream.name).member("error", read ? "" : sentence(read.error()));
      pages_json(json, pages);
      json.end_object();
      continue;
    }
    screen.heading(stream.name);
    print_pages(screen, pages, arguments.limit);
    if (!read) screen.item("    ✗ ", sentence(read.error()), Colour::red);
    else if (!*read) screen.line(screen.tr("    there is more: --pages N reads further", "    続きがある(--pages N で先まで読む)"));
  }
  json.end_array().end_object();
  if (arguments.json) desk.out << json.text();
  return static_cast<int>(fine ? Exit::done : Exit::unread);
}

int connectors_survey(const Arguments& arguments, Desk desk) {
  const auto one = open_source(arguments, desk);
  if (!one) return static_cast<int>(Exit::wrong);
  if (const auto unknown = unknown_stream(arguments, *one->source->connector)) return refuse(desk, *unknown);
  Survey survey;
  survey.source = one->source->name;
  for (const StreamSpec& stream : one->source->connector->streams) {
    if (!wanted(arguments, stream)) continue;
    const auto read = glimpse(*one->source, stream, one->clock, {arguments.days, arguments.pages}, [&](Page page) {
      const Page normal = normalise(std::move(page), one->source->normalising);
      ++survey.pages;
      survey.documents += normal.documents.size();
      for (const CaseState& state : normal.cases) survey.cases[state.id] = state;
      for (const Activity& activity : normal.activities) ++survey.kinds[activity.kind];
    });
    if (!read) survey.troubles.push_back(stream.name + ": " + sentence(read.error()));
    else survey.whole = survey.whole && *read;
  }
  const Screen screen = screen_for(arguments, desk, one->house->config.language);
  const OrgMap& map = one->house->meanings.at(survey.source).map;
  if (arguments.json) desk.out << survey_json(survey, map, screen.lang());
  else print_survey(screen, survey, map);
  return static_cast<int>(survey.troubles.empty() ? Exit::done : Exit::unread);
}

}  // namespace akashi
