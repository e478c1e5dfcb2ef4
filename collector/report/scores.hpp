// Where a score of the portfolio comes from, and whether the evidence still says so.
#pragma once

#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "collector/json_writer.hpp"
#include "core/proposal.hpp"

namespace akashi {

// Of every finding whose score has drifted a line; nothing when none has.
void print_drift(const Screen& screen, const std::vector<Finding>& findings);
void write_drift(JsonWriter& json, const Finding& finding, Lang lang);  // "drift": {score, supports, since, manual, text} or null

[[nodiscard]] const InForce* in_force(const std::vector<InForce>& scores, const Finding& finding);  // nullptr for a manual score and for none
// "3", "3 (in the config)", "3 (policy “small steps”, 2026-04-01)"; "-" for none.
[[nodiscard]] std::string say_score(const Finding& finding, const InForce* whose, Lang lang);
// "as_is_by", "as_is_at", "as_is_by_policy": null, null, false for a manual score and for none.
void write_origin(JsonWriter& json, const InForce* whose);

}  // namespace akashi
