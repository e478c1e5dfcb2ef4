// Findings, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "core/finding.hpp"
#include "core/profile.hpp"
#include "core/proposal.hpp"

namespace akashi {

class JsonWriter;

// One line a service; what is out of scope is counted and what nothing could show is named below, unless `all`.
void print_findings(const Screen& screen, const std::vector<Finding>& findings, bool all);
// {"as_of", "edition", "findings": [{service, name_ja, name_en, category, ladder, rung, held_rung, state, since, as_is, supported, confidence,
//  as_is_manual, as_is_by, as_is_at, as_is_by_policy, drift, reasons[{code, text}], missing[…], confidence_reasons[…], counter[…], evidence_count,
//  rejected_count, coverage[{source, state, from, to, why}], digest}]}
[[nodiscard]] std::string findings_json(const std::vector<Finding>& findings, const std::vector<InForce>& scores, Instant as_of, Lang lang);

// The whole of one finding: ladder, state, why, from which evidence, what was rejected and why, what is missing for the next rung.
void print_explanation(const Screen& screen, const Finding& finding, const ServiceProfile& profile, const InForce* whose);
[[nodiscard]] std::string explanation_json(const std::vector<Finding>& findings, const std::vector<InForce>& scores, Instant as_of, Lang lang);

[[nodiscard]] Colour colour_of(State state);
[[nodiscard]] std::string ladder_picture(std::optional<int> rung);  // "●●●○○", "-----" when not determinable

}  // namespace akashi
