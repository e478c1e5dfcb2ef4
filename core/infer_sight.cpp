// Sight: what could be seen of a service. Occurrence needs one witness; absence needs every source that could have shown it.
#include <algorithm>

#include "core/infer_parts.hpp"

namespace akashi::inference {

namespace {

// How far behind the end of reading may lie before nothing is said about now: polls are minutes apart, and a service with a clock of days is not
// blind between them. What was not read yet is not counted as silence either: silence ends where reading ends.
constexpr Duration lag_max_continuous = std::chrono::hours(1);
constexpr Duration lag_max = days(1);

Coverage clipped(const Coverage& coverage, Instant end) {
  Coverage all;
  all.add({Instant::min(), end});
  return coverage.intersect(all);
}

// What was read completely of all streams of a source.
Coverage of_source(const SourceSight& source, Instant as_of) {
  std::optional<Coverage> all;
  for (const auto& [stream, coverage] : source.complete) all = all ? all->intersect(coverage) : coverage;
  return all ? clipped(*all, as_of) : Coverage{};
}

// The newest reason why something was not read completely in this span.
std::string why_partial(const SourceSight& source, Span within) {
  const CoverageSpan* newest = nullptr;
  for (const auto& span : source.partial) {
    const bool inside = !span.why.empty() && span.span.from < within.to && within.from < span.span.to;
    if (inside && (newest == nullptr || newest->span.to <= span.span.to)) newest = &span;
  }
  return newest == nullptr ? std::string() : newest->why;
}

std::string interval(Span span) { return format_day(span.from) + "/" + format_day(span.to); }

struct Seen {
  const SourceSight* source;
  Coverage coverage;
  std::optional<Instant> end;  // of what was read
  bool current = false;        // read up to as_of, but for the lag
};

Seen see(const Question& question, const SourceSight& source) {
  Seen seen{&source, of_source(source, question.as_of()), {}, false};
  if (!seen.coverage.empty()) seen.end = seen.coverage.spans().back().to;
  const auto lag = question.criteria().cadence == CadenceClass::continuous ? lag_max_continuous : lag_max;
  seen.current = seen.end && (*seen.end >= question.as_of() || (!source.broken && question.as_of() - *seen.end <= lag));
  return seen;
}

bool never_read(const SourceSight& source) {
  return !source.broken && source.partial.empty() && std::ranges::all_of(source.complete, [](const auto& stream) { return stream.second.empty(); });
}

CoverageNote note(const Question& question, const Seen& seen) {
  const auto& source = *seen.source;
  CoverageNote made{source.source, "blind", {}, {}, source.why};
  Coverage window;
  window.add({question.look_back.from, question.as_of()});
  const auto inside = seen.coverage.intersect(window);
  if (!inside.empty()) {
    made.from = inside.spans().front().from;
    made.to = inside.spans().back().to;
    const auto gaps = inside.gaps({question.look_back.from, *made.to});
    if (seen.current && gaps.empty()) return {source.source, "complete", made.from, made.to, {}};
    made.state = "partial";
    if (!gaps.empty()) made.why = interval(gaps.back());
  }
  if (const auto why = why_partial(source, question.look_back); !why.empty()) made.why = why;
  if (source.broken && !(seen.end && *seen.end >= question.as_of())) {
    made.state = "broken";
    made.why = source.why;
  }
  return made;
}

// Why absence may not be spoken about because of this source.
void tell(const Question& question, const Seen& seen, const CoverageNote& note, std::vector<Reason>& hidden) {
  const auto& name = seen.source->source;
  if (note.state == "complete") return;
  if (note.state == "broken") return hidden.push_back(reason<"blind.broken">(name, seen.source->why));
  if (!seen.end) hidden.push_back(reason<"blind.never">(name));
  else if (!seen.current) hidden.push_back(reason<"blind.behind">(name, *seen.end));
  const auto begins = seen.end ? std::max(question.look_back.from, seen.coverage.spans().front().from) : question.as_of();
  const auto gaps = seen.coverage.gaps({begins, seen.end.value_or(begins)});
  if (!gaps.empty()) hidden.push_back(reason<"blind.gap">(name, gaps.back().from, gaps.back().to));
  if (const auto why = why_partial(*seen.source, question.look_back); !why.empty()) hidden.push_back(reason<"blind.hidden">(name, why));
}

// A source of documents alone has no coverage of work; it is unread when it is broken.
std::optional<CoverageNote> is_unread(const Question& question, const SourceSight& source) {
  const auto seen = see(question, source);
  const bool read = seen.current || (source.complete.empty() && !source.broken);
  return read ? std::nullopt : std::optional(note(question, seen));
}

}  // namespace

Sight look(const Question& question) {
  Sight sight;
  bool current = true, fresh = true;
  for (const auto& source : question.view.sources) {
    const auto& shows = question.outside ? source.could_show_reports : source.could_show;
    if (!shows.contains(std::string(question.service))) continue;
    const auto seen = see(question, source);
    sight.seen = sight.any ? sight.seen.intersect(seen.coverage) : seen.coverage;
    sight.notes.push_back(note(question, seen));
    tell(question, seen, sight.notes.back(), sight.hidden);
    current = current && seen.current;
    fresh = fresh && (seen.current || never_read(source));
    if (seen.current) sight.until = std::min(sight.until.value_or(*seen.end), *seen.end);
    const auto begins = seen.coverage.empty() ? question.as_of() : seen.coverage.spans().front().from;
    sight.begins = sight.any ? std::max(sight.begins, begins) : begins;
    sight.any = true;
  }
  sight.fresh = fresh && !current;
  if (!current) sight.until.reset();
  return sight;
}

Absence Sight::absence(Instant from) const {
  if (!until) return fresh ? Absence::too_short : Absence::hidden;
  if (seen.covers({from, *until})) return Absence::sayable;
  return begins > from && seen.covers({begins, *until}) ? Absence::too_short : Absence::hidden;
}

bool Sight::whole() const {
  return any && std::ranges::all_of(notes, [](const CoverageNote& note) { return note.state == "complete"; });
}

std::optional<CoverageNote> unread_since(const Question& question, const std::string& source) {
  if (source == attested_source) return std::nullopt;  // people's own word: there is nothing to read
  const auto found = std::ranges::find(question.view.sources, source, &SourceSight::source);
  if (found == question.view.sources.end()) return CoverageNote{source, "blind", {}, {}, {}};
  return is_unread(question, *found);
}

std::vector<CoverageNote> unread_sources(const Question& question) {
  std::vector<CoverageNote> found;
  for (const auto& source : question.view.sources)
    if (auto unread = is_unread(question, source)) found.push_back(std::move(*unread));
  return found;
}

}  // namespace akashi::inference
