// Numbers of judging: cadence, look-back, agreed times. Defaults from evidence.md (a reasoned proposal; the standard gives none); the config may
// change each.
#pragma once

#include <string>
#include <string_view>

#include "core/time.hpp"

namespace akashi {

enum class CadenceClass : std::uint8_t { continuous, periodic, on_demand, per_item };

struct Criteria {
  CadenceClass cadence = CadenceClass::on_demand;
  int look_back_days = 365;        // 90 for cadence services, 365 for on-demand and per item, never shorter than stale_days
  int warn_days = 0;               // cadence: late after; on-demand: drill reminder after; 0 = no clock
  int stale_days = 0;              // cadence: unexercised after; on-demand: drill overdue after; 0 = no clock
  std::chrono::minutes agreed{0};  // demand unanswered for longer is a missed demand; 0 = nothing agreed, none is missed
  int procedure_valid_days = 365;
  int approval_valid_days = 365;
  // Outsourced: how often the provider reports; a month is what contracts usually say. 0: with cases only, so that silence is no lapse.
  int report_days = 31;
  int review_days = 14;       // outsourced: in which time somebody inside looks at a report; two weeks, so that one can act before the next
  std::string_view upstream;  // service that must be alive before "no demand" may be said ("D-1" for D-2…D-7); empty = none
  [[nodiscard]] bool clock_runs_always() const { return cadence == CadenceClass::continuous || cadence == CadenceClass::periodic; }
};

// False for services outside B, C, D, G: nothing judges them yet ("out of scope").
[[nodiscard]] bool judged(std::string_view service);
[[nodiscard]] Criteria default_criteria(std::string_view service);

}  // namespace akashi
