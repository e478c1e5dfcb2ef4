// The SOC around the services: people, desks, how they are read; then every service in its turn.
#include "planner.hpp"

#include <algorithm>

namespace akashi::simulator {

namespace {

constexpr std::array<std::array<const char*, 2>, 20> names{
    {{"Aiko", "Sato"},   {"Bunta", "Tanaka"}, {"Chie", "Mori"},   {"Daichi", "Kimura"}, {"Emi", "Kato"},   {"Fumio", "Abe"}, {"Gen", "Ogawa"},
     {"Hana", "Ito"},    {"Isamu", "Goto"},   {"Jun", "Hara"},    {"Kenta", "Ono"},     {"Lisa", "Endo"},  {"Mari", "Ueno"}, {"Naoki", "Imai"},
     {"Osamu", "Maeda"}, {"Paul", "Baker"},   {"Rei", "Shimizu"}, {"Saki", "Nomura"},   {"Taro", "Fujii"}, {"Umeko", "Aoki"}}};

bool desk_has_rights(const Desk& desk) { return desk.product != "mediawiki"; }

// RT's own map knows places for these; some organisations keep them in Redmine all the same.
bool rather_rt(std::string_view service) { return service == "D-1" || service == "D-2" || service == "D-3" || service == "D-4"; }

std::string matter_of(std::string_view service) {
  static const std::map<std::string_view, std::string> known{
      {"B-4", "enquiry"},    {"D-1", "intake"},      {"D-4", "containment"}, {"D-5", "recovery"}, {"D-6", "notification"}, {"D-7", "closing_report"},
      {"G-11", "operation"}, {"G-12", "tool_check"}, {"G-13", "tool_trial"}, {"D-2", "incident"}, {"D-3", "incident"}};
  if (const auto at = known.find(service); at != known.end()) return at->second;
  if (service.starts_with("C-")) return "investigation";
  return service.starts_with("G-") ? "operation" : "";
}

}  // namespace

void Planner::people() {
  const auto add = [&](const char* team, bool head) {
    const auto& [first, last] = names[soc_.people.size()];
    Worker one{fmt::format("{} {}", first, last), team, "human", head, {}};
    std::string login;
    login += static_cast<char>(std::tolower(first[0]));
    for (const char* c = last; *c != 0; ++c) login += static_cast<char>(std::tolower(*c));
    one.accounts["rt"] = {login};
    one.accounts["redmine"] = {one.name};
    one.accounts["opensearch"] = {login + "@soc"};
    one.accounts["mediawiki"] = {fmt::format("{}{}", last, first)};
    if (soc_.people.size() % 3 == 0) {  // one person, two accounts
      one.accounts["rt"].push_back(login + "-adm");
      one.accounts["redmine"].push_back(one.name + " (admin)");
    }
    soc_.people.push_back(std::move(one));
  };
  for (int i = 0; i < 6; ++i) add("csirt", false);
  for (int i = 0; i < 5; ++i) add("platform", false);
  for (int i = 0; i < 2; ++i) add("management", true);
  for (int i = 0; i < 3; ++i) {
    reporters_.push_back(soc_.people.size());
    add("helpdesk", false);
  }
  machine_ = soc_.people.size();
  soc_.people.push_back({"Playbooks",
                         "",
                         "automation",
                         false,
                         {{"rt", {"soar"}}, {"redmine", {"Playbook Runner"}}, {"opensearch", {"svc-soar"}}, {"mediawiki", {"Bot"}}}});
  provider_ = soc_.people.size();
  soc_.people.push_back({"Watch Inc",
                         "csirt",
                         "provider",
                         false,
                         {{"rt", {"watch01", "watch02"}}, {"redmine", {"Watch Staff"}}, {"opensearch", {"watch"}}, {"mediawiki", {"Watch"}}}});
}

void Planner::polls() {
  auto chance = chance_.child("polls");
  // How long ago reading began; no desk's history begins on the very day of a limit.
  static const std::vector<std::pair<double, double>> windows{{16, 26}, {48, 54}, {65, 83}, {97, 111}, {130, 167}};
  const auto& [least, most] = chance.of(windows);
  const double first = chance.between(least, most);
  soc_.polls.push_back(ago(first));
  for (int i = chance.between(2, 5); i > 0; --i) soc_.polls.push_back(ago(chance.between(0.2, first)));
  soc_.polls.push_back(soc_.now - std::chrono::minutes(4));
  std::ranges::sort(soc_.polls);
}

void Planner::desks() {
  auto chance = chance_.child("desks");
  for (const char* product : {"rt", "redmine", "opensearch", "mediawiki"}) {
    Desk desk;
    desk.name = desk.product = product;
    desk.base = fmt::format("https://{}.soc.example", product);
    const bool japanese = chance.in(0.5);
    if (desk.product == "rt") desk.words = {"new", "open", "resolved", "rejected"};
    else if (desk.product == "opensearch") desk.words = {"open", "held", "closed", "dropped"};
    else if (japanese) desk.words = {"新規", "進行中", "終了", "却下"};
    else desk.words = {"New", "In Progress", "Closed", "Rejected"};
    soc_.desks.push_back(std::move(desk));
    Sight sight;
    sight.begins = soc_.polls.front() - days(480);
    sight.read_to = soc_.now;
    const auto how = chance.weighed(std::array{7.0, 2.0, 0.5, 0.8});
    if (how == 1 && soc_.polls.size() > 2) {  // down since the last polls
      const auto last = chance.between(1, static_cast<int>(soc_.polls.size()) - 2);
      sight.read_to = soc_.polls[static_cast<std::size_t>(last)];
      sight.current = soc_.now - sight.read_to < in_days(1.1);  // a day's lag blinds nobody
      if (!sight.current) sight.how_down = chance.in(0.5) ? "unreachable" : "refused";
      else sight.read_to = soc_.now;
    }
    if (how == 2) sight = {soc_.now, {}, false, true, "refused", {}, {}, {}};
    if (how == 3) sight.begins = soc_.polls.front() - days(1);
    if (sight.current && chance.in(0.25) && desk_has_rights(soc_.desks.back())) lose_a_right(sight, chance);
    soc_.sights.push_back(sight);
  }
}

// The reader lost a right. Where it was given back, reading went back to where it stood, and nothing is missing; where it was not, what is seen since
// counts, and what is not seen says nothing.
void Planner::lose_a_right(Sight& sight, Chance& chance) const {
  const auto last = static_cast<int>(soc_.polls.size()) - 1;
  const auto poll = static_cast<std::size_t>(chance.between(1, last - 1));
  sight.rights_short.insert(poll);
  if (chance.in(0.5)) return;
  for (std::size_t later = poll; later < soc_.polls.size(); ++later) sight.rights_short.insert(later);
  sight.gap = {0.0, age(soc_.polls[poll - 1])};
}

void Planner::homes() {
  auto chance = chance_.child("homes");
  const bool anywhere = chance.in(0.4);
  for (const Rhythm& clock : clocks()) {
    Service service{clock, {}, clock.service[0] == 'G' ? "platform" : "csirt", clock.agreed_days, {}, "insource", {}, {}, true, {}};
    const bool free = rather_rt(clock.service) ? anywhere : clock.service != "B-1";
    service.home.desk = free ? chance.below(2) : 0;
    service.home.matter = matter_of(clock.service);
    if (clock.service == "B-1" && chance.in(0.6)) service.home.desk = 2;
    service.home.place = fmt::format("{} {}", chance.in(0.5) ? "業務" : "Work", clock.service);
    if (clock.service == "D-3") service.home = soc_.services.back().home;
    if (service.home.desk == 2) service.home.place = "soc-alerts-*";
    const bool can_be_asked = clock.service != "D-3" && service.home.desk != 2;  // an alert that is raised asks nobody by itself
    if (service.agreed_days == 0 && can_be_asked && chance.in(0.4)) service.agreed_days = chance.between(1, 10);
    const bool shared = clock.service.starts_with("D-") && clock.service <= "D-3";  // others rest on these
    if (!shared) service.assignment = std::array{"insource", "outsource", "combined"}[chance.weighed(assignment_weights)];
    if (service.assignment != "insource") service.monthly = service.assignment == "combined" || chance.in(0.5);
    if (service.assignment != "insource")
      service.reports = Home{chance.below(ticket_desks), fmt::format("Reports {}", clock.service), "provider_report"};
    soc_.services.push_back(std::move(service));
  }
  soc_.approvals = {chance.below(2), "Sign-off", "approval"};
  for (const Service& one : soc_.services)
    if (one.clock.service != "D-3") soc_.desks[one.home.desk].places.push_back(one.home.place);
  for (const Service& one : soc_.services)
    if (one.reports) soc_.desks[one.reports->desk].places.push_back(one.reports->place);
  soc_.desks[soc_.approvals.desk].places.push_back(soc_.approvals.place);
  // Every queue has held a ticket once: an empty one cannot be told from one that may not be seen.
  for (Desk& desk : soc_.desks)
    for (const std::string& place : desk.places) {
      Ticket& first = desk.open(ago(900), "visitor00", place, "[test] first ticket of this queue");
      desk.act(first.number, ago(899), "visitor00", Did::moved, desk.words.refused);
    }
}

void Planner::services() {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < soc_.services.size(); ++i) order.push_back(i);
  const auto turn = [&](std::size_t i) { return soc_.services[i].clock.service == "D-1" ? 0 : 1; };  // others rest on it
  std::ranges::stable_sort(order, {}, turn);
  for (const std::size_t at : order) {
    Service& one = soc_.services[at];
    if (one.assignment != "insource") outsource(one);
    if (one.assignment != "outsource") service(at);
  }
}

void Planner::service(std::size_t at) {
  Service& service = soc_.services[at];
  Line line{service, {}, {}, chance_.child(service.clock.service), {}, {}, {}, false, 0, {}, {}};
  const Sight& sight = soc_.sights[service.home.desk];
  line.window = std::min<double>(service.clock.look_back, age(sight.begins));
  if (service.clock.service == "D-3") {
    line.incidents = incidents_;
    line.timing = by_incidents(line, sight);
  } else {
    line.timing = timing_of(service.clock, service.agreed_days, sight, line.chance);
  }
  severe_incident(line);
  line.truth.service = service.clock.service;
  line.truth.state = line.timing.state;
  line.truth.source_unread = line.timing.unread;
  for (std::size_t i = 0; i < soc_.people.size(); ++i)
    if (soc_.people[i].team == service.team && soc_.people[i].kind == "human") line.cast.workers.push_back(i);
  for (std::size_t i = line.cast.workers.size(); i > 1; --i) std::swap(line.cast.workers[i - 1], line.cast.workers[line.chance.below(i)]);
  line.truth.story = line.timing.newest ? fmt::format("last done {:.1f} days ago", *line.timing.newest) : std::string("never done");
  if (line.timing.unanswered) line.truth.story += fmt::format(", asked {:.1f} days ago and not answered", *line.timing.unanswered);
  cast(line);
  decoys(line);
  act_out(line);
  if (service.clock.service == "D-2") incidents_of(line);
  if (service.clock.service == "D-1")
    intake_alive_ = line.truth.state == "exercised" || line.truth.state == "late" || line.truth.state == "missed_demand";
  soc_.truths.push_back(line.truth);
}

// Some drills are noted on paper and entered by a person; where all was read that makes no difference.
bool Planner::on_paper(const Line& line, const Deed& deed) {
  const Sight& sight = soc_.sights[line.service.home.desk];
  const bool seen = sight.current && !sight.never_read && !sight.gap && deed.age < age(sight.begins);
  const bool of_others = line.service.clock.service == "D-2" || deed.ticket > 0 || deed.ended_by;  // D-3 happens on the incidents of D-2
  if (!deed.drill || !seen || of_others || !line.chance.child(fmt::format("paper {:.6f}", deed.age)).in(0.3)) return false;
  Entered& drill = enter("drill", line.service.clock.service, deed.age, 700);
  drill.who = soc_.people[deed.who].name;
  if (deed.from_document) drill.title = line.code;
  return true;
}

void Planner::act_out(const Line& line) {
  Chance chance = line.chance.child("acts");
  const Home& home = line.service.home;
  for (const Deed& deed : line.deeds) {
    if (on_paper(line, deed)) continue;
    const auto who = account(deed.who, home.desk, chance);
    if (deed.ticket > 0) {
      soc_.desks[home.desk].act(deed.ticket, ago(deed.age), who, Did::classified, chance.in(0.5) ? "Phishing" : "Malware");
      continue;
    }
    const auto ended_by = deed.ended_by ? account(*deed.ended_by, home.desk, chance) : "";
    perform(home, ago(deed.age), who, deed.from_document ? fmt::format(fmt::runtime(chance.in(0.5) ? "Worked by {}." : "手順: {}"), line.code) : "",
            deed.drill, ended_by, chance);
  }
  if (line.timing.unanswered && !line.called_by_incident) ask(home, ago(*line.timing.unanswered), chance);
}

// Of every incident the time half an hour after it was opened, when somebody says what it is.
void Planner::incidents_of(Line& line) {
  for (const Ticket& one : soc_.desks[line.service.home.desk].tickets)
    if (one.place == line.service.home.place && !one.title.starts_with("[test]"))
      incidents_.push_back({age(one.acts.front().at) - 0.02, one.number, one.drill});
  std::erase_if(incidents_, [&](const Incident& one) { return one.age > line.window * 0.99; });
  std::ranges::sort(incidents_, {}, &Incident::age);
}

// The scores that stand in the config: most of them what is so, some of them too good or too bad.
void Planner::scores() {
  auto chance = chance_.child("scores");
  for (Truth& truth : soc_.truths) {
    const auto service = std::ranges::find(soc_.services, truth.service, [](const Service& one) { return one.clock.service; });
    if (!chance.in(0.6) || service->assignment != "insource") continue;
    const int score = truth.rung && chance.in(0.5) ? *truth.rung : chance.between(1, 5);
    service->as_is = score;
    const Sight& sight = soc_.sights[service->home.desk];
    const bool read_whole =
        sight.current && age(sight.begins) > service->clock.look_back && (!sight.gap || sight.gap->first >= service->clock.look_back);
    // That the evidence is below the score can be said only where all of it was read; rung 1 was found by that.
    if (truth.rung && *truth.rung > score) truth.drift = true;
    if (!truth.rung || *truth.rung >= score) continue;
    truth.drift = read_whole || *truth.rung == 1;
    // What is missing for 4 and 5 may lie wherever nobody reads.
    for (const Sight& other : soc_.sights)
      if (truth.rung == 3 || truth.rung == 4) truth.drift = truth.drift && other.current && !other.gap;
  }
}

void Planner::finish() {
  for (Desk& desk : soc_.desks)
    for (Ticket& ticket : desk.tickets) {
      for (Act& act : ticket.acts) act.at = std::chrono::floor<std::chrono::seconds>(act.at);
      std::ranges::stable_sort(ticket.acts, {}, &Act::at);
    }
}

Soc Planner::run() {
  soc_.now = Instant(std::chrono::sys_days(std::chrono::year(2026) / 6 / 15)) + std::chrono::hours(9) + days(static_cast<int>(chance_.below(200)));
  people();
  polls();
  desks();
  homes();
  services();
  scores();
  finish();
  noise();
  finish();
  return std::move(soc_);
}

Soc plan(std::uint64_t seed) { return Planner(seed).run(); }

}  // namespace akashi::simulator
