// `replay`: a connector's case folder, without a compiler: the scripted exchange goes through the engine, the outcome is compared with the expected
// one. With AKASHI_APPROVE in the environment the outcome is written as the expected one, for people to read.
#include "connectors/engine/replay.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <ostream>

#include "collector/cli/opening.hpp"

namespace akashi {

int command_replay(const Arguments& arguments, Desk desk) {
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
