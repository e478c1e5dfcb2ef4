#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "catch.hpp"
#include "read_file.hpp"
#include "store_samples.hpp"

namespace akashi {
namespace {

using namespace samples;

constexpr int pages_total = 240, records_per_page = 8;

int pages_kept(Store& store) {
  const auto state = store.stream_state("rt", "transactions").value();
  return state.empty() ? 0 : std::stoi(state.substr(9)) + 1;
}

// As a poller does: goes on at the cursor, reads the last page again (its overlap), leaves out what was tallied.
Status poll_on(const std::string& file, int until) {
  auto store = open_store(file, OpenMode::write);
  if (!store) return std::unexpected(store.error());
  const auto poll = (*store)->begin_poll("rt", "transactions", at(0));
  if (!poll) return std::unexpected(poll.error());
  for (int number = std::max(0, pages_kept(**store) - 1); number < until; ++number) {
    auto next = page(number, records_per_page);
    next.poll = *poll;
    const auto seen = (*store)->remembered("rt", next.tallied);
    if (!seen) return std::unexpected(seen.error());
    if (!seen->empty()) {
      next.tallies.clear();
      next.tallied.clear();
    }
    if (auto kept = (*store)->keep(next); !kept) return kept;
  }
  return {};
}

std::string undisturbed(int pages) {
  TempDir dir;
  REQUIRE(why(poll_on(dir.file("akashi.db"), pages)) == "ok");
  return dump(dir.file("akashi.db"));
}

}  // namespace

TEST_CASE("store: killed -9 thirty times at random moments, nothing is lost and nothing doubled") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  std::mt19937 random(std::random_device{}());
  int killed = 0;
  for (int round = 0; round < 30; ++round) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) _exit(poll_on(file, pages_total) ? 0 : 1);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 25000));
    kill(child, SIGKILL);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status)) ++killed;
    else REQUIRE(WEXITSTATUS(status) == 0);
  }
  INFO("killed while it worked: " << killed);
  CHECK(killed > 0);
  REQUIRE(why(poll_on(file, pages_total)) == "ok");
  CHECK(difference(dump(file), undisturbed(pages_total)) == "");
}

TEST_CASE("store: a log that power loss cut anywhere gives whole pages up to some page") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  writer(file).reset();
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    (void)poll_on(file, 12);
    auto store = open_store(file, OpenMode::write);
    const auto poll = (*store)->begin_poll("rt", "transactions", at(0));
    for (int number = 12; number < 20; ++number) {
      auto next = page(number, records_per_page);
      next.poll = *poll;
      (void)(*store)->keep(next);
    }
    kill(getpid(), SIGKILL);  // so that the log is not folded into the file
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  const auto base = read_file(file), log = read_file(file + "-wal");
  REQUIRE(log.size() > 8 * 4096);
  const auto cut_file = dir.file("cut.db");
  for (std::size_t step = 0; step <= 16; ++step) {
    std::filesystem::remove(cut_file + "-shm");
    std::ofstream(cut_file, std::ios::binary) << base;
    std::ofstream(cut_file + "-wal", std::ios::binary) << log.substr(0, log.size() * step / 16);
    int pages = 0;
    {
      const auto store = writer(cut_file);
      pages = pages_kept(*store);
    }
    CHECK(pages >= 12);
    CHECK(pages <= 20);
    CHECK(difference(dump(cut_file), undisturbed(pages)) == "");
  }
}

TEST_CASE("store: no room on the disk: a sentence, nothing half, and on it goes when there is room") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  SECTION("the file may grow no further") {
    StoreOptions small;
    small.bytes_max = 512 * 1024;
    auto store = writer(file, small);
    const auto failed = [&] {
      const auto kept = keep_pages(*store, 0, pages_total, records_per_page);
      REQUIRE_FALSE(kept.has_value());
      CHECK(kept.error().kind == ErrorKind::storage);
      CHECK(sentence(kept.error()) ==
            file + ": there is no room left for the store, nothing of this was kept; make room on its disk; it goes on by itself");
    };
    failed();
    const int pages = pages_kept(*store);
    REQUIRE(pages > 0);
    CHECK(difference(dump(file), undisturbed(pages)) == "");
    store.reset();
    REQUIRE(why(poll_on(file, pages_total)) == "ok");
    CHECK(difference(dump(file), undisturbed(pages_total)) == "");
  }
  SECTION("the disk refuses to write, then has room again under the same store") {
    auto store = writer(file);
    REQUIRE(why(keep_pages(*store, 0, 5, records_per_page)) == "ok");
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    auto* const signal_before = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{std::filesystem::file_size(file + "-wal") + 20'000, before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &tight) == 0);
    Status kept;
    const auto poll = store->begin_poll("rt", "transactions", at(0));
    for (int number = 5; kept && number < pages_total; ++number) {
      auto next = page(number, records_per_page);
      next.poll = poll.value_or(0);
      kept = store->keep(next);
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, signal_before);
    REQUIRE_FALSE(kept.has_value());
    CHECK(kept.error().kind == ErrorKind::storage);
    CHECK(kept.error().what.starts_with("the disk refused to read or write"));
    const int pages = pages_kept(*store);
    CHECK(pages < pages_total);
    CHECK(difference(dump(file), undisturbed(pages)) == "");
    REQUIRE(why(keep_pages(*store, pages, pages_total, records_per_page)) == "ok");
    store.reset();
    CHECK(difference(dump(file), undisturbed(pages_total)) == "");
  }
}

TEST_CASE("store: a reader beside the writer sees whole pages only, and one moment") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  auto store = writer(file);
  std::atomic<bool> done = false;
  std::string wrong;
  int looks = 0;
  std::thread reader([&] {
    while (!done || looks == 0) {
      auto view = open_store(file, OpenMode::read);
      if (!view) {
        wrong = why(view);
        break;
      }
      const auto covered = (*view)->coverage().value();
      const auto pages = static_cast<std::size_t>(pages_kept(**view));
      const auto evidence = (*view)->evidence({}).value().size();
      const auto counts = (*view)->counts().value();
      const auto hours = covered.empty() ? 0 : (covered[0].span.to - covered[0].span.from) / std::chrono::hours(1);
      if (evidence != pages * records_per_page || counts.at("activity") != evidence || counts.at("remembered") != pages ||
          hours != static_cast<std::int64_t>(pages)) {
        wrong = "half a page";
        break;
      }
      ++looks;
    }
  });
  const auto kept = keep_pages(*store, 0, pages_total, records_per_page);
  done = true;
  reader.join();
  CHECK(why(kept) == "ok");
  CHECK(wrong.empty());
  CHECK(looks > 0);
}

TEST_CASE("store: keeping every page twice gives what keeping it once gives") {
  TempDir dir;
  const auto file = dir.file("akashi.db");
  REQUIRE(why(poll_on(file, 40)) == "ok");
  {
    auto store = writer(file);
    const auto poll = store->begin_poll("rt", "transactions", at(0));
    for (int number = 0; number < 40; ++number) {
      auto again = page(number, records_per_page);
      again.poll = *poll;
      again.tallies.clear();
      again.tallied.clear();
      REQUIRE(why(store->keep(again)) == "ok");
    }
  }
  CHECK(difference(dump(file), undisturbed(40)) == "");
}

}  // namespace akashi
