#include "collector/config/config.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "collector/config/sample.hpp"

using namespace akashi;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string all(const ConfigRead& read) {
  std::string text;
  for (const Error& error : read.errors) text += sentence(error) + "\n";
  return text;
}

}  // namespace

TEST_CASE("every refused config gives exactly its one sentence") {
  std::size_t seen = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(AKASHI_SOURCE_DIR) / "tests/refused/config")) {
    const std::string text = text_of(entry.path());
    const std::string mark = "# expects: ";
    REQUIRE(text.starts_with(mark));
    const std::string expected = text.substr(mark.size(), text.find('\n') - mark.size());
    const ConfigRead read = read_config_text(text, entry.path().filename().string());
    CHECK(all(read) == expected + "\n");
    ++seen;
  }
  CHECK(seen >= 17);
}

TEST_CASE("a config with several mistakes names them all at once") {
  const ConfigRead read = read_config_text("services:\n  D-9: {}\n  D-2: {level: basis}\nsources:\n  - {name: a b}\n", "x.yaml");
  CHECK(read.errors.size() >= 4);
}

TEST_CASE("a whole config is read as it was meant") {
  const ConfigRead read = read_config_text(R"(
cdc: {name: 例示CSIRT, language: ja}
store: {path: data/akashi.db, actors: clear}
people:
  - {name: Aiko Sato, team: csirt, accounts: {rt: asato, redmine: 佐藤愛子}}
  - {name: Chiyo Ueda, head: true, accounts: cueda}
  - {name: bot, kind: automation, accounts: rt-bot}
services:
  D-2: {level: basic, assignment: insource, team: csirt, owner: Aiko Sato, to_be: 4, as_is: 3, agreed: 72h, warn: 100d}
  C-1: {level: unnecessary}
  G-1: {applicable: false}
sources:
  - name: rt
    connector: rt
    url: https://rt.example/
    auth: {scheme: bearer, env: RT_TOKEN}
    interval: 10m
    params: {queues: [Incidents, 問い合わせ]}
  - {name: redmine, connector: redmine, url: "https://redmine.example", auth: {scheme: header, file: redmine.key}}
)",
                                           "/etc/akashi/akashi.yaml");
  CHECK(all(read) == "");
  const Config& config = read.config;
  CHECK(config.cdc == "例示CSIRT");
  CHECK(config.store_path == "/etc/akashi/data/akashi.db");
  CHECK(config.clear_actors);
  REQUIRE(config.sources.size() == 2);
  CHECK(config.sources[0].url == "https://rt.example");
  CHECK(config.sources[0].interval_s == 600);
  CHECK(config.sources[0].params.at("queues") == std::vector<std::string>{"Incidents", "問い合わせ"});
  CHECK(config.sources[1].secret.name == "/etc/akashi/redmine.key");
  CHECK(config.roster.who("redmine", "佐藤愛子")->name == "Aiko Sato");
  CHECK(config.roster.who("rt", "cueda")->head);
  CHECK(config.profile.at("D-2").criteria.agreed == std::chrono::hours(72));
  CHECK(config.profile.at("D-2").criteria.warn_days == 100);
  CHECK(config.profile.at("D-2").criteria.stale_days == 180);  // untouched: the default
  CHECK(config.profile.at("G-1").not_applicable);
}

TEST_CASE("the config that init writes is itself accepted, in both languages") {
  for (const Lang lang : {Lang::en, Lang::ja}) {
    const std::string text =
        sample_config("Example \"CSIRT\"", {{"rt", "rt", "https://rt.example", "bearer", "", "rt.token", {{"queues", {"Incidents"}}}}}, lang);
    INFO(text);
    const ConfigRead read = read_config_text(text, "akashi.yaml");
    CHECK(all(read) == "");
    CHECK(read.config.cdc == "Example \"CSIRT\"");
    CHECK(read.config.sources.size() == 1);
  }
  CHECK(all(read_config_text(sample_config("x", {}, Lang::en), "akashi.yaml")) == "");
}

TEST_CASE("every commented example of init's config is accepted once its comment is removed") {
  std::string text = sample_config("x", {{"rt", "rt", "https://rt.example", "bearer", "", "rt.token", {{"queues", {"Incidents"}}}}}, Lang::en);
  for (const std::string example :
       {"  # - {name", "  # D-2:", "    # classify:\n", "    #   - when", "    #     matter", "    #     asked", "    #     working",
        "    #     done", "    #     refused", "    #     drill", "  # accept:\n", "  #   - {name: small"}) {
    REQUIRE(text.find(example) != std::string::npos);
    for (std::size_t at = text.find(example); at != std::string::npos; at = text.find(example, at)) { text.erase(text.find('#', at), 2); }
  }
  // What a value means stands behind it; the second line of the list of matters is a comment of its own.
  INFO(text);
  const ConfigRead read = read_config_text(text, "akashi.yaml");
  CHECK(all(read) == "");
  CHECK(read.config.roster.people().size() == 3);
  REQUIRE(read.config.sources.size() == 1);
  CHECK(read.config.sources[0].classify.size() == 2);
  REQUIRE(read.config.policies.size() == 1);
  CHECK(read.config.policies[0].by == "Chiyo Ueda");
}
