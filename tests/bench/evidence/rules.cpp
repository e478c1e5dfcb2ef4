#include <array>

#include "bench/evidence/job.hpp"

namespace akashi::bench {
namespace {

constexpr std::array<const char*, 10> kinds = {"alert.judged",   "case.progressed", "alert.raised",      "case.closed",      "host.isolated",
                                               "case.commented", "case.classified", "indicator.blocked", "account.disabled", "artefact.collected"};
constexpr std::array<const char*, 20> services = {"A-1", "A-2", "B-1", "B-2", "B-3", "B-4", "C-1", "C-2",  "D-1",  "D-2",
                                                  "D-3", "D-4", "D-5", "D-6", "D-7", "E-1", "F-1", "G-11", "G-12", "G-13"};
constexpr std::array<const char*, 10> statuses = {"closed", "open", "new", "resolved", "done", "waiting", "triage", "done", "escalated", "failed"};
constexpr std::array<const char*, 10> title_words = {"on ", "user", "host", "on ", "beacon", "mailbox", "証明書", "firewall", "credential", "usb"};
constexpr std::array<const char*, 10> more_words = {"by ", "host", "on ", "seen", "rare", "password", "image", "denied", "admin", "started"};
constexpr std::array<const char*, 14> hosts = {"host-", "srv-", "host-1", "host-",  "host-", "dc-",    "web-",
                                               "10.1.", "db-",  "nb-",    "host-7", "srv-1", "host-3", "host-9"};
constexpr std::array<const char*, 10> places = {"SOC Alerts",       "Incidents", "EDR Console", "Incidents", "EDR Console",
                                                "Incident Reports", "Incidents", "Firewall",    "Directory", "Forensics"};
constexpr std::array<const char*, 10> more_places = {"Proxy",    "Countermeasures",  "SOC Alerts",  "Investigations", "Firewall",
                                                     "Helpdesk", "Incident Reports", "EDR Console", "Firewall",       "EDR Console"};
constexpr std::array<const char*, 5> wanted_host_ends = {".corp.example", ".example", ".corp.example", "0", ".dmz.example"};
constexpr std::array<const char*, 5> actor_ends = {"@mssp.example", "-bot", ".sato", "@csirt.example", ".tanaka"};
constexpr std::array<const char*, 6> title_expressions = {
    "HOST-[0-9]{2}7[0-9]\\b", "(?i)cve-20[0-9]{2}-[0-9]{4,}", "[Ll]ateral (movement|spread)", "T1[0-9]{3}\\.00[1-3]",
    "^Re: ?\\[.*\\]",         "(failed|denied) [0-9]+ times"};
constexpr std::array<const char*, 6> text_expressions = {"(?i)false[ -]positive", "ticket #[0-9]{5,}",   "(user|owner) (confirmed|denied)",
                                                         "IOC: [0-9a-f]{32}",     "per (SOP|PB)-[0-9]+", "rule [A-Z]{2}-[0-9]+ tuned"};
constexpr std::array<std::array<const char*, 3>, 5> text_words = {{{"confirmed", "verified", "reproduced"},
                                                                   {"escalat", "handed over", "引き継ぎ"},
                                                                   {"quarantine", "isolated", "blocked"},
                                                                   {"no action", "closed as", "benign"},
                                                                   {"waiting for", "asked", "reminder"}}};

Item one(Field field, Test test, std::string value) { return {field, test, {std::move(value)}}; }

// Eight families of rules, one member for each kind of activity.
Criterion make_rule(std::size_t family, std::size_t member) {
  Criterion rule;
  rule.id = "00000000-0000-4000-8000-0000000000" + std::to_string(family) + std::to_string(member);
  rule.service = services[(family * 10 + member) * 7 % services.size()];
  auto& wanted = rule.wanted;
  wanted.push_back(one(Field::kind, Test::equals, kinds[member]));
  const bool first_half = member < 5;
  switch (family) {
    case 0:
      wanted.push_back(one(Field::status, Test::equals, statuses[member]));
      break;
    case 1:
      wanted.push_back(one(Field::severity, Test::equals, member % 2 == 0 ? "High" : "medium"));
      if (member >= 4) wanted.push_back(one(Field::text, Test::re, text_expressions[member - 4]));
      break;
    case 2:
      wanted.push_back(one(Field::title, Test::contains, title_words[member]));
      break;
    case 3:
      wanted.push_back(one(Field::title, Test::contains, more_words[member]));
      wanted.push_back(one(Field::status, Test::equals, statuses[member]));
      break;
    case 4:
      wanted.push_back(one(Field::subject_id, Test::startswith, hosts[member]));
      rule.unwanted.push_back(one(Field::verdict, Test::equals, "duplicate"));
      break;
    case 5:
      wanted.push_back({Field::place, Test::equals, {places[member], more_places[member]}});
      if (!first_half) wanted.push_back(one(Field::subject_id, Test::endswith, wanted_host_ends[member - 5]));
      break;
    case 6:
      if (first_half) wanted.push_back({Field::text, Test::contains, {text_words[member].begin(), text_words[member].end()}});
      else wanted.push_back(one(Field::actor, Test::endswith, actor_ends[member - 5]));
      break;
    default:
      if (member < 6) {
        wanted.push_back(one(Field::title, Test::re, title_expressions[member]));
      } else {
        wanted.push_back(one(Field::subject_id, Test::startswith, hosts[member + 4]));
        wanted.push_back({Field::team, Test::equals, {"SOC-T2", "csirt"}});
      }
  }
  return rule;
}

}  // namespace

std::vector<Criterion> make_rules() {
  std::vector<Criterion> rules;
  for (std::size_t family = 0; family < 8; ++family) {
    for (std::size_t member = 0; member < kinds.size(); ++member) rules.push_back(make_rule(family, member));
  }
  return rules;
}

}  // namespace akashi::bench
