#include "collector/config/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/config/reader.hpp"
#include "core/catalogue.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

namespace {

constexpr std::string_view levels[] = {"info", "warning", "alarm"};
constexpr std::string_view receiver_schemes[] = {"none", "basic", "bearer", "header", "url"};
constexpr std::string_view weekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::string_view kind_names[] = {"late",  "unexercised",       "missed_demand",    "drill_due",
                                           "blind", "approval_expiring", "approval_expired", "drift"};

// "20:00" as minutes of the day; 24:00 is its end.
std::optional<int> minute_of(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -100; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hour * 60 + minute;
}

std::optional<Day> day_named(std::string_view text) {
  const auto at = parse_time(text);
  if (!at || text.size() != 10) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*at);
}

class AlertsReader : SectionReader {
 public:
  AlertsReader(ConfigRead& read, std::string folder) : SectionReader(read, std::move(folder)), to_(read.config.alerts) {}
  void section(const Yaml& node);

 private:
  void level(const Yaml& parent, std::string_view key, AlertLevel& into);
  void kinds(const Yaml& node);
  void time(const Yaml& parent, std::string_view key, Duration& into);
  void receiver(const Yaml& node);
  void auth(const Yaml& node, ReceiverConfig& one);
  void signing(const Yaml& node, ReceiverConfig& one);
  void address_fits(const Yaml& node, const ReceiverConfig& one);
  void mail_fits(const Yaml& node, const ReceiverConfig& one);
  void calendar(const Yaml& node);
  void offset(const Yaml& node);
  void window(const Yaml& node);
  void hours(const Yaml& node, QuietWindow& window);
  std::optional<std::pair<Day, Day>> dates(const Yaml& node, const std::string& text);
  bool service_or_category(const Yaml& node, const std::string& id, bool category);

  AlertsConfig& to_;
};

void AlertsReader::level(const Yaml& parent, std::string_view key, AlertLevel& into) {
  std::string word;
  one_of(parent, key, word, levels);
  if (!word.empty()) into = *alert_level(word);
}

void AlertsReader::time(const Yaml& parent, std::string_view key, Duration& into) {
  std::int64_t seconds = 0;
  take(parent, key, seconds, [](const Yaml& node) { return node.as_seconds(); });
  if (seconds > 0) into = std::chrono::seconds(seconds);
}

void AlertsReader::kinds(const Yaml& node) {
  if (auto ok = node.only(kind_names); !ok) return error(ok.error());
  constexpr std::string_view words[] = {"off", "info", "warning", "alarm"};
  for (const auto& [key, value] : node.members()) {
    std::string word;
    one_of(node, key, word, words);
    if (!word.empty()) to_.policy.levels.at(static_cast<std::size_t>(*alert_kind(key))) = alert_level(word);
  }
}

bool AlertsReader::service_or_category(const Yaml& node, const std::string& id, bool category) {
  if (find_service(id) != nullptr || (category && id.size() == 1 && services_in_category(id[0]) > 0)) return true;
  error(node.wrong(fmt::format("\"{}\" is no service{} of edition {}", id, category ? " or category" : "", catalogue_edition),
                   category ? "write D-2, or D for all of its category" : "write it like D-2"));
  return false;
}

void AlertsReader::auth(const Yaml& node, ReceiverConfig& one) {
  if (!known(node, receiver_auth_settings())) return;
  one_of(node, "scheme", one.auth, receiver_schemes);
  text(node, "user", one.user);
  text(node, "header", one.header);
  int places = 0;
  one.secret = secret_place(node, places);
  if (one.auth == "none" && places > 0) error(node.wrong("scheme none has no secret, but one is named", "remove it, or name a scheme"));
  if (one.auth != "none" && places != 1)
    error(node.wrong("the secret has to come from exactly one place", "give one of file:, env: or credential:; a secret never stands in this file"));
  if (one.auth == "basic" && one.user.empty()) error(node.wrong("basic needs a user", "add user:"));
  if (one.auth == "header" && one.header.empty()) error(node.wrong("scheme header needs the header's name", "add header:"));
}

void AlertsReader::signing(const Yaml& node, ReceiverConfig& one) {
  if (!known(node, signing_settings())) return;
  int places = 0;
  one.signing = secret_place(node, places);
  if (places != 1) error(node.wrong("the key has to come from exactly one place", "give one of file:, env: or credential:"));
}

void AlertsReader::mail_fits(const Yaml& node, const ReceiverConfig& one) {
  const auto is_address = [](const std::string& text) {
    return text.find('@') != std::string::npos &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != ','; });
  };
  if (!one.url.starts_with("smtp://") && !one.url.starts_with("smtps://"))
    error(node.wrong("a mail server's address starts with smtp:// (STARTTLS) or smtps://", "write url: smtp://mail.example.jp:587"));
  if (one.url.find('@') != std::string::npos)
    error(node.wrong("the mail server's address holds a user name or a password", "these belong under auth:"));
  if (!is_address(one.from)) error(node.wrong("mail needs a sender", "add from: akashi@example.jp"));
  if (one.to.empty() || !std::ranges::all_of(one.to, is_address)) error(node.wrong("mail needs whom it goes to", "add to: [soc@example.jp]"));
  if (one.auth != "none" && one.auth != "basic") error(node.wrong("mail servers are signed in to with user and password", "write scheme: basic"));
  const bool here = one.url.find("//localhost") != std::string::npos || one.url.find("//127.0.0.1") != std::string::npos;
  if (one.clear_text && one.auth != "none" && !here)
    error(node.wrong("without TLS the password would go over the net in clear", "remove tls: none, or sign in to nothing"));
}

void AlertsReader::address_fits(const Yaml& node, const ReceiverConfig& one) {
  if (one.kind == "smtp") return mail_fits(node, one);
  if (one.auth == "url") {
    if (!one.url.empty()) error(node.wrong("scheme url: the address is the secret, but url: stands here too", "remove url:"));
  } else if (!one.url.starts_with("https://") && !one.url.starts_with("http://")) {
    error(node.wrong("the address starts with neither https:// nor http://",
                     "add url:, or say auth: {scheme: url, file: ...} where the address is a secret"));
  }
  if (!one.from.empty() || !one.to.empty() || one.clear_text)
    error(node.wrong("from:, to: and tls: are for mail", "write kind: smtp, or remove them"));
}

void AlertsReader::receiver(const Yaml& node) {
  if (!known(node, receiver_settings())) return;
  ReceiverConfig one;
  one.where = node.where();
  text(node, "name", one.name);
  one_of(node, "kind", one.kind, receiver_kinds);
  text(node, "url", one.url);
  level(node, "level", one.level);
  std::vector<std::string> only;
  take(node, "only", only, [](const Yaml& value) { return value.as_strings(); });
  for (const std::string& id : only)
    if (service_or_category(*node.find("only"), id, true)) one.only.insert(id);
  constexpr std::string_view languages[] = {"en", "ja"};
  one_of(node, "language", one.language, languages);
  text(node, "from", one.from);
  take(node, "to", one.to, [](const Yaml& value) { return value.as_strings(); });
  constexpr std::string_view tls[] = {"starttls", "none"};
  std::string how;
  one_of(node, "tls", how, tls);
  one.clear_text = how == "none";
  time(node, "resend", one.resend);
  text(node, "ca_file", one.ca_file);
  if (!one.ca_file.empty()) one.ca_file = path(one.ca_file);
  text(node, "proxy", one.proxy);
  if (const Yaml* given = node.find("auth")) auth(*given, one);
  if (const Yaml* given = node.find("sign")) signing(*given, one);
  if (one.name.empty()) return error(node.wrong("a receiver without a name", "add name:"));
  if (one.kind.empty()) {
    if (node.find("kind") == nullptr) error(node.wrong("a receiver without a kind", "add kind: webhook, slack, smtp or alertmanager"));
    return;
  }
  address_fits(node, one);
  for (const ReceiverConfig& other : to_.receivers)
    if (other.name == one.name) error(node.wrong("two receivers are called \"" + one.name + "\"", "give each its own name"));
  to_.receivers.push_back(std::move(one));
}

std::optional<std::pair<Day, Day>> AlertsReader::dates(const Yaml& node, const std::string& text) {
  const auto bar = text.find('/');
  const auto from = day_named(text.substr(0, bar));
  const auto to = bar == std::string::npos ? from : day_named(text.substr(bar + 1));
  if (from && to && *from <= *to) return std::pair{*from, *to};
  error(node.wrong(fmt::format("\"{}\" is neither a day nor two with a slash between", text), "write 2026-12-29 or 2026-12-29/2027-01-03"));
  return std::nullopt;
}

void AlertsReader::offset(const Yaml& node) {
  std::string text;
  this->text(node, "offset", text);
  if (text.empty()) return;
  const auto there = parse_time("2026-01-01T00:00:00" + text);
  if (!there) return error(node.find("offset")->wrong(fmt::format("\"{}\" is no offset from UTC", text), "write \"+09:00\""));
  to_.policy.calendar.offset = *parse_time("2026-01-01") - *there;
}

void AlertsReader::calendar(const Yaml& node) {
  if (!known(node, calendar_settings())) return;
  Calendar& calendar = to_.policy.calendar;
  take(node, "japan", calendar.japan, [](const Yaml& value) { return value.as_bool(); });
  if (calendar.japan) calendar.offset = std::chrono::hours(9);
  offset(node);
  std::vector<std::string> days, business;
  take(node, "holidays", days, [](const Yaml& value) { return value.as_strings(); });
  for (const std::string& text : days)
    if (const auto span = dates(*node.find("holidays"), text))
      for (Day day = span->first; day <= span->second && calendar.holidays.size() < 4000; day += std::chrono::days(1))
        calendar.holidays.push_back(day);
  take(node, "business_days", business, [](const Yaml& value) { return value.as_strings(); });
  for (const std::string& id : business)
    if (service_or_category(*node.find("business_days"), id, false)) to_.business_days.insert(id);
}

void AlertsReader::hours(const Yaml& node, QuietWindow& window) {
  std::string text;
  this->text(node, "hours", text);
  if (text.empty()) return;
  const auto dash = text.find('-');
  const auto from = minute_of(text.substr(0, dash));
  const auto to = dash == std::string::npos ? std::nullopt : minute_of(text.substr(dash + 1));
  if (!from || !to || *from == *to || *from == 24 * 60)
    return error(node.find("hours")->wrong(fmt::format("\"{}\" are no hours of a day", text), "write \"20:00-08:00\""));
  window.from_minute = *from;
  window.to_minute = *to;
}

void AlertsReader::window(const Yaml& node) {
  if (!known(node, quiet_settings())) return;
  QuietWindow one;
  std::vector<std::string> names, spans;
  take(node, "days", names, [](const Yaml& value) { return value.as_strings(); });
  for (const std::string& name : names) {
    const auto found = std::ranges::find(weekdays, name);
    if (found == std::end(weekdays))
      error(node.find("days")->wrong(fmt::format("\"{}\" is no day of the week", name), "write mon tue wed thu fri sat sun"));
    else one.weekdays.at(static_cast<std::size_t>(found - std::begin(weekdays))) = true;
  }
  take(node, "dates", spans, [](const Yaml& value) { return value.as_strings(); });
  for (const std::string& text : spans)
    if (const auto span = dates(*node.find("dates"), text)) one.dates.push_back(*span);
  take(node, "holidays", one.holidays, [](const Yaml& value) { return value.as_bool(); });
  hours(node, one);
  AlertLevel up_to = AlertLevel::alarm;
  level(node, "up_to", up_to);
  one.holds_to = static_cast<std::uint8_t>(up_to);
  to_.policy.calendar.quiet.push_back(std::move(one));
}

void AlertsReader::section(const Yaml& node) {
  if (!known(node, alerts_settings())) return;
  if (const Yaml* given = node.find("levels"); given != nullptr && !given->is_null()) kinds(*given);
  time(node, "blind_after", to_.policy.blind_after);
  time(node, "blind_alarm_after", to_.policy.blind_alarm_after);
  time(node, "approval_warning", to_.policy.approval_warning);
  if (const Yaml* given = node.find("calendar"); given != nullptr && !given->is_null()) calendar(*given);
  each(node, "quiet", [&](const Yaml& item) { window(item); });
  each(node, "receivers", [&](const Yaml& item) { receiver(item); });
  for (const std::string& id : to_.business_days) {
    const auto profile = read_.config.profile.find(id);
    const Criteria criteria = profile == read_.config.profile.end() ? default_criteria(id) : profile->second.criteria;
    if (criteria.clock_runs_always() && criteria.warn_days > 0 && criteria.stale_days > 0)
      to_.policy.business[id] = {criteria.warn_days, criteria.stale_days};
    else error(node.find("calendar")->wrong(fmt::format("{} has no clock that could stand still", id), "remove it from business_days"));
  }
}

}  // namespace

void read_alerts(const Yaml& node, ConfigRead& read, const std::string& folder) { AlertsReader(read, folder).section(node); }

}  // namespace akashi
