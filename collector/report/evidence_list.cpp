#include <fmt/format.h>

#include <algorithm>

#include "collector/report/lists.hpp"
#include "collector/report/pieces.hpp"

namespace akashi {

namespace {

// Work that was seen by comparing two readings has a span of time, not a moment.
std::string when(const Screen& screen, const Evidence& item) {
  const auto until = format_time(item.time).substr(0, 16);
  if (!item.observed_from) return until;
  return fmt::format(fmt::runtime(screen.tr("between {} and {}", "{}〜{}の間")), format_time(item.earliest()).substr(0, 16), until);
}

}  // namespace

void print_evidence(const Screen& screen, std::vector<Evidence> items, std::size_t limit) {
  std::ranges::sort(items,
                    [](const Evidence& a, const Evidence& b) { return std::tie(b.time, a.uid, a.service) < std::tie(a.time, b.uid, b.service); });
  const std::size_t all = items.size();
  if (limit > 0 && items.size() > limit) items.resize(limit);
  Table table({{std::string(screen.tr("Time", "日時"))},
               {"ID"},
               {std::string(screen.tr("Kind", "種類"))},
               {std::string(screen.tr("Who", "担当"))},
               {std::string(screen.tr("Did", "内容"))},
               {std::string(screen.tr("On", "対象")), false, true}});
  for (const Evidence& item : items) {
    table.row({when(screen, item), item.service, say_evidence(item.drill ? EvidenceKind::drill : item.kind, screen.lang()), item.actor,
               say_activity(item.activity, screen.lang()), reference(item)});
  }
  if (table.empty()) return screen.line(screen.tr("No evidence yet.", "証拠はまだない。"));
  table.print(screen);
  if (items.size() < all)
    screen.line(fmt::format(fmt::runtime(screen.tr("{} of {} shown (--limit 0 shows all).", "{1}件のうち{0}件を表示(--limit 0 で全件)。")),
                            items.size(), all));
}

std::string evidence_json(const std::vector<Evidence>& items, const std::vector<std::pair<TallyKey, Tally>>& tallies) {
  JsonWriter json;
  json.object().key("evidence").array();
  for (const Evidence& item : items) {
    write_evidence(json, item);
    json.end_object();
  }
  json.end_array().key("tallies").array();
  for (const auto& [key, tally] : tallies) {
    json.object()
        .member("source", key.source)
        .member("service", key.service)
        .member("rule", key.rule)
        .member("kind", name(key.kind))
        .member("actor", key.actor);
    json.member("day", format_day(key.day)).member("count", tally.count).member("first", tally.first).member("last", tally.last).end_object();
  }
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
