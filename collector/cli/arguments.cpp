#include "collector/cli/arguments.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "collector/version.hpp"

namespace akashi {

namespace {

void common(CLI::App& app, Arguments& to) {
  app.add_option("--config,-c", to.config, "config file (default ./akashi.yaml, then /etc/akashi/akashi.yaml)")->type_name("FILE");
  app.add_option("--lang", to.lang, "en or ja (default: the config's, then the locale's)")->check(CLI::IsMember({"en", "ja"}))->type_name("LANG");
  app.add_option("--data", to.data, "folder that holds products/ and rules/")->type_name("DIR");
}

void reading(CLI::App& app, Arguments& to, bool dated = true) {
  common(app, to);
  app.add_flag("--json", to.json, "machine-readable; the fields are in the man page");
  if (dated) app.add_option("--as-of", to.as_of, "as it was known at that date or time (2026-03-31, 2026-03-31T12:00:00+09:00)")->type_name("DATE");
}

void init_options(CLI::App& app, Arguments& to) {
  common(app, to);
  app.add_option("--output,-o", to.init_output, "file to write")->type_name("FILE");
  app.add_option("--connector", to.init_connector, "product to read: rt, redmine, ...")->type_name("PRODUCT");
  app.add_option("--url", to.init_url, "address of the tool")->type_name("URL");
  app.add_option("--name", to.init_name, "short name of the source")->type_name("NAME");
  app.add_option("--user", to.init_user, "user, for a tool that is read with basic authentication")->type_name("USER");
  app.add_option("--secret-file", to.init_secret_file, "file that holds the token or password")->type_name("FILE");
  app.add_flag("--yes,-y", to.yes, "ask nothing, take defaults");
}

void decide_options(CLI::App& app, Arguments& to) {
  reading(app, to, false);
  app.add_option("id", to.proposal, "number of the proposal")->required()->type_name("ID");
  app.add_option("verdict", to.verdict, "accept, reject or amend")
      ->required()
      ->check(CLI::IsMember({"accept", "reject", "amend"}))
      ->type_name("VERDICT");
  app.add_option("--as", to.by, "who decides")->required()->type_name("NAME");
  app.add_option("--because", to.because, "why")->required()->type_name("TEXT");
  app.add_option("--score", to.score, "the score to set instead, for amend")->check(CLI::Range(1, 5))->type_name("1-5");
}

void connectors_options(CLI::App& app, Arguments& to) {
  app.require_subcommand(1);
  const auto add = [&](const char* name, const char* about) {
    CLI::App* made = app.add_subcommand(name, about);
    reading(*made, to, false);
    made->callback([&to, name] { to.action = name; });
    return made;
  };
  const auto of_source = [&](CLI::App* made, int pages) {
    made->add_option("source", to.source, "a source of the config")->required()->type_name("SOURCE");
    made->add_option("--pages", to.pages, "pages of each stream, at most (default " + std::to_string(pages) + ")")->check(CLI::Range(1, 10000));
    made->add_option("--days", to.days, "how far back (default 90)")->check(CLI::Range(1, 3650));
    made->add_option("--stream", to.stream, "only this stream")->type_name("NAME");
    made->preparse_callback([&to, pages](std::size_t) { to.pages = pages; });
  };
  add("list", "the products that can be read");
  add("show", "what is read of a product, with which rights, and what stays unseen")
      ->add_option("product", to.product, "a product of `connectors list`")
      ->required()
      ->type_name("PRODUCT");
  add("check", "one source: its descriptor, its credentials, its rights")
      ->add_option("source", to.source, "a source of the config")
      ->required()
      ->type_name("SOURCE");
  CLI::App* trial = add("try", "read a page of each stream and show what comes of it; nothing is kept");
  of_source(trial, 1);
  trial->add_option("--limit", to.limit, "activities shown of each stream")->type_name("N");
  of_source(add("survey", "which queues, types, statuses, labels and fields the tool really holds, and a draft of its classify:"), 50);
  CLI::App* fresh = add("new", "write a skeleton: descriptor, README and a first case that holds");
  fresh->add_option("product", to.product, "its name: lower-case letters, digits and -")->required()->type_name("NAME");
  fresh->add_option("--dir", to.folder, "folder to write it into (default: beside the other products)")->type_name("DIR");
  add("keys", "every key that a descriptor may hold, with what it means");
  add("schema", "JSON Schema of a descriptor, for editors");
}

void attest_options(CLI::App& app, Arguments& to) {
  app.require_subcommand(1);
  auto& given = to.attest;
  for (const auto& [name, about] : {std::pair{"procedure", "a written procedure that no tool holds"},
                                    {"approval", "an approval given elsewhere"},
                                    {"drill", "a drill that no ticket tells"},
                                    {"roster", "who is on duty (shown; counts for no rung)"},
                                    {"report", "a report of a provider that came"},
                                    {"review", "what somebody inside made of a provider's report"},
                                    {"expectation", "what is expected of a provider, written down beforehand"},
                                    {"description", "what a provider is to do: a service description or SLA"}}) {
    CLI::App* made = app.add_subcommand(name, about);
    common(*made, to);
    made->callback([&to, word = std::string(name)] { to.action = word; });
    made->add_option("--service", given.services, "the service it is for; several times for several")->required()->type_name("SERVICE");
    made->add_option("--as", to.by, "who enters it")->required()->type_name("NAME");
    made->add_option("--who", given.who, "who wrote, approved, drilled, is on duty, reviewed; a name of the roster; several times for several")
        ->type_name("NAME");
    made->add_option("--title", given.title, "of the document")->type_name("TEXT");
    made->add_option("--version", given.version, "of the document")->type_name("VERSION");
    made->add_option("--owner", given.owner, "of the document: a person or a team")->type_name("NAME");
    made->add_option("--verdict", given.verdict, "approval: approved or refused; review: met or missed")->type_name("WORD");
    made->add_option("--when", given.when, "the day on which it was done, published, received (default today)")->type_name("DATE");
    made->add_option("--until", given.until, "until when it may be relied on (default a year, at most two)")->type_name("DATE");
    made->add_option("--reference", given.reference, "where it is found: an address, a file number")->type_name("TEXT");
    made->add_option("--file", given.file, "the document; its SHA-256 is kept, not the document")->type_name("FILE");
    made->add_option("--note", given.note, "review: what follows from the report")->type_name("TEXT");
    made->add_flag("--checked", given.checked, "review: a figure was checked against own data");
  }
  CLI::App* shown = app.add_subcommand("list", "what was attested, by whom, and until when it holds");
  reading(*shown, to);
  shown->callback([&to] { to.action = "list"; });
  CLI::App* ended = app.add_subcommand("withdraw", "an attestation that was wrong");
  common(*ended, to);
  ended->callback([&to] { to.action = "withdraw"; });
  ended->add_option("id", given.id, "its number")->required()->type_name("ID");
  ended->add_option("--as", to.by, "who withdraws it")->required()->type_name("NAME");
  ended->add_option("--because", to.because, "why")->required()->type_name("TEXT");
}

void alerts_options(CLI::App& app, Arguments& to) {
  app.require_subcommand(0, 1);
  const auto listing = [&](CLI::App& made) {
    reading(made, to);
    made.add_flag("--all", to.all, "closed ones too");
  };
  listing(app);
  const auto add = [&](const char* name, const char* about) {
    CLI::App* made = app.add_subcommand(name, about);
    made->callback([&to, name] { to.action = name; });
    return made;
  };
  listing(*add("list", "the open alerts, pauses and receivers (the default)"));
  CLI::App* show = add("show", "one alert and everything that was said of it");
  reading(*show, to, false);
  show->add_option("id", to.alert, "its number")->required()->type_name("ID");
  for (const auto& [name, about] :
       {std::pair{"pause", "write alerts of a service or source down and send them to nobody"}, {"resume", "end a pause"}}) {
    CLI::App* made = add(name, about);
    common(*made, to);
    made->add_option("target", to.target, "a service like D-2, or a source")->required()->type_name("SERVICE|SOURCE");
    made->add_option("--by", to.by, "who says so")->required()->type_name("NAME");
    made->add_option("--because", to.because, "why")->required()->type_name("TEXT");
  }
  CLI::App* test = add("test", "send a test message to one receiver");
  common(*test, to);
  test->add_option("receiver", to.target, "a receiver of the config")->required()->type_name("RECEIVER");
}

void matrix_options(CLI::App& app, Arguments& to) {
  reading(app, to);
  app.add_option("--category", to.category, "only this category: B, C, D or G")->type_name("LETTER");
  app.add_flag("--csv", to.csv, "for spreadsheets: a line a service and source");
  app.add_flag("--bom", to.bom, "--csv with a byte order mark, so that Excel reads Japanese");
}

void unmatched_options(CLI::App& app, Arguments& to) {
  reading(app, to);
  app.add_flag("--actors", to.actors, "accounts that did something and are nobody on the roster");
  app.add_option("--limit", to.limit, "most frequent first, at most this many (0 = all; --json: all)")->type_name("N");
}

void mappings_options(CLI::App& app, Arguments& to) {
  app.require_subcommand(1);
  const auto add = [&](const char* name, const char* about) {
    CLI::App* made = app.add_subcommand(name, about);
    reading(*made, to, false);
    made->callback([&to, name] { to.action = name; });
    return made;
  };
  CLI::App* lint = add("lint", "every mistake of every rule, with file, line and the nearest known word");
  lint->add_option("path", to.rule, "a rule's file or a folder (default: the rules in use)")->type_name("PATH");
  lint->add_flag("--strict", to.strict, "what is only worth a second look is a mistake, too");
  add("test", "run the rules' own tests")
      ->add_option("rule", to.rule, "a file, a folder, a rule's id or name (default: all in use)")
      ->type_name("RULE");
  CLI::App* show = add("show", "the rules, or one of them in full");
  show->add_option("rule", to.rule, "a rule's file, name or id")->type_name("RULE");
  show->add_option("--service", to.service, "only those that speak for this service")->type_name("SERVICE");
  CLI::App* explain = add("explain", "why rules match an activity, and why the nearest do not");
  explain->add_option("activity", to.activity, "uid of a stored activity, or - for one as JSON")->required()->type_name("ACTIVITY");
  explain->add_option("--service", to.service, "every rule of this service")->type_name("SERVICE");
  explain->add_flag("--all", to.all, "every rule");
  add("keys", "every key, field and modifier of a rule");
  add("schema", "JSON Schema of a rule, for editors");
  CLI::App* matrix = app.add_subcommand("matrix", "the same as `akashi matrix`");
  matrix_options(*matrix, to);
  matrix->callback([&to] { to.action = "matrix"; });
  CLI::App* unmatched = app.add_subcommand("unmatched", "the same as `akashi unmatched`");
  unmatched_options(*unmatched, to);
  unmatched->callback([&to] { to.action = "unmatched"; });
}

void build(CLI::App& app, Arguments& to) {
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("akashi ") + std::string(version));
  init_options(*app.add_subcommand("init", "write a commented config; asks, or takes flags"), to);
  CLI::App* check = app.add_subcommand("check", "check the config, the descriptors and the rules");
  reading(*check, to, false);
  check->add_flag("--connect", to.connect, "also sign in to every source and look at its rights");
  common(*app.add_subcommand("run", "the daemon: poll every source at its interval"), to);
  CLI::App* poll = app.add_subcommand("poll", "poll every source now");
  common(*poll, to);
  poll->add_flag("--once", to.once, "one poll of each source, then end (the default; for scripts that say it)");
  poll->add_flag("--quiet", to.quiet, "write alerts down without sending them now");
  poll->add_option("--source", to.source, "only this one")->type_name("NAME");
  reading(*app.add_subcommand("status", "sources, polls and what is stored"), to);
  reading(*app.add_subcommand("coverage", "which spans were read completely"), to);
  CLI::App* evidence = app.add_subcommand("evidence", "what was counted, item by item");
  reading(*evidence, to);
  evidence->add_option("--service", to.service, "only this service")->type_name("SERVICE");
  evidence->add_option("--source", to.source, "only from this source")->type_name("NAME");
  evidence->add_option("--limit", to.limit, "newest first, at most this many (0 = all; --json: all)")->type_name("N");
  CLI::App* findings = app.add_subcommand("findings", "what the evidence supports, per service");
  reading(*findings, to);
  findings->add_flag("--all", to.all, "all 64 services, also those out of scope");
  CLI::App* explain = app.add_subcommand("explain", "why: the reasons of one finding, and what is missing for the next rung");
  reading(*explain, to);
  explain->add_option("service", to.service, "a service, like D-2")->required()->type_name("SERVICE");
  reading(*app.add_subcommand("proposals", "findings that differ from the portfolio"), to);
  decide_options(*app.add_subcommand("decide", "accept, reject or amend a proposal"), to);
  reading(*app.add_subcommand("portfolio", "as-is, to-be, level, assignment and owner of every service"), to);
  alerts_options(*app.add_subcommand("alerts", "what somebody has to know: list, show, pause, resume, test"), to);
  reading(*app.add_subcommand("people", "the roster: accounts, teams, heads, and when each was last seen at work"), to);
  CLI::App* demo = app.add_subcommand("demo", "a small SOC on this machine, polled like a real one");
  demo->add_flag("--once", to.once, "end after the first full cycle");
  demo->add_option("--dir", to.dir, "where its config and store are kept")->type_name("DIR");
  demo->add_option("--lang", to.lang, "en or ja")->check(CLI::IsMember({"en", "ja"}))->type_name("LANG");
  demo->add_option("--data", to.data, "folder that holds products/ and rules/")->type_name("DIR");
  attest_options(*app.add_subcommand("attest", "enter what no tool holds: procedure, approval, drill, report, review ..."), to);
  connectors_options(*app.add_subcommand("connectors", "products: list, show, check, try, survey, new, keys, schema"), to);
  matrix_options(*app.add_subcommand("matrix", "which service shows in which source, beside the organisation's own map"), to);
  unmatched_options(*app.add_subcommand("unmatched", "what is done and no rule claims, and accounts that nobody knows"), to);
  mappings_options(*app.add_subcommand("mappings", "rules: lint, test, show, explain, keys, schema, matrix, unmatched"), to);
  CLI::App* replay = app.add_subcommand("replay", "replay a connector's case folder, or what is stored under other rules");
  reading(*replay, to);
  auto* folder = replay->add_option("folder", to.folder, "a folder with exchange.json and expected.jsonl")->type_name("FOLDER");
  replay->add_flag("--requests", to.requests, "print the requests it makes instead, one JSON object a line");
  auto* rules = replay->add_option("--rules", to.rules, "judge what is stored under the rules of this folder, and keep nothing")->type_name("DIR");
  folder->excludes(rules);
}

}  // namespace

Parsed parse_arguments(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
  Arguments arguments;
  CLI::App app("Akashi: what a cyber defence centre's work proves, service by service (ITU-T X.1060)", "akashi");
  build(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, out, err);
    return {std::nullopt, code == 0 ? 0 : static_cast<int>(Exit::usage)};
  }
  arguments.command = app.get_subcommands().front()->get_name();
  return {std::move(arguments), 0};
}

}  // namespace akashi
