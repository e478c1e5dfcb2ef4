// Procedures and approvals, whole or with one piece short.
#include <algorithm>

#include "planner.hpp"

namespace akashi::simulator {

namespace {

// The head of a document, as front matter or as Japanese lines.
std::string head_of(const Head& head, bool japanese) {
  const char* form = japanese ? "文書番号: {}\n対象サービス：{}\n主管：{}\n版: {}\n最終見直し日: {}\n{}\n手順。\n"
                              : "---\nid: {}\nservices: {}\nowner: {}\nversion: {}\nreviewed: {}\n{}\n---\nSteps.\n";
  const std::string status = head.status.empty() ? "" : (japanese ? "状態: " : "status: ") + head.status;
  return fmt::format(fmt::runtime(form), head.code, head.services, head.owner, head.version, format_day(head.reviewed), status);
}

}  // namespace

bool Planner::page_is_seen(std::size_t desk, double age_days) const {
  const Sight& sight = soc_.sights[desk];
  return !sight.never_read && ago(age_days) < (sight.current ? soc_.now : sight.read_to);
}

bool Planner::act_is_seen(std::size_t desk, double age_days) const {
  return page_is_seen(desk, age_days) && ago(age_days) > soc_.sights[desk].begins;
}

// Any shelf, rather one where a page of that age could be read.
std::size_t Planner::readable_shelf(double age_days, Chance& chance) const {
  const std::size_t first = chance.below(shelves.size());
  for (std::size_t i = 0; i < shelves.size(); ++i)
    if (const std::size_t desk = shelves[(first + i) % shelves.size()]; page_is_seen(desk, age_days)) return desk;
  return shelves[first];
}

// Where the procedure is kept, and when it was written: in time to be worked from, reviewed within a year.
bool Planner::find_shelf(Line& line, Procedure& procedure) {
  Chance& chance = line.chance;
  const double latest = procedure.worked * 1.05 + 0.5;
  const std::size_t desk = readable_shelf(latest, chance);
  procedure.desk = desk;
  const bool old = latest > 340 || chance.in(0.25);
  procedure.published = old ? std::max(latest, 380.0) + chance.between(1.0, 200.0) : chance.between(latest, 345.0);
  if (!page_is_seen(desk, procedure.published)) return false;
  if (!old) return true;
  // A review without change keeps the version. RT shows the last edit only, so the older state has to have been read before it.
  const bool last_state_only = soc_.desks[desk].product == "rt";
  const double soonest = last_state_only ? std::min(340.0, age(soc_.polls.front()) * 0.97) : 340.0;
  const double read_to = soc_.sights[desk].current ? 0.0 : age(soc_.sights[desk].read_to);
  if (soonest <= read_to * 1.02 + 0.5) return false;
  procedure.reviewed = chance.between(read_to * 1.02 + 0.2, soonest);
  return true;
}

// True when the procedure is in force and named as it has to be.
bool Planner::write_procedure(Line& line, const Procedure& procedure) {
  Chance& chance = line.chance;
  Head head{line.code, std::string(line.service.clock.service), soc_.people[line.cast.author].name, "1.0", "", ago(procedure.published)};
  const auto author = account(line.cast.author, procedure.desk, chance);
  const bool japanese = chance.in(0.4);
  double published = procedure.published;
  bool reviewed = procedure.reviewed.has_value();
  const auto write = [&](double age_days) {
    head.reviewed = ago(age_days);
    soc_.desks[procedure.desk].write(ago(age_days), author, line.title, head_of(head, japanese));
  };
  bool named = procedure.valid;
  std::string lack;
  if (!procedure.valid) {
    switch (chance.below(6)) {
      case 0:
        lack = "no owner", head.owner.clear(), named = true;
        break;
      case 1:
        lack = "no review", published += 400, reviewed = false, named = true;
        break;
      case 2:
        lack = "nobody names it";
        break;
      case 3:
        lack = "only its author names it";
        break;
      case 4:
        lack = "another service", head.services = "A-1", named = true;
        break;
      default:
        lack = "a draft", head.status = japanese ? "草案" : "draft", named = true;
    }
    if (lack == "only its author names it") name_by_author(line);
    else if (named) name_by_second(line);
  }
  write(published);
  if (reviewed) write(*procedure.reviewed);
  line.truth.story += lack.empty() ? fmt::format(", procedure {} of {:.0f} days ago", line.code, published) : ", procedure with a lack: " + lack;
  return lack.empty();
}

void Planner::name_by_author(Line& line) {
  for (Deed& deed : line.deeds)
    if (deed.who == line.cast.workers[0]) deed.from_document = true;
  line.cast.author = line.cast.workers[0];
}

void Planner::name_by_second(Line& line) {
  if (line.service.clock.service == "D-3") line.service.works_from = line.code;
  for (Deed& deed : line.deeds)
    if (deed.who != line.cast.workers[0]) deed.from_document = true;
}

// What was asked, and what came of it.
void Planner::sign_off(Line& line, double asked, double ended, const std::string& version, const std::string& by, bool refused) {
  const std::size_t desk = soc_.approvals.desk;
  const auto title =
      line.chance.in(0.5) ? fmt::format("Approve {}, version {}", line.title, version) : fmt::format("{} 第{}版の承認依頼", line.title, version);
  Ticket& ticket = soc_.desks[desk].open(ago(asked), account(line.cast.author, desk, line.chance), soc_.approvals.place, title, "Please approve.");
  const int number = ticket.number;
  const Words& words = soc_.desks[desk].words;
  if (!by.empty()) soc_.desks[desk].act(number, ago(ended), by, Did::moved, refused ? words.refused : words.done);
}

// True when a head approved the version in force and that still holds.
bool Planner::approve(Line& line, const Procedure& procedure, bool valid) {
  Chance& chance = line.chance;
  const std::size_t desk = soc_.approvals.desk;
  std::vector<std::size_t> heads;
  for (std::size_t i = 0; i < soc_.people.size(); ++i)
    if (soc_.people[i].head && i != line.cast.author) heads.push_back(i);
  const auto head = [&] { return account(chance.of(heads), desk, chance); };
  const double oldest = std::min({procedure.published * 0.97, 345.0, age(soc_.sights[desk].begins) * 0.98});
  const double ended = chance.between(oldest * 0.4, oldest), asked = ended * 1.005 + 0.05;
  if (chance.child("in a meeting").in(0.2)) {  // in a meeting, and entered; a wrong entry was taken back
    const double held = std::min(procedure.published * 0.97, 345.0) * chance.child("day").between(0.4, 1.0);
    Entered& entry = enter("approval", line.service.clock.service, held, 365);
    entry.title = line.title;
    entry.version = "1.0";
    entry.verdict = "approved";
    entry.who = soc_.people[chance.of(heads)].name;
    entry.withdrawn = !valid;
    line.truth.story += valid ? ", approved in a meeting" : ", approval in a meeting that was withdrawn";
    return valid;
  }
  if (!act_is_seen(desk, asked) || !act_is_seen(desk, ended)) {
    line.truth.story += ", approval where nobody could read it";
    sign_off(line, asked, ended, "1.0", head(), false);
    return false;
  }
  if (valid) {
    sign_off(line, asked, ended, "1.0", head(), false);
    line.truth.story += ", approved by a head";
    if (!chance.in(0.2)) return true;
    sign_off(line, asked * 0.9, ended * 0.9, "1.0", no_head(desk, chance), false);  // once more, by somebody who may not
    return true;
  }
  return approve_badly(line, procedure, asked, ended, head());
}

std::string Planner::no_head(std::size_t desk, Chance& chance) const { return account(reporters_.front(), desk, chance); }

bool Planner::approve_badly(Line& line, const Procedure& procedure, double asked, double ended, const std::string& head) {
  Chance& chance = line.chance;
  const std::size_t desk = soc_.approvals.desk;
  const auto author = account(line.cast.author, desk, chance);
  const double expired = chance.between(370.0, std::max(371.0, procedure.published * 0.98));
  std::string lack;
  switch (chance.below(8)) {
    case 0:
      lack = "none";
      break;
    case 1:
      lack = "its author's", sign_off(line, asked, ended, "1.0", author, false);
      break;
    case 2:
      lack = "by no head", sign_off(line, asked, ended, "1.0", no_head(desk, chance), false);
      break;
    case 3:
      lack = "of another version", sign_off(line, asked, ended, "0.9", head, false);
      break;
    case 4:
      lack = "pending", sign_off(line, asked, ended, "1.0", "", false);
      break;
    case 5:
      lack = "refused", sign_off(line, asked, ended, "1.0", head, true);
      break;
    case 6:
      lack = "a machine's", sign_off(line, asked, ended, "1.0", machine(desk), false);
      break;
    default:
      if (expired * 1.01 + 0.1 >= procedure.published || !act_is_seen(desk, expired * 1.005 + 0.05)) {
        lack = "taken back";
        sign_off(line, asked, ended, "1.0", head, false);
        sign_off(line, ended * 0.99, ended * 0.9, "1.0", head, true);
        break;
      }
      lack = "run out";
      line.truth.approval_expired = true;
      sign_off(line, expired * 1.005 + 0.05, expired, "1.0", head, false);
  }
  line.truth.story += ", approval with a lack: " + lack;
  return false;
}

}  // namespace akashi::simulator
