#include "collector/map_gaps.hpp"

#include <algorithm>

#include "core/catalogue.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

bool asks_for(const PlaceEntry& entry, const std::string& place) {
  return std::ranges::any_of(entry.when.conditions, [&](const auto& condition) {
    return condition.first == "place" && std::ranges::any_of(condition.second, [&](const std::string& one) { return fits_wildcards(place, one); });
  });
}

bool asks_for_a_place(const PlaceEntry& entry) {
  return std::ranges::any_of(entry.when.conditions, [](const auto& condition) { return condition.first == "place"; });
}

bool has_a_meaning(const OrgMap& map, const std::string& place) {
  return std::ranges::any_of(map.entries(), [&](const PlaceEntry& entry) {
    const bool says = !entry.matter.empty() || !entry.services.empty();
    return says && (asks_for(entry, place) || !asks_for_a_place(entry));
  });
}

// "*" is asked for by entries that speak of any place.
bool names_places(const OrgMap& map, const std::vector<std::string>& values) {
  return std::ranges::any_of(map.entries(), [&](const PlaceEntry& entry) {
    return !asks_for(entry, "") && std::ranges::any_of(values, [&](const std::string& value) { return asks_for(entry, value); });
  });
}

}  // namespace

std::vector<std::string> services_without_a_place(const House& house) {
  std::vector<std::string> services;
  for (const Service& service : catalogue()) {
    const auto profile = house.config.profile.find(service.id);
    const bool described = profile != house.config.profile.end();
    if (!judged(service.id) || (described && (profile->second.not_applicable || profile->second.level == "unnecessary"))) continue;
    if (described && profile->second.assigned == Assignment::unassigned) continue;
    const bool outside = described && profile->second.assigned == Assignment::outsource;
    const auto shown = [&](const auto& could) { return could.second.contains(std::string(service.id)); };
    if (std::ranges::none_of(outside ? house.could_show_reports : house.could_show, shown)) services.emplace_back(service.id);
  }
  return services;
}

std::vector<UnmappedPlace> places_without_a_service(const House& house) {
  std::vector<UnmappedPlace> found;
  for (const SourceConfig& source : house.config.sources) {
    const auto meaning = house.meanings.find(source.name);
    if (meaning == house.meanings.end()) continue;
    for (const auto& [parameter, values] : source.params) {
      if (!names_places(meaning->second.map, values)) continue;
      for (const std::string& value : values)
        if (!has_a_meaning(meaning->second.map, value)) found.push_back({source.name, parameter, value, source.where});
    }
  }
  return found;
}

}  // namespace akashi
