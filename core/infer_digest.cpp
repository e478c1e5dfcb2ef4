// The digest that a decision is bound to: it changes when the evidence that carries the finding, the rules, the catalogue or the inference change,
// and never by time passing alone.
#include "core/catalogue.hpp"
#include "core/digest.hpp"
#include "core/infer_parts.hpp"

namespace akashi::inference {

int month_of(Instant at) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(at));
  return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
}

std::string digest_of(const View& view, const Finding& finding, const Work& work) {
  std::string text = "akashi finding\n";
  const auto line = [&](std::string_view part) { text.append(part).append("\n"); };
  line(inference_version);
  line(catalogue_edition);
  line(view.rules_digest);
  line(finding.service);
  line(finding.ladder);
  line(finding.rung ? std::to_string(*finding.rung) : "-");
  for (const auto& item : finding.sufficient) line(item.uid);
  // Silence after another last exercise is another silence.
  if (finding.rung == 1 && work.newest() != nullptr) line(work.newest()->evidence->uid);
  return hex(sha256(text));
}

}  // namespace akashi::inference
