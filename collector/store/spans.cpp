// Coverage in the store (declared in polls.hpp).
#include <algorithm>

#include "collector/store/polls.hpp"

namespace akashi {
namespace {

struct Kept {
  std::int64_t id, from, to;
  std::string why;
};

// Those that overlap or touch [from, to).
std::vector<Kept> touching(Tables& t, std::int64_t stream, bool complete, std::int64_t from, std::int64_t to) {
  std::vector<Kept> found;
  auto rows = t.db.query(
      "SELECT id, from_time, to_time, why FROM coverage WHERE stream = ? AND complete = ? AND from_time <= ? AND to_time >= ? ORDER BY from_time, "
      "id");
  rows.with(stream, complete, to, from);
  while (rows.next()) {
    Kept kept;
    kept.id = rows.integer();
    kept.from = rows.integer();
    kept.to = rows.integer();
    kept.why = rows.text();
    found.push_back(std::move(kept));
  }
  return found;
}

void drop(Tables& t, std::int64_t id) { t.db.query("DELETE FROM coverage WHERE id = ?").with(id).run(); }

void insert(Tables& t, std::int64_t stream, bool complete, std::int64_t from, std::int64_t to, const std::string& why) {
  if (from < to) t.db.query("INSERT INTO coverage VALUES (NULL, ?, ?, ?, ?, ?)").with(stream, complete, from, to, why).run();
}

// "6 of 100 rows hidden" and "7 of 90 rows hidden" are one reason.
std::string without_numbers(std::string why) {
  std::erase_if(why, [](char c) { return c >= '0' && c <= '9'; });
  return why;
}

void merge(Tables& t, std::int64_t stream, const CoverageSpan& span) {
  auto from = to_ns(span.span.from), to = to_ns(span.span.to);
  for (const auto& kept : touching(t, stream, span.complete, from, to)) {
    if (!span.complete && without_numbers(kept.why) != without_numbers(span.why)) continue;
    from = std::min(from, kept.from);
    to = std::max(to, kept.to);
    drop(t, kept.id);
  }
  insert(t, stream, span.complete, from, to, span.why);
}

// What is read completely now is hidden no more.
void clear_incomplete(Tables& t, std::int64_t stream, std::int64_t from, std::int64_t to) {
  for (const auto& kept : touching(t, stream, false, from, to)) {
    if (kept.to <= from || kept.from >= to) continue;
    drop(t, kept.id);
    insert(t, stream, false, kept.from, std::min(from, kept.to), kept.why);
    insert(t, stream, false, std::max(to, kept.from), kept.to, kept.why);
  }
}

}  // namespace

void add_coverage(Tables& t, std::int64_t stream, const CoverageSpan& span) {
  if (span.span.empty()) return;
  if (span.complete) clear_incomplete(t, stream, to_ns(span.span.from), to_ns(span.span.to));
  merge(t, stream, span);
}

std::vector<CoverageSpan> all_coverage(Tables& t) {
  std::vector<CoverageSpan> found;
  auto row = t.db.query(
      "SELECT o.name, s.name, c.from_time, c.to_time, c.complete, c.why FROM coverage c JOIN stream s ON s.id = c.stream"
      " JOIN source o ON o.id = s.source ORDER BY o.name, s.name, c.complete DESC, c.from_time, c.to_time, c.why");
  while (row.next()) {
    CoverageSpan span;
    span.source = row.text();
    span.stream = row.text();
    span.span.from = from_ns(row.integer());
    span.span.to = from_ns(row.integer());
    span.complete = row.integer() != 0;
    span.why = row.text();
    found.push_back(std::move(span));
  }
  return found;
}

}  // namespace akashi
