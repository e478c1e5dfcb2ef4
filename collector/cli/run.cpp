#include "collector/cli/opening.hpp"
#include "collector/daemon.hpp"

namespace akashi {

int command_run(const Arguments& arguments, Desk desk) {
  const auto file = find_config(arguments.config);
  return file ? run_daemon(*file, arguments.data) : refuse(desk, file.error());
}

}  // namespace akashi
