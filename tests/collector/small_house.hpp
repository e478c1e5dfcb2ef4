// A house of a few places and people with a store of its own, and activities put into it as a poll would.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"
#include "collector/house.hpp"
#include "collector/store/sqlite_store.hpp"

namespace akashi::samples {

class SmallHouse {
 public:
  static constexpr const char* people =
      "people:\n"
      "  - {name: Aiko Sato, team: csirt, accounts: asato}\n"
      "  - {name: Bunta Tanaka, team: csirt, accounts: btanaka}\n"
      "  - {name: Robot, kind: automation, accounts: robot}\n";

  // `sources`: the list under sources: of the config.
  explicit SmallHouse(const std::string& sources, const std::string& store = "store: {path: a.db, key_file: a.key, actors: clear}\n") {
    std::filesystem::create_directories(folder_);
    std::ofstream(config()) << "cdc: {name: Test}\n" << store << people << "sources:\n" << sources;
    HouseRead read = build_house(config(), AKASHI_SOURCE_DIR, true);
    for (const Error& error : read.errors) FAIL(sentence(error));
    house_ = std::move(read.house);
    auto opened = open_store(house_->config.store_path, OpenMode::write);
    REQUIRE(opened);
    store_ = std::move(*opened);
  }
  ~SmallHouse() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  SmallHouse(const SmallHouse&) = delete;
  SmallHouse& operator=(const SmallHouse&) = delete;

  [[nodiscard]] const House& house() const { return *house_; }
  [[nodiscard]] Store& store() { return *store_; }
  [[nodiscard]] std::string config() const { return (folder_ / "akashi.yaml").string(); }
  [[nodiscard]] std::string folder() const { return folder_.string(); }

  // Something that an account did on an item of a place.
  void does(const std::string& source, const std::string& account, const std::string& kind, const std::string& item, const std::string& place,
            Instant at, const std::string& status = "open") {
    Activity one;
    one.source = source;
    one.stream = "stream";
    one.product = product(source);
    one.uid = source + "/stream/" + std::to_string(++count_);
    one.time = at;
    one.seen = at + std::chrono::minutes(5);
    one.kind = kind;
    one.actor = house_->pseudonyms.of(Roster{}, source, account).actor;
    one.status = kind == "case.progressed" ? status : "";
    one.digest = std::string(64, 'd');
    Page page;
    page.source = source;
    page.stream = "stream";
    page.next_state = std::to_string(count_);
    if (!item.empty()) {
      one.case_id = source + ":" + item;
      CaseState state;
      state.id = one.case_id;
      state.source = source;
      state.place = place;
      state.status = status;
      state.title = item;
      state.version = std::to_string(count_);
      page.cases.push_back(std::move(state));
    }
    page.activities.push_back(std::move(one));
    auto judged = house_->judge->page(page, *store_);
    REQUIRE(judged);
    const auto poll = store_->begin_poll(source, "stream", at);
    REQUIRE(poll);
    judged->poll = *poll;
    const auto kept = store_->keep(*judged);
    if (!kept) FAIL(sentence(kept.error()));
  }

 private:
  [[nodiscard]] std::string product(const std::string& source) const {
    for (const SourceConfig& one : house_->config.sources)
      if (one.name == source) return one.connector;
    return {};
  }

  static inline int houses_ = 0;
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("akashi-small-" + std::to_string(getpid()) + "-" + std::to_string(++houses_));
  std::unique_ptr<House> house_;
  std::unique_ptr<Store> store_;
  int count_ = 0;
};

// A desk in which incidents, an ignored place and one that nobody described are worked on.
inline constexpr const char* desk =
    "  - name: rt\n"
    "    connector: rt\n"
    "    url: \"https://rt.example\"\n"
    "    auth: {scheme: bearer, env: T}\n"
    "    params: {queues: [Incidents, Noise, Other]}\n"
    "    classify:\n"
    "      - when: {place: Incidents}\n"
    "        matter: incident\n"
    "        asked: new\n"
    "        done: resolved\n"
    "      - when: {place: Noise}\n"
    "        matter: ignored\n"
    "      - when: {place: Rules}\n"
    "        services: [G-3]\n"
    "        done: resolved\n";

}  // namespace akashi::samples
