// Cadences and limits as evidence.md (d) gives them, written down once more so that a slip in the product's table is seen.
#include "soc.hpp"

namespace akashi::simulator {

const std::vector<Rhythm>& clocks() {
  // service, runs always, warn or drill reminder, stale or drill overdue, look-back (90 for a cadence, 365 on demand, at least the limit), needs D-1
  static const std::vector<Rhythm> all{{"B-1", true, 1, 3, 90},
                                       {"B-2", true, 35, 45, 90},
                                       {"B-3", true, 14, 30, 90},
                                       {"B-4", false, 90, 180, 365},
                                       {"C-1", false, 180, 365, 365, true},
                                       {"C-2", false, 180, 365, 365, true},
                                       {"C-3", false, 180, 365, 365, true},
                                       {"C-4", false, 180, 365, 365, true},
                                       {"D-1", true, 35, 60, 90},
                                       {"D-2", false, 120, 180, 365, true},
                                       {"D-3", false, 120, 180, 365, true},
                                       {"D-4", false, 180, 270, 365, true},
                                       {"D-5", false, 180, 365, 365, true},
                                       {"D-6", false, 90, 180, 365, true},
                                       {"D-7", false, 0, 0, 365, true, 14},
                                       {"G-1", false, 365, 450, 450},
                                       {"G-2", true, 30, 45, 90},
                                       {"G-3", true, 90, 180, 180},
                                       {"G-4", true, 30, 45, 90},
                                       {"G-5", true, 35, 90, 90},
                                       {"G-6", true, 30, 45, 90},
                                       {"G-7", true, 90, 180, 180},
                                       {"G-8", true, 60, 120, 120},
                                       {"G-9", true, 14, 30, 90},
                                       {"G-10", true, 90, 180, 180},
                                       {"G-11", true, 35, 60, 90},
                                       {"G-12", false, 0, 0, 365},
                                       {"G-13", false, 0, 0, 365}};
  return all;
}

}  // namespace akashi::simulator
