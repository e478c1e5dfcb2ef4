// The whole way, tool to store, over the demo's real HTTP servers.
#include "collector/cycle.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "collector/clock.hpp"
#include "collector/demo/site.hpp"
#include "collector/http/curl_multi.hpp"
#include "collector/judgement.hpp"
#include "collector/store/dump.hpp"
#include "collector/store/sqlite_store.hpp"

using namespace akashi;
namespace fs = std::filesystem;

namespace {

// A clock that stands, and whose waits end at once.
class Standing final : public Clock {
 public:
  explicit Standing(Instant at) : at_(at) {}
  Instant now() override { return at_; }
  bool sleep_until(Instant, std::stop_token stop) override { return !stop.stop_requested(); }
  void pass(Duration time) { at_ += time; }

 private:
  Instant at_;
};

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path) << text;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

// A demo SOC and a house that reads it, in a folder of its own.
struct Reading {
  Standing clock{*parse_time("2026-06-15T09:00:00Z")};
  std::unique_ptr<DemoSite> site = *DemoSite::start(clock.now());
  fs::path folder = fs::temp_directory_path() / fs::path("akashi-cycle-" + std::to_string(getpid()) + "-" + std::to_string(++count));
  std::unique_ptr<House> house;
  CurlMulti multi;
  std::vector<std::unique_ptr<Source>> sources;
  static inline int count = 0;

  Reading() {
    fs::create_directories(folder);
    const DemoConfig config = site->config();
    write(folder / "akashi.yaml", config.text);
    write(folder / "rt.token", config.rt_token);
    write(folder / "redmine.key", config.redmine_key);
    reopen();
  }
  ~Reading() { fs::remove_all(folder); }
  void reopen() {
    HouseRead read = build_house((folder / "akashi.yaml").string(), AKASHI_SOURCE_DIR, true);
    for (const Error& error : read.errors) FAIL(sentence(error));
    house = std::move(read.house);
    std::vector<Error> errors;
    sources = build_sources(*house, multi, clock, errors);
    for (const Error& error : errors) FAIL(sentence(error));
  }
  std::unique_ptr<Store> open(const std::string& name, StoreOptions options = {}) const {
    return *open_store((folder / name).string(), OpenMode::write, options);
  }
  // Every source once; the store's own failure, when it had one.
  Status poll(Store& store) {
    for (const auto& source : sources) {
      Stations at{store, clock, *house->judge, {}, {}};
      const auto report = run_cycle(*source, at);
      if (!report) return std::unexpected(report.error());
      for (const Error& error : report->errors) FAIL_CHECK(sentence(error));
    }
    return {};
  }
  std::string dump(const std::string& name) const {
    std::ostringstream out;
    REQUIRE(dump_store((folder / name).string(), DumpPart::records, out));
    return out.str();
  }
};

// The lines that two dumps do not share.
std::string lines_not_shared(const std::string& a, const std::string& b) {
  std::set<std::string> in_a, in_b;
  std::istringstream first(a), second(b);
  for (std::string line; std::getline(first, line);) in_a.insert(line);
  for (std::string line; std::getline(second, line);) in_b.insert(line);
  std::string text;
  for (const std::string& line : in_a)
    if (!in_b.contains(line)) text += "- " + line + "\n";
  for (const std::string& line : in_b)
    if (!in_a.contains(line)) text += "+ " + line + "\n";
  return text;
}

}  // namespace

TEST_CASE("a tool that is read again changes nothing") {
  Reading reading;
  const auto store = reading.open("a.db");
  REQUIRE(reading.poll(*store));
  const std::string once = reading.dump("a.db");
  CHECK(once.size() > 10000);
  reading.clock.pass(std::chrono::minutes(5));
  REQUIRE(reading.poll(*store));
  CHECK(lines_not_shared(reading.dump("a.db"), once) == "");
}

TEST_CASE("polling often and polling once end in the same store") {
  Reading reading;
  const auto often = reading.open("often.db");
  for (int i = 0; i < 6; ++i) {
    REQUIRE(reading.poll(*often));
    reading.clock.pass(std::chrono::minutes(7));
    (void)reading.site->happen(reading.clock.now());
  }
  reading.clock.pass(std::chrono::minutes(10));
  REQUIRE(reading.poll(*often));
  const auto once = reading.open("once.db");
  REQUIRE(reading.poll(*once));
  // A digest is of the record as it was read, and the record that an issue's opening stands in grows with the issue.
  const std::regex digest("\"[0-9a-f]{64}\"");
  const auto without = [&](const std::string& dump) { return std::regex_replace(dump, digest, ""); };
  CHECK(lines_not_shared(without(reading.dump("often.db")), without(reading.dump("once.db"))) == "");
}

TEST_CASE("a full disk keeps nothing half and goes on when there is room") {
  Reading reading;
  {
    const auto cramped = reading.open("a.db", {.bytes_max = 256 * 1024});
    const Status full = reading.poll(*cramped);
    REQUIRE_FALSE(full);
    CHECK(full.error().kind == ErrorKind::storage);
  }
  const auto roomy = reading.open("a.db");
  REQUIRE(reading.poll(*roomy));
  const auto undisturbed = reading.open("b.db");
  REQUIRE(reading.poll(*undisturbed));
  CHECK(lines_not_shared(reading.dump("a.db"), reading.dump("b.db")) == "");
}

TEST_CASE("the demo's findings differ, and the same evidence is proposed once") {
  Reading reading;
  const auto store = reading.open("a.db");
  REQUIRE(adopt_mapping(*reading.house, *store));
  REQUIRE(reading.poll(*store));
  const auto judgement = judge_all(*reading.house, *store, reading.clock.now());
  REQUIRE(judgement);
  std::map<std::string, std::string> told;
  for (const Finding& one : judgement->findings)
    told[one.service] = std::string(name(one.state)) + " " + (one.rung ? std::to_string(*one.rung) : "-");
  CHECK(told["D-2"] == "exercised 5");
  CHECK(told["D-1"] == "exercised 4");
  CHECK(told["D-4"] == "exercised 3");
  CHECK(told["B-4"] == "exercised 2");
  CHECK(told["D-5"] == "drill_due 2");
  CHECK(told["G-11"].starts_with("late "));
  CHECK(told["G-12"] == "missed_demand 2");
  CHECK(told["G-13"] == "no_demand -");
  CHECK(told["B-1"] == "not_observable -");
  CHECK(told["A-1"] == "out_of_scope -");
  CHECK_FALSE(judgement->made.empty());
  const auto again = judge_all(*reading.house, *store, reading.clock.now());
  REQUIRE(again);
  CHECK(again->made.empty());
}

TEST_CASE("a tool that cannot be reached is broken, and its services are blind, not unexercised") {
  Reading reading;
  const auto store = reading.open("a.db");
  REQUIRE(adopt_mapping(*reading.house, *store));
  REQUIRE(reading.poll(*store));
  reading.site.reset();
  reading.clock.pass(days(120));  // long past every limit
  for (const auto& source : reading.sources) {
    Stations at{*store, reading.clock, *reading.house->judge, {}, {}};
    const auto report = run_cycle(*source, at);
    REQUIRE(report);
    CHECK_FALSE(report->errors.empty());
  }
  const auto health = store->health();
  REQUIRE(health);
  for (const SourceHealth& one : *health) CHECK(one.broken);
  const auto judgement = look(*reading.house, *store, reading.clock.now());
  REQUIRE(judgement);
  for (const Finding& one : judgement->findings) {
    INFO(one.service);
    CHECK(one.state != State::unexercised);
    CHECK(one.rung != 1);
    if (one.service == "G-11" || one.service == "D-1") CHECK(one.state == State::blind);
  }
}

TEST_CASE("a store is not read on under another key of pseudonyms") {
  Reading reading;
  const auto store = reading.open("a.db");
  REQUIRE(adopt_mapping(*reading.house, *store));
  fs::remove(reading.folder / "akashi.key");
  reading.reopen();
  const Status refused = adopt_mapping(*reading.house, *store);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::config);
  CHECK(refused.error().mend == "put the old key file back, or begin a new store");
}
