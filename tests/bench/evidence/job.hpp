// The job of the benchmark: made-up pages of records, 80 rules, and what both programs have to say about them in the end.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "core/vocabulary.hpp"

namespace akashi::bench {

inline constexpr std::size_t records_of_page = 1000;

// A page of records 1.7 kB each, 55 % alerts with a workflow block, 30 % ticket updates, 15 % response actions, one every ten seconds.
// Every record stands on a line of its own. The same numbers give the same bytes.
[[nodiscard]] std::string make_page(std::size_t first_record, std::size_t records);

// Where the twelve fields of a record stand, by its record_type.
struct FieldPath {
  Field field;  // kind stands for the time too: see time_path
  const char* path;
};
inline constexpr std::size_t fields_read = 11;  // and the time
struct RecordType {
  const char* name;
  const char* time_path;
  FieldPath fields[fields_read];
};
[[nodiscard]] std::span<const RecordType> record_types();

enum class Test : std::uint8_t { equals, contains, startswith, endswith, re };

// Any of the values; without ASCII case but for expressions.
struct Item {
  Field field = Field::kind;
  Test test = Test::equals;
  std::vector<std::string> values;
};
// All of `wanted` and none of `unwanted`.
struct Criterion {
  std::string id, service;
  std::vector<Item> wanted, unwanted;
};
// 80 rules with 219 values: 148 equals, 35 contains, 14 startswith, 10 endswith, 12 expressions.
[[nodiscard]] std::vector<Criterion> make_rules();

// One line of the outcome, which both programs write in the order of service, rule and day.
struct Line {
  std::string_view service, rule;
  Instant day{};
  std::uint64_t count = 0;
  Instant first{}, last{};
  std::vector<std::string_view> actors;  // distinct, ascending
  std::string_view smallest_digest;      // hexadecimal
};
void write_line(const Line& line, std::string& out);

// Where a page stands in the file of pages.
struct PagePlace {
  std::int64_t offset = 0;
  std::size_t bytes = 0;
};

// One of the two programs, made anew for every round so that nothing is remembered from the round before.
class Program {
 public:
  virtual ~Program() = default;
  virtual void read_page(int file, const PagePlace& place) = 0;  // measured
  virtual void finish() = 0;                                     // measured
  virtual std::string outcome() = 0;
};
[[nodiscard]] std::unique_ptr<Program> make_product();
[[nodiscard]] std::unique_ptr<Program> make_baseline();

// pread until everything is there; ends the program when the file is short.
void read_fully(int file, const PagePlace& place, char* into);

}  // namespace akashi::bench
