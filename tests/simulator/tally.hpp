// Findings against the truth: the confusion matrix, and precision and recall of every state that alerts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/finding.hpp"
#include "truth.hpp"

namespace akashi::simulator {

struct Compared {
  bool exact = false, too_high = false, too_low = false, unexercised_while_blind = false;
};
[[nodiscard]] Compared compare(const Truth& truth, const Finding& finding);

[[nodiscard]] bool agree(const Truth& truth, const Finding& finding);  // in all that is compared

struct Alert {
  std::size_t right = 0, false_alarm = 0, missed = 0;
  [[nodiscard]] double precision() const;
  [[nodiscard]] double recall() const;
};

class Score {
 public:
  void add(const Truth& truth, const Finding& finding);
  void add(const Score& other);
  [[nodiscard]] bool good() const;
  [[nodiscard]] std::string text(std::size_t seeds) const;
  [[nodiscard]] std::string json(std::size_t seeds) const;

 private:
  struct Row {
    std::size_t all = 0, exact = 0, too_high = 0, too_low = 0;
  };
  [[nodiscard]] Row sum() const;
  std::map<std::string, Row> rows_;                                           // by service
  std::map<std::string, std::map<std::string, std::size_t>> rungs_, states_;  // truth → found → how often
  std::map<std::string, Alert> alerts_;
  std::size_t unexercised_while_blind_ = 0;
};

// One disagreement for people: seed, service, truth, finding and its reasons.
[[nodiscard]] std::string told(std::uint64_t seed, const Truth& truth, const Finding& finding);

}  // namespace akashi::simulator
