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
  };
  std::string product;
  std::vector<std::string> kinds;  // of activities that its streams emit; case.progressed stands for closed, refused and reopened too
  std::vector<Place> places;       // work on no place at all is always taken to be possible
};

[[nodiscard]] bool shows_work(EvidenceKind kind);
[[nodiscard]] std::set<std::string> observable(std::span<const Rule> rules, const Capabilities& source);

}  // namespace akashi
