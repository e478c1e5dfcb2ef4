#include <array>

#include "bench/evidence/job.hpp"

namespace akashi::bench {
namespace {

// splitmix64: the same bytes with every standard library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
    return z ^ z >> 31U;
  }
  std::size_t below(std::size_t end) { return next() % end; }
  template <std::size_t count>
  const char* of(const std::array<const char*, count>& choices) {
    return choices[below(count)];
  }
  std::string number(std::size_t from, std::size_t end) { return std::to_string(from + below(end - from)); }
  std::string hex(std::size_t digits) {
    std::string text;
    for (; text.size() < digits;) text += "0123456789abcdef"[below(16)];
    return text;
  }

 private:
  std::uint64_t state_;
};

constexpr std::size_t people = 40;
constexpr std::array<const char*, 12> first_names = {"mika", "ken", "yui", "aoi", "ren", "sora", "anna", "jo", "kai", "emi", "taro", "lee"};
constexpr std::array<const char*, 8> last_names = {".tanaka", ".sato", ".ito", ".weber", ".kim", ".mori", ".abe", "-bot"};
constexpr std::array<const char*, 4> domains = {"", "", "@csirt.example", "@mssp.example"};
constexpr std::array<const char*, 6> teams = {"SOC-T1", "SOC-T2", "CSIRT", "Forensics", "Network", "MSSP"};
constexpr std::array<const char*, 4> severities = {"low", "medium", "high", "critical"};
constexpr std::array<const char*, 6> verdicts = {"true_positive", "false_positive", "benign", "undetermined", "duplicate", "false_positive"};
constexpr std::array<const char*, 10> categories = {"phishing", "malware",   "intrusion", "dos",           "scan",
                                                    "policy",   "data_leak", "misuse",    "vulnerability", "other"};
constexpr std::array<const char*, 8> host_kinds = {"HOST-", "HOST-", "srv-", "dc-", "web-", "db-", "nb-", "10.1."};
constexpr std::array<const char*, 5> host_ends = {"", "", ".corp.example", ".dmz.example", ".cloud.example"};
constexpr std::array<const char*, 12> titles = {"Suspicious PowerShell on $host started by winword.exe",
                                                "Possible phishing mail reported by a user, mailbox rule on $host",
                                                "Lateral movement from $host by T1021.002",
                                                "Beacon to rare domain from $host every 60 s",
                                                "証明書の期限切れと不審な通信 $host",
                                                "Brute force: logon failed 37 times on $host",
                                                "Credential dumping tool seen on $host (CVE-2026-12345)",
                                                "Firewall denied 412 times from $host to many ports",
                                                "Macro document opened on $host",
                                                "Re: [SOC #4411] admin share used by $host",
                                                "USB storage with executable image on $host",
                                                "VPN logon from two countries, password changed, $host isolated"};
constexpr std::array<const char*, 10> texts = {"checked the process tree and the user confirmed the start, false positive",
                                               "escalated to tier 2 per SOP-12, ticket #$number",
                                               "blocked on the proxy, IOC: $hex",
                                               "no action needed, closed as benign, rule AB-12 tuned",
                                               "waiting for the owner's answer, reminder sent",
                                               "調査を完了し、CSIRTへ引き継ぎ",
                                               "verified with \\\"whoami\\\"\\nand reproduced in the lab",
                                               "image taken and handed over, chain of custody signed",
                                               "owner denied the change, host isolated, quarantine on",
                                               "nothing seen before and after, $number events looked at"};

constexpr const char* alert =
    R"({"record_type":"alert","id":"al-$number-$short","kind":"$kind","created":"$time","updated":"$time","version":3,"severity":"$severity","status":"$status","confidence":0.$digit5,)"
    R"("title":"$title","category":"$category","product":{"vendor":"Example","name":"Sensor $digit","version":"7.2.$digit","tenant":"t-001"},)"
    R"("host":{"name":"$host","ip":"10.$digit.$digit.$digit5","os":"Windows 11","groups":["$team","all","managed"],"risk":$digit5},)"
    R"("process":{"name":"winword.exe","pid":$number,"command_line":"C:\\Program Files\\Office\\winword.exe /n /dde","sha256":"$hex$hex","parent":{"name":"explorer.exe","pid":$number}},)"
    R"("workflow":{"queue":"$place","state":"$status","verdict":"$verdict","assignee":{"login":"$actor","display":"$actor","team":"$team","locale":"ja-JP"},)"
    R"("history":[{"at":"$time","by":"svc-sensor","from":"none","to":"new"},{"at":"$time","by":"$actor","from":"new","to":"triage"},{"at":"$time","by":"$actor","from":"triage","to":"$status"}],)"
    R"("comment":"$text","sla":{"due":"$time","breached":false}},"tags":["t$digit","auto","$category"],"mitre":[{"tactic":"TA0002","technique":"T1059"},{"tactic":"TA0008","technique":"T1021"}],)"
    R"("observables":[{"type":"ip","value":"198.51.100.$digit5"},{"type":"hash","value":"$hex$hex"}],"url":"https://sensor.example/alerts/$number","raw":"$fill"})";
constexpr const char* ticket =
    R"({"record_type":"ticket_update","id":$number,"kind":"$kind","created":"$time","creator":{"name":"$actor","team":"$team","id":"u$digit5"},"type":"Status","field":"Status","old_value":"open","new_value":"$status",)"
    R"("ticket":{"id":"$number","queue":"$place","subject":"$title","status":"$status","priority":$digit,"severity":"$severity","owner":"$actor","requestors":["a$digit5@corp.example","b$digit5@corp.example"],)"
    R"("category":"$category","resolution":"$verdict","asset":"$host","custom_fields":{"IP":"10.$digit.$digit.$digit5","Classification":"$category","How reported":"E-mail","Reporter type":"internal","Customer":"group $digit"},)"
    R"("created":"$time","last_updated":"$time","links":{"parent":null,"children":[$number,$number],"refers_to":[]}},)"
    R"("content":"$text","attachments":[{"id":$number,"content_type":"text/plain","size":$number},{"id":$number,"content_type":"image/png","size":$number}],)"
    R"("_hyperlinks":[{"ref":"self","type":"transaction","_url":"https://tickets.example/REST/2.0/transaction/$number"},{"ref":"ticket","type":"ticket","_url":"https://tickets.example/REST/2.0/ticket/$number"}],"quote":"$fill"})";
constexpr const char* action =
    R"({"record_type":"response_action","id":"ra-$hex","kind":"$kind","performed_at":"$time","operator":{"account":"$actor","unit":"$team","session":"$hex","mfa":true},"console":"$place",)"
    R"("target":{"id":"$host","kind":"endpoint","owner":"dept-$digit","address":"10.$digit.$digit.$digit5","criticality":"$severity"},"outcome":"$status","assessment":"$verdict","class":"$category",)"
    R"("summary":"$title","note":"$text","steps":[{"n":1,"what":"request","ok":true,"ms":$number},{"n":2,"what":"approve","ok":true,"ms":$number},{"n":3,"what":"execute","ok":true,"ms":$number}],)"
    R"("policy":{"id":"pol-$digit","name":"Containment","revision":$digit5,"approvals":["$actor","lead-$digit"]},"rollback":{"possible":true,"until":"$time","token":"$hex"},"output":"$fill"})";

struct Kind {
  const char* json;
  std::array<const char*, 6> kinds, statuses, places;
};
constexpr std::array<Kind, 3> kinds_of_record = {
    {{alert,
      {"alert.judged", "alert.judged", "alert.judged", "alert.raised", "alert.raised", "alert.judged"},
      {"closed", "new", "Closed", "triage", "escalated", "open"},
      {"SOC Alerts", "EDR Console", "SOC Alerts", "Mail Gateway", "EDR Console", "Proxy"}},
     {ticket,
      {"case.progressed", "case.closed", "case.commented", "case.classified", "case.progressed", "case.closed"},
      {"open", "resolved", "waiting", "triage", "Open", "resolved"},
      {"Incident Reports", "Incidents", "Investigations", "Incidents", "Countermeasures", "Helpdesk"}},
     {action,
      {"host.isolated", "indicator.blocked", "account.disabled", "artefact.collected", "host.isolated", "indicator.blocked"},
      {"done", "done", "failed", "done", "pending", "escalated"},
      {"EDR Console", "Firewall", "Directory", "Forensics", "EDR Console", "Firewall"}}}};

// What stays the same within a record.
struct Chosen {
  std::string kind, time, actor, team, severity, status, place, verdict, category, host, title, text;
};

std::string expand(std::string_view form, const Chosen& chosen, Random& random);

std::string value(std::string_view name, const Chosen& chosen, Random& random) {
  const std::array<std::pair<std::string_view, const std::string*>, 12> fixed = {{{"kind", &chosen.kind},
                                                                                  {"time", &chosen.time},
                                                                                  {"actor", &chosen.actor},
                                                                                  {"team", &chosen.team},
                                                                                  {"severity", &chosen.severity},
                                                                                  {"status", &chosen.status},
                                                                                  {"place", &chosen.place},
                                                                                  {"verdict", &chosen.verdict},
                                                                                  {"category", &chosen.category},
                                                                                  {"host", &chosen.host},
                                                                                  {"title", &chosen.title},
                                                                                  {"text", &chosen.text}}};
  for (const auto& [known, text] : fixed) {
    if (known == name) return *text;
  }
  if (name == "number") return random.number(10'000, 1'000'000);
  if (name == "digit") return random.number(0, 10);
  if (name == "digit5") return random.number(1, 250);
  if (name == "short") return random.hex(8);
  if (name == "hex") return random.hex(32);
  return random.hex(200 + random.below(220));  // fill
}

std::string expand(std::string_view form, const Chosen& chosen, Random& random) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz5";
  std::string text;
  while (!form.empty()) {
    const std::size_t plain = std::min(form.find('$'), form.size());
    text += form.substr(0, plain);
    form.remove_prefix(plain);
    if (form.empty()) break;
    form.remove_prefix(1);
    const std::size_t length = std::min(form.find_first_not_of(letters), form.size());
    text += value(form.substr(0, length), chosen, random);
    form.remove_prefix(length);
  }
  return text;
}

constexpr std::chrono::seconds record_every(10);

std::string make_record(std::size_t record) {
  Random random(record * 0x2545F4914F6CDD1DU + 7);
  const std::size_t share = random.below(100);
  const Kind& kind = kinds_of_record[share < 55 ? 0 : share < 85 ? 1 : 2];
  const auto start = Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1));
  Chosen chosen;
  chosen.kind = random.of(kind.kinds);
  chosen.time = format_time(start + record_every * static_cast<std::int64_t>(record));
  const std::size_t person = random.below(people);
  chosen.actor =
      std::string(first_names[person % first_names.size()]) + last_names[person / 5 % last_names.size()] + domains[person % domains.size()];
  chosen.team = teams[person % teams.size()];
  chosen.severity = random.of(severities);
  chosen.status = random.of(kind.statuses);
  chosen.place = random.of(kind.places);
  chosen.verdict = random.of(verdicts);
  chosen.category = random.of(categories);
  chosen.host = random.of(host_kinds) + random.number(100, 2000) + random.of(host_ends);
  chosen.title = expand(random.of(titles), chosen, random);
  chosen.text = expand(random.of(texts), chosen, random);
  return expand(kind.json, chosen, random);
}

constexpr std::array<RecordType, 3> types = {{
    {"alert",
     "/created",
     {{Field::kind, "/kind"},
      {Field::actor, "/workflow/assignee/login"},
      {Field::team, "/workflow/assignee/team"},
      {Field::place, "/workflow/queue"},
      {Field::category, "/category"},
      {Field::status, "/status"},
      {Field::severity, "/severity"},
      {Field::title, "/title"},
      {Field::text, "/workflow/comment"},
      {Field::verdict, "/workflow/verdict"},
      {Field::subject_id, "/host/name"}}},
    {"ticket_update",
     "/created",
     {{Field::kind, "/kind"},
      {Field::actor, "/creator/name"},
      {Field::team, "/creator/team"},
      {Field::place, "/ticket/queue"},
      {Field::category, "/ticket/category"},
      {Field::status, "/ticket/status"},
      {Field::severity, "/ticket/severity"},
      {Field::title, "/ticket/subject"},
      {Field::text, "/content"},
      {Field::verdict, "/ticket/resolution"},
      {Field::subject_id, "/ticket/asset"}}},
    {"response_action",
     "/performed_at",
     {{Field::kind, "/kind"},
      {Field::actor, "/operator/account"},
      {Field::team, "/operator/unit"},
      {Field::place, "/console"},
      {Field::category, "/class"},
      {Field::status, "/outcome"},
      {Field::severity, "/target/criticality"},
      {Field::title, "/summary"},
      {Field::text, "/note"},
      {Field::verdict, "/assessment"},
      {Field::subject_id, "/target/id"}}},
}};

}  // namespace

std::span<const RecordType> record_types() { return types; }

std::string make_page(std::size_t first_record, std::size_t records) {
  std::string page = "{\"data\":[";
  for (std::size_t i = 0; i < records; ++i) page += (i == 0 ? "\n" : ",\n") + make_record(first_record + i);
  return page + "\n],\"next\":\"https://tool.example/api?after=" + std::to_string(first_record + records) + "\"}";
}

}  // namespace akashi::bench
