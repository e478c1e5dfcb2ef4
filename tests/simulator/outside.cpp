// Services of a provider: reports that come every month, and what somebody inside makes of them.
#include <algorithm>

#include "planner.hpp"

namespace akashi::simulator {

namespace {

constexpr double interval = 31, patience = 14;      // a report a month, looked at within two weeks
constexpr double overdue = interval + patience;     // then the report is late
constexpr double lapsed = 2 * interval + patience;  // then nothing comes any more

std::string head_of(const std::string& code, const std::string& role, std::string_view service, const std::string& owner, Instant reviewed) {
  return fmt::format("---\nid: {}\nrole: {}\nservices: {}\nowner: {}\nversion: 1\nreviewed: {}\n---\nWhat was agreed.\n", code, role, service, owner,
                     format_day(reviewed));
}

}  // namespace

// When reports came: the newest first. Nothing when what is drawn cannot be told from the sources.
void Planner::reports_of(Contract& contract, Chance& chance) const {
  const Sight& sight = soc_.sights[contract.home.desk];
  const double down = sight.current ? 0 : age(sight.read_to), begun = age(sight.begins);
  const auto come = [&](double newest) {
    for (double at = newest; at < std::min(begun * 0.95, 200.0); at += interval + chance.between(-3.0, 3.0)) contract.reports.push_back(at);
  };
  switch (chance.weighed(std::array{6.0, 1.2, 1.2, 0.8})) {
    case 0:
      come(chance.between(std::max(down * 1.05, 0.5) + 0.2, 40.0));
      break;
    case 1:
      come(chance.between(std::max(down * 1.05, 48.0), 72.0));
      break;
    case 2:
      come(chance.between(std::max(down * 1.05, 82.0), 150.0));
      break;
    default:
      break;
  }
  std::erase_if(contract.reports, [&](double at) { return at <= down * 1.02 + 0.1; });
}

// They come when there is something to report: lately, long ago, never.
void Planner::reports_with_cases(Contract& contract, Chance& chance) const {
  const Sight& sight = soc_.sights[contract.home.desk];
  const double down = sight.current ? 0.5 : age(sight.read_to) * 1.05 + 0.2, begun = std::min(age(sight.begins) * 0.95, contract.look_back * 0.94);
  const auto how = chance.weighed(std::array{6.0, 2.0, 1.5});
  const double from = how == 0 ? down : std::max(down, contract.need * 1.06), to = how == 0 ? std::min(contract.need * 0.94, begun) : begun;
  if (how == 2 || from >= to) return;
  for (double at = chance.between(from, to); at < begun; at += chance.between(20.0, 90.0)) contract.reports.push_back(at);
}

// No report in the time that matters: neutral as far as it could be seen, and never a lapse.
void Planner::quiet_state(const Contract& contract, Truth& truth) const {
  const Sight &reports = soc_.sights[contract.home.desk], &work = soc_.sights[contract.work];
  const double begun = std::min(age(reports.begins), age(work.begins)), need = std::min(begun, contract.need);
  const auto whole = [&](const Sight& sight) { return sight.current && !sight.never_read && (!sight.gap || sight.gap->first >= need); };
  if (!whole(reports) || !whole(work)) truth.state = "blind";
  else if (begun < contract.need) truth.state = "insufficient_history";
  else if (contract.needs_intake && !intake_alive_) truth.state = "blind";
  else truth.state = contract.drilled ? "drill_due" : "no_demand";
}

// What is said of reports that come or do not.
void Planner::report_state(const Contract& contract, Truth& truth) const {
  const Sight& sight = soc_.sights[contract.home.desk];
  const double begun = age(sight.begins);
  const auto whole = [&](double since) { return sight.current && !sight.never_read && (!sight.gap || sight.gap->first >= since); };
  truth.source_unread = !whole(lapsed);
  if (contract.reports.empty() && !contract.monthly) return quiet_state(contract, truth);
  if (contract.reports.empty()) {
    truth.state = !whole(std::min(begun, lapsed)) ? "blind" : begun > lapsed ? "unexercised" : "insufficient_history";
    if (truth.state == "unexercised") truth.rung = 1;
    return;
  }
  const double newest = contract.reports.front();
  if (contract.due && !contract.looked && !contract.by_unknown) {
    truth.state = whole(contract.reports[*contract.due]) ? "missed_demand" : "blind";
    if (truth.state == "missed_demand") truth.rung = 1;
    return;
  }
  if (!contract.monthly) {
    if (newest <= contract.need) truth.state = "exercised";
    else quiet_state(contract, truth);
    return;
  }
  if (newest <= overdue) truth.state = "exercised";
  else if (!whole(newest)) truth.state = "blind";
  else truth.state = newest <= lapsed ? "late" : "unexercised";
  if (truth.state == "unexercised") truth.rung = 1;
}

// Entered within a day, while it may still be relied on.
Entered& Planner::enter(const std::string& kind, std::string_view service, double done, double holds) {
  Entered entry;
  entry.kind = kind;
  entry.service = service;
  entry.done = ago(done);
  entry.at = ago(done * 0.98);
  entry.until = entry.done + in_days(holds);
  soc_.entered.push_back(entry);
  return soc_.entered.back();
}

// A report on paper, and what somebody made of it, if it was not taken back.
void Planner::enter_look(const Contract& contract, double received, double looked, const std::vector<std::string>& fields, bool withdrawn) {
  const auto reference = fmt::format("binder {}, no. {}", contract.service, soc_.entered.size() + 1);
  Entered& report = enter("report", contract.service, received, 700);
  report.title = contract.service + " monthly report";
  report.reference = reference;
  Entered& review = enter("review", contract.service, looked, 700);
  review.who = soc_.people[contract.owner].name;
  review.reference = reference;
  review.withdrawn = withdrawn;
  for (const auto& field : fields) {
    const std::string word = field.starts_with("Note=")        ? "noted"
                             : field.starts_with("Figure=")    ? "checked"
                             : field == "Outcome=below"        ? "missed"
                             : field.starts_with("Outcome=as") ? "met"
                                                               : "";
    if (!word.empty()) review.verdict += (review.verdict.empty() ? "" : " ") + word;
  }
}

// A document about the contract on one of the shelves, or on paper; false when nobody could read it there.
bool Planner::shelve(const Contract& contract, const std::string& role, const std::string& writer, double written, Chance& chance) {
  if (writer == "inside" && written < 600 && chance.child("paper").in(0.2)) {
    Entered& paper = enter(role == "expectation" ? "expectation" : "description", contract.service, written, 700);
    paper.title = fmt::format("Contract {} {}", contract.service, role);
    paper.version = "1";
    paper.owner = soc_.people[contract.owner].name;
    return true;
  }
  const std::size_t desk = readable_shelf(written, chance);
  const auto owner = soc_.people[chance.in(0.7) ? contract.owner : reporters_.front()].name;  // whoever owns it: who wrote it has looked into it
  const auto by = writer == "inside" ? account(contract.owner, desk, chance) : writer == "provider" ? account(provider_, desk, chance) : "someone";
  const auto code = fmt::format("CT-{:02}", ++documents_);
  const auto title = fmt::format("{} {} {}", code, contract.service, role == "expectation" ? "expected" : "service description");
  soc_.desks[desk].write(ago(written), by, title, head_of(code, role, contract.service, owner, ago(written)));
  return page_is_seen(desk, written);
}

// What somebody inside made of one report.
void Planner::look_at(const Contract& contract, double received, const std::vector<std::string>& fields, Chance& chance) {
  Desk& desk = soc_.desks[contract.home.desk];
  const std::string provider = account(provider_, contract.home.desk, chance);
  const bool seen = !fields.empty() && fields.front() == "seen", nobody = fields.empty();
  if ((seen || nobody) && received < 300 && chance.child("paper").in(0.2)) return enter_look(contract, received, received * 0.7, fields, nobody);
  const int ticket =
      desk.open(ago(received), provider, contract.home.place, fmt::format("{} monthly report", contract.service), "Please find it.").number;
  if (chance.in(0.3)) desk.act(ticket, ago(received - 0.05), provider, Did::noted, "A figure was corrected.");
  if (fields.empty()) return;
  const auto who = fields.front() == "unknown" ? "someone" : account(contract.owner, contract.home.desk, chance);
  const Sight& sight = soc_.sights[contract.home.desk];
  const double last_seen = sight.current ? 0.02 : age(sight.read_to) * 1.01 + 0.02;
  const double looked = std::max(received - chance.between(0.5, 9.0), (received + last_seen) / 2);
  desk.act(ticket, ago(looked), who, Did::moved, desk.words.working);
  for (std::size_t i = 1; i < fields.size(); ++i) desk.act(ticket, ago(looked) + std::chrono::minutes(i), who, Did::classified, fields[i]);
}

// From 2 on: content and result, and what was expected.
Planner::Understanding Planner::understanding(const Contract& contract, int wanted, Truth& truth, Chance& chance) {
  Understanding is;
  const double oldest = contract.reports.empty() ? contract.period : contract.reports.back();
  is.description = wanted >= 4 || (wanted == 3 && chance.in(0.6));
  is.note = wanted >= 4 || (wanted == 3 && (!is.description || chance.in(0.4)));
  if (is.description) is.description = shelve(contract, "service_description", "inside", chance.between(100.0, 340.0), chance);
  else if (chance.in(0.5)) shelve(contract, "service_description", "inside", chance.between(380.0, 600.0), chance);  // not reviewed for a year
  else if (chance.in(0.5)) shelve(contract, "service_description", chance.in(0.6) ? "provider" : "nobody", chance.between(50.0, 300.0), chance);
  if (wanted >= 4) is.expectation = shelve(contract, "expectation", "inside", oldest + chance.between(10.0, 60.0), chance);
  else if (is.description && is.note && chance.in(0.5))
    shelve(contract, "expectation", "inside", contract.reports.front() * 0.9, chance);  // too late
  if (wanted >= 4) is.missed = wanted == 4 && chance.in(0.6);
  is.checked = wanted == 5;
  const bool both = is.description && is.note;
  is.rung = !is.description && !is.note ? 2 : !both || !is.expectation ? 3 : is.missed || !is.checked ? 4 : 5;
  truth.story +=
      fmt::format(", description {}, note {}, expectation {}, missed {}, checked {}", is.description, is.note, is.expectation, is.missed, is.checked);
  return is;
}

void Planner::outsource(Service& service) {
  auto chance = chance_.child(std::string("outside ") + std::string(service.clock.service));
  Contract contract{std::string(service.clock.service), *service.reports, reporters_[1], {}, {}, false, false};
  contract.monthly = service.clock.runs_always || service.monthly;
  contract.work = service.home.desk;
  contract.drilled = service.clock.warn > 0;
  contract.needs_intake = service.clock.needs_intake;
  contract.look_back = service.clock.look_back;
  contract.need = contract.drilled ? service.clock.warn : contract.look_back;
  if (!contract.monthly) contract.period = std::max(contract.period, contract.need);
  service.owner = soc_.people[contract.owner].name;
  Truth truth;
  truth.service = service.clock.service;
  truth.ladder = "outsource";
  const Sight& sight = soc_.sights[contract.home.desk];
  if (!sight.never_read && contract.monthly) reports_of(contract, chance);
  if (!sight.never_read && !contract.monthly) reports_with_cases(contract, chance);
  // What is older than the look-back came, and says nothing about now.
  const auto older = std::ranges::find_if(contract.reports, [&](double at) { return at >= service.clock.look_back; });
  for (auto at = older; at != contract.reports.end(); ++at) look_at(contract, *at, {"seen", "Note=long ago"}, chance);
  contract.reports.erase(older, contract.reports.end());
  const int wanted = 1 + static_cast<int>(chance.weighed(std::array{1.5, 2.0, 2.0, 2.0, 3.0}));
  contract.by_unknown = wanted == 1 && chance.in(0.2);
  contract.looked = wanted > 1;
  for (std::size_t i = 0; i < contract.reports.size() && !contract.due; ++i)
    if (contract.looked || contract.reports[i] > patience) contract.due = i;
  truth.story = contract.reports.empty() ? "no report" : fmt::format("last report {:.1f} days ago", contract.reports.front());
  report_state(contract, truth);
  Understanding is;
  if (contract.looked && !contract.reports.empty()) is = understanding(contract, wanted, truth, chance);
  for (std::size_t i = 0; i < contract.reports.size(); ++i) {
    std::vector<std::string> fields;
    if (contract.by_unknown) fields = {"unknown"};
    if (contract.looked) {
      fields = {"seen"};
      if (is.note) fields.emplace_back("Note=Asked the provider to tell sooner");
      if (is.note && is.expectation) fields.push_back(is.missed && i == contract.reports.size() / 2 ? "Outcome=below" : "Outcome=as agreed");
      if (is.checked) fields.emplace_back("Figure=43 alerts by our own count");
    }
    look_at(contract, contract.reports[i], fields, chance);
  }
  settle(contract, is, truth);
  if (soc_.sights[contract.home.desk].never_read) truth.state = "blind", truth.rung.reset(), truth.source_unread = true;
  soc_.truths.push_back(truth);
}

// What lies longer ago than the period was understood then, not now.
void Planner::settle(const Contract& contract, const Understanding& is, Truth& truth) const {
  if (truth.rung || contract.reports.empty() || !contract.looked || !contract.due) return;
  truth.rung = is.rung;
  const double newest = contract.reports.front();
  if (newest >= contract.period) truth.rung = is.description ? 3 : 2;
}

}  // namespace akashi::simulator
