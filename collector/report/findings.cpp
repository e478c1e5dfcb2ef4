#include "collector/report/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/report/pieces.hpp"
#include "collector/report/scores.hpp"
#include "core/catalogue.hpp"

namespace akashi {

Colour colour_of(State state) {
  switch (state) {
    case State::exercised:
      return Colour::green;
    case State::late:
    case State::drill_due:
      return Colour::yellow;
    case State::unexercised:
    case State::missed_demand:
    case State::blind:
      return Colour::red;
    case State::no_demand:
      return Colour::none;
    case State::insufficient_history:
    case State::not_observable:
    case State::out_of_scope:
      return Colour::grey;
  }
  return Colour::none;
}

std::string ladder_picture(std::optional<int> rung) {
  if (!rung) return "-----";
  std::string picture;
  for (int step = 1; step <= 5; ++step) picture += step <= *rung ? "●" : "○";
  return picture;
}

void print_findings(const Screen& screen, const std::vector<Finding>& findings, bool all) {
  Table table({{std::string(screen.tr("ID", "ID"))},
               {std::string(screen.tr("Service", "サービス")), false, true},
               {std::string(screen.tr("Rung", "段"))},
               {std::string(screen.tr("As-is", "現状")), true},
               {std::string(screen.tr("State", "状態"))},
               {std::string(screen.tr("Since", "起点"))},
               {std::string(screen.tr("Evid.", "証拠")), true}});
  std::size_t outside = 0;
  std::string unseen;
  for (const Finding& one : findings) {
    if (!all && one.state == State::out_of_scope) {
      ++outside;
      continue;
    }
    if (!all && one.state == State::not_observable && !one.as_is) {
      unseen += (unseen.empty() ? "" : " ") + one.service;
      continue;
    }
    const Service* service = find_service(one.service);
    const std::string rung = ladder_picture(one.rung) + (one.rung ? fmt::format(" {}", *one.rung) : "  ");
    const std::string id = one.ladder == "outsource" ? one.service + screen.tr(" out", " 委").data() : one.service;
    table.row({id, service ? std::string(name(*service, screen.lang())) : "", rung, one.as_is ? std::to_string(*one.as_is) : "-",
               say(one.state, screen.lang()), one.since ? format_day(*one.since) : "", std::to_string(one.evidence_count)},
              colour_of(one.state));
  }
  table.print(screen);
  print_drift(screen, findings);
  if (!unseen.empty())
    screen.item("",
                fmt::format(fmt::runtime(screen.tr("Not observable, since no connected source and rule could show them: {}.",
                                                   "観測不可(示せる接続先と規則がない): {}")),
                            unseen),
                Colour::grey);
  if (outside > 0)
    screen.item("",
                fmt::format(fmt::runtime(screen.tr("{} more services are out of scope here (--all lists every service).",
                                                   "ほかに{}サービスは判定の対象外(--all で全サービスを表示)。")),
                            outside),
                Colour::grey);
}

namespace {

void write_finding(JsonWriter& json, const Finding& one, const InForce* whose, Lang lang) {
  const Service* service = find_service(one.service);
  json.object();
  json.member("service", one.service).member("name_ja", service ? service->name_ja : "").member("name_en", service ? service->name_en : "");
  json.member("category", one.service.substr(0, 1)).member("ladder", one.ladder).member("rung", one.rung).member("held_rung", one.held_rung);
  json.member("state", name(one.state)).member("since", one.since).member("as_is", one.as_is).member("supported", name(one.supported));
  json.member("confidence", name(one.confidence)).member("as_is_manual", one.as_is_manual);
  write_origin(json, whose);
  write_drift(json, one, lang);
  write_reasons(json, "reasons", one.reasons, lang);
  write_reasons(json, "missing", one.missing, lang);
  write_reasons(json, "confidence_reasons", one.confidence_reasons, lang);
  write_reasons(json, "counter", one.counter, lang);
  json.member("evidence_count", static_cast<std::uint64_t>(one.evidence_count))
      .member("rejected_count", static_cast<std::uint64_t>(one.rejected.size()));
  write_coverage(json, one.coverage);
  json.member("digest", one.digest);
}

std::string whole(const std::vector<Finding>& findings, const std::vector<InForce>& scores, Instant as_of, Lang lang, bool evidence) {
  JsonWriter json;
  json.object().member("as_of", as_of).member("edition", catalogue_edition).key("findings").array();
  for (const Finding& one : findings) {
    write_finding(json, one, in_force(scores, one), lang);
    if (evidence) {
      json.key("sufficient").array();
      for (const Evidence& item : one.sufficient) {
        write_evidence(json, item);
        json.end_object();
      }
      json.end_array().key("rejected").array();
      for (const Rejected& item : one.rejected)
        json.object()
            .member("uid", item.uid)
            .member("code", item.code)
            .member("text", say_rejection(item.code, lang))
            .member("time", item.time)
            .member("ref", item.ref)
            .end_object();
      json.end_array();
    }
    json.end_object();
  }
  json.end_array().end_object();
  return json.text();
}

void print_list(const Screen& screen, std::string_view title, const std::vector<Reason>& reasons, Colour colour = Colour::none) {
  if (reasons.empty()) return;
  screen.heading(title);
  for (const Reason& reason : reasons) screen.item("  - ", say(reason, screen.lang()), colour);
}

void print_sufficient(const Screen& screen, const Finding& finding) {
  if (finding.sufficient.empty()) return;
  screen.heading(screen.tr("Carried by", "根拠となる証拠"));
  Table table({{std::string(screen.tr("Day", "日付"))},
               {std::string(screen.tr("Who", "担当"))},
               {std::string(screen.tr("Did", "内容"))},
               {std::string(screen.tr("On", "対象")), false, true}});
  for (const Evidence& item : finding.sufficient) {
    std::string what = say_activity(item.kind == EvidenceKind::document ? "document.published" : item.activity, screen.lang()) +
                       (item.drill && item.activity != "drill.performed" ? std::string(screen.tr(" (drill)", "(訓練)")) : "");
    if (item.attested()) what += screen.tr(" (attested)", "(申告)");
    table.row({format_day(item.time), item.actor, std::move(what), reference(item)});
  }
  table.print(screen);
  for (const Evidence& item : finding.sufficient)
    if (!item.url.empty()) screen.item("    ", item.url, Colour::grey);
}

void print_rejected(const Screen& screen, const Finding& finding) {
  if (finding.rejected.empty()) return;
  std::map<std::string, std::vector<const Rejected*>> by_reason;
  for (const Rejected& item : finding.rejected) by_reason[item.code].push_back(&item);
  screen.heading(screen.tr("Not counted", "数えなかったもの"));
  for (const auto& [code, items] : by_reason) {
    std::string refs;
    for (std::size_t i = 0; i < std::min<std::size_t>(items.size(), 5); ++i) refs += (i > 0 ? ", " : "") + items[i]->ref;
    if (items.size() > 5) refs += ", …";
    screen.item("  - ", fmt::format("{} × {}: {}", items.size(), say_rejection(code, screen.lang()), refs));
  }
}

}  // namespace

std::string findings_json(const std::vector<Finding>& findings, const std::vector<InForce>& scores, Instant as_of, Lang lang) {
  return whole(findings, scores, as_of, lang, false);
}
std::string explanation_json(const std::vector<Finding>& findings, const std::vector<InForce>& scores, Instant as_of, Lang lang) {
  return whole(findings, scores, as_of, lang, true);
}

void print_explanation(const Screen& screen, const Finding& finding, const ServiceProfile& profile, const InForce* whose) {
  const Lang lang = screen.lang();
  const Service* service = find_service(finding.service);
  screen.line(screen.paint(fmt::format("{}  {}", finding.service, service ? name(*service, lang) : ""), Colour::bold));
  const std::string rung =
      finding.rung ? fmt::format("{} {}", ladder_picture(finding.rung), *finding.rung) : std::string(screen.tr("not determinable", "判定できない"));
  const auto row = [&](std::string_view en, std::string_view ja, const std::string& text, Colour colour = Colour::none) {
    const std::string_view label = screen.tr(en, ja);
    const std::size_t pad = display_width(label) < 14 ? 14 - display_width(label) : 1;
    screen.item("  " + std::string(label) + std::string(pad, ' '), text, colour);
  };
  row("Supported rung", "支持される段", rung);
  row("State", "状態", say(finding.state, lang) + (finding.since ? "  " + format_day(*finding.since) : ""), colour_of(finding.state));
  row("As-is score", "現状スコア", say_score(finding, whose, lang));
  if (finding.drift) row("Drift", "乖離", say(reason_of(*finding.drift), lang), Colour::yellow);
  row("To-be score", "目標スコア", profile.to_be ? std::to_string(*profile.to_be) : "-");
  row("Ladder", "評価表",
      finding.ladder == "outsource" ? std::string(screen.tr("outsourced", "外部委託")) : std::string(screen.tr("insourced", "内製")));
  row("Confidence", "確信度", say(finding.confidence, lang));
  print_list(screen, screen.tr("Why", "理由"), finding.reasons);
  print_sufficient(screen, finding);
  print_list(screen, screen.tr("Missing for the next rung", "次の段に足りないもの"), finding.missing, Colour::yellow);
  print_list(screen, screen.tr("What speaks against it", "反証と気になる点"), finding.counter);
  print_rejected(screen, finding);
  print_list(screen, screen.tr("How sure", "確信度の理由"), finding.confidence_reasons);
  print_coverage_notes(screen, finding.coverage);
}

}  // namespace akashi
