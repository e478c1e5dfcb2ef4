// Who did it: the people's part of the truth. From 3 on the procedure decides (procedures.cpp).
#include <algorithm>

#include "planner.hpp"

namespace akashi::simulator {

void Planner::place_deeds(Line& line, std::size_t workers) {
  Chance& chance = line.chance;
  const double newest = *line.timing.newest, oldest = std::max(newest * 1.02 + 0.01, line.window * 0.97);
  const auto older = [&] { return chance.between(newest + (oldest - newest) * 0.05, oldest); };
  const bool drills = line.timing.only_drills;
  const int most = 2 + static_cast<int>(workers) + chance.between(0, 3);
  line.deeds.push_back({newest, line.cast.workers[0], false, drills, 0, {}});
  for (int i = 1; i < most; ++i) line.deeds.push_back({older(), line.cast.workers[0], false, drills || chance.in(0.1), 0, {}});
  for (std::size_t other = 1; other < workers; ++other)
    line.deeds.push_back({older(), line.cast.workers[other], false, drills || chance.in(0.1), 0, {}});
}

// D-3 happens on the incidents of D-2: who classifies each of them.
void Planner::share_deeds(Line& line, std::size_t workers) {
  const auto& incidents = line.incidents;
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const std::size_t who = i >= 1 && i < workers ? line.cast.workers[i] : line.cast.workers[0];
    line.deeds.push_back({incidents[i].age, who, false, incidents[i].drill, incidents[i].ticket, {}});
  }
}

// The deeds, and what the people's part of the truth is.
void Planner::cast(Line& line) {
  Chance& chance = line.chance;
  if (!line.timing.newest) {
    if (line.timing.rung == Timing::Rung::one) line.truth.rung = 1;
    return;
  }
  int rung = 2 + static_cast<int>(chance.weighed(std::array{3.0, 3.0, 3.0, 4.0}));
  const bool shared = line.service.clock.service == "D-3";
  if (shared && line.incidents.size() < 4) rung = 2;  // too few for one who usually does it and others who stand in
  const auto workers = rung == 2 ? 1 : static_cast<std::size_t>(chance.between(2, 3));
  if (shared) share_deeds(line, workers);
  else place_deeds(line, workers);
  line.truth.story += fmt::format(", by {} of the team", workers);
  line.truth.rung = climb(line, rung);
  if (line.timing.rung == Timing::Rung::one) line.truth.rung = 1;
  if (line.timing.rung == Timing::Rung::none) line.truth.rung.reset();
  if (!line.truth.rung || line.truth.rung == 1) line.truth.approval_expired = false;
}

// From 4 on: a procedure, somebody else's work from it, an approval; or all of it but one piece. Gives the rung that comes of it.
int Planner::climb(Line& line, int rung) {
  Chance& chance = line.chance;
  if (rung < 4 && chance.in(0.3)) return rung;
  Procedure procedure;
  procedure.valid = rung >= 4;
  procedure.by_manager = chance.in(0.3);
  line.cast.author = procedure.by_manager ? line.cast.workers.back() : line.cast.workers[0];
  const auto second = std::ranges::find_if(line.deeds, [&](const Deed& deed) { return deed.who != line.cast.workers[0]; });
  procedure.worked = second != line.deeds.end() ? second->age : *line.timing.newest;
  if (!find_shelf(line, procedure)) {  // nothing that could be read holds it
    line.truth.story += ", no document where it could be read";
    return std::min(rung, 3);
  }
  line.code = fmt::format("PR-{:02}", ++documents_);
  line.title = fmt::format("{} {} {}", line.code, line.service.clock.service, chance.in(0.5) ? "procedure" : "手順書");
  if (rung >= 4) name_it(line, *second);
  if (!write_procedure(line, procedure)) return std::min(rung, 3);
  if (rung < 4) return rung;
  return approve(line, procedure, rung == 5) ? 5 : 4;
}

// The work names the procedure; or, now and then, the place is always worked from it.
void Planner::name_it(Line& line, Deed& second) {
  const bool shares_its_place = line.service.clock.service == "D-2";
  if (line.service.clock.service == "D-3" || (!shares_its_place && line.chance.in(0.15))) line.service.works_from = line.code;
  else second.from_document = true;
}

}  // namespace akashi::simulator
