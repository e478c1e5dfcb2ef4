// What asking the rules costs an activity: 80 rules as in the benchmark `evidence`, and 800, of which 720 ask for other words of the same fields.
// The rows are those of made-up pages, read before the clock starts. Both are checked against reading every rule, activity by activity.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstring>
#include <deque>

#include "bench/evidence/job.hpp"
#include "connectors/engine/json_page.hpp"
#include "mappings/engine/explain.hpp"
#include "mappings/engine/matcher.hpp"
#include "mappings/engine/read_rule.hpp"

using namespace akashi;

namespace {

constexpr std::size_t records = 20'000;  // enough that free text does not come to be remembered

template <class T>
T need(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", sentence(result.error()));
  std::exit(1);
}

std::string selection(const char* name, const std::vector<bench::Item>& items, std::size_t copy) {
  constexpr std::array<const char*, 5> modifiers = {"", "|contains", "|startswith", "|endswith", "|re"};
  std::string text = std::string(name) + ":\n";
  for (const auto& item : items) {
    text += fmt::format("  {}{}:\n", akashi::name(item.field), modifiers[static_cast<std::size_t>(item.test)]);
    for (const auto& value : item.values) {
      // A copy asks for words of its own, so that its patterns are new ones; kinds are a closed list and stay.
      const bool same = copy == 0 || item.field == Field::kind;
      text += fmt::format("    - '{}{}'\n", value, same ? std::string() : item.test == bench::Test::endswith ? "" : fmt::format(" {:02}", copy));
    }
  }
  return text;
}

std::vector<Rule> make_rules(std::size_t copies) {
  std::vector<Rule> rules;
  for (std::size_t copy = 0; copy < copies; ++copy)
    for (const auto& made : bench::make_rules()) {
      auto text = fmt::format(
          "title: Made for the benchmark\nid: {}{:02}{}\nstatus: experimental\nservice: {}\nwhy: It gives the matcher something to do\n"
          "author: Akashi\ndate: 2026-11-21\nevidence: exercise\nfalsepositives: [none known]\n",
          made.id.substr(0, 24), copy, made.id.substr(26), made.service);
      text += selection("selection", made.wanted, copy);
      if (!made.unwanted.empty()) text += selection("filter", made.unwanted, copy);
      text += made.unwanted.empty() ? "condition: selection\n" : "condition: selection and not filter\n";
      std::vector<Error> errors;
      auto rule = read_rule(text, "bench", errors);
      if (!rule) {
        fmt::print(stderr, "{}\n{}", sentence(errors.front()), text);
        std::exit(1);
      }
      rules.push_back(std::move(*rule));
    }
  return rules;
}

// Values lie side by side, as near as those of a record that was just read.
struct Rows {
  std::deque<std::string> values;
  std::vector<Row> rows;
};

Rows make_rows() {
  Rows made;
  for (std::size_t first = 0; first < records; first += bench::records_of_page) {
    const auto page = need(JsonPage::open(bench::make_page(first, bench::records_of_page)));
    for (const JsonValue record : page.root().at("/data").elements())
      for (const auto& type : bench::record_types()) {
        if (record.member("record_type").text() != type.name) continue;
        auto& all = made.values.emplace_back();
        std::array<std::size_t, bench::fields_read> sizes{};
        for (std::size_t i = 0; i < bench::fields_read; ++i) {
          const auto value = record.at(type.fields[i].path).text();
          sizes[i] = value.size();
          all += value;
        }
        Row row;
        std::string_view rest = all;
        for (std::size_t i = 0; i < bench::fields_read; ++i) {
          row[type.fields[i].field] = rest.substr(0, sizes[i]);
          rest.remove_prefix(sizes[i]);
        }
        made.rows.push_back(row);
      }
  }
  return made;
}

// Processor time of this thread: other programs on the machine do not count.
double now_ns() {
  timespec at{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) * 1e9 + static_cast<double>(at.tv_nsec);
}

struct Measured {
  double ns = 0, hits = 0;
};

Measured measure(const Matcher& matcher, const std::vector<Row>& rows, std::size_t rounds) {
  Matcher::Scratch scratch(matcher);
  std::vector<Hit> hits;
  std::size_t all = 0;
  for (const auto& row : rows) matcher.match(row, scratch, hits);
  Measured best{1e18, 0};
  for (std::size_t round = 0; round < rounds; ++round) {
    all = 0;
    const auto start = now_ns();
    for (const auto& row : rows) {
      matcher.match(row, scratch, hits);
      all += hits.size();
    }
    best.ns = std::min(best.ns, (now_ns() - start) / static_cast<double>(rows.size()));
  }
  best.hits = static_cast<double>(all) / static_cast<double>(rows.size());
  return best;
}

// Also the check that both say the same of every activity.
double measure_reading(const Matcher& matcher, const std::vector<Row>& rows) {
  Matcher::Scratch scratch(matcher);
  std::vector<Hit> hits;
  std::vector<std::uint32_t> found;
  double took = 0;
  for (const auto& row : rows) {
    matcher.match(row, scratch, hits);
    const auto start = now_ns();
    found.clear();
    for (std::uint32_t i = 0; i < matcher.rules().size(); ++i)
      if (matches(matcher.rules()[i], row)) found.push_back(i);
    took += now_ns() - start;
    if (std::ranges::equal(found, hits, {}, {}, &Hit::rule)) continue;
    fmt::print(stderr, "the matcher and reading every rule disagree\n");
    std::exit(1);
  }
  return took / static_cast<double>(rows.size());
}

}  // namespace

int main(int argc, char** argv) {
  bool json = false;
  std::size_t rounds = 50;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--json") == 0) json = true;
    if (std::strcmp(argv[i], "--rounds") == 0 && i + 1 < argc) rounds = std::max<std::size_t>(1, std::strtoul(argv[i + 1], nullptr, 10));
  }
  const auto made = make_rows();
  for (const std::size_t copies : {std::size_t{1}, std::size_t{10}}) {
    const auto matcher = need(Matcher::compile(make_rules(copies)));
    const auto measured = measure(matcher, made.rows, rounds);
    const auto reading = measure_reading(matcher, made.rows);
    if (json)
      fmt::print("{{\"rules\": {}, \"matcher_ns_per_row\": {:.0f}, \"reading_ns_per_row\": {:.0f}, \"hits_per_row\": {:.2f}}}\n",
                 matcher.rules().size(), measured.ns, reading, measured.hits);
    else
      fmt::print("{:4} rules: {:6.0f} ns an activity, {:.1f} matches; reading every rule {:.0f} ns\n", matcher.rules().size(), measured.ns,
                 measured.hits, reading);
  }
  return 0;
}
