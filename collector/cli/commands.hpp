// The commands, one function each; they return an exit code (arguments.hpp).
#pragma once

#include <iosfwd>

#include "collector/cli/arguments.hpp"

namespace akashi {

struct Desk {  // where a command writes
  std::ostream& out;
  std::ostream& err;
};

int command_init(const Arguments& arguments, Desk desk);
int command_check(const Arguments& arguments, Desk desk);
int command_run(const Arguments& arguments, Desk desk);
int command_poll(const Arguments& arguments, Desk desk);
int command_status(const Arguments& arguments, Desk desk);
int command_coverage(const Arguments& arguments, Desk desk);
int command_evidence(const Arguments& arguments, Desk desk);
int command_findings(const Arguments& arguments, Desk desk);
int command_explain(const Arguments& arguments, Desk desk);
int command_proposals(const Arguments& arguments, Desk desk);
int command_decide(const Arguments& arguments, Desk desk);
int command_attest(const Arguments& arguments, Desk desk);
int command_people(const Arguments& arguments, Desk desk);
int command_portfolio(const Arguments& arguments, Desk desk);
int command_alerts(const Arguments& arguments, Desk desk);
int command_connectors(const Arguments& arguments, Desk desk);
int command_matrix(const Arguments& arguments, Desk desk);
int command_unmatched(const Arguments& arguments, Desk desk);
int command_mappings(const Arguments& arguments, Desk desk);
int command_demo(const Arguments& arguments, Desk desk);
int command_replay(const Arguments& arguments, Desk desk);

}  // namespace akashi
