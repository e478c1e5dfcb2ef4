#include "collector/notify/message.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/catalogue.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t line_bytes_max = 600;  // of one sentence: what a tool said in it may be long
constexpr std::size_t services_in_message_max = 30;

std::string_view tr(Lang lang, std::string_view en, std::string_view ja) { return lang == Lang::ja ? ja : en; }

std::string_view what_word(const AlertChange& change, Lang lang) {
  switch (change.what) {
    case AlertChange::What::closed:
      return lost_sight(change.alert) ? tr(lang, "no longer seen", "確認不能") : tr(lang, "over", "解消");
    case AlertChange::What::updated:
      return tr(lang, "changed", "変化");
    case AlertChange::What::opened:
      break;
  }
  return tr(lang, "new", "発生");
}

std::string services_line(const Alert& alert, Lang lang) {
  std::vector<std::string> named(alert.services.begin(), alert.services.end());
  const auto count = named.size();
  if (count > services_in_message_max) named.resize(services_in_message_max);
  return fmt::format(fmt::runtime(tr(lang, "of {} services nothing can be said about absence, or not for long: {}{}",
                                     "{}件のサービスで、実施がないと言えない(または間もなく言えなくなる): {}{}")),
                     count, fmt::join(named, " "), count > services_in_message_max ? " …" : "");
}

}  // namespace

std::string Message::text() const {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

std::string say(AlertLevel level, Lang lang) { return say(Reason{"level." + std::string(name(level)), {}}, lang); }
std::string say(AlertKind kind, Lang lang) { return say(Reason{"kind." + std::string(name(kind)), {}}, lang); }

std::string about(const Alert& alert, Lang lang) {
  const Service* service = find_service(alert.service);
  return service == nullptr ? alert.source : fmt::format("{} {}", service->id, name(*service, lang));
}

std::string local_time(Instant at, Duration offset) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  const auto text = format_time(std::chrono::floor<std::chrono::minutes>(at + offset));
  const auto zone =
      minutes == 0 ? std::string("UTC") : fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
  return fmt::format("{} {} ({})", text.substr(0, 10), text.substr(11, 5), zone);
}

Message message(const AlertChange& change, const Voice& voice) {
  const Alert& alert = change.alert;
  const Lang lang = voice.lang;
  const bool closed = change.what == AlertChange::What::closed;
  Message made;
  made.subject =
      fmt::format("[{}] {}: {}", closed ? std::string(what_word(change, lang)) : say(alert.level, lang), about(alert, lang), say(alert.kind, lang));
  const auto line = [&](std::string_view en, std::string_view ja, const std::string& value) {
    made.lines.push_back(clean_line(fmt::format("{}: {}", tr(lang, en, ja), value), line_bytes_max));
  };
  line("Centre", "CDC", voice.cdc);
  line(alert.source.empty() ? "Service" : "Source", alert.source.empty() ? "サービス" : "接続先",
       about(alert, lang) + (alert.ladder == "outsource" ? std::string(tr(lang, " (outsourced)", "(アウトソース)")) : ""));
  line("Alert", "警告", fmt::format("{} / {} / {}", say(alert.kind, lang), say(alert.level, lang), what_word(change, lang)));
  if (alert.since) line("Since", "いつから", local_time(*alert.since, voice.offset));
  if (alert.closed)
    line(lost_sight(alert) ? "Closed" : "Over", lost_sight(alert) ? "確認不能" : "解消",
         local_time(*alert.closed, voice.offset) + (alert.over ? "  " + say(*alert.over, lang) : ""));
  for (const Reason& why : alert.reasons) made.lines.push_back(clean_line("- " + say(why, lang), line_bytes_max));
  if (alert.kind == AlertKind::blind && !alert.services.empty()) made.lines.push_back("- " + services_line(alert, lang));
  made.lines.emplace_back();
  made.lines.push_back(alert.service.empty() ? fmt::format("akashi alerts show {} / akashi status", alert.id)
                                             : fmt::format("akashi alerts show {} / akashi explain {}", alert.id, alert.service));
  return made;
}

Message test_message(const std::string& receiver, const Voice& voice) {
  Message made;
  made.subject = tr(voice.lang, "[test] Akashi can reach this receiver", "[試験] Akashi からの通知の確認");
  made.lines = {
      fmt::format("{}: {}", tr(voice.lang, "Centre", "CDC"), voice.cdc),
      fmt::format(fmt::runtime(tr(voice.lang, "This is a test of the receiver \"{}\". Nothing is wrong.", "通知先「{}」の試し送り。異常はない。")),
                  receiver)};
  return made;
}

}  // namespace akashi
