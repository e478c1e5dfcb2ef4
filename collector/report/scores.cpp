#include "collector/report/scores.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/policy.hpp"

namespace akashi {

void print_drift(const Screen& screen, const std::vector<Finding>& findings) {
  if (std::ranges::none_of(findings, [](const Finding& one) { return one.drift.has_value(); })) return;
  screen.heading(screen.tr("Scores that have drifted from the evidence", "証拠から離れたスコア"));
  for (const Finding& one : findings) {
    if (!one.drift) continue;
    const std::string_view ladder = one.ladder == "outsource" ? screen.tr(" (outsourced)", "(外部委託)") : "";
    screen.item("  - ", fmt::format("{}{}: {}", one.service, ladder, say(reason_of(*one.drift), screen.lang())), Colour::yellow);
  }
}

void write_drift(JsonWriter& json, const Finding& finding, Lang lang) {
  json.key("drift");
  if (!finding.drift) {
    json.null();
    return;
  }
  const Drift& drift = *finding.drift;
  json.object().member("score", drift.score).member("supports", drift.supports).member("since", drift.since).member("manual", drift.manual);
  json.member("text", say(reason_of(drift), lang)).end_object();
}

const InForce* in_force(const std::vector<InForce>& scores, const Finding& finding) {
  if (!finding.as_is || finding.as_is_manual) return nullptr;
  const auto found = std::ranges::find_if(scores, [&](const InForce& one) { return one.service == finding.service && one.ladder == finding.ladder; });
  return found == scores.end() ? nullptr : &*found;
}

std::string say_score(const Finding& finding, const InForce* whose, Lang lang) {
  if (!finding.as_is) return "-";
  const std::string score = std::to_string(*finding.as_is);
  if (finding.as_is_manual) return score + (lang == Lang::ja ? "(設定ファイルの手動スコア)" : " (set by hand in the config)");
  if (whose == nullptr) return score;
  return fmt::format(fmt::runtime(lang == Lang::ja ? "{}({}、{})" : "{} ({}, {})"), score, say_decider(whose->by, lang), format_day(whose->at));
}

void write_origin(JsonWriter& json, const InForce* whose) {
  json.key("as_is_by");
  if (whose == nullptr) json.null().key("as_is_at").null();
  else json.value(whose->by).member("as_is_at", whose->at);
  json.member("as_is_by_policy", whose != nullptr && is_policy(whose->by));
}

}  // namespace akashi
