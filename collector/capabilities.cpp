// What a source could show, known before anything was read from it.
#include <algorithm>

#include "collector/house.hpp"
#include "connectors/engine/chosen.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

// Fits whatever there is. Labels and fields may be missing, so that a wildcard over them does not.
bool fits_everything(const Selector& when) {
  constexpr std::string_view always[] = {"place", "type", "category", "status", "severity", "title"};
  return std::ranges::all_of(when.conditions, [&](const auto& condition) {
    return std::ranges::find(always, condition.first) != std::end(always) && std::ranges::find(condition.second, "*") != condition.second.end();
  });
}

// Whether items of the stream may be what the entry is about: where the stream says itself of which type all of them are.
bool may_be_about(const Selector& when, const StreamSpec& stream) {
  const auto possible = [&](const CaseSpec& spec) {
    return std::ranges::all_of(when.conditions, [&](const auto& condition) {
      if (condition.first != "type" || spec.type.constant.empty()) return true;
      return std::ranges::any_of(condition.second, [&](const std::string& pattern) { return fits_wildcards(spec.type.constant, pattern); });
    });
  };
  return stream.cases.empty() || std::ranges::any_of(stream.cases, possible);
}

// Whether somebody who is named is ever seen to bring an item of the stream to something: a verdict, a status, a class, an answer.
bool brings_results(const StreamSpec& stream) {
  const auto result = [](const std::string& kind) {
    constexpr std::string_view none[] = {"", "alert.raised", "case.opened", "case.assigned", "case.commented", "case.linked", "case.merged"};
    return std::ranges::find(none, kind) == std::end(none);
  };
  return std::ranges::any_of(stream.activities, [&](const ActivitySpec& activity) {
    const ValueSpec& kind = activity.kind.given ? activity.kind : stream.common.kind;
    const ValueSpec& actor = activity.actor.given ? activity.actor : stream.common.actor;
    if (actor.constant == "unknown") return false;
    return result(kind.constant) || std::ranges::any_of(kind.table, [&](const auto& word) { return result(word.second); });
  });
}

void add_kinds(const StreamSpec& stream, Capabilities& able) {
  for (const ActivitySpec& activity : stream.activities) {
    const ValueSpec& kind = activity.kind.given ? activity.kind : stream.common.kind;
    const bool on_item = activity.case_id.given || stream.common.case_id.given;
    const ValueSpec& actor = activity.actor.given ? activity.actor : stream.common.actor;
    auto& kinds = actor.constant == "unknown" ? able.nameless : on_item ? able.kinds : able.loose;
    if (!kind.constant.empty()) kinds.push_back(kind.constant);
    for (const auto& [word, ours] : kind.table) kinds.push_back(ours);
  }
}

bool says_what_is_done(const PlaceEntry& entry) { return (!entry.matter.empty() && entry.matter != "ignored") || !entry.services.empty(); }

// The product's guess at what the organisation calls a place, and no fact about the product: a default by the place's name, where the tool's own
// answers name places. Of a place among the source's parameters (queues to be read …) the organisation says itself that its work counts.
bool guesses_a_name(const PlaceEntry& entry, const Connector& connector, const SourceConfig& source) {
  const auto named = std::ranges::find(entry.when.conditions, "place", [](const auto& condition) { return condition.first; });
  if (named == entry.when.conditions.end()) return false;
  const auto fits = [&](const std::string& place) {
    return std::ranges::any_of(named->second, [&](const std::string& pattern) { return fits_wildcards(place, pattern); });
  };
  const auto constant = [&](const CaseSpec& spec) { return !spec.place.constant.empty() && fits(spec.place.constant); };
  const bool fact = std::ranges::any_of(connector.streams, [&](const StreamSpec& stream) { return std::ranges::any_of(stream.cases, constant); });
  return !fact && std::ranges::none_of(source.params, [&](const auto& param) { return std::ranges::any_of(param.second, fits); });
}

}  // namespace

Capabilities capabilities(const House& house, const SourceConfig& source) {
  const auto found = house.connectors.find(source.connector);
  const auto meaning = house.meanings.find(source.name);
  if (found == house.connectors.end() || meaning == house.meanings.end()) return {};
  const Connector& connector = found->second;
  Capabilities able;
  able.product = connector.product;
  for (const StreamSpec& stream : connector.streams)
    if (is_read(connector, stream, source.streams, source.params)) add_kinds(stream, able);
  const bool described = std::ranges::any_of(source.classify, says_what_is_done);
  const auto& map = meaning->second.map;
  for (std::size_t i = 0; i < map.entries().size(); ++i) {
    const PlaceEntry& entry = map.entries()[i];
    const bool standard = i >= source.classify.size();  // the organisation's own come first
    const bool says = !entry.matter.empty() || !entry.services.empty();
    if (says && fits_everything(entry.when)) able.elsewhere = false;
    // Results of other items do not show what is done on these: without any of their own, their silence says nothing.
    const bool results = std::ranges::any_of(connector.streams, [&](const StreamSpec& stream) {
      return is_read(connector, stream, source.streams, source.params) && may_be_about(entry.when, stream) && brings_results(stream);
    });
    if (!results) {
      able.places.push_back({"ignored", {}});  // the entries keep their places
      continue;
    }
    // What is ignored is given to nobody, whatever else the entry says.
    auto [matter, services, by_itself] = map.surely_said(i);
    able.places.push_back({matter, matter == "ignored" ? std::vector<std::string>{} : std::move(services)});
    if (standard && described && guesses_a_name(entry, connector, source)) able.places.back().elsewhere = house.placed;
  }
  return able;
}

std::set<std::string> placed_by_map(const House& house) {
  std::set<std::string> placed;
  for (const SourceConfig& source : house.config.sources) {
    auto able = capabilities(house, source);
    for (std::size_t i = source.classify.size(); i < able.places.size(); ++i) able.places[i] = {"ignored", {}};
    able.loose.clear();
    able.elsewhere = false;
    placed.merge(observable(house.rules, able));
  }
  return placed;
}

}  // namespace akashi
