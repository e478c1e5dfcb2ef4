// The demo's year, read and judged by the same code as everything else: what each service is found to be, and how the sequel changes it.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "collector/cycle.hpp"
#include "collector/demo/site.hpp"
#include "collector/house.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/judgement.hpp"
#include "collector/store/sqlite_store.hpp"
#include "frozen_clock.hpp"

namespace akashi {
namespace {

namespace fs = std::filesystem;

const Instant beginning = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)) + std::chrono::hours(6);

// The demo with a folder of its own, under a clock that moves only when somebody waits.
class DemoHouse {
 public:
  DemoHouse() {
    fs::create_directories(folder_);
    auto site = DemoSite::start(beginning);
    REQUIRE(site);
    site_ = std::move(*site);
    const DemoConfig config = site_->config();
    write("akashi.yaml", config.text);
    write("rt.token", config.rt_token);
    write("redmine.key", config.redmine_key);
    HouseRead read = build_house((folder_ / "akashi.yaml").string(), AKASHI_SOURCE_DIR, true);
    for (const Error& error : read.errors) FAIL(sentence(error));
    house_ = std::move(read.house);
    auto store = open_store(house_->config.store_path, OpenMode::write);
    REQUIRE(store);
    store_ = std::move(*store);
    REQUIRE(adopt_mapping(*house_, *store_));
    std::vector<Error> errors;
    sources_ = build_sources(*house_, multi_, clock_, errors);
    for (const Error& error : errors) FAIL(sentence(error));
  }
  ~DemoHouse() {
    store_.reset();
    fs::remove_all(folder_);
  }
  DemoHouse(const DemoHouse&) = delete;
  DemoHouse& operator=(const DemoHouse&) = delete;

  // Every source once; then what is found, a line a service that something is known of.
  std::string read() {
    for (const auto& source : sources_) {
      Stations at{.store = *store_, .clock = clock_, .judge = *house_->judge, .progress = {}, .stop = {}};
      const auto report = run_cycle(*source, at);
      REQUIRE(report);
      for (const Error& error : report->errors) FAIL(sentence(error));
    }
    const auto judgement = judge_all(*house_, *store_, clock_.now());
    REQUIRE(judgement);
    std::string text;
    for (const Finding& one : judgement->findings) {
      if (one.state == State::not_observable || one.state == State::out_of_scope) continue;
      text += fmt::format("{} {} {}\n", one.service, one.rung ? std::to_string(*one.rung) : "-", name(one.state));
    }
    return text;
  }

  // So many things happen, half a minute apart, and then it is late enough to read them.
  void happens(int count) {
    for (int i = 0; i < count; ++i) {
      clock_.move(std::chrono::seconds(30));
      site_->happen(clock_.now());
    }
    clock_.move(std::chrono::minutes(5));
  }

 private:
  void write(const char* name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    fs::permissions(folder_ / name, fs::perms::owner_read | fs::perms::owner_write);
  }

  fs::path folder_ = fs::temp_directory_path() / fmt::format("akashi-demo-test-{}", ::getpid());
  FrozenClock clock_{beginning};
  CurlMulti multi_;
  std::unique_ptr<DemoSite> site_;
  std::unique_ptr<House> house_;
  std::unique_ptr<Store> store_;
  std::vector<std::unique_ptr<Source>> sources_;
};

}  // namespace

TEST_CASE("the demo is found to be what its story says, and its sequel moves what it should") {
  DemoHouse demo;
  CHECK(demo.read() ==
        "B-4 2 exercised\n"
        "D-1 4 exercised\n"      // the procedure's approval is pending
        "D-2 5 exercised\n"      // approved by the CISO, worked from by a second person
        "D-3 3 exercised\n"      // the taxonomy was not reviewed for more than a year
        "D-4 3 exercised\n"      // no document
        "D-5 2 drill_due\n"      // one person, 200 days ago
        "D-6 2 exercised\n"      // one person
        "D-7 4 missed_demand\n"  // approved by its own author only; one report owed
        "G-11 4 late\n"
        "G-12 2 missed_demand\n"
        "G-13 - no_demand\n");
  demo.happens(9);
  CHECK(demo.read() ==
        "B-4 3 exercised\n"  // a second person answered
        "D-1 5 exercised\n"  // the CISO approved the procedure
        "D-2 5 exercised\n"
        "D-3 3 exercised\n"
        "D-4 3 exercised\n"
        "D-5 2 drill_due\n"
        "D-6 2 exercised\n"
        "D-7 4 exercised\n"   // the report was delivered
        "G-11 4 exercised\n"  // the monthly care was done
        "G-12 2 exercised\n"  // the check was done
        "G-13 - no_demand\n");
}

TEST_CASE("reading the demo again changes nothing") {
  DemoHouse demo;
  const std::string first = demo.read();
  CHECK(demo.read() == first);
}

}  // namespace akashi
