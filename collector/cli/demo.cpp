// `demo`: a small SOC's tools served on this machine and read by the same code as any other; findings and proposals as they form.
#include <errno.h>  // program_invocation_name
#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "collector/cli/opening.hpp"
#include "collector/cli/polling.hpp"
#include "collector/clock.hpp"
#include "collector/demo/site.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/report/findings.hpp"
#include "collector/report/lists.hpp"
#include "collector/store/sqlite_store.hpp"
#include "core/catalogue.hpp"

namespace akashi {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "# akashi demo";  // first line of a config that the demo made, and may make again
constexpr long pause_s = 5;                         // between two happenings

Status write_file(const fs::path& path, const std::string& text, fs::perms mode) {
  std::ofstream out(path, std::ios::trunc);
  std::error_code code;
  fs::permissions(path, mode, code);
  if (!(out << text) || !out.flush()) return fail(ErrorKind::config, path.string(), "cannot be written", "give --dir a folder that you may write to");
  return {};
}

// The folder is the demo's own, or is made so. What an earlier demo left is thrown away: its days were relative to another now.
Status prepare(const fs::path& folder, const DemoConfig& config) {
  std::error_code code;
  fs::create_directories(folder, code);
  const fs::path file = folder / "akashi.yaml";
  if (fs::exists(file, code)) {
    std::ifstream in(file);
    std::string first;
    if (!std::getline(in, first) || !first.starts_with(mark))
      return fail(ErrorKind::config, file.string(), "is not a demo's config, so this folder is left alone", "give another folder with --dir DIR");
    for (const char* name : {"akashi.db", "akashi.db-wal", "akashi.db-shm", "akashi.key"}) fs::remove(folder / name, code);
  }
  constexpr auto mine = fs::perms::owner_read | fs::perms::owner_write;
  if (auto done = write_file(folder / "rt.token", config.rt_token + "\n", mine); !done) return done;
  if (auto done = write_file(folder / "redmine.key", config.redmine_key + "\n", mine); !done) return done;
  return write_file(file, std::string(mark) + "\n" + config.text, mine | fs::perms::group_read | fs::perms::others_read);
}

// Waits for the next happening; false when the person ends the demo.
bool go_on() {
  sigset_t set;
  sigemptyset(&set);
  for (const int one : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, one);
  const timespec pause{.tv_sec = pause_s, .tv_nsec = 0};
  return sigtimedwait(&set, nullptr, &pause) < 0;
}

// What changed between two judgements, a line each.
void print_changes(const Screen& screen, const std::vector<Finding>& before, const Judgement& now) {
  for (const Finding& one : now.findings) {
    const auto old = std::ranges::find_if(before, [&](const Finding& other) { return other.service == one.service && other.ladder == one.ladder; });
    if (old == before.end() || (old->rung == one.rung && old->state == one.state)) continue;
    const Service* service = find_service(one.service);
    screen.item("  ",
                fmt::format("{} {}: {} {} → {} {}", one.service, service ? name(*service, screen.lang()) : "", ladder_picture(old->rung),
                            say(old->state, screen.lang()), ladder_picture(one.rung), say(one.state, screen.lang())),
                Colour::bold);
  }
  for (const Proposal& one : now.made)
    screen.item("  ",
                fmt::format(fmt::runtime(screen.tr("new proposal: {} {} → {}", "新しい提案: {} {} → {}")), one.service,
                            one.from ? std::to_string(*one.from) : "-", one.to),
                Colour::yellow);
}

void print_next(const Screen& screen, const std::string& folder) {
  screen.heading(screen.tr("What to type next", "次に試すこと"));
  for (const char* command : {"explain D-2", "findings --lang ja", "proposals",
                              "decide 1 accept --as \"Chiyo Ueda\" --because \"agreed in the review\"", "coverage", "portfolio"})
    screen.line(
        fmt::format("  {} {} --config {}/akashi.yaml", program_invocation_name, command, folder));  // as it was called: it may not be on the path
  screen.item("  ", screen.tr("Your own tools: `akashi init`, then edit one file.",
                              "自分のツールで使うには `akashi init` を実行し、ファイルを一つ編集する。"));
}

struct Demo {
  std::unique_ptr<DemoSite> site;
  std::unique_ptr<House> house;
  std::unique_ptr<Store> store;
};

Result<Demo> open_demo(const Arguments& arguments, Desk desk, Instant now) {
  Demo demo;
  auto site = DemoSite::start(now);
  if (!site) return std::unexpected(site.error());
  demo.site = std::move(*site);
  if (auto done = prepare(arguments.dir, demo.site->config()); !done) return std::unexpected(done.error());
  HouseRead read = build_house(arguments.dir + "/akashi.yaml", arguments.data, true);
  for (const Error& error : read.errors) refuse(desk, error);
  if (!read.errors.empty() || !read.house)
    return fail(ErrorKind::config, arguments.dir + "/akashi.yaml", "the demo's own config is refused", "please report it");
  demo.house = std::move(read.house);
  auto store = open_store(demo.house->config.store_path, OpenMode::write);
  if (!store) return std::unexpected(store.error());
  demo.store = std::move(*store);
  return demo;
}

}  // namespace

int command_demo(const Arguments& arguments, Desk desk) {
  const Screen screen = screen_for(arguments, desk, "");
  SystemClock clock;
  auto demo = open_demo(arguments, desk, clock.now());
  if (!demo) return refuse(desk, demo.error());
  CurlMulti multi;
  std::vector<Error> errors;
  auto sources = build_sources(*demo->house, multi, clock, errors);
  for (const Error& error : errors) refuse(desk, error);

  screen.item("", fmt::format(fmt::runtime(screen.tr("A small SOC on this machine: Request Tracker at {}, Redmine at {}. Reading it …",
                                                     "この端末上の小さなSOC: Request Tracker {}、Redmine {}。読み取り中…")),
                              demo->site->rt_url(), demo->site->redmine_url()));
  if (auto adopted = adopt_mapping(*demo->house, *demo->store); !adopted) return refuse(desk, adopted.error());
  auto outcome = poll_all(*demo->house, *demo->store, sources, clock, desk.out, screen, {});
  if (!outcome) return refuse(desk, outcome.error());
  screen.heading(screen.tr("Findings", "所見"));
  print_findings(screen, outcome->judgement.findings, false);
  screen.heading(screen.tr("Proposals", "提案"));
  const auto proposals = demo->store->proposals();
  if (!proposals) return refuse(desk, proposals.error());
  print_proposals(screen, *proposals, {}, outcome->judgement.findings);
  print_next(screen, arguments.dir);
  if (arguments.once) return static_cast<int>(outcome->complete ? Exit::done : Exit::unread);

  screen.heading(screen.tr("The SOC goes on working; Ctrl-C ends the demo.", "SOCは動き続ける。Ctrl-C で終わる。"));
  while (go_on()) {
    const DemoSite::Happened happened = demo->site->happen(clock.now());
    screen.item("· ", screen.tr(happened.en, happened.ja), Colour::grey);
    const auto before = std::move(outcome->judgement.findings);
    std::ostream quiet(nullptr);
    outcome = poll_all(*demo->house, *demo->store, sources, clock, quiet, Screen(quiet, screen.lang(), false, 80), {});
    if (!outcome) return refuse(desk, outcome.error());
    print_changes(screen, before, outcome->judgement);
    desk.out << std::flush;
  }
  screen.line();
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
