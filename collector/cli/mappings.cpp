// `mappings`: what rules there are, whether they are sound, and what they make of an activity. All but explain need no config.
#include "collector/cli/mappings.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>

#include "collector/cli/opening.hpp"
#include "collector/report/rules_list.hpp"
#include "mappings/engine/rule_keys.hpp"

namespace akashi {

namespace {

namespace fs = std::filesystem;

// A path when one is there, else the rules in use.
Result<std::string> rules_at(const Arguments& arguments) {
  std::error_code code;
  if (!arguments.rule.empty() && fs::exists(arguments.rule, code)) return arguments.rule;
  const auto folders = find_data(arguments.data);
  if (!folders) return std::unexpected(folders.error());
  return folders->rules;
}

std::string without_suffix(const std::string& text) { return text.ends_with(".yaml") ? text.substr(0, text.size() - 5) : text; }

// Those that speak for a service: named by them, or given to places and documents of any service.
bool about(const Rule& rule, const std::string& service) { return service.empty() || rule.service == service; }

int print_rule_keys(const Arguments&, Desk desk) {
  desk.out << rule_reference();
  return static_cast<int>(Exit::done);
}

int print_rule_schema(const Arguments&, Desk desk) {
  desk.out << rule_schema();
  return static_cast<int>(Exit::done);
}

struct MappingAction {
  std::string_view name;
  int (*run)(const Arguments&, Desk);
};

constexpr std::array rule_actions{MappingAction{"lint", mappings_lint},    MappingAction{"test", mappings_test},
                                  MappingAction{"show", mappings_show},    MappingAction{"explain", mappings_explain},
                                  MappingAction{"keys", print_rule_keys},  MappingAction{"schema", print_rule_schema},
                                  MappingAction{"matrix", command_matrix}, MappingAction{"unmatched", command_unmatched}};

}  // namespace

Result<std::vector<const Rule*>> named_rules(const std::vector<Rule>& rules, const std::string& folder, const std::string& word) {
  std::vector<const Rule*> found;
  std::vector<std::string> names;
  const std::string wanted = without_suffix(word);
  for (const Rule& rule : rules) {
    const std::string path = without_suffix(rule_path(rule, folder)), file = fs::path(path).filename().string();
    if (rule.id == word || path == wanted || file == wanted) found.push_back(&rule);
    names.push_back(file);
  }
  if (!found.empty()) return found;
  const auto near = nearest(fs::path(wanted).filename().string(), std::vector<std::string_view>(names.begin(), names.end()));
  return fail(ErrorKind::config, folder, "no rule is called \"" + word + "\"",
              near.empty() ? "`akashi mappings show` names them" : "did you mean \"" + near + "\"?");
}

int mappings_lint(const Arguments& arguments, Desk desk) {
  std::error_code code;
  if (!arguments.rule.empty() && !fs::exists(arguments.rule, code))
    return refuse(desk, Error{ErrorKind::config, arguments.rule, "there is no such file or folder", "name a rule's file or a folder of rules"});
  const auto path = rules_at(arguments);
  if (!path) return refuse(desk, path.error());
  const auto loaded = load_rules(*path);
  const auto remarks = lint(loaded.rules);
  if (arguments.json) desk.out << lint_json(loaded, remarks);
  else print_lint(screen_for(arguments, desk, ""), loaded, remarks);
  const bool fine = loaded.errors.empty() && (!arguments.strict || remarks.empty());
  return static_cast<int>(fine ? Exit::done : Exit::wrong);
}

int mappings_test(const Arguments& arguments, Desk desk) {
  const auto path = rules_at(arguments);
  if (!path) return refuse(desk, path.error());
  const auto loaded = load_rules(*path, OwnTests::may_fail);
  std::vector<const Rule*> chosen;
  if (arguments.rule.empty() || *path == arguments.rule) {
    for (const Rule& rule : loaded.rules) chosen.push_back(&rule);
  } else {
    auto named = named_rules(loaded.rules, *path, arguments.rule);
    if (!named) return refuse(desk, named.error());
    chosen = std::move(*named);
  }
  std::vector<RuleTested> tested;
  bool fine = loaded.errors.empty();
  for (const Rule* rule : chosen) {
    tested.push_back({rule, run_tests(*rule)});
    fine = fine && std::ranges::all_of(tested.back().outcomes, &TestOutcome::holds);
  }
  if (arguments.json) desk.out << tests_json(tested, loaded.errors);
  else print_tests(screen_for(arguments, desk, ""), tested, loaded.errors);
  return static_cast<int>(fine ? Exit::done : Exit::wrong);
}

int mappings_show(const Arguments& arguments, Desk desk) {
  const std::string service = service_id(arguments.service);
  if (const auto unknown = unknown_service(service)) return refuse(desk, *unknown);
  const auto path = rules_at(arguments);
  if (!path) return refuse(desk, path.error());
  const auto loaded = load_rules(*path);
  for (const Error& error : loaded.errors) refuse(desk, error);
  const bool one = !arguments.rule.empty() && *path != arguments.rule;
  std::vector<const Rule*> chosen;
  if (one) {
    auto named = named_rules(loaded.rules, *path, arguments.rule);
    if (!named) return refuse(desk, named.error());
    chosen = std::move(*named);
  } else {
    for (const Rule& rule : loaded.rules)
      if (about(rule, service)) chosen.push_back(&rule);
    std::ranges::stable_sort(chosen, {}, [](const Rule* rule) { return std::string_view(rule->file); });
  }
  const Screen screen = screen_for(arguments, desk, "");
  if (arguments.json) desk.out << rules_json(chosen);
  else if (one || (chosen.size() == 1 && !arguments.rule.empty()))
    for (const Rule* rule : chosen) print_rule(screen, *rule);
  else print_rules(screen, chosen, *path);
  return static_cast<int>(loaded.errors.empty() ? Exit::done : Exit::wrong);
}

int command_mappings(const Arguments& arguments, Desk desk) {
  for (const MappingAction& action : rule_actions)
    if (action.name == arguments.action) return action.run(arguments, desk);
  return static_cast<int>(Exit::usage);
}

}  // namespace akashi
