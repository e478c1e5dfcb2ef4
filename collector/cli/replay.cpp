// `replay`: a connector's case folder, without a compiler: the scripted exchange goes through the engine, the outcome is compared with the expected
// one. Or, with --rules, what is stored under other rules. With AKASHI_APPROVE in the environment the outcome is written as the expected one, for
// people to read.
#include "connectors/engine/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <ostream>

#include "collector/cli/opening.hpp"
#include "collector/report/rehearsal_list.hpp"

namespace akashi {

namespace {

// What is stored under other rules, which are as sound as those in use.
int replay_rules(const Arguments& arguments, Desk desk) {
  const auto loaded = load_rules(arguments.rules);
  for (const Error& error : loaded.errors) refuse(desk, error);
  if (!loaded.errors.empty()) return static_cast<int>(Exit::wrong);
  int exit = 0;
  const auto reading = open_reading(arguments, desk, exit);
  if (!reading) return exit;
  const auto rehearsal = rehearse(*reading->house, *reading->store, loaded.rules, reading->as_of);
  if (!rehearsal) return refuse(desk, rehearsal.error());
  if (arguments.json) desk.out << rehearsal_json(*rehearsal);
  else print_rehearsal(screen_for(arguments, desk, reading->house->config.language), *rehearsal);
  return static_cast<int>(std::ranges::any_of(rehearsal->findings, &FindingChange::changes) ? Exit::differs : Exit::done);
}

}  // namespace

int command_replay(const Arguments& arguments, Desk desk) {
  if (!arguments.rules.empty()) return replay_rules(arguments, desk);
  if (arguments.folder.empty()) {
    desk.err << "akashi: replay: nothing to replay; give a case folder, or --rules DIR\n";
    return static_cast<int>(Exit::usage);
  }
  const auto report = replay(arguments.folder);
  if (!report) return refuse(desk, report.error());
  if (arguments.requests) {
    for (const std::string& line : report->requests) desk.out << line << '\n';
    return static_cast<int>(report->holds() ? Exit::done : Exit::differs);
  }
  const Screen screen = screen_for(arguments, desk, "");
  screen.item("", report->about);
  if (std::getenv("AKASHI_APPROVE") != nullptr) {
    const std::string file = arguments.folder + "/expected.jsonl";
    std::ofstream out(file, std::ios::binary);
    for (const std::string& line : report->outcome) out << line << '\n';
    out.close();
    if (!out) return refuse(desk, Error{ErrorKind::config, file, "it cannot be written", "see the folder's rights"});
    screen.item("", file);
    return static_cast<int>(Exit::done);
  }
  for (const std::string& line : report->differences) screen.item("  ", line, Colour::red);
  const std::string_view verdict = report->holds() ? screen.tr("as expected", "期待どおり") : screen.tr("not as expected", "期待と異なる");
  screen.item(report->holds() ? "✓ " : "✗ ", fmt::format(fmt::runtime(screen.tr("{} ({} lines)", "{}({}行)")), verdict, report->outcome.size()),
              report->holds() ? Colour::green : Colour::red);
  return static_cast<int>(report->holds() ? Exit::done : Exit::differs);
}

}  // namespace akashi
