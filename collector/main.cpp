// The program: a table of commands.
#include <array>
#include <cstdio>
#include <exception>
#include <iostream>

#include "collector/cli/commands.hpp"
#include "collector/daemon.hpp"

namespace {

struct Command {
  std::string_view name;
  int (*run)(const akashi::Arguments&, akashi::Desk);
};

constexpr std::array commands{
    Command{"init", akashi::command_init},           Command{"check", akashi::command_check},       Command{"run", akashi::command_run},
    Command{"poll", akashi::command_poll},           Command{"status", akashi::command_status},     Command{"coverage", akashi::command_coverage},
    Command{"evidence", akashi::command_evidence},   Command{"findings", akashi::command_findings}, Command{"explain", akashi::command_explain},
    Command{"proposals", akashi::command_proposals}, Command{"decide", akashi::command_decide},     Command{"portfolio", akashi::command_portfolio},
    Command{"demo", akashi::command_demo},           Command{"replay", akashi::command_replay},     Command{"connectors", akashi::command_connectors},
    Command{"alerts", akashi::command_alerts},       Command{"mappings", akashi::command_mappings}, Command{"matrix", akashi::command_matrix},
    Command{"unmatched", akashi::command_unmatched}, Command{"attest", akashi::command_attest},     Command{"people", akashi::command_people},
};

}  // namespace

int main(int argc, char** argv) try {
  std::ios::sync_with_stdio(false);
  const akashi::Parsed parsed = akashi::parse_arguments(argc, argv, std::cout, std::cerr);
  if (!parsed.arguments) return parsed.exit;
  // The long-running ones take their signals in one place, before any thread starts.
  if (parsed.arguments->command == "run" || parsed.arguments->command == "demo") akashi::block_signals();
  for (const Command& command : commands)
    if (command.name == parsed.arguments->command) return command.run(*parsed.arguments, {std::cout, std::cerr});
  return static_cast<int>(akashi::Exit::usage);
} catch (const std::exception& mistake) {
  std::fprintf(stderr, "akashi: internal error: %s; please report it with the command that caused it\n", mistake.what());
  return static_cast<int>(akashi::Exit::wrong);
}
