// Ten thousand sources, each due every minute, read by the real daemon from a server on this machine: is every slot kept on one core, and in how
// much memory? The daemon runs by itself on one core, the server and the counting on the others. A slot is kept when a poll of the source began in
// it, as the store says; the daemon's own count is not asked.
#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "collector/http/server.hpp"
#include "collector/store/sqlite.hpp"
#include "core/time.hpp"

using namespace akashi;

namespace {

namespace fs = std::filesystem;

struct Options {
  int sources = 10'000, interval_s = 60, slots = 5;
  bool json = false;
};

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}

Options options_of(int count, char** words) {
  Options made;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto number = [&] { return ++i < count ? std::atoi(words[i]) : 0; };
    if (word == "--json") made.json = true;
    else if (word == "--sources") made.sources = number();
    else if (word == "--interval") made.interval_s = number();
    else if (word == "--slots") made.slots = number();
    else give_up("usage: bench_many_sources [--json] [--sources N] [--interval SECONDS] [--slots N]");
  }
  if (made.sources < 1 || made.interval_s < 1 || made.slots < 1) give_up("numbers have to be at least 1");
  return made;
}

// One event every five minutes of each source since just before the start.
class Feed {
 public:
  explicit Feed(Instant begin) : begin_(begin - std::chrono::minutes(10)) {}

  ServerAnswer operator()(const ServerRequest& request) const {
    const auto source = std::atoi(request.path.c_str() + 1);
    const auto from = std::max(parse_time(request.parameter("since").value_or("")).value_or(begin_), begin_);
    const auto to = parse_time(request.parameter("until").value_or("")).value_or(begin_);
    std::string items;
    int total = 0;
    for (auto minute = from.time_since_epoch() / std::chrono::minutes(1); Instant(std::chrono::minutes(minute)) <= to; ++minute) {
      const Instant at{std::chrono::minutes(minute)};
      if ((minute + source) % 5 != 0 || at < from) continue;
      items +=
          fmt::format(R"({}{{"id":{},"ticket":{},"at":"{}","who":"a{}","place":"Incidents","status":"open","title":"Ticket {}","text":"{:x>400}"}})",
                      total++ == 0 ? "" : ",", minute, minute / 60, format_time(at), source % 7, minute / 60, "");
    }
    ServerAnswer answer;
    answer.headers = {{"Content-Type", "application/json"}};
    answer.body = fmt::format(R"({{"total":{},"items":[{}]}})", total, items);
    return answer;
  }

 private:
  Instant begin_;
};

std::string write_config(const fs::path& folder, const Options& options, const std::string& url) {
  const auto file = folder / "akashi.yaml";
  std::ofstream out(file);
  out << "cdc: {name: Benchmark}\nstore: {path: bench.db}\nsources:\n";
  for (int i = 0; i < options.sources; ++i)
    out << fmt::format("  - {{name: s{0}, connector: feed, url: \"{1}/{0}\", auth: {{scheme: bearer, env: AKASHI_BENCH_TOKEN}}, interval: {2}s}}\n",
                       i, url, options.interval_s);
  return file;
}

void stay_on(int first, int last) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  for (int core = first; core <= last; ++core) CPU_SET(core, &cores);
  (void)sched_setaffinity(0, sizeof cores, &cores);
}

pid_t start_daemon(const fs::path& program, const fs::path& folder, const std::string& config) {
  const auto log = folder / "daemon.log";
  const pid_t child = fork();
  if (child != 0) return child;
  stay_on(0, 0);
  const int to = open(log.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
  dup2(to, 1);
  dup2(to, 2);
  setenv("AKASHI_BENCH_TOKEN", "benchmark", 1);
  execl(program.c_str(), program.c_str(), "run", "--config", config.c_str(), "--data", folder.c_str(), static_cast<char*>(nullptr));
  _exit(127);
}

// When the first poll of all began, and for each source how many of its slots were kept.
struct Slots {
  std::uint64_t polls = 0, missed = 0;
};

Slots count_slots(const fs::path& store, const Options& options) {
  auto opened = sqlite::Database::open(store.string(), sqlite::Database::Access::read);
  if (!opened) give_up(sentence(opened.error()));
  auto& db = **opened;
  sqlite::Work work(db, sqlite::Work::Kind::read);
  Slots found;
  std::int64_t seen = 0;
  auto rows = db.query("SELECT stream, count(*), sum(drained) FROM poll GROUP BY stream");
  while (rows.next()) {
    rows.integer();
    const auto begun = rows.integer();
    const auto drained = rows.integer();
    ++seen;
    found.polls += static_cast<std::uint64_t>(begun);
    if (drained < options.slots) found.missed += static_cast<std::uint64_t>(options.slots - drained);
  }
  found.missed += static_cast<std::uint64_t>(options.sources - seen) * static_cast<std::uint64_t>(options.slots);
  return found;
}

struct Used {
  double cpu_s = 0, peak_mb = 0;
};

Used end_daemon(pid_t child, const fs::path& folder) {
  kill(child, SIGTERM);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::ifstream log(folder / "daemon.log");
    std::string text((std::istreambuf_iterator<char>(log)), {});
    give_up("the daemon did not end well\n" + text.substr(text.size() > 2000 ? text.size() - 2000 : 0));
  }
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace

int main(int count, char** words) {
  const auto options = options_of(count, words);
  const fs::path here = fs::read_symlink("/proc/self/exe").parent_path();
  const fs::path source = AKASHI_SOURCE_DIR;
  char name[] = "/tmp/akashi-bench-XXXXXX";
  if (mkdtemp(name) == nullptr) give_up("no folder can be made in /tmp");
  const fs::path folder = name;
  fs::copy(source / "tests/bench/many_sources/products", folder / "products", fs::copy_options::recursive);
  fs::create_directory_symlink(source / "mappings/rules", folder / "rules");
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  if (cores > 1) stay_on(1, cores - 1);
  LoopbackServer server{Feed(Instant(std::chrono::duration_cast<Duration>(std::chrono::system_clock::now().time_since_epoch())))};
  const auto config = write_config(folder, options, server.url());
  const pid_t daemon = start_daemon(here / "../../akashi", folder, config);
  while (server.requests() == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    int status = 0;
    if (waitpid(daemon, &status, WNOHANG) == daemon) {
      std::ifstream log(folder / "daemon.log");
      give_up("the daemon did not start\n" + std::string((std::istreambuf_iterator<char>(log)), {}).substr(0, 2000));
    }
  }
  const auto begun = std::chrono::steady_clock::now();
  // The last source's last slot begins just before this; what is begun then is given a little to end.
  std::this_thread::sleep_until(begun + std::chrono::seconds(options.interval_s) * options.slots);
  const auto requests = server.requests();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  std::this_thread::sleep_for(std::chrono::seconds(3));
  const auto used = end_daemon(daemon, folder);
  const auto slots = count_slots(folder / "bench.db", options);
  const double per_s = static_cast<double>(requests) / seconds;
  if (options.json) {
    fmt::print(R"({{"sources":{},"interval_s":{},"slots":{},"polls":{},"slots_missed":{},"cpu_s":{:.1f},"peak_mb":{:.0f},"requests_per_s":{:.0f}}})"
               "\n",
               options.sources, options.interval_s, options.slots, slots.polls, slots.missed, used.cpu_s, used.peak_mb, per_s);
  } else {
    fmt::print("{} sources, due every {} s, {} slots each: {} polls, {} slots missed\n", options.sources, options.interval_s, options.slots,
               slots.polls, slots.missed);
    fmt::print("{:.1f} s of one core in {:.0f} s, {:.0f} MB at most, {:.0f} requests a second\n", used.cpu_s, seconds, used.peak_mb, per_s);
  }
  fs::remove_all(folder);
  return 0;
}
