#include "collector/report/rehearsal_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/json_writer.hpp"
#include "collector/report/findings.hpp"
#include "core/words.hpp"

namespace akashi {

namespace {

std::string picture(const Finding& finding, Lang lang) {
  return fmt::format("{} {}", finding.rung ? ladder_picture(finding.rung) : "-----", say(finding.state, lang));
}

void print_rules(const Screen& screen, const FindingChange& change) {
  for (const RuleShare& one : change.why) {
    std::string counts;
    if (one.added > 0) counts += fmt::format("+{}", one.added);
    if (one.removed > 0) counts += fmt::format("{}-{}", counts.empty() ? "" : " ", one.removed);
    screen.item("      ", fmt::format("{}  {}", counts, one.title.empty() ? one.rule : one.title), Colour::grey);
  }
  if (change.why.empty())
    screen.item("      ", screen.tr("the same evidence; what the sources could show is another", "証拠は同じ。接続先から見えうる範囲が変わる"),
                Colour::grey);
}

void print_changes(const Screen& screen, const Rehearsal& rehearsal, bool changes) {
  for (const FindingChange& one : rehearsal.findings) {
    if (one.changes() != changes) continue;
    const Service* service = find_service(one.before.service);
    const auto names = fmt::format("{} {}{}", one.before.service, service == nullptr ? "" : name(*service, screen.lang()),
                                   one.before.ladder == "outsource" ? screen.tr(" (outsourced)", "(委託)") : std::string_view());
    screen.item("  ", names, Colour::bold);
    if (changes)
      screen.item("      ", fmt::format("{} → {}", picture(one.before, screen.lang()), picture(one.after, screen.lang())),
                  one.after.rung.value_or(0) < one.before.rung.value_or(0) ? Colour::red : Colour::yellow);
    print_rules(screen, one);
  }
}

void write_finding(JsonWriter& json, std::string_view key, const Finding& finding) {
  json.key(key).object().member("rung", finding.rung).member("state", name(finding.state)).member("confidence", name(finding.confidence));
  json.member("evidence_count", static_cast<std::uint64_t>(finding.evidence_count)).end_object();
}

}  // namespace

void print_rehearsal(const Screen& screen, const Rehearsal& rehearsal) {
  const auto changed = std::ranges::count_if(rehearsal.findings, &FindingChange::changes);
  screen.item("", fmt::format(fmt::runtime(screen.tr("{} stored activities under {} rules instead of {}; nothing was kept.",
                                                     "保存した活動{}件を、規則{}件(今は{}件)で判定し直した。何も保存していない。")),
                              rehearsal.activities, rehearsal.rules_after, rehearsal.rules_before));
  if (changed > 0) {
    screen.heading(screen.tr("Findings that would change", "変わる所見"));
    print_changes(screen, rehearsal, true);
  }
  if (static_cast<std::size_t>(changed) < rehearsal.findings.size()) {
    screen.heading(screen.tr("Other evidence, the same finding", "証拠は変わるが所見は同じ"));
    print_changes(screen, rehearsal, false);
  }
  if (rehearsal.tallied_lost + rehearsal.tallied_kept > 0)
    screen.item(
        "! ",
        fmt::format(fmt::runtime(screen.tr("Of {} acts only counts were kept: no other rule can be asked about them. {} stay with rules that are the "
                                           "same, {} are left out.",
                                           "件数だけを残した活動が{}件あり、他の規則では判定できない。同じ規則のもの{}件はそのまま、{}件は除いた。")),
                    rehearsal.tallied_lost + rehearsal.tallied_kept, rehearsal.tallied_kept, rehearsal.tallied_lost),
        Colour::yellow);
  screen.item(changed == 0 ? "✓ " : "! ",
              changed == 0 ? std::string(screen.tr("No finding would change.", "変わる所見はない。"))
                           : fmt::format(fmt::runtime(screen.tr("{} findings would change.", "変わる所見: {}件。")), changed),
              changed == 0 ? Colour::green : Colour::yellow);
}

std::string rehearsal_json(const Rehearsal& rehearsal) {
  JsonWriter json;
  json.object().member("as_of", rehearsal.as_of).member("rules_before", static_cast<std::uint64_t>(rehearsal.rules_before));
  json.member("rules_after", static_cast<std::uint64_t>(rehearsal.rules_after)).member("activities", rehearsal.activities);
  json.member("tallied_kept", rehearsal.tallied_kept).member("tallied_lost", rehearsal.tallied_lost).key("findings").array();
  for (const FindingChange& one : rehearsal.findings) {
    json.object().member("service", one.before.service).member("ladder", one.before.ladder).member("changes", one.changes());
    write_finding(json, "before", one.before);
    write_finding(json, "after", one.after);
    json.key("rules").array();
    for (const RuleShare& rule : one.why)
      json.object()
          .member("rule", rule.rule)
          .member("title", rule.title)
          .member("file", rule.file)
          .member("added", rule.added)
          .member("removed", rule.removed)
          .end_object();
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
