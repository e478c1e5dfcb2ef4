#include "collector/report/unmatched_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/json_writer.hpp"
#include "collector/report/pieces.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

std::string where_of(const UnmatchedGroup& group) {
  std::string text = group.place.empty() ? group.type : group.type.empty() ? group.place : group.place + " / " + group.type;
  for (const auto& [attribute, value] : group.apart)
    text += fmt::format("{}{}: {}", text.empty() ? "" : " / ", attribute.starts_with("cf.") ? attribute.substr(3) : attribute, clean_line(value, 60));
  return text;
}

// "noted 27, took over 3", most frequent first.
std::string kinds_of(const UnmatchedGroup& group, Lang lang) {
  std::vector<std::pair<std::uint64_t, std::string>> kinds;
  kinds.reserve(group.kinds.size());
  for (const auto& [kind, count] : group.kinds) kinds.emplace_back(count, say_activity(kind, lang));
  std::ranges::stable_sort(kinds, std::ranges::greater{}, &std::pair<std::uint64_t, std::string>::first);
  if (kinds.size() == 1) return kinds.front().second;
  std::string text;
  for (const auto& [count, word] : kinds) text += fmt::format("{}{} {}", text.empty() ? "" : lang == Lang::ja ? "、" : ", ", word, count);
  return text;
}

// The selector of an entry that would fit the group.
std::string selector_of(const UnmatchedGroup& group) {
  const auto safe = [](std::string_view text) { return in_quotes(clean_line(text, 200)); };
  auto text = fmt::format("{}: {}", group.place.empty() ? "type" : "place", safe(group.place.empty() ? group.type : group.place));
  for (const auto& [attribute, value] : group.apart) text += fmt::format(", {}: {}", attribute, safe(value));
  return text;
}

std::string hint_of(const Screen& screen, const UnmatchedGroup& group) {
  switch (group.hint) {
    case UnmatchedGroup::Hint::place:
      return fmt::format(fmt::runtime(screen.tr("say what it is for, in classify: of {}: - {{when: {{{}}}, matter: … or services: [ … ]}}",
                                                "用途を {} の classify: に書く: - {{when: {{{}}}, matter: … または services: [ … ]}}")),
                         group.source, selector_of(group));
    case UnmatchedGroup::Hint::services:
      return fmt::format(fmt::runtime(screen.tr("its matter names no service: add services: [ … ] to the place in classify: of {}",
                                                "用件だけではサービスが決まらない: {} の classify: でこの場所に services: [ … ] を足す")),
                         group.source);
    case UnmatchedGroup::Hint::rule:
      return std::string(screen.tr("done on no item: only a rule could count it, where it shows a service being done",
                                   "案件に属さない活動: サービスの実施を示すなら、数えるには規則が要る"));
    case UnmatchedGroup::Hint::matter:
      return fmt::format(fmt::runtime(screen.tr("the rules of {} count other acts", "{} の規則は他の活動を数える")),
                         group.matter.empty() ? std::string(screen.tr("its services", "割り当てたサービス")) : "\"" + group.matter + "\"");
  }
  return {};
}

std::string sources_of(const UnknownAccount& account) {
  std::string text;
  for (const auto& [source, count] : account.sources) text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", source, count);
  return text;
}

void print_rest(const Screen& screen, std::size_t shown, std::size_t all) {
  if (shown < all)
    screen.line(fmt::format(fmt::runtime(screen.tr("… and {} more; --limit 0 shows all", "… ほか{}件。--limit 0 で全部")), all - shown));
}

}  // namespace

std::string roster_draft(const UnknownAccount& account, bool clear) {
  std::string accounts;
  for (const auto& [source, count] : account.sources)
    accounts += fmt::format("{}{}: {}", accounts.empty() ? "" : ", ", source, clear ? in_quotes(clean_line(account.actor, 200)) : "\"…\"");
  return fmt::format("- {{name: {}, team: \"…\", accounts: {{{}}}}}{}", clear ? in_quotes(clean_line(account.actor, 200)) : "\"…\"", accounts,
                     clear ? "" : "  # " + clean_line(account.actor, 80));
}

void print_unmatched(const Screen& screen, const Unmatched& found, std::size_t limit) {
  const std::size_t shown = limit == 0 ? found.groups.size() : std::min(limit, found.groups.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const UnmatchedGroup& group = found.groups[i];
    screen.item(fmt::format("{:>7}  ", group.count),
                fmt::format("{}  {}  {}{}", group.source, where_of(group), kinds_of(group, screen.lang()),
                            group.matter.empty() ? "" : fmt::format("  ({})", group.matter)),
                Colour::bold);
    auto last = fmt::format(fmt::runtime(screen.tr("last {}: {}", "最新 {}: {}")), format_day(group.last), group.uid);
    if (group.unknown > 0) last += fmt::format(fmt::runtime(screen.tr("; {} by unknown accounts", "、うち名簿にないアカウント{}件")), group.unknown);
    screen.item("         ", last, Colour::grey);
    screen.item("         ", hint_of(screen, group), group.hint <= UnmatchedGroup::Hint::services ? Colour::yellow : Colour::grey);
  }
  print_rest(screen, shown, found.groups.size());
  screen.item(
      "", fmt::format(fmt::runtime(screen.tr("{} activities are stored; rules claim {}, the map ignores {}, machines did {} more, {} are versions "
                                             "of documents; {} are left, in {} groups.",
                                             "保存した活動{}件のうち、規則が数えるもの{}件、対応表で無視{}件、自動処理{}件、文書の版{}件。"
                                             "残り{}件({}組)。")),
                      found.activities, found.claimed, found.ignored, found.automation, found.documents, found.unmatched, found.groups.size()));
  if (!found.groups.empty())
    screen.item(
        "", screen.tr("`akashi mappings explain UID` says which rules were nearest; `akashi unmatched --actors` names accounts that nobody knows.",
                      "近かった規則は `akashi mappings explain 識別子`、名簿にないアカウントは `akashi unmatched --actors`。"));
}

void print_unknown_accounts(const Screen& screen, const Unmatched& found, bool clear, std::size_t limit) {
  if (found.accounts.empty())
    screen.item("✓ ", screen.tr("Everybody who did something is on the roster.", "活動したアカウントはすべて名簿にある。"), Colour::green);
  const std::size_t shown = limit == 0 ? found.accounts.size() : std::min(limit, found.accounts.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const UnknownAccount& one = found.accounts[i];
    screen.item(fmt::format("{:>7}  ", one.count),
                fmt::format(fmt::runtime(screen.tr("{}  in {}; {} would count", "{}  {}。名簿にあれば数えるもの{}件")), one.actor, sources_of(one),
                            one.claimed),
                one.claimed > 0 ? Colour::yellow : Colour::none);
    screen.item("         ",
                fmt::format(fmt::runtime(screen.tr("last {}: {}", "最新 {}: {}")), format_day(one.last), one.url.empty() ? one.uid : one.url),
                Colour::grey);
    screen.item("         ", roster_draft(one, clear));
  }
  print_rest(screen, shown, found.accounts.size());
  if (found.nobody > 0)
    screen.item("! ", fmt::format(fmt::runtime(screen.tr("{} acts whose tool does not say who did them; they never count",
                                                         "誰がしたかをツールが示さない活動{}件。数えない")),
                                  found.nobody));
  if (!found.accounts.empty())
    screen.item("",
                screen.tr("An account that is nobody never counts. Put people, machines (kind: automation) and provider staff (kind: provider) under "
                          "people: in the config.",
                          "名簿にないアカウントの活動は数えない。人、自動処理(kind: automation)、委託先(kind: provider)を設定の people: に書く。"));
}

std::string unmatched_json(const Unmatched& found, bool clear) {
  JsonWriter json;
  json.object().member("activities", found.activities).member("claimed", found.claimed).member("ignored", found.ignored);
  json.member("automation", found.automation).member("documents", found.documents).member("unmatched", found.unmatched);
  json.member("in_other_groups", found.in_other_groups).member("nobody", found.nobody).key("groups").array();
  for (const auto& one : found.groups) {
    json.object().member("source", one.source).member("product", one.product).member("place", one.place).member("type", one.type);
    json.member("matter", one.matter).key("kinds").object();
    for (const auto& [kind, count] : one.kinds) json.member(kind, count);
    json.end_object().member("count", one.count).member("unknown", one.unknown).member("last", one.last);
    json.member("uid", one.uid).member("url", one.url).member("hint", name(one.hint)).key("apart").object();
    for (const auto& [attribute, value] : one.apart) json.member(attribute, value);
    json.end_object().end_object();
  }
  json.end_array().key("accounts").array();
  for (const auto& one : found.accounts) {
    json.object().member("actor", one.actor).key("sources").object();
    for (const auto& [source, count] : one.sources) json.member(source, count);
    json.end_object().member("count", one.count).member("claimed", one.claimed).member("last", one.last).member("uid", one.uid);
    json.member("url", one.url).member("draft", roster_draft(one, clear)).end_object();
  }
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
