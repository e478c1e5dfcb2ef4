#include <algorithm>

#include "collector/house.hpp"
#include "connectors/engine/chosen.hpp"

namespace akashi {

namespace {

// Documents are no work: a stream that only brings them says nothing about what was done or not done.
bool brings_work(const StreamSpec& stream) {
  const auto is_work = [](const std::string& kind) { return !kind.empty() && !kind.starts_with("document."); };
  return std::ranges::any_of(stream.activities, [&](const ActivitySpec& activity) {
    const ValueSpec& kind = activity.kind.given ? activity.kind : stream.common.kind;
    return is_work(kind.constant) || std::ranges::any_of(kind.table, [&](const auto& word) { return is_work(word.second); });
  });
}

void say_broken(SourceSight& sight, const std::string& why) {
  if (why.empty()) return;
  sight.broken = true;
  sight.why = why;
}

// What each source lets us see: its streams' coverage, whether they fail, the services it could show.
std::vector<SourceSight> sights(const House& house, const std::vector<CoverageSpan>& coverage, const std::vector<SourceHealth>& health,
                                const std::vector<Manifest>& polls) {
  std::vector<SourceSight> seen;
  for (const SourceConfig& source : house.config.sources) {
    SourceSight sight;
    sight.source = source.name;
    if (const auto services = house.could_show.find(source.name); services != house.could_show.end()) sight.could_show = services->second;
    if (const auto services = house.could_show_reports.find(source.name); services != house.could_show_reports.end())
      sight.could_show_reports = services->second;
    if (const auto connector = house.connectors.find(source.connector); connector != house.connectors.end())
      for (const StreamSpec& stream : connector->second.streams)
        if (brings_work(stream) && is_read(connector->second, stream, source.streams, source.params)) sight.complete[stream.name];
    // A stream of documents that fails hides no work; a refused credential hides everything.
    for (const SourceHealth& one : health)
      if (one.source == source.name && one.broken && one.error_kind == name(ErrorKind::auth)) say_broken(sight, one.error);
    std::set<std::string> ended;  // streams whose last ended poll was looked at; one under way says nothing yet
    for (const Manifest& one : polls) {
      const bool matters = sight.complete.contains(one.stream) || sight.complete.empty();  // of a source of documents alone, theirs do
      if (one.source != source.name || one.ended == Instant{} || !matters || !ended.insert(one.stream).second) continue;
      if (!one.drained) say_broken(sight, one.why_not);
    }
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

void add_people(const House& house, View& view) {
  for (const Person& person : house.config.roster.people()) {
    const std::string actor = house.pseudonyms.of(person);
    if (person.head) view.heads.insert(actor);
    if (person.kind == ActorKind::human) view.insiders.insert(actor);
    if (person.tenure.given()) view.tenures[actor] = person.tenure;
  }
}

}  // namespace

void add_used_places(const House& house, View& view) {
  for (const SourceConfig& source : house.config.sources) {
    const auto sight = std::ranges::find(view.sources, source.name, &SourceSight::source);
    if (sight == view.sources.end()) continue;
    auto able = capabilities(house, source);
    if (std::ranges::all_of(able.places, [](const auto& place) { return place.elsewhere.empty(); })) continue;
    for (auto& place : able.places) place.elsewhere.clear();
    const auto called_or_done = [&](const Evidence& one) {
      return one.source == source.name && (shows_work(one.kind) || one.kind == EvidenceKind::demand);
    };
    for (const auto& service : observable(house.rules, able)) {
      if (sight->could_show.contains(service)) continue;
      const auto items = view.items.find(service);
      const auto told = [&](const auto& tally) { return tally.first.source == source.name && tally.first.service == service; };
      const bool used = (items != view.items.end() && std::ranges::any_of(items->second, called_or_done)) || std::ranges::any_of(view.tallies, told);
      if (used) sight->could_show.insert(service);
    }
  }
}

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
  auto opened = store.cases_opened();
  if (!opened) return std::unexpected(opened.error());
  view.opened = std::move(*opened);
  view.assessments = house.config.assessments;
  const auto coverage = store.coverage();
  if (!coverage) return std::unexpected(coverage.error());
  const auto health = store.health();
  if (!health) return std::unexpected(health.error());
  const auto polls = store.manifests(2);
  if (!polls) return std::unexpected(polls.error());
  view.sources = sights(house, *coverage, *health, *polls);
  add_used_places(house, view);
  const auto accepted = store.accepted(as_of);
  if (!accepted) return std::unexpected(accepted.error());
  for (const AcceptedScore& one : *accepted) (one.ladder == "outsource" ? view.accepted_outside : view.accepted)[one.service] = one.score;
  for (Document& one : view.documents) house.actors.resolve(one);
  for (auto& [service, profile] : view.profile) {
    const Person* owner = house.config.roster.named(profile.owner);
    profile.owner_actor = owner != nullptr && house.has_key ? house.pseudonyms.of(*owner) : profile.owner;  // a team is itself
  }
  if (house.has_key)
    for (const Person& person : house.config.roster.people()) view.teams.emplace(house.pseudonyms.of(person), person.team);
  const auto entered = store.attestations();
  if (!entered) return std::unexpected(entered.error());
  add_attested(view, *entered);
  if (house.has_key) add_people(house, view);
  return view;
}

}  // namespace akashi
