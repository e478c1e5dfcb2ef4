// What the organisation's map leaves open, as far as the config alone can tell: services that no connected place could show, and places that are read
// and mean nothing.
#pragma once

#include <string>
#include <vector>

#include "collector/house.hpp"

namespace akashi {

struct UnmappedPlace {
  std::string source, parameter, place;  // of the source's params: queues, alert_indices …
  std::string where;                     // FILE:LINE of the source
};

// Judged services that neither a place nor a rule shows, in the catalogue's order; those that are out of scope or nobody's are left out.
[[nodiscard]] std::vector<std::string> services_without_a_place(const House& house);
// Names in a source's params that are places, and that no entry of its map gives a matter or services. A parameter holds places where one of its
// values is what an entry's `place:` asks for.
[[nodiscard]] std::vector<UnmappedPlace> places_without_a_service(const House& house);

}  // namespace akashi
