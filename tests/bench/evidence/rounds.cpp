#include "bench/evidence/rounds.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace akashi::bench {
namespace {

constexpr char run_a_round = 'r';
constexpr char tell_outcome = 'o';

[[noreturn]] void stop(const char* what) {
  std::perror(what);
  std::exit(1);
}

void send(int pipe, const void* data, std::size_t bytes) {
  const char* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const ssize_t sent = ::write(pipe, at, bytes);
    if (sent <= 0) stop("a program of the benchmark is gone");
    at += sent;
    bytes -= static_cast<std::size_t>(sent);
  }
}

bool receive(int pipe, void* data, std::size_t bytes) {
  char* at = static_cast<char*>(data);
  while (bytes > 0) {
    const ssize_t got = ::read(pipe, at, bytes);
    if (got <= 0) return false;
    at += got;
    bytes -= static_cast<std::size_t>(got);
  }
  return true;
}

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

Contender::Contender(Make make, int file, std::span<const PagePlace> pages) {
  int orders[2];
  int answers[2];
  if (pipe(orders) != 0 || pipe(answers) != 0) stop("pipe");
  std::fflush(nullptr);
  child_ = fork();
  if (child_ < 0) stop("fork");
  if (child_ == 0) {
    close(orders[1]);
    close(answers[0]);
    serve(make, file, pages, orders[0], answers[1]);
  }
  close(orders[0]);
  close(answers[1]);
  orders_ = orders[1];
  answers_ = answers[0];
}

Contender::~Contender() {
  close(orders_);
  close(answers_);
  waitpid(child_, nullptr, 0);
}

void Contender::serve(Make make, int file, std::span<const PagePlace> pages, int orders, int answers) {
  std::unique_ptr<Program> program;
  char order = 0;
  while (receive(orders, &order, 1)) {
    if (order == run_a_round) {
      program.reset();
      program = make();
      const double begin = processor_seconds();
      for (const PagePlace& place : pages) program->read_page(file, place);
      program->finish();
      const double seconds = processor_seconds() - begin;
      send(answers, &seconds, sizeof seconds);
    } else {
      const double peak = peak_mb();
      const std::string text = program ? program->outcome() : std::string();
      const std::size_t size = text.size();
      send(answers, &peak, sizeof peak);
      send(answers, &size, sizeof size);
      send(answers, text.data(), size);
    }
  }
  std::_Exit(0);
}

double Contender::round() {
  double seconds = 0;
  send(orders_, &run_a_round, 1);
  if (!receive(answers_, &seconds, sizeof seconds)) stop("a program of the benchmark is gone");
  return seconds;
}

Contender::Outcome Contender::outcome() {
  Outcome outcome;
  std::size_t size = 0;
  send(orders_, &tell_outcome, 1);
  bool there = receive(answers_, &outcome.peak_mb, sizeof outcome.peak_mb) && receive(answers_, &size, sizeof size);
  outcome.text.resize(size);
  there = there && receive(answers_, outcome.text.data(), size);
  if (!there) stop("a program of the benchmark is gone");
  return outcome;
}

}  // namespace akashi::bench
