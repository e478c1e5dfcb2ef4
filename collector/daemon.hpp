// The daemon: one thread per source polls at its interval; judging follows every cycle. SIGTERM and SIGINT end it cleanly (a page being kept is kept,
// a request under way is dropped); SIGHUP re-reads the config, or keeps the old one and says why.
#pragma once

#include <string>

#include "collector/house.hpp"

namespace akashi {

// Blocks the daemon's signals in this thread and all that it starts later. First thing in main, before any thread.
void block_signals();

// Returns an exit code (collector/cli/arguments.hpp).
[[nodiscard]] int run_daemon(const std::string& config_file, const std::string& data_folder);

}  // namespace akashi
