// `mappings explain`: one activity, the meaning that the map gave its case, and what each rule says of it, selection by selection.
#include <algorithm>
#include <iostream>
#include <iterator>

#include "collector/cli/mappings.hpp"
#include "collector/cli/opening.hpp"
#include "collector/report/rules_list.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "mappings/engine/selection.hpp"

namespace akashi {

namespace {

constexpr std::size_t nearest_shown = 5;
constexpr std::size_t given_bytes_max = 1 << 20;

using Fields = std::vector<std::pair<Field, std::vector<std::string>>>;

Fields fields_of(const Row& row) {
  Fields fields;
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto values = values_of(row, static_cast<Field>(i));
    if (!values.empty()) fields.emplace_back(static_cast<Field>(i), std::vector<std::string>(values.begin(), values.end()));
  }
  return fields;
}

// Worth showing: it matches, or it is about this kind of activity.
bool near(const RuleExplained& one) {
  if (one.said.matches) return true;
  return std::ranges::any_of(one.said.selections, [](const SelectionVerdict& selection) {
    return std::ranges::any_of(selection.alternatives, [](const std::vector<ItemVerdict>& items) {
      return std::ranges::any_of(items, [](const ItemVerdict& item) { return item.holds && item.written.starts_with("kind"); });
    });
  });
}

// How many lines stand between a rule and its match, selection by selection.
std::size_t missing(const RuleExplained& one) {
  std::size_t lines = 0;
  for (const auto& selection : one.said.selections) {
    if (selection.holds || selection.alternatives.empty()) continue;
    const auto unmet = [](const std::vector<ItemVerdict>& items) {
      return static_cast<std::size_t>(std::ranges::count(items, false, &ItemVerdict::holds));
    };
    lines += unmet(*std::ranges::min_element(selection.alternatives, {}, unmet));
  }
  return lines;
}

std::vector<RuleExplained> chosen(const std::vector<Rule>& rules, const Row& row, const Arguments& arguments) {
  auto all = explain_all(rules, row);
  const auto service = service_id(arguments.service);
  if (!service.empty())
    std::erase_if(all, [&](const RuleExplained& one) {
      return one.rule->service != service && std::ranges::find(one.said.services, service) == one.said.services.end() &&
             one.rule->speaks_for == Rule::For::service;
    });
  if (!service.empty() || arguments.all) return all;
  std::erase_if(all, [](const RuleExplained& one) { return !near(one); });
  const auto others = std::ranges::find_if(all, [](const RuleExplained& one) { return !one.said.matches; });
  std::stable_sort(others, all.end(), [](const RuleExplained& a, const RuleExplained& b) { return missing(a) < missing(b); });
  if (const auto shown = static_cast<std::size_t>(others - all.begin()) + nearest_shown; all.size() > shown)
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(shown), all.end());
  return all;
}

std::string entry_of(const House& house, const std::string& source, const CaseState* state) {
  const auto meaning = house.meanings.find(source);
  if (state == nullptr || meaning == house.meanings.end()) return {};
  for (const PlaceEntry& entry : meaning->second.map.entries())
    if (entry.when.fits(*state)) return entry.where;
  return {};
}

Result<ActivityExplained> of_store(const Reading& reading, const Arguments& arguments) {
  const auto found = reading.store->activities({arguments.activity});
  if (!found) return std::unexpected(found.error());
  if (found->empty())
    return fail(ErrorKind::config, "mappings explain", "no activity \"" + arguments.activity + "\" is stored",
                "`akashi evidence --json` and `akashi unmatched` give uids");
  // What a person noted elsewhere on the case belongs to the activity too.
  std::vector<Activity> together{found->front()};
  if (!found->front().case_id.empty()) {
    auto whole = reading.store->activities_of({found->front().case_id});
    if (!whole) return std::unexpected(whole.error());
    together = std::move(*whole);
  }
  const auto cases = cases_of(together, *reading.store);
  if (!cases) return std::unexpected(cases.error());
  ActivityExplained explained;
  reading.house->judge->each(together, *cases, [&](const Seen& seen) {
    if (seen.activity.uid != arguments.activity) return;
    explained.uid = seen.activity.uid;
    explained.time = seen.activity.time;
    explained.url = seen.activity.url;
    explained.case_id = seen.activity.case_id;
    explained.map_entry = entry_of(*reading.house, seen.activity.source, seen.state);
    explained.fields = fields_of(seen.row);
    explained.rules = chosen(reading.house->rules, seen.row, arguments);
  });
  return explained;
}

// The activity's fields as in a rule's test. JSON is YAML.
Result<Sample> given_sample() {
  std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  if (text.size() > given_bytes_max) return fail(ErrorKind::config, "-", "is larger than 1 MiB", "give one activity");
  const auto root = Yaml::parse("{\"match\": " + text + "}", "-");
  if (!root) return std::unexpected(root.error());
  std::vector<Error> errors;
  auto sample = read_sample(*root, errors);
  if (!sample) return std::unexpected(errors.front());
  return *sample;
}

std::string first_of(const Sample& sample, Field field) {
  const auto found = std::ranges::find(sample.values, field, &std::pair<Field, std::vector<std::string>>::first);
  return found == sample.values.end() || found->second.empty() ? std::string() : found->second.front();
}

CaseState case_of(const Sample& sample) {
  CaseState state;
  state.source = first_of(sample, Field::source);
  state.place = first_of(sample, Field::place);
  state.type = first_of(sample, Field::type);
  state.category = first_of(sample, Field::category);
  state.status = first_of(sample, Field::status);
  state.severity = first_of(sample, Field::severity);
  state.title = first_of(sample, Field::title);
  for (const auto& [field, values] : sample.values)
    if (field == Field::labels) state.labels = values;
  return state;
}

// What the map of its source would add: where the activity itself does not say.
void join(Sample& sample, const OrgMap& map) {
  const CaseState state = case_of(sample);
  const Meaning meaning = map.meaning(state);
  Activity activity;
  activity.kind = first_of(sample, Field::kind);
  activity.status = state.status;
  activity.status_before = first_of(sample, Field::status_before);
  const auto kind = joined_kind(activity, meaning);
  const auto add = [&](Field field, std::vector<std::string> values) {
    if (first_of(sample, field).empty() && !values.empty() && !values.front().empty()) sample.values.emplace_back(field, std::move(values));
  };
  for (auto& [field, values] : sample.values)
    if (field == Field::kind) values = {std::string(kind.kind)};
  add(Field::meaning, {std::string(name(kind.meaning))});
  add(Field::matter, {meaning.matter});
  add(Field::services, meaning.services);
  add(Field::drill, {meaning.drill ? "true" : "false"});
}

Result<ActivityExplained> of_input(const House* house, const std::vector<Rule>& rules, const Arguments& arguments) {
  auto sample = given_sample();
  if (!sample) return std::unexpected(sample.error());
  ActivityExplained explained;
  const auto source = first_of(*sample, Field::source);
  if (house != nullptr && house->meanings.contains(source)) {
    const CaseState state = case_of(*sample);
    explained.map_entry = entry_of(*house, source, &state);
    join(*sample, house->meanings.at(source).map);
  }
  const SampleRow row(*sample);
  explained.fields = fields_of(row.row());
  explained.rules = chosen(rules, row.row(), arguments);
  return explained;
}

int show_explained(const Result<ActivityExplained>& explained, const Arguments& arguments, const std::string& language, Desk desk) {
  if (!explained) return refuse(desk, explained.error());
  if (arguments.json) desk.out << activity_explained_json(*explained);
  else print_activity_explained(screen_for(arguments, desk, language), *explained);
  return static_cast<int>(Exit::done);
}

}  // namespace

int mappings_explain(const Arguments& arguments, Desk desk) {
  if (const auto unknown = unknown_service(service_id(arguments.service))) return refuse(desk, *unknown);
  if (arguments.activity != "-") {
    int exit = 0;
    const auto reading = open_reading(arguments, desk, exit);
    return reading ? show_explained(of_store(*reading, arguments), arguments, reading->house->config.language, desk) : exit;
  }
  // A made-up activity needs no config; where there is one, the map of its source is asked.
  if (find_config(arguments.config)) {
    const auto house = open_house(arguments, desk, false);
    return house ? show_explained(of_input(house.get(), house->rules, arguments), arguments, house->config.language, desk)
                 : static_cast<int>(Exit::wrong);
  }
  if (!arguments.config.empty()) return refuse(desk, find_config(arguments.config).error());
  const auto folders = find_data(arguments.data);
  if (!folders) return refuse(desk, folders.error());
  const auto loaded = load_rules(folders->rules);
  for (const Error& error : loaded.errors) refuse(desk, error);
  return show_explained(of_input(nullptr, loaded.rules, arguments), arguments, "", desk);
}

}  // namespace akashi
