#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "collector/json_writer.hpp"
#include "collector/report/findings.hpp"
#include "collector/report/lists.hpp"
#include "collector/report/scores.hpp"
#include "core/catalogue.hpp"
#include "core/policy.hpp"

namespace akashi {

namespace {

const Finding* finding_of(const std::vector<Finding>& findings, std::string_view service, std::string_view ladder) {
  const auto found = std::ranges::find_if(findings, [&](const Finding& one) { return one.service == service && one.ladder == ladder; });
  return found == findings.end() ? nullptr : &*found;
}

const Decision* decision_of(const std::vector<Decision>& decisions, std::int64_t proposal) {
  const auto found = std::find_if(decisions.rbegin(), decisions.rend(), [&](const Decision& one) { return one.proposal == proposal; });
  return found == decisions.rend() ? nullptr : &*found;
}

bool stale(const Proposal& proposal, const Decision* decision, const std::vector<Finding>& findings) {
  const Finding* now = finding_of(findings, proposal.service, proposal.ladder);
  return decision != nullptr && now != nullptr && out_of_date(*decision, *now);
}

std::string score(std::optional<int> value) { return value ? std::to_string(*value) : "-"; }

std::string say_proposal(ProposalState state, Lang lang) {
  constexpr std::array<std::string_view, 5> ja{"未決", "採用", "却下", "修正採用", "取り下げ"};
  return std::string(lang == Lang::ja ? ja[static_cast<std::size_t>(state)] : name(state));
}

std::string say_assignment(const ServiceProfile& profile, const Screen& screen) {
  if (!profile.assigned) return "-";
  switch (*profile.assigned) {
    case Assignment::unassigned:
      return std::string(screen.tr("unassigned", "未割り当て"));
    case Assignment::insource:
      return fmt::format("{}({})", screen.tr("in", "内製"), profile.team);
    case Assignment::outsource:
      return fmt::format("{}({})", screen.tr("out", "委託"), profile.provider);
    case Assignment::combined:
      return fmt::format("{}({}, {})", screen.tr("both", "併用"), profile.team, profile.provider);
  }
  return "-";
}

std::string say_level(const std::string& level, const Screen& screen) {
  if (level == "unnecessary") return std::string(screen.tr("unnecessary", "不要"));
  if (level == "basic") return std::string(screen.tr("basic", "ベーシック"));
  if (level == "standard") return std::string(screen.tr("standard", "スタンダード"));
  if (level == "advanced") return std::string(screen.tr("advanced", "アドバンスド"));
  if (level == "optional") return std::string(screen.tr("optional", "オプション"));
  return "-";
}

ServiceProfile profile_of(const View& view, std::string_view service) {
  const auto found = view.profile.find(service);
  return found == view.profile.end() ? ServiceProfile{} : found->second;
}

}  // namespace

void print_proposals(const Screen& screen, const std::vector<Proposal>& proposals, const std::vector<Decision>& decisions,
                     const std::vector<Finding>& findings) {
  if (proposals.empty()) {
    screen.line(screen.tr("No proposals: the portfolio says what the evidence supports, or there is no evidence yet.",
                          "提案はない。ポートフォリオは証拠と一致しているか、証拠がまだない。"));
    return print_drift(screen, findings);
  }
  Table table({{std::string(screen.tr("No.", "番号")), true},
               {"ID"},
               {std::string(screen.tr("Service", "サービス")), false, true},
               {std::string(screen.tr("Score", "スコア"))},
               {std::string(screen.tr("Made", "提案日"))},
               {std::string(screen.tr("State", "状態"))},
               {std::string(screen.tr("By", "決定者"))}});
  for (const Proposal& one : proposals) {
    const Service* service = find_service(one.service);
    const Decision* decision = decision_of(decisions, one.id);
    std::string state = say_proposal(one.state, screen.lang());
    if (stale(one, decision, findings)) state += screen.tr(" (out of date)", "(証拠が変わった)");
    const int to = decision != nullptr && decision->score ? *decision->score : one.to;
    const std::string id = one.ladder == "outsource" ? one.service + screen.tr(" out", " 委").data() : one.service;
    table.row({std::to_string(one.id), id, service ? std::string(name(*service, screen.lang())) : "", fmt::format("{} → {}", score(one.from), to),
               format_day(one.made), std::move(state), decision ? say_decider(decision->by, screen.lang()) : ""},
              one.state == ProposalState::open ? Colour::yellow : Colour::none);
  }
  table.print(screen);
  if (std::ranges::any_of(proposals, [](const Proposal& one) { return one.state == ProposalState::open; }))
    screen.item("", screen.tr("`akashi explain SERVICE` says why; `akashi decide NUMBER accept|reject|amend --as NAME --because TEXT` decides.",
                              "理由は `akashi explain サービス`、決定は `akashi decide 番号 accept|reject|amend --as 名前 --because 理由`。"));
  print_drift(screen, findings);
}

std::string proposals_json(const std::vector<Proposal>& proposals, const std::vector<Decision>& decisions, const std::vector<Finding>& findings,
                           Lang lang) {
  JsonWriter json;
  json.object().key("proposals").array();
  for (const Proposal& one : proposals) {
    const Decision* decision = decision_of(decisions, one.id);
    json.object().member("id", one.id).member("service", one.service).member("ladder", one.ladder).member("from", one.from).member("to", one.to);
    json.member("made", one.made).member("state", name(one.state)).member("confidence", name(one.confidence)).member("digest", one.digest);
    json.member("out_of_date", stale(one, decision, findings)).key("decision");
    if (decision == nullptr) json.null();
    else
      json.object()
          .member("verdict", decision->verdict)
          .member("score", decision->score)
          .member("by", decision->by)
          .member("by_policy", is_policy(decision->by))
          .member("because", decision->because)
          .member("at", decision->at)
          .end_object();
    json.end_object();
  }
  json.end_array().key("drifted").array();
  for (const Finding& one : findings) {
    if (!one.drift) continue;
    json.object().member("service", one.service).member("ladder", one.ladder);
    write_drift(json, one, lang);
    json.end_object();
  }
  json.end_array().end_object();
  return json.text();
}

namespace {

// What was accepted without a person looking at it.
void print_by_policy(const Screen& screen, const std::vector<Finding>& findings, const std::vector<InForce>& scores) {
  bool first = true;
  for (const Finding& one : findings) {
    const InForce* whose = in_force(scores, one);
    if (whose == nullptr || !is_policy(whose->by)) continue;
    if (std::exchange(first, false)) screen.heading(screen.tr("Scores that a written policy accepted", "ポリシーにより採用したスコア"));
    screen.item("  - ", fmt::format("{}: {}", one.service, say_score(one, whose, screen.lang())));
  }
}

// The ladders of a service that the profile assigns to both are told side by side.
std::string both(const Finding* inside, const Finding* outside, const std::optional<int>& profile, auto of) {
  if (inside == nullptr && outside == nullptr) return score(profile);
  if (inside == nullptr || outside == nullptr) return of(inside == nullptr ? *outside : *inside);
  return of(*inside) + "/" + of(*outside);
}

}  // namespace

void print_portfolio(const Screen& screen, const View& view, const std::vector<Finding>& findings, const std::vector<InForce>& scores) {
  Table table({{"ID"},
               {std::string(screen.tr("Service", "サービス")), false, true},
               {std::string(screen.tr("Level", "推奨レベル"))},
               {std::string(screen.tr("Assigned", "割り当て"))},
               {std::string(screen.tr("As-is", "現状")), true},
               {std::string(screen.tr("To-be", "目標")), true},
               {std::string(screen.tr("Gap", "差")), true},
               {std::string(screen.tr("Evid.", "証拠"))}});
  for (const Service& service : catalogue()) {
    const ServiceProfile profile = profile_of(view, service.id);
    const Finding* inside = finding_of(findings, service.id, "insource");
    const Finding* outside = finding_of(findings, service.id, "outsource");
    const Finding* finding = inside == nullptr ? outside : inside;
    const std::optional<int> as_is = finding ? finding->as_is : profile.as_is;
    const std::string gap = as_is && profile.to_be ? fmt::format("{:+d}", *profile.to_be - *as_is) : "";
    const std::string shown =
        profile.not_applicable ? "N/A" : both(inside, outside, profile.as_is, [](const Finding& one) { return score(one.as_is); });
    const std::string rungs = both(inside, outside, {}, [](const Finding& one) { return ladder_picture(one.rung); });
    table.row({std::string(service.id), std::string(name(service, screen.lang())), say_level(profile.level, screen),
               fit(say_assignment(profile, screen), 14), shown, score(profile.to_be), gap, rungs == "-" ? "" : rungs});
  }
  table.print(screen);
  print_drift(screen, findings);
  print_by_policy(screen, findings, scores);
  screen.item("",
              screen.tr("Self-assessment with evidence; not for comparison between organisations.", "証拠つきの自己評価。組織間の比較には使わない。"),
              Colour::grey);
}

std::string portfolio_json(const View& view, const std::vector<Finding>& findings, const std::vector<InForce>& scores, Lang lang) {
  JsonWriter json;
  json.object()
      .member("as_of", view.as_of)
      .member("edition", catalogue_edition)
      .member("note", "self-assessment, not for comparison between organisations")
      .key("services")
      .array();
  for (const Service& service : catalogue()) {
    const ServiceProfile profile = profile_of(view, service.id);
    const Finding* finding = finding_of(findings, service.id, "insource");
    if (finding == nullptr) finding = finding_of(findings, service.id, "outsource");
    json.object().member("service", service.id).member("name_ja", service.name_ja).member("name_en", service.name_en).member("level", profile.level);
    json.key("assignment");
    if (profile.assigned) json.value(name(*profile.assigned));
    else json.null();
    json.member("team", profile.team)
        .member("provider", profile.provider)
        .member("owner", profile.owner)
        .member("not_applicable", profile.not_applicable);
    json.member("as_is", finding ? finding->as_is : profile.as_is).member("as_is_manual", profile.as_is.has_value()).member("to_be", profile.to_be);
    write_origin(json, finding ? in_force(scores, *finding) : nullptr);
    json.member("supported_rung", finding ? finding->rung : std::optional<int>{}).member("supported", finding ? name(finding->supported) : "");
    write_drift(json, finding ? *finding : Finding{}, lang);
    json.key("ladders").array();
    for (const char* ladder : {"insource", "outsource"}) {
      const Finding* one = finding_of(findings, service.id, ladder);
      if (one == nullptr) continue;
      json.object().member("ladder", one->ladder).member("as_is", one->as_is).member("as_is_manual", one->as_is_manual);
      write_origin(json, in_force(scores, *one));
      json.member("supported_rung", one->rung).member("supported", name(one->supported));
      write_drift(json, *one, lang);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
