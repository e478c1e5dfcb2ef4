#include <algorithm>

#include "collector/house.hpp"

namespace akashi {

namespace {

// What each source lets us see: its streams' coverage, its health, the services it could show.
std::vector<SourceSight> sights(const House& house, const std::vector<CoverageSpan>& coverage, const std::vector<SourceHealth>& health) {
  std::vector<SourceSight> seen;
  for (const SourceConfig& source : house.config.sources) {
    SourceSight sight;
    sight.source = source.name;
    if (const auto services = house.could_show.find(source.name); services != house.could_show.end()) sight.could_show = services->second;
    for (const SourceHealth& one : health) {
      if (one.source != source.name) continue;
      sight.broken = one.broken;
      sight.why = one.error;
    }
    if (const auto connector = house.connectors.find(source.connector); connector != house.connectors.end())
      for (const StreamSpec& stream : connector->second.streams)
        if (!stream.activities.empty()) sight.complete[stream.name];
    for (const CoverageSpan& one : coverage) {
      // Only streams that bring work license absence; how well documents could be read says nothing about it.
      if (one.source != source.name || !sight.complete.contains(one.stream)) continue;
      if (one.complete) sight.complete[one.stream].add(one.span);
      else sight.partial.push_back(one);
    }
    seen.push_back(std::move(sight));
  }
  return seen;
}

}  // namespace

Result<View> make_view(const House& house, Store& store, Instant as_of) {
  View view;
  view.as_of = as_of;
  view.profile = house.config.profile;
  view.rules_digest = house.rules_digest;

  auto items = store.evidence({});
  if (!items) return std::unexpected(items.error());
  for (Evidence& one : *items) view.items[one.service].push_back(std::move(one));
  auto tallies = store.tallies();
  if (!tallies) return std::unexpected(tallies.error());
  view.tallies = std::move(*tallies);
  auto documents = store.documents();
  if (!documents) return std::unexpected(documents.error());
  view.documents = std::move(*documents);
  auto links = store.links();
  if (!links) return std::unexpected(links.error());
  view.links = std::move(*links);
  const auto coverage = store.coverage();
  if (!coverage) return std::unexpected(coverage.error());
  const auto health = store.health();
  if (!health) return std::unexpected(health.error());
  view.sources = sights(house, *coverage, *health);
  const auto accepted = store.accepted(as_of);
  if (!accepted) return std::unexpected(accepted.error());
  for (const AcceptedScore& one : *accepted) view.accepted[one.service] = one.score;
  for (Document& one : view.documents) house.actors.resolve(one);
  for (const Person& person : house.config.roster.people())
    if (person.head && house.has_key) view.heads.insert(house.pseudonyms.of(person));
  return view;
}

}  // namespace akashi
