// The rules that come with the house: every one loads, carries its proof, and counts what it should through the matcher too.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "catch.hpp"
#include "core/catalogue.hpp"
#include "core/criteria.hpp"
#include "mappings/engine/matcher.hpp"
#include "mappings/engine/observable.hpp"
#include "mappings/engine/rules.hpp"

using namespace akashi;

namespace {

const LoadedRules& shipped() {
  static const LoadedRules loaded = load_rules(AKASHI_SOURCE_DIR "/mappings/rules");
  return loaded;
}

struct Counted {
  std::string service;
  EvidenceKind kind;
  auto operator<=>(const Counted&) const = default;
};

// What the shipped rules count of one activity.
std::set<Counted> counted(const Sample& sample) {
  static const Matcher matcher = *Matcher::compile(shipped().rules);
  Matcher::Scratch scratch(matcher);
  std::vector<Hit> hits;
  const SampleRow row(sample);
  matcher.match(row.row(), scratch, hits);
  std::set<Counted> found;
  for (const auto& hit : hits) found.insert({std::string(hit.service), matcher.rules()[hit.rule].evidence});
  return found;
}

using Values = std::vector<std::pair<Field, std::vector<std::string>>>;
std::set<Counted> counted(const Values& values) { return counted(Sample{values, true, {}}); }

}  // namespace

TEST_CASE("every shipped rule loads") {
  for (const auto& error : shipped().errors) FAIL_CHECK(sentence(error));
  CHECK(shipped().rules.size() >= 65);
}

TEST_CASE("every shipped rule is stable, says why, and has two tests of each kind") {
  for (const auto& rule : shipped().rules) {
    INFO(rule.file);
    CHECK(rule.stable);
    CHECK(rule.why.size() > 40);
    CHECK_FALSE(rule.falsepositives.empty());
    CHECK(std::ranges::count(rule.tests, true, &Sample::match) >= 2);
    CHECK(std::ranges::count(rule.tests, false, &Sample::match) >= 2);
  }
}

TEST_CASE("the list of signs names every shipped rule and every judged service, and no rule that is not there") {
  std::ifstream in(AKASHI_SOURCE_DIR "/mappings/rules/README.md");
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::set<std::string> paths;
  for (const auto& rule : shipped().rules) {
    const std::filesystem::path file(rule.file);
    const auto path = file.parent_path().filename().string() + "/" + file.stem().string();
    INFO(path);
    CHECK(text.find("`" + path + "`") != std::string::npos);
    paths.insert(path);
  }
  for (const auto& service : catalogue())
    if (judged(service.id)) CHECK(text.find("| " + std::string(service.id) + " |") != std::string::npos);
  for (auto at = text.find('`'); at != std::string::npos;) {
    const auto end = text.find('`', at + 1);
    const auto word = text.substr(at + 1, end - at - 1);
    const bool path = word.size() > 3 && (word[1] == '/' || word.starts_with("place/")) && word.find(' ') == std::string::npos;
    INFO(word);
    if (path) CHECK(paths.contains(word));
    at = end == std::string::npos ? end : text.find('`', end + 1);
  }
}

TEST_CASE("a shipped rule stands in the folder of its service's category") {
  for (const auto& rule : shipped().rules) {
    const auto folder = std::filesystem::path(rule.file).parent_path().filename().string();
    CHECK(folder == (rule.service.empty() ? "place" : rule.service.substr(0, 1)));
  }
}

TEST_CASE("the matcher agrees with every test that a shipped rule carries") {
  const auto matcher = Matcher::compile(shipped().rules);
  REQUIRE(matcher);
  Matcher::Scratch scratch(*matcher);
  std::vector<Hit> hits;
  for (std::uint32_t i = 0; i < shipped().rules.size(); ++i) {
    for (const auto& sample : matcher->rules()[i].tests) {
      INFO(sample.where);
      const SampleRow row(sample);
      matcher->match(row.row(), scratch, hits);
      CHECK(std::ranges::any_of(hits, [&](const Hit& hit) { return hit.rule == i; }) == sample.match);
    }
  }
}

TEST_CASE("services that the shipped rules speak for have both demand and exercise") {
  std::map<std::string, std::set<EvidenceKind>> kinds;
  for (const auto& rule : shipped().rules)
    if (!rule.service.empty()) kinds[rule.service].insert(rule.evidence);
  for (const auto* service : {"B-1", "B-3", "B-4", "D-1", "D-2", "D-3", "D-4", "D-5", "D-6", "D-7", "G-11", "G-12", "G-13"}) {
    INFO(service);
    CHECK(kinds[service] == std::set{EvidenceKind::exercise, EvidenceKind::demand});
  }
}

TEST_CASE("opening an item is never an exercise, whoever opens it and wherever") {
  for (const auto matter : matters()) {
    const auto found = counted(Values{{Field::kind, {"case.opened"}}, {Field::matter, {std::string(matter)}}, {Field::services, {"D-2", "C-1"}}});
    for (const auto& one : found) {
      INFO(matter);
      CHECK(one.kind == (matter == "provider_report" ? EvidenceKind::provider_report : EvidenceKind::demand));
    }
  }
}

TEST_CASE("an incident's life is counted service by service") {
  const auto incident = [](const std::string& kind, const std::string& severity = "medium") {
    return counted(Values{{Field::kind, {kind}}, {Field::matter, {"incident"}}, {Field::severity, {severity}}, {Field::meaning, {"working"}}});
  };
  CHECK(incident("case.opened") == std::set<Counted>{{"D-2", EvidenceKind::demand}, {"D-3", EvidenceKind::demand}});
  CHECK(incident("case.opened", "critical") ==
        std::set<Counted>{{"D-2", EvidenceKind::demand}, {"D-3", EvidenceKind::demand}, {"D-6", EvidenceKind::demand}});
  CHECK(incident("case.classified") == std::set<Counted>{{"D-3", EvidenceKind::exercise}});
  CHECK(incident("case.commented") == std::set<Counted>{{"D-2", EvidenceKind::exercise}});
  CHECK(incident("case.closed") == std::set<Counted>{{"D-2", EvidenceKind::exercise}});
  CHECK(incident("case.closed", "high") == std::set<Counted>{{"D-2", EvidenceKind::exercise}, {"D-7", EvidenceKind::demand}});
  CHECK(incident("case.merged").empty());
}

TEST_CASE("a place given to a service speaks for it, unless its matter has rules of its own") {
  const auto closed = [](const std::string& matter) {
    return counted(Values{{Field::kind, {"case.closed"}}, {Field::matter, {matter}}, {Field::services, {"G-2", "C-1"}}});
  };
  const std::set<Counted> both{{"C-1", EvidenceKind::exercise}, {"G-2", EvidenceKind::exercise}};
  CHECK(closed("") == both);
  CHECK(closed("operation") == both);  // and not G-11, which the place was not given
  CHECK(closed("investigation") == both);
  CHECK(closed("ignored").empty());
  CHECK(closed("procedure").empty());
  CHECK(closed("recovery") == std::set<Counted>{{"D-5", EvidenceKind::exercise}});
}

TEST_CASE("an approval speaks for the services that its document names") {
  CHECK(counted(Values{{Field::kind, {"document.approved"}}, {Field::services, {"D-2"}}}) == std::set<Counted>{{"", EvidenceKind::approval}});
}
