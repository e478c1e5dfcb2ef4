#include "collector/report/people_list.hpp"

#include <fmt/format.h>

#include "collector/json_writer.hpp"

namespace akashi {

namespace {

constexpr auto lately = days(90);

std::string say_kind(ActorKind kind, const Screen& screen) {
  switch (kind) {
    case ActorKind::human:
      return std::string(screen.tr("person", "人"));
    case ActorKind::automation:
      return std::string(screen.tr("automation", "自動"));
    case ActorKind::provider:
      return std::string(screen.tr("provider", "委託先"));
    case ActorKind::shared:
      return std::string(screen.tr("shared", "共用"));
    case ActorKind::unknown:
      break;
  }
  return std::string(screen.tr("unknown", "不明"));
}

// "rt: asato, aiko; redmine: Aiko Sato"; without a source it is the account everywhere.
std::string say_accounts(const Person& person) {
  std::string text;
  for (auto at = person.accounts.begin(); at != person.accounts.end();) {
    const auto end = person.accounts.upper_bound(at->first);
    text += (text.empty() ? "" : "; ") + (at->first == "*" ? std::string() : at->first + ": ");
    for (bool first = true; at != end; ++at, first = false) text += (first ? "" : ", ") + at->second;
  }
  return text;
}

std::string last_day(Instant until) { return format_day(until - Duration(1)); }

std::string say_note(const Person& person, const Screen& screen, Instant as_of) {
  std::string note = person.head ? std::string(screen.tr("head", "承認者")) : std::string();
  const auto add = [&](std::string_view word, const std::string& day) { note += (note.empty() ? "" : ", ") + fmt::format("{} {}", word, day); };
  if (person.tenure.ended(as_of)) add(screen.tr("left", "離任"), last_day(*person.tenure.until));
  else if (person.tenure.until) add(screen.tr("leaves", "離任予定"), last_day(*person.tenure.until));
  if (!person.tenure.begun(as_of)) add(screen.tr("joins", "着任予定"), format_day(*person.tenure.from));
  return note;
}

Colour colour_of(const Presence& one, Instant as_of) {
  if (one.person.tenure.ended(as_of)) return Colour::grey;
  return one.seen && as_of - *one.seen <= lately ? Colour::none : Colour::yellow;
}

}  // namespace

void print_people(const Screen& screen, const PeopleReport& report) {
  if (report.people.empty())
    return screen.item("", screen.tr("Nobody is on the roster, so no work counts: name your people under people: or in people_file:.",
                                     "名簿が空のため、どの作業も数えられない。people または people_file に担当者を書くこと。"));
  Table table({{std::string(screen.tr("Name", "名前"))},
               {std::string(screen.tr("Kind", "種別"))},
               {std::string(screen.tr("Team", "所属"))},
               {std::string(screen.tr("Accounts", "アカウント")), false, true},
               {std::string(screen.tr("Last seen", "最後の作業"))},
               {std::string(screen.tr("Note", "備考"))}});
  for (const Presence& one : report.people)
    table.row({one.person.name, say_kind(one.person.kind, screen), one.person.team, say_accounts(one.person),
               one.seen            ? format_day(*one.seen)
               : report.told_apart ? std::string(screen.tr("never", "なし"))
                                   : "?",
               say_note(one.person, screen, report.as_of)},
              colour_of(one, report.as_of));
  table.print(screen);
  if (!report.told_apart)
    screen.item(
        "", screen.tr("The key of the pseudonyms cannot be read, so nobody could be recognised.", "仮名の鍵を読めないため、誰の作業か分からない。"),
        Colour::yellow);
  if (report.unknown > 0)
    screen.item("",
                fmt::format(fmt::runtime(screen.tr("Accounts that did something and are nobody's here, so that it counts for nothing: {}.",
                                                   "ほかに、名簿にないアカウント{}個による作業がある(数えていない)。")),
                            report.unknown),
                Colour::yellow);
}

std::string people_json(const PeopleReport& report) {
  JsonWriter json;
  json.object().member("as_of", report.as_of).key("people").array();
  for (const Presence& one : report.people) {
    const Tenure& tenure = one.person.tenure;
    json.object().member("name", one.person.name).member("kind", name(one.person.kind)).member("team", one.person.team);
    json.member("head", one.person.head).key("joined");
    if (tenure.from) json.value(format_day(*tenure.from));
    else json.null();
    json.key("left");
    if (tenure.until) json.value(last_day(*tenure.until));
    else json.null();
    json.member("present", tenure.begun(report.as_of) && !tenure.ended(report.as_of)).key("accounts").array();
    for (const auto& [source, account] : one.person.accounts) json.object().member("source", source).member("account", account).end_object();
    json.end_array().member("last_seen", one.seen).end_object();
  }
  json.end_array().member("unknown_accounts", static_cast<std::uint64_t>(report.unknown)).member("recognised", report.told_apart).end_object();
  return json.text();
}

}  // namespace akashi
