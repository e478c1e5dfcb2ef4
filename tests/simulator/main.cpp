// The simulator: SOCs with a known truth, read by the real collector, judged by the real inference, compared.
#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>

#include "pipeline.hpp"
#include "sites.hpp"
#include "tally.hpp"

namespace {

using namespace akashi;
using namespace akashi::simulator;

struct Wanted {
  std::uint64_t first = 1, count = 200;
  std::size_t threads = std::max(1U, std::min(2U, std::thread::hardware_concurrency()));
  bool json = false, show = false, config = false, in_pieces = false;
  std::string service;
};

constexpr const char* usage =
    "usage: simulator [--seeds N] [--seed N] [--json] [--show] [--service ID] [--config] [--pieces] [--threads N]\n"
    "  --seeds N     so many SOCs, 1 to N (200)\n"
    "  --seed N      only this one, every finding shown\n"
    "  --show        every disagreement with its seed, truth, finding and reasons\n"
    "  --service ID  only this service\n"
    "  --pieces      every SOC once more in other pieces (page sizes, broken polls, pages twice, order): the findings have to be the same\n"
    "  --config      prints the config of the SOC of --seed\n";

bool read_arguments(int count, char** words, Wanted& wanted) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto number = [&] { return ++i < count ? number_in(words[i], -1) : -1; };
    if (word == "--json") wanted.json = true;
    else if (word == "--show") wanted.show = true;
    else if (word == "--config") wanted.config = true;
    else if (word == "--pieces") wanted.in_pieces = true;
    else if (word == "--service" && i + 1 < count) wanted.service = words[++i];
    else if (word == "--seeds" || word == "--seed" || word == "--threads") {
      const int value = number();
      if (value < 1) return false;
      if (word == "--seeds") wanted.count = static_cast<std::uint64_t>(value);
      if (word == "--seed") wanted.first = static_cast<std::uint64_t>(value), wanted.count = 1, wanted.show = true;
      if (word == "--threads") wanted.threads = static_cast<std::size_t>(value);
    } else {
      return false;
    }
  }
  return true;
}

// Seeds are taken one after another by whoever is free.
class Run {
 public:
  explicit Run(const Wanted& wanted) : wanted_(wanted), next_(wanted.first) {}
  int go() {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < wanted_.threads; ++i) threads.emplace_back([this] { work(); });
    for (std::thread& one : threads) one.join();
    if (broken_ > 0) return 1;
    std::cout << (wanted_.json ? score_.json(wanted_.count) : score_.text(wanted_.count));
    return score_.good() ? 0 : 1;
  }

 private:
  void work() {
    for (;;) {
      const auto seed = next_.fetch_add(1);
      if (seed >= wanted_.first + wanted_.count) return;
      one(seed);
    }
  }
  // What reading in other pieces changed, in words.
  static std::string differences(const std::vector<Finding>& whole, const Result<std::vector<Finding>>& pieces) {
    if (!pieces) return sentence(pieces.error());
    std::string text;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      const Finding &one = whole[i], &other = (*pieces)[i];
      const bool same = one.rung == other.rung && one.state == other.state && one.since == other.since && one.reasons == other.reasons &&
                        one.missing == other.missing && one.counter == other.counter && one.rejected == other.rejected &&
                        one.evidence_count == other.evidence_count && one.confidence == other.confidence && one.digest == other.digest;
      if (!same) text += fmt::format(" {} {}", one.service, one.ladder);
    }
    return text;
  }
  void one(std::uint64_t seed) {
    const Soc soc = plan(seed);
    const auto findings = read_and_judge({soc.now, soc.polls, soc.desks, soc.sights, soc.config(), soc.entered}, seed);
    std::string differ;
    if (wanted_.in_pieces && findings)
      differ = differences(*findings, read_and_judge({soc.now, soc.polls, soc.desks, soc.sights, soc.config(), soc.entered, true}, seed));
    const std::scoped_lock lock(mutex_);
    if (!differ.empty()) {
      ++broken_;
      std::cerr << fmt::format("seed {}: read in other pieces it is found otherwise:{}\n", seed, differ);
    }
    if (!findings) {
      ++broken_;
      std::cerr << fmt::format("seed {}: {}\n", seed, sentence(findings.error()));
      return;
    }
    for (const Truth& truth : soc.truths)
      for (const Finding& finding : *findings) {
        if (finding.service != truth.service || finding.ladder != truth.ladder) continue;
        if (!wanted_.service.empty() && truth.service != wanted_.service) continue;
        score_.add(truth, finding);
        if (wanted_.show && (wanted_.count == 1 || !agree(truth, finding))) std::cerr << told(seed, truth, finding);
      }
  }

  const Wanted& wanted_;
  std::atomic<std::uint64_t> next_;
  std::mutex mutex_;
  Score score_;
  int broken_ = 0;
};

}  // namespace

int main(int count, char** words) {
  Wanted wanted;
  if (!read_arguments(count, words, wanted)) {
    std::cerr << usage;
    return 2;
  }
  ::setenv("AKASHI_SIMULATOR_TOKEN", "made-up", 1);  // opens nothing but made-up data
  if (wanted.config) {
    std::cout << plan(wanted.first).config();
    return 0;
  }
  return Run(wanted).go();
}
