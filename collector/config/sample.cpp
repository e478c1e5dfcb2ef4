#include "collector/config/sample.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/config/people.hpp"
#include "collector/config/policy.hpp"
#include "collector/config/setting.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

std::string meaning(const Setting& setting, Lang lang) { return std::string(lang == Lang::ja ? setting.meaning_ja : setting.meaning_en); }

std::string comment(const Setting& setting, Lang lang, std::string_view indent) {
  std::string text = fmt::format("{}# {}: {}", indent, setting.key, meaning(setting, lang));
  if (!setting.standard.empty()) text += fmt::format(" [{}]", setting.standard);
  return text + "\n";
}

std::string comments(std::span<const Setting> settings, Lang lang, std::string_view indent) {
  std::string text;
  for (const Setting& setting : settings) text += comment(setting, lang, indent);
  return text;
}

const Setting& top_setting(std::string_view key) { return *std::ranges::find(top_settings(), key, &Setting::key); }

std::string section(const Setting& setting, Lang lang) { return fmt::format("\n# {}\n{}:\n", meaning(setting, lang), setting.key); }

std::string source_entry(const SampleSource& source) {
  std::string text = fmt::format("  - name: {}\n    connector: {}\n    url: {}\n", in_quotes(source.name), source.connector, in_quotes(source.url));
  text += fmt::format("    auth: {{scheme: {}", source.scheme);
  if (!source.user.empty()) text += fmt::format(", user: {}", in_quotes(source.user));
  if (!source.secret_file.empty()) text += fmt::format(", file: {}", in_quotes(source.secret_file));
  text += "}\n";
  if (source.scheme == "mtls") text += "    tls: {certificate: client.pem, key: client.key}\n";
  text += "    interval: 5m\n";
  if (source.params.empty()) return text;
  text += "    params:\n";
  for (const auto& [name, values] : source.params) {
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : ", ") + in_quotes(value);
    text += fmt::format("      {}: [{}]\n", name, list);
  }
  return text;
}

std::string classify_example(Lang lang) {
  const bool ja = lang == Lang::ja;
  std::string text;
  text += ja ? "    # classify: 名前は組織ごとに違うので、意味をここで一度だけ言う。RTIRのキュー名には既定がある。\n"
             : "    # classify: no two SOCs name things alike, so what a name means is said here, once. RTIR's queue names have defaults.\n";
  text += "    # classify:\n";
  text += ja ? "    #   - when: {place: セキュリティ問い合わせ}\n" : "    #   - when: {place: Security questions}\n";
  text += "    #     matter: enquiry            # intake alert advisory incident enquiry investigation containment recovery notification\n";
  text += "    #     asked: [new]               # closing_report operation tool_check tool_trial procedure approval provider_report ignored\n";
  text += "    #     working: [open]\n    #     done: [resolved]\n    #     refused: [rejected]\n";
  text += ja ? "    #   - when: {title: \"*訓練*\"}\n" : "    #   - when: {title: \"*drill*\"}\n";
  text += "    #     drill: true\n";
  return text;
}

std::string alerts_section(Lang lang) {
  const bool ja = lang == Lang::ja;
  std::string text = section(top_setting("alerts"), lang) + comments(alerts_settings(), lang, "  ");
  for (const auto& [key, settings] : {std::pair{"receivers", receiver_settings()},
                                      {"auth", receiver_auth_settings()},
                                      {"calendar", calendar_settings()},
                                      {"quiet", quiet_settings()}})
    text += fmt::format("  # {}:\n", key) + comments(settings, lang, "  #   ");
  text += ja ? "  calendar: {japan: true}\n" : "  calendar: {offset: \"+00:00\"}\n";
  text += "  # quiet:\n  #   - {hours: \"20:00-08:00\", up_to: warning}\n  #   - {days: [sat, sun], holidays: true, up_to: warning}\n";
  text += "  receivers: []\n";
  text += "  #  - {name: chat, kind: slack, level: warning, auth: {scheme: url, file: slack-hook}}\n";
  text +=
      "  #  - {name: mail, kind: smtp, url: \"smtp://mail.example.jp:587\", from: akashi@example.jp, to: [soc@example.jp], auth: {scheme: basic, "
      "user: akashi, "
      "file: mail-password}}\n";
  text += "  #  - {name: am, kind: alertmanager, url: \"http://127.0.0.1:9093\", level: info}\n";
  return text;
}

std::string policy_example(const Setting& setting, Lang lang) {
  return section(setting, lang) + comments(policy_settings(), lang, "  ") +
         (lang == Lang::ja ? "  # accept の項目(手動スコア as_is のあるサービスと、不審な点のある提案には決して適用しない):\n"
                           : "  # in accept: (no policy touches a score that as_is: sets by hand, or a proposal with a suspicion)\n") +
         comments(acceptance_settings(), lang, "  #   ") +
         "  # accept:\n  #   - {name: small steps up, by: Chiyo Ueda, since: 2026-04-01, categories: [D, G], direction: up, max_step: 1, "
         "min_confidence: high}\n";
}

}  // namespace

std::string sample_config(const std::string& cdc, const std::vector<SampleSource>& sources, Lang lang) {
  const auto top = top_settings();
  const bool ja = lang == Lang::ja;
  std::string text = ja ? "# Akashi の設定。確認: `akashi check`、接続まで確認: `akashi check --connect`、開始: `akashi run`。\n"
                        : "# Akashi's config. `akashi check` reads it, `akashi check --connect` also signs in, `akashi run` starts.\n";
  text += section(top[0], lang) + comments(cdc_settings(), lang, "  ") + fmt::format("  name: {}\n", in_quotes(cdc)) + (ja ? "  language: ja\n" : "");
  text += section(top[1], lang) + comments(store_settings(), lang, "  ") + "  path: akashi.db\n  key_file: akashi.key\n";
  text += section(top[2], lang) + comments(person_settings(), lang, "  ");
  text += ja ? "  # 名簿にない人の仕事は数えない(誰か分からないため)。\n"
             : "  # Work of somebody who is not listed here is never counted: nobody could say who it was.\n";
  text +=
      "  # - {name: Aiko Sato, team: csirt, accounts: asato}\n  # - {name: Chiyo Ueda, head: true, accounts: cueda}\n  # - {name: monitoring bot, "
      "kind: automation, accounts: bot}\n";
  text += fmt::format("\n# {}\n# people_file: people.csv\n", meaning(top[3], lang));
  text += section(top[4], lang) + comments(service_settings(), lang, "  ");
  text += "  # D-2: {level: basic, assignment: insource, team: csirt, to_be: 4}\n";
  text += policy_example(top_setting("policy"), lang);
  text += section(top[5], lang) + comments(source_settings(), lang, "  ") + (ja ? "  # auth の項目:\n" : "  # in auth:\n") +
          comments(auth_settings(), lang, "  #   ") + (ja ? "  # tls の項目:\n" : "  # in tls:\n") + comments(tls_settings(), lang, "  #   ");
  for (const SampleSource& source : sources) text += source_entry(source) + classify_example(lang);
  return text + alerts_section(lang);
}

}  // namespace akashi
