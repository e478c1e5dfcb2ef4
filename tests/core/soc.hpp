// A small SOC for stories: people, sources, procedures and a clock that only moves when told. Everything it holds is what a store would give to
// inference; nothing here judges.
//
//   Soc soc;                                  // 2026-04-01T09:00Z; one source, "rt", read completely for 400 days; D-1 is alive
//   soc.analyst("a").handles_incident();      // on a case of its own
//   soc.days_pass(10);
//   CHECK(soc.state("D-2") == "exercised since 2026-04-01");
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/infer.hpp"
#include "core/words.hpp"
#include "core/words_table.hpp"

namespace akashi {

// All that inference judges.
inline std::vector<std::string> judged_services() {
  std::vector<std::string> found;
  for (const auto& service : catalogue())
    if (judged(service.id)) found.emplace_back(service.id);
  return found;
}

// How one act differs from the usual one.
struct Acts {
  std::string service = "D-2", kind = "case.progressed", case_id = {};
  EvidenceKind as = EvidenceKind::exercise;
  bool drill = false;
  std::vector<std::string> procedures = {};
  std::string source = "rt";
  std::int64_t wording = 0;
};

class Soc {
 public:
  struct Worker {
    Soc& soc;
    std::string name, team = "csirt";
    ActorKind kind = ActorKind::human;
    // Does one thing now; on a case of its own unless told.
    Worker& does(const Acts& act) {
      Evidence item = soc.item(act);
      item.actor = name;
      item.actor_kind = kind;
      item.team = team;
      soc.view.items[act.service].push_back(item);
      return *this;
    }
    Worker& handles_incident(std::string case_id = {}) { return does({.case_id = std::move(case_id)}); }
    Worker& handles_from(const std::string& document) { return does({.procedures = {document}}); }
    Worker& only_closes(std::string case_id = {}) { return does({.kind = "case.closed", .case_id = std::move(case_id)}); }
    Worker& takes_report() { return does({.service = "D-1"}); }
    Worker& keeps_systems() { return does({.service = "G-11"}); }
    Worker& drills(const std::string& service = "D-2") { return does({.service = service, .as = EvidenceKind::drill, .drill = true}); }
    Worker& writes(const std::string& document, const std::string& version, const std::string& owner = "owner") {
      soc.publish(document, version, name, owner);
      return *this;
    }
    Worker& judges(const std::string& document, const std::string& version, const std::string& verdict) {
      Evidence item = soc.item({.kind = "document.approved", .as = EvidenceKind::approval});
      item.actor = name;
      item.actor_kind = kind;
      item.object = document;
      item.object_version = version;
      item.verdict = verdict;
      soc.view.items["D-2"].push_back(item);
      return *this;
    }
    Worker& approves(const std::string& document, const std::string& version) { return judges(document, version, "approved"); }
  };

  // A provider's reports on a service, and what people inside make of them; each on a case of its own.
  struct Contract {
    Soc& soc;
    std::string service;
    Contract& reports(const std::string& report) {
      Evidence item = soc.item({.service = service, .kind = "case.opened", .case_id = report, .as = EvidenceKind::provider_report});
      item.actor = "provider-mail";
      soc.view.items[service].push_back(item);
      return *this;
    }
    Contract& looked_at(const std::string& report, const std::string& by, const std::string& words = "", ActorKind kind = ActorKind::human) {
      Evidence item = soc.item({.service = service, .kind = "case.commented", .case_id = report, .as = EvidenceKind::review});
      item.actor = by;
      item.actor_kind = kind;
      item.verdict = words;
      soc.view.items[service].push_back(item);
      return *this;
    }
    // What the own tool's clock says of the provider's work.
    Contract& measures(bool met) {
      Evidence item = soc.item({.service = service, .kind = met ? "sla.met" : "sla.missed", .as = EvidenceKind::sla});
      item.actor = "the tool";
      item.actor_kind = ActorKind::automation;
      item.verdict = met ? "met" : "missed";
      soc.view.items[service].push_back(item);
      return *this;
    }
    // Seen reviewing a document, by an act of its own.
    Contract& reviews(const std::string& title, const std::string& by, ActorKind kind = ActorKind::human) {
      Evidence item = soc.item({.service = "", .kind = "document.reviewed", .as = EvidenceKind::review});
      item.case_id.clear();
      item.actor = by;
      item.actor_kind = kind;
      item.object = title;
      soc.view.items[""].push_back(item);
      return *this;
    }
    Contract& writes(const std::string& role, const std::string& title, const std::string& author = "author") {
      soc.publish(title, "1", author, "owner");
      soc.view.documents.back().role = role;
      soc.view.documents.back().services = {service};
      return *this;
    }
  };
  Contract outsource(const std::string& service, Assignment assigned = Assignment::outsource) {
    profile(service).assigned = assigned;
    profile(service).provider = "Provider K.K.";
    profile(service).owner_actor = "owner";
    return {*this, service};
  }

  struct Tool {
    Soc& soc;
    std::string name;
    void goes_down() { soc.up[name] = false; }  // not read any more, and nobody says why
    void breaks(const std::string& why) {
      goes_down();
      soc.sight(name).broken = true;
      soc.sight(name).why = why;
    }
    void returns() {  // what happened meanwhile stays unread
      soc.up[name] = true;
      soc.sight(name).broken = false;
      soc.sight(name).why.clear();
      soc.from[name] = soc.view.as_of;
    }
    void returns_with_history() {
      const auto& known = soc.sight(name).complete.at("transactions").spans();
      returns();
      soc.from[name] = known.empty() ? soc.view.as_of : known.back().to;
      soc.read(name);
    }
    void hides(const std::string& why) {  // from now on something is hidden from the reader
      goes_down();
      soc.sight(name).partial.push_back({name, "transactions", {soc.view.as_of, soc.view.as_of + days(1000)}, false, why});
    }
  };

  explicit Soc(const std::string& at = "2026-04-01T09:00:00Z", int history_days = 400) {
    view.as_of = parse_time(at).value();
    view.rules_digest = "rules";
    connect("rt", history_days);
    connect("wiki", history_days, {"none"});
    assign("D-2", "csirt");
    view.heads = {"ciso"};
    view.insiders = {"ciso", "owner", "author", "boss"};
    if (history_days > 0) worker("desk").takes_report();
  }

  // A source that can show every judged service unless told, read completely for so many days.
  Tool connect(const std::string& name, int history_days, const std::set<std::string>& could_show = {}) {
    SourceSight made;
    made.source = name;
    for (const auto& service : catalogue())
      if (could_show.empty() ? judged(service.id) : could_show.contains(std::string(service.id)))
        made.could_show.emplace(service.id), made.could_show_reports.emplace(service.id);
    made.complete["transactions"] = {};
    view.sources.push_back(made);
    up[name] = true;
    from[name] = view.as_of - days(history_days);
    read(name);
    return source(name);
  }

  Worker worker(const std::string& name) { return {*this, name}; }
  Worker analyst(const std::string& name) { return worker(name); }
  Worker head(const std::string& name) {
    view.heads.insert(name);
    return {*this, name, ""};
  }
  Worker bot(const std::string& name) { return {*this, name, "", ActorKind::automation}; }
  Worker stranger(const std::string& name) { return {*this, name, "", ActorKind::unknown}; }
  Worker provider(const std::string& name) { return {*this, name, "", ActorKind::provider}; }
  Worker outsider(const std::string& name) { return {*this, name, "sales"}; }
  Tool source(const std::string& name) { return {*this, name}; }

  ServiceProfile& profile(const std::string& service) {
    const auto [at, fresh] = view.profile.try_emplace(service);
    if (fresh) at->second.criteria = default_criteria(service);
    return at->second;
  }
  void assign(const std::string& service, const std::string& team) {
    profile(service).assigned = Assignment::insource;
    profile(service).team = team;
  }

  // Something calls for the service, on this case.
  void asks(const std::string& service, const std::string& case_id, const std::string& by = "reporter", ActorKind kind = ActorKind::unknown) {
    auto item = this->item({.service = service, .kind = "case.opened", .case_id = case_id, .as = EvidenceKind::demand});
    item.actor = by;
    item.actor_kind = kind;
    view.items[service].push_back(item);
  }
  void incident(const std::string& case_id) { asks("D-2", case_id); }

  void publish(const std::string& title, const std::string& version, const std::string& author, const std::string& owner) {
    Document document;
    document.id = "wiki:" + title;
    document.source = "wiki";
    document.title = title;
    document.version = version;
    document.author = author;
    document.owner = owner;
    document.published = view.as_of;
    document.services = {"D-2"};
    document.url = "https://wiki.example/" + title;
    view.documents.push_back(document);
  }
  void review(const std::string& title) {
    view.documents.back().reviewed = title == view.documents.back().title ? std::optional(view.as_of) : std::nullopt;
  }

  void pass(Duration time) {
    view.as_of += time;
    for (const auto& known : view.sources) read(known.source);
  }
  void days_pass(int count) { pass(days(count)); }
  void hours_pass(int count) { pass(std::chrono::hours(count)); }
  void seconds_pass(int count) { pass(std::chrono::seconds(count)); }

  [[nodiscard]] Finding finding(const std::string& service = "D-2") const { return infer(view, service); }
  // "exercised since 2026-04-01"; the day is left out when there is none.
  [[nodiscard]] std::string state(const std::string& service = "D-2") const {
    const auto found = finding(service);
    return std::string(name(found.state)) + (found.since ? " since " + format_day(*found.since) : "");
  }
  [[nodiscard]] int rung(const std::string& service = "D-2") const { return finding(service).rung.value_or(0); }  // 0: none
  // The codes of what is set aside, in order of time, each once in a row.
  [[nodiscard]] std::string rejected(const std::string& service = "D-2") const {
    std::string codes;
    for (const auto& item : finding(service).rejected) {
      const auto code = item.code.substr(item.code.find('.') + 1);
      if (!codes.ends_with(code)) codes += (codes.empty() ? "" : " ") + code;
    }
    return codes;
  }
  static std::string codes(const std::vector<Reason>& reasons) {
    std::string codes;
    for (const auto& reason : reasons) codes += (codes.empty() ? "" : " ") + reason.code;
    return codes;
  }
  [[nodiscard]] std::string missing(const std::string& service = "D-2") const { return codes(finding(service).missing); }
  [[nodiscard]] std::string reasons(const std::string& service = "D-2") const { return codes(finding(service).reasons); }
  [[nodiscard]] std::string counter(const std::string& service = "D-2") const { return codes(finding(service).counter); }

  Evidence item(const Acts& act) {
    Evidence item;
    item.uid = act.source + "/transactions/" + std::to_string(++uids);
    item.rule = "rule";
    item.service = act.service;
    item.kind = act.as;
    item.time = item.seen = view.as_of;
    item.source = act.source;
    item.activity = act.kind;
    item.case_id = act.case_id.empty() ? act.source + ":ticket/" + std::to_string(uids) : act.case_id;
    item.drill = act.drill;
    item.procedures = act.procedures;
    item.wording = act.wording;
    return item;
  }
  SourceSight& sight(const std::string& name) { return *std::ranges::find(view.sources, name, &SourceSight::source); }
  void read(const std::string& name) {
    if (up.at(name)) sight(name).complete.at("transactions").add({from.at(name), view.as_of});
  }

  View view;
  std::map<std::string, bool> up;
  std::map<std::string, Instant> from;
  int uids = 0;
};

}  // namespace akashi
