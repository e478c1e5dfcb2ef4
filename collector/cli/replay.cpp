#include "collector/cli/opening.hpp"
namespace akashi {
int command_replay(const Arguments&, Desk desk) { return refuse(desk, Error{ErrorKind::config, "replay", "not linked", ""}); }
}  // namespace akashi
