#include <fmt/format.h>

#include <map>

#include "collector/report/lists.hpp"
#include "collector/report/pieces.hpp"

namespace akashi {

namespace {

constexpr int bar_days = 90;
constexpr int bar_cells = 45;  // two days each: fits 80 columns beside the names

struct Stream {
  Coverage complete, partial;
  std::string why;
};

char32_t mark_of(const Stream& stream, Span cell) {
  if (stream.complete.covers(cell)) return U'█';
  const bool some = stream.complete.gaps(cell) != std::vector<Span>{cell} || stream.partial.gaps(cell) != std::vector<Span>{cell};
  return some ? U'▒' : U'·';
}

std::string bar(const Stream& stream, Instant as_of) {
  std::string text;
  for (int i = 0; i < bar_cells; ++i) {
    const Instant from = as_of - days(bar_days) + days(2 * i);
    const char32_t one = mark_of(stream, {from, std::min(from + days(2), as_of)});
    text += one == U'█' ? "█" : one == U'▒' ? "▒" : "·";
  }
  return text;
}

}  // namespace

void print_coverage(const Screen& screen, const std::vector<CoverageSpan>& spans, Instant as_of) {
  std::map<std::string, Stream> streams;
  for (const CoverageSpan& one : spans) {
    Stream& stream = streams[one.source + " " + one.stream];
    (one.complete ? stream.complete : stream.partial).add(one.span);
    if (!one.why.empty()) stream.why = one.why;
  }
  if (streams.empty()) return screen.line(screen.tr("Nothing has been read yet.", "まだ何も読んでいない。"));
  screen.line(
      fmt::format(fmt::runtime(screen.tr("{} to {}   █ read completely  ▒ in part  · not read", "{} ～ {}   █ 完全に読めた  ▒ 一部  · 読めていない")),
                  format_day(as_of - days(bar_days)), format_day(as_of)));
  for (const auto& [name, stream] : streams) {
    const std::string label = fit(name, 30);
    screen.line(label + std::string(31 - display_width(label), ' ') + bar(stream, as_of));
    for (const Span& span : stream.complete.spans()) screen.line(fmt::format("  {} – {}", to_the_second(span.from), to_the_second(span.to)));
    if (!stream.why.empty()) screen.item("  ", stream.why, Colour::yellow);
  }
}

std::string coverage_json(const std::vector<CoverageSpan>& spans, Instant as_of) {
  JsonWriter json;
  json.object().member("as_of", as_of).key("coverage").array();
  for (const CoverageSpan& one : spans) {
    json.object().member("source", one.source).member("stream", one.stream).member("from", one.span.from).member("to", one.span.to);
    json.member("complete", one.complete).member("why", one.why).end_object();
  }
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
