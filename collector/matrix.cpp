#include "collector/matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "core/text.hpp"

namespace akashi {

namespace {

using Services = std::set<std::string>;

// What rules could make of one source, and of each of its places alone.
struct Reach {
  Services observable, reports, countable, called_for;
  std::vector<Services> done_at, asked_at, elsewhere;  // as the map's entries
};

Reach reach(const House& house, const SourceConfig& source) {
  Reach reach;
  const Capabilities able = capabilities(house, source);
  reach.observable = observable(house.rules, able);
  reach.reports = observable_reports(house.rules, able);
  reach.countable = countable(house.rules, able);
  reach.called_for = countable(house.rules, able, true);
  for (const auto& place : able.places) {
    Capabilities alone = able;
    alone.places = {place};
    alone.loose.clear();
    alone.elsewhere = false;
    reach.done_at.push_back(countable(house.rules, alone));
    reach.asked_at.push_back(countable(house.rules, alone, true));
    reach.elsewhere.push_back(place.elsewhere);
  }
  return reach;
}

std::string said(const std::vector<std::pair<std::string, std::vector<std::string>>>& conditions) {
  std::string text;
  for (const auto& [attribute, values] : conditions) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", attribute, fmt::join(values, " | "));
  return text;
}

// A case that the entry is about, as far as its conditions say.
CaseState case_of(const Selector& when) {
  CaseState state;
  for (const auto& [attribute, values] : when.conditions) {
    if (values.empty()) continue;
    const std::string& value = values.front();
    if (attribute == "place") state.place = value;
    else if (attribute == "type") state.type = value;
    else if (attribute == "category") state.category = value;
    else if (attribute == "status") state.status = value;
    else if (attribute == "severity") state.severity = value;
    else if (attribute == "title") state.title = value;
    else if (attribute == "label") state.labels.push_back(value);
    else if (attribute.starts_with("cf.")) state.fields[attribute.substr(3)] = value;
  }
  return state;
}

// What the entries that fit say of statuses, the first that names one being right.
void add_statuses(const std::vector<PlaceEntry>& entries, const CaseState& state, MatrixPlace& place) {
  std::set<std::string> known;
  const auto add = [&](const std::vector<std::string>& from, std::vector<std::string>& to) {
    for (const auto& status : from)
      if (known.insert(lower(status)).second) to.push_back(status);
  };
  for (const PlaceEntry& entry : entries) {
    if (!entry.when.fits(state)) continue;
    add(entry.asked, place.asked);
    add(entry.working, place.working);
    add(entry.done, place.done);
    add(entry.refused, place.refused);
  }
}

void add_places(const House& house, const SourceConfig& source, const Reach& reach, MatrixRow& row) {
  const auto meaning = house.meanings.find(source.name);
  if (meaning == house.meanings.end()) return;
  const auto& entries = meaning->second.map.entries();
  const std::string service(row.service->id);
  for (std::size_t i = 0; i < entries.size() && i < reach.done_at.size(); ++i) {
    const PlaceEntry& entry = entries[i];
    const bool work = reach.done_at[i].contains(service);
    // A place without a matter or services of its own says nothing: what it shows, it would show anywhere. Or the organisation does this elsewhere.
    const auto told = meaning->second.map.surely_said(i);
    if (!told.by_itself || reach.elsewhere[i].contains(service) || (!work && !reach.asked_at[i].contains(service))) continue;
    MatrixPlace place{source.name, said(entry.when.conditions), told.matter, entry.where, {}, {}, {}, {}, entry.drill.value_or(false), false, work};
    place.given = std::ranges::find(told.services, service) != told.services.end();
    const CaseState state = case_of(entry.when);
    add_statuses(entries, state, place);
    row.places.push_back(std::move(place));
  }
}

void add_shelves(const SourceConfig& source, MatrixRow& row) {
  for (const DocumentPlace& place : source.documents.places)
    if (std::ranges::find(place.services, row.service->id) != place.services.end())
      row.shelves.push_back({source.name, said(place.when), place.owner});
}

const Finding* finding_of(const std::vector<Finding>& findings, std::string_view service) {
  const auto found = std::ranges::find(findings, service, &Finding::service);
  return found == findings.end() ? nullptr : &*found;
}

Span look_back(const View& view, std::string_view service) {
  const auto profile = view.profile.find(service);
  const Criteria criteria = profile == view.profile.end() ? default_criteria(service) : profile->second.criteria;
  return {view.as_of - days(criteria.look_back_days), view.as_of};
}

bool inside(Span span, Instant at) { return at >= span.from && at <= span.to; }

// Of what somebody else does for us the reports count, and what is made of them.
bool judged_by_reports(const View& view, std::string_view service) {
  const auto profile = view.profile.find(service);
  const auto assigned = profile == view.profile.end() ? std::nullopt : profile->second.assigned;
  return assigned == Assignment::outsource || assigned == Assignment::combined;
}

void count(const View& view, const Matrix& matrix, MatrixRow& row) {
  const auto cell_of = [&](const std::string& source) -> MatrixCell* {
    const auto at = std::ranges::find(matrix.sources, source);
    return at == matrix.sources.end() ? nullptr : &row.cells[static_cast<std::size_t>(at - matrix.sources.begin())];
  };
  const Span span = look_back(view, row.service->id);
  const bool reports = judged_by_reports(view, row.service->id);
  std::set<std::string_view> set_aside;
  if (row.finding != nullptr)
    for (const Rejected& one : row.finding->rejected) set_aside.insert(one.uid);
  // Two rules that fit one activity count it once, and so do two tellings of one act.
  std::set<std::tuple<Instant, std::string_view, std::string_view, std::string_view>> counted;
  const auto fresh = [&](const Evidence& one) {
    return one.case_id.empty() ? counted.insert({one.time, one.uid, {}, {}}).second
                               : counted.insert({one.time, one.case_id, one.actor, one.activity}).second;
  };
  if (const auto items = view.items.find(row.service->id); items != view.items.end())
    for (const Evidence& item : items->second) {
      MatrixCell* cell = cell_of(item.source);
      if (cell == nullptr || item.time > view.as_of) continue;
      if (item.kind == EvidenceKind::demand && inside(span, item.time)) ++cell->demands;
      if (!shows_work(item.kind) && !(reports && shows_reports(item.kind))) continue;
      cell->last = std::max(cell->last.value_or(item.time), item.time);
      if (inside(span, item.time) && !set_aside.contains(item.uid) && fresh(item)) ++cell->acts;
    }
  for (const auto& [key, tally] : view.tallies) {
    MatrixCell* cell = key.service == row.service->id ? cell_of(key.source) : nullptr;
    if (cell == nullptr || tally.first > view.as_of) continue;
    if (key.kind == EvidenceKind::demand && inside(span, tally.last)) cell->demands += tally.count;
    if (!shows_work(key.kind)) continue;
    cell->last = std::max(cell->last.value_or(tally.last), tally.last);
    if (inside(span, tally.last) && key.actor_kind == ActorKind::human) cell->acts += tally.count;
  }
}

void add_procedures(const View& view, const Matrix& matrix, MatrixRow& row) {
  std::map<std::string_view, const Document*> newest;
  for (const Document& one : view.documents) {
    const Document*& held = newest[one.id];
    if (one.published <= view.as_of && (held == nullptr || held->published <= one.published)) held = &one;
  }
  for (const auto& [id, one] : newest) {
    if (one == nullptr || std::ranges::find(one->services, row.service->id) == one->services.end()) continue;
    row.procedures.push_back({one->source, one->id, one->title, one->version, one->owner, one->url, one->role});
    const auto at = std::ranges::find(matrix.sources, one->source);
    if (at != matrix.sources.end()) ++row.cells[static_cast<std::size_t>(at - matrix.sources.begin())].procedures;
  }
}

void see(const Matrix& matrix, MatrixRow& row) {
  if (row.finding == nullptr) return;
  for (const CoverageNote& note : row.finding->coverage) {
    const auto at = std::ranges::find(matrix.sources, note.source);
    if (at == matrix.sources.end()) continue;
    auto& cell = row.cells[static_cast<std::size_t>(at - matrix.sources.begin())];
    cell.sight = note.state;
    cell.why = note.why;
  }
}

MatrixCell first_look(const Reach& reach, const std::string& service, bool reports) {
  MatrixCell cell;
  cell.silence_counts = reach.observable.contains(service) || (reports && reach.reports.contains(service));
  if (reach.countable.contains(service)) cell.shows = MatrixCell::Shows::could;
  else if (reach.called_for.contains(service)) cell.shows = MatrixCell::Shows::called_for;
  return cell;
}

}  // namespace

std::string_view name(MatrixCell::Shows shows) {
  constexpr std::array<std::string_view, 4> names{"cannot_be", "called_for", "could_be", "evidenced"};
  return names[static_cast<std::size_t>(shows)];
}

bool MatrixRow::needs_a_person() const {
  return std::ranges::all_of(cells, [](const MatrixCell& cell) { return cell.shows < MatrixCell::Shows::could; });
}

Matrix make_matrix(const House& house, const Judgement& judgement, std::string_view category) {
  Matrix matrix;
  matrix.as_of = judgement.view.as_of;
  std::vector<Reach> reaches;
  for (const SourceConfig& source : house.config.sources) {
    matrix.sources.push_back(source.name);
    matrix.products.push_back(source.connector);
    reaches.push_back(reach(house, source));
  }
  for (const Service& service : catalogue()) {
    if (!judged(service.id) || (!category.empty() && service.category() != category)) continue;
    MatrixRow row;
    row.service = &service;
    row.finding = finding_of(judgement.findings, service.id);
    for (std::size_t i = 0; i < reaches.size(); ++i) {
      row.cells.push_back(first_look(reaches[i], std::string(service.id), judged_by_reports(judgement.view, service.id)));
      add_places(house, house.config.sources[i], reaches[i], row);
      add_shelves(house.config.sources[i], row);
    }
    count(judgement.view, matrix, row);
    add_procedures(judgement.view, matrix, row);
    see(matrix, row);
    for (MatrixCell& cell : row.cells)
      if (cell.acts > 0) cell.shows = MatrixCell::Shows::evidenced;
    matrix.rows.push_back(std::move(row));
  }
  return matrix;
}

}  // namespace akashi
