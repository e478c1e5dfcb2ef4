// `classify:` of a source's config and of a product's descriptor: what its places and statuses mean, as a list of entries.
//
//   classify:
//     - when: {place: [Incidents, "SOC *"], cf.Origin: external}   # all keys hold; within one, any value; * and ? are wildcards
//       matter: incident                                           # what the place is for
//       services: [D-2, D-3]                                       # whose work is recorded here
//       asked: new                                                 # its statuses by meaning; one word or a list
//       working: [open, stalled]
//       done: [resolved]
//       refused: [abandoned]
//       severity: {from: cf.Severity, critical: [P1], high: [P2], medium: P3, low: [P4, P5]}
//       works_from: Incident handling                              # this place is always worked from that document
//       performed: cf.Done on                                      # the day on which the work was done, where it is written down later
//       agreed: {critical: 1h, high: 4h, medium: 2d, low: 5d}      # or one time: what is asked here is taken on in this time
//     - when: {place: Provider reports}
//       matter: provider_report
//       services: [B-1]
//       review: {note: cf.Decision, checked: cf.Own figure, outcome: cf.As agreed, met: ["yes"], missed: ["no"]}
//     - when: {title: "*drill*"}
//       drill: true
//
// Every error is FILE:LINE and a sentence; nothing of a wrong list is used.
#pragma once

#include <vector>

#include "core/org_map.hpp"
#include "core/result.hpp"
#include "core/yaml.hpp"

namespace akashi {

struct Section;

inline constexpr std::size_t classify_entries_max = 1000;

[[nodiscard]] Result<std::vector<PlaceEntry>> parse_classify(const Yaml& list);
[[nodiscard]] Section classify_section();  // the keys of an entry (keys.hpp)

// A list of words of which none is empty; one word may stand alone.
[[nodiscard]] Result<std::vector<std::string>> parse_words(const Yaml& node);
// A list of service ids of the catalogue's edition.
[[nodiscard]] Result<std::vector<std::string>> parse_services(const Yaml& node);
// One reference on one line, at most 200 bytes.
[[nodiscard]] Result<std::string> parse_line(const Yaml& node);

}  // namespace akashi
