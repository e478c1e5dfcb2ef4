// The command line, parsed: one plain struct. The only pair that includes CLI11.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace akashi {

// Exit codes, as the man page lists them.
enum class Exit : std::uint8_t {
  done = 0,
  wrong = 1,    // something a person has to mend: config, descriptor, rule, an unknown service, a refused decision
  usage = 2,    // the command line itself
  unread = 3,   // a source could not be read completely
  store = 4,    // the store could not be opened or kept
  differs = 5,  // replay: the outcome is not the expected one
};

// What `attest` is told.
struct AttestArguments {
  std::vector<std::string> services, who;
  std::string title, version, verdict, owner, when, until, reference, file, note;
  bool checked = false;
  std::int64_t id = 0;  // withdraw
};

struct Arguments {
  std::string command;  // "poll", "findings", …
  std::string config;   // --config; empty = look in the usual places
  std::string data;     // --data: folder with products/ and rules/; empty = look in the usual places
  std::string lang;     // en | ja | ""
  std::string as_of;    // --as-of
  bool json = false;
  bool once = false;     // poll --once, demo --once
  bool connect = false;  // check --connect
  bool all = false;      // findings --all: also what is out of scope
  std::string dir = "akashi-demo";
  std::string service, source, folder;
  bool requests = false;  // replay --requests
  std::size_t limit = 50;
  std::int64_t proposal = 0;
  std::string verdict, by, because;
  std::optional<int> score;
  bool quiet = false;      // poll --quiet: alerts are written down and not sent
  std::string target;      // alerts pause|resume SERVICE|SOURCE, alerts test RECEIVER
  std::int64_t alert = 0;  // alerts show
  // connectors
  std::string action;   // of connectors, mappings and alerts: list | show | check | try | lint | pause | …
  std::string product;  // show, new
  std::string stream;   // try: only this one
  int pages = 1;        // try and survey: of each stream
  int days = 90;        // try and survey: how far back
  // mappings, matrix, unmatched, replay --rules
  std::string rule;      // mappings show: a rule; lint and test: a file, a folder or a rule
  std::string activity;  // mappings explain: uid, or "-"
  std::string category;  // matrix: only this one
  std::string rules;     // replay: folder of other rules
  bool strict = false;   // mappings lint: remarks are mistakes, too
  bool csv = false;      // matrix
  bool bom = false;      // matrix --csv: with a byte order mark, for Excel
  bool actors = false;   // unmatched: accounts that nobody knows
  AttestArguments attest;
  // init
  std::string init_connector, init_url, init_name, init_secret_file, init_output = "akashi.yaml";
  std::string init_user;
  bool yes = false;
};

// Arguments, or the exit code after help, version or an error was printed.
struct Parsed {
  std::optional<Arguments> arguments;
  int exit = 0;
};
[[nodiscard]] Parsed parse_arguments(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace akashi
