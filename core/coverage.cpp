#include "core/coverage.hpp"

#include <algorithm>

namespace akashi {

void Coverage::add(Span span) {
  if (span.empty()) return;
  // The spans that overlap or touch the new one are next to each other, because all are ascending and disjoint.
  const auto first = std::ranges::lower_bound(spans_, span.from, {}, &Span::to);
  auto last = first;
  for (; last != spans_.end() && last->from <= span.to; ++last) {
    span.from = std::min(span.from, last->from);
    span.to = std::max(span.to, last->to);
  }
  spans_.insert(spans_.erase(first, last), span);
}

bool Coverage::covers(Span span) const {
  if (span.empty()) return true;
  const auto at = std::ranges::lower_bound(spans_, span.to, {}, &Span::to);
  return at != spans_.end() && at->from <= span.from;
}

std::vector<Span> Coverage::gaps(Span within) const {
  std::vector<Span> found;
  for (const auto& read : spans_) {
    if (read.to <= within.from) continue;
    if (read.from >= within.to) break;
    if (within.from < read.from) found.push_back({within.from, read.from});
    within.from = read.to;
  }
  if (!within.empty()) found.push_back(within);
  return found;
}

Coverage Coverage::intersect(const Coverage& other) const {
  Coverage both;
  for (auto a = spans_.begin(), b = other.spans_.begin(); a != spans_.end() && b != other.spans_.end();) {
    both.add({std::max(a->from, b->from), std::min(a->to, b->to)});
    if (a->to < b->to) ++a;
    else ++b;
  }
  return both;
}

}  // namespace akashi
