// Which services a source could show at all, by its rules: the difference between "nothing happened" and "nobody could have seen it here".
// Only what shows that a service is done counts (exercise, drill, handover, provider report, review, SLA). A source that shows only the demand for a
// service, or its documents, shows nothing of it being done, and its silence means nothing.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "mappings/engine/rule.hpp"

namespace akashi {

// What is known of a source before anything was read from it. Fields that are not named here are taken to have any value.
struct Capabilities {
  // One kind of place, as the organisation's map describes it.
  struct Place {
    std::string matter;                 // empty: says nothing about it
    std::vector<std::string> services;  // given to the place
    // Services that the organisation records elsewhere, by its own map: what is done for them here counts, its silence says nothing.
    std::set<std::string> elsewhere{};
  };
  std::string product;
  std::vector<std::string> kinds;       // of activities that its streams emit; case.progressed stands for closed, refused and reopened too
  std::vector<Place> places;            // of the items that work is done on
  std::vector<std::string> loose{};     // kinds that are done on no item, so on no place either; none of them need be among `kinds`
  std::vector<std::string> nameless{};  // kinds of which the tool never says who did them: they call for a service and show nobody doing it
  bool elsewhere = true;                // items outside of all these places are possible: false where the map says something of whatever there is
};

[[nodiscard]] bool shows_work(EvidenceKind kind);     // people's own: exercise, drill, handover
[[nodiscard]] bool shows_reports(EvidenceKind kind);  // a provider's: its reports, and what was made of them
// The services of whose being done the source would show something whenever it happens here: only these licenses a word about absence.
[[nodiscard]] std::set<std::string> observable(std::span<const Rule> rules, const Capabilities& source);
// The services whose provider's reports, or the reviews of these, would be seen here whenever there are any.
[[nodiscard]] std::set<std::string> observable_reports(std::span<const Rule> rules, const Capabilities& source);
// The services of which something may be counted here, whatever its silence is worth; `demand`: what calls for them instead of what shows them done.
[[nodiscard]] std::set<std::string> countable(std::span<const Rule> rules, const Capabilities& source, bool demand = false);

}  // namespace akashi
