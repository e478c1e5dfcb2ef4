// bench_evidence [--json] [--records N] [--rounds N]: from page to evidence, the product's parts next to a straightforward program.
// Exit 0 when both said the same to the byte, 1 when not, 2 when asked wrongly. Figures are medians over rounds that take turns.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "bench/evidence/rounds.hpp"

namespace akashi::bench {
namespace {

struct Asked {
  bool json = false;
  std::size_t records = 24'000;
  std::size_t rounds = 11;
};

[[noreturn]] void usage() {
  std::fputs("usage: bench_evidence [--json] [--records N] [--rounds N]\n", stderr);
  std::exit(2);
}

std::size_t number(const char* text) {
  std::size_t value = 0;
  if (text == nullptr) usage();
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), value);
  if (error != std::errc{} || *end != '\0' || value == 0) usage();
  return value;
}

Asked read_arguments(char** arguments) {
  Asked asked;
  while (*arguments != nullptr) {
    const std::string_view argument = *arguments++;
    if (argument == "--json") asked.json = true;
    else if (argument == "--records") asked.records = number(*arguments++);
    else if (argument == "--rounds") asked.rounds = number(*arguments++);
    else usage();
  }
  return asked;
}

int unnamed_file() {
  std::string name = (std::filesystem::temp_directory_path() / "bench_evidence_XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) {
    std::perror(name.c_str());
    std::exit(1);
  }
  unlink(name.c_str());
  return file;
}

// Pages are made in a process of their own: what that takes must not count as a program's memory.
void write_pages(int file, std::size_t records) {
  const pid_t child = fork();
  if (child == 0) {
    for (std::size_t first = 0; first < records; first += records_of_page) {
      const std::string page = make_page(first, std::min(records_of_page, records - first));
      const std::size_t size = page.size();
      if (write(file, &size, sizeof size) != sizeof size || write(file, page.data(), size) != static_cast<ssize_t>(size)) std::_Exit(1);
    }
    std::_Exit(0);
  }
  int status = 1;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
    std::fputs("the pages could not be written\n", stderr);
    std::exit(1);
  }
}

std::vector<PagePlace> places_of(int file) {
  std::vector<PagePlace> places;
  std::size_t size = 0;
  for (std::int64_t at = 0; pread(file, &size, sizeof size, at) == sizeof size; at += static_cast<std::int64_t>(size)) {
    at += sizeof size;
    places.push_back({at, size});
  }
  return places;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::size_t matches_in(std::string_view outcome) {
  std::size_t sum = 0;
  while (!outcome.empty()) {
    std::size_t at = 0;
    for (int word = 0; word < 3; ++word) at = outcome.find(' ', at) + 1;
    std::size_t count = 0;
    std::from_chars(outcome.data() + at, outcome.data() + outcome.size(), count);
    sum += count;
    outcome.remove_prefix(outcome.find('\n') + 1);
  }
  return sum;
}

bool say_difference(std::string_view ours, std::string_view theirs) {
  if (ours == theirs && !ours.empty()) return false;
  std::size_t line = 1;
  while (!ours.empty() && ours.substr(0, ours.find('\n')) == theirs.substr(0, theirs.find('\n'))) {
    ours.remove_prefix(ours.find('\n') + 1);
    theirs.remove_prefix(std::min(theirs.size(), theirs.find('\n') + 1));
    ++line;
  }
  const auto first = [](std::string_view text) { return std::string(text.substr(0, text.find('\n'))); };
  std::fprintf(stderr, "the outcomes differ in line %zu\nproduct:  %s\nbaseline: %s\n", line, first(ours).c_str(), first(theirs).c_str());
  return true;
}

int run(const Asked& asked) {
  const int file = unnamed_file();
  write_pages(file, asked.records);
  const std::vector<PagePlace> pages = places_of(file);
  Contender product(make_product, file, pages);
  Contender baseline(make_baseline, file, pages);
  std::vector<double> ours;
  std::vector<double> theirs;
  for (std::size_t i = 0; i < asked.rounds; ++i) {
    ours.push_back(product.round());
    theirs.push_back(baseline.round());
  }
  const Contender::Outcome said = product.outcome();
  const Contender::Outcome expected = baseline.outcome();
  if (say_difference(said.text, expected.text)) return 1;
  const auto records = static_cast<double>(asked.records);
  const double rate = records / median(ours);
  const double baseline_rate = records / median(theirs);
  const double matches = static_cast<double>(matches_in(said.text)) / records;
  const char* const form =
      asked.json ? "{\"records_per_s\":%.0f,\"baseline_records_per_s\":%.0f,\"ratio\":%.2f,\"peak_mb\":%.1f,\"baseline_peak_mb\":%.1f,"
                   "\"matches_per_record\":%.2f,\"records\":%.0f,\"rounds\":%zu}\n"
                 : "records_per_s           %.0f\nbaseline_records_per_s  %.0f\nratio                   %.2f\npeak_mb                 %.1f\n"
                   "baseline_peak_mb        %.1f\nmatches_per_record      %.2f\nrecords                 %.0f\nrounds                  %zu\n";
  std::printf(form, rate, baseline_rate, rate / baseline_rate, said.peak_mb, expected.peak_mb, matches, records, asked.rounds);
  return 0;
}

}  // namespace
}  // namespace akashi::bench

int main(int, char** arguments) { return akashi::bench::run(akashi::bench::read_arguments(arguments + 1)); }
