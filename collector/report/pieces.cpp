#include "collector/report/pieces.hpp"

#include <fmt/format.h>

#include <array>

namespace akashi {

void write_reasons(JsonWriter& json, std::string_view key, const std::vector<Reason>& reasons, Lang lang) {
  json.key(key).array();
  for (const Reason& reason : reasons) {
    json.object().member("code", reason.code).key("args").array();
    for (const std::string& arg : reason.args) json.value(arg);
    json.end_array().member("text", say(reason, lang)).end_object();
  }
  json.end_array();
}

void write_coverage(JsonWriter& json, const std::vector<CoverageNote>& notes) {
  json.key("coverage").array();
  for (const CoverageNote& note : notes)
    json.object()
        .member("source", note.source)
        .member("state", note.state)
        .member("from", note.from)
        .member("to", note.to)
        .member("why", note.why)
        .end_object();
  json.end_array();
}

void write_evidence(JsonWriter& json, const Evidence& item) {
  json.object().member("uid", item.uid).member("service", item.service).member("kind", name(item.kind)).member("rule", item.rule);
  json.member("time", item.time).member("seen", item.seen).member("source", item.source).member("activity", item.activity);
  json.member("actor", item.actor).member("actor_kind", name(item.actor_kind)).member("team", item.team).member("case", item.case_id);
  json.member("matter", item.matter).member("severity", item.severity).member("title", item.title).member("drill", item.drill);
  json.member("object", item.object).member("object_version", item.object_version).member("verdict", item.verdict).key("procedures").array();
  for (const std::string& one : item.procedures) json.value(one);
  json.end_array().member("url", item.url).member("digest", item.digest);
  if (item.observed_from) json.member("observed_from", *item.observed_from);
  if (item.recorded) json.member("recorded", *item.recorded);
  if (item.attested()) json.member("attested", true);
}

void print_coverage_notes(const Screen& screen, const std::vector<CoverageNote>& notes) {
  if (notes.empty()) return;
  screen.heading(screen.tr("What could be seen", "観測できた範囲"));
  for (const CoverageNote& note : notes) {
    const bool whole = note.state == "complete";
    std::string_view state = screen.tr("blind", "観測できない");
    if (whole) state = screen.tr("read completely", "完全に読めた");
    else if (note.state == "partial") state = screen.tr("read in part", "一部だけ読めた");
    else if (note.state == "broken") state = screen.tr("broken", "接続が壊れている");
    std::string text = fmt::format("{}: {}", note.source, state);
    if (note.from && note.to) text += fmt::format(" {} – {}", format_day(*note.from), format_day(*note.to));
    if (!note.why.empty()) text += " (" + note.why + ")";
    screen.item("  - ", text, whole ? Colour::none : Colour::yellow);
  }
}

std::string to_the_second(Instant at) { return format_time(std::chrono::floor<std::chrono::seconds>(at)); }

std::string reference(const Evidence& item) {
  std::string text = !item.object.empty() && item.case_id.empty() ? item.object : item.case_id;
  if (!item.object.empty() && !item.object_version.empty()) text += (item.case_id.empty() ? " v" : " → " + item.object + " v") + item.object_version;
  if (!item.title.empty()) text += (text.empty() ? "" : "  ") + item.title;
  return text;
}

namespace {

struct Word {
  std::string_view kind, en, ja;
};
constexpr std::array activity_words{Word{"alert.raised", "raised", "検知"},
                                    Word{"alert.judged", "judged", "判定"},
                                    Word{"case.opened", "opened", "起票"},
                                    Word{"case.assigned", "took over", "担当引き受け"},
                                    Word{"case.progressed", "moved on", "進行"},
                                    Word{"case.classified", "classified", "分類"},
                                    Word{"case.commented", "noted", "記録"},
                                    Word{"case.answered", "answered", "回答"},
                                    Word{"case.closed", "closed", "完了"},
                                    Word{"case.refused", "turned away", "却下"},
                                    Word{"case.reopened", "reopened", "再開"},
                                    Word{"case.linked", "linked", "関連付け"},
                                    Word{"case.merged", "merged", "統合"},
                                    Word{"case.changed", "changed", "変更"},
                                    Word{"host.isolated", "isolated", "隔離"},
                                    Word{"host.released", "released", "隔離解除"},
                                    Word{"indicator.blocked", "blocked", "遮断"},
                                    Word{"indicator.released", "unblocked", "遮断解除"},
                                    Word{"account.disabled", "disabled", "無効化"},
                                    Word{"account.enabled", "enabled", "有効化"},
                                    Word{"session.opened", "logged in", "接続"},
                                    Word{"search.performed", "searched", "検索"},
                                    Word{"artefact.collected", "collected", "証拠採取"},
                                    Word{"custody.recorded", "recorded custody", "証拠管理の記録"},
                                    Word{"sample.submitted", "submitted a sample", "検体投入"},
                                    Word{"sample.judged", "judged a sample", "検体判定"},
                                    Word{"notice.sent", "sent notice", "通知"},
                                    Word{"notice.acknowledged", "acknowledged", "通知の受領"},
                                    Word{"enquiry.received", "was asked", "問い合わせ受領"},
                                    Word{"enquiry.answered", "answered", "問い合わせ回答"},
                                    Word{"report.published", "reported", "報告"},
                                    Word{"report.received", "received", "受領"},
                                    Word{"report.reviewed", "reviewed", "確認"},
                                    Word{"rule.changed", "changed a rule", "検知規則の変更"},
                                    Word{"policy.changed", "changed a policy", "ポリシーの変更"},
                                    Word{"sensor.changed", "changed a sensor", "センサーの変更"},
                                    Word{"source.onboarded", "connected a source", "ログ源の接続"},
                                    Word{"retention.checked", "checked retention", "保存期間の点検"},
                                    Word{"change.approved", "approved", "承認"},
                                    Word{"change.implemented", "implemented", "変更の実施"},
                                    Word{"system.upgraded", "upgraded", "更新"},
                                    Word{"system.restored", "restored", "復旧"},
                                    Word{"access.reviewed", "reviewed access", "アクセス権の見直し"},
                                    Word{"tool.tested", "tested", "試験"},
                                    Word{"document.published", "published", "公開"},
                                    Word{"document.reviewed", "reviewed", "見直し"},
                                    Word{"document.approved", "approved", "承認"},
                                    Word{"document.changed", "changed", "変更"},
                                    Word{"drill.performed", "drilled", "訓練"},
                                    Word{"sla.met", "kept in time", "期限内"},
                                    Word{"sla.missed", "missed the time", "期限超過"}};

}  // namespace

std::string say_activity(std::string_view kind, Lang lang) {
  for (const Word& word : activity_words)
    if (word.kind == kind) return std::string(lang == Lang::ja ? word.ja : word.en);
  return std::string(kind);
}

std::string say_evidence(EvidenceKind kind, Lang lang) {
  constexpr std::array<std::string_view, 9> ja{"実施", "訓練", "需要", "文書", "引き継ぎ", "承認", "委託先報告", "確認", "SLA"};
  return std::string(lang == Lang::ja ? ja[static_cast<std::size_t>(kind)] : name(kind));
}

}  // namespace akashi
