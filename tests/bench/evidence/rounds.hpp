// Runs programs round by round, each in a process of its own, so that memory is told apart and neither warms the other's caches.
#pragma once

#include <sys/types.h>

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "bench/evidence/job.hpp"

namespace akashi::bench {

class Contender {
 public:
  using Make = std::unique_ptr<Program> (*)();

  Contender(Make make, int file, std::span<const PagePlace> pages);
  ~Contender();
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;

  // One round over all pages with a new program; the seconds of processor time that it took.
  double round();

  struct Outcome {
    double peak_mb = 0;  // resident, of the whole process
    std::string text;    // of the last round
  };
  Outcome outcome();

 private:
  [[noreturn]] void serve(Make make, int file, std::span<const PagePlace> pages, int orders, int answers);
  pid_t child_ = 0;
  int orders_ = -1;
  int answers_ = -1;
};

}  // namespace akashi::bench
