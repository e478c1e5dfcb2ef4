// `unmatched`: what is stored and counts for nothing, and why.
#include <ostream>

#include "collector/cli/opening.hpp"
#include "collector/report/unmatched_list.hpp"

namespace akashi {

int command_unmatched(const Arguments& arguments, Desk desk) {
  int exit = 0;
  const auto reading = open_reading(arguments, desk, exit);
  if (!reading) return exit;
  const auto found = look_for_unmatched(*reading->house, *reading->store, reading->dated ? reading->as_of : Instant::max());
  if (!found) return refuse(desk, found.error());
  const bool clear = reading->house->config.clear_actors;
  const Screen screen = screen_for(arguments, desk, reading->house->config.language);
  if (arguments.json) desk.out << unmatched_json(*found, clear);
  else if (arguments.actors) print_unknown_accounts(screen, *found, clear, arguments.limit);
  else print_unmatched(screen, *found, arguments.limit);
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
