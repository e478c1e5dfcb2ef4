#include <fmt/format.h>

#include <algorithm>

#include "collector/json_writer.hpp"
#include "collector/report/pieces.hpp"
#include "collector/report/rules_list.hpp"

namespace akashi {

namespace {

void print_items(const Screen& screen, const SelectionVerdict& selection) {
  bool first = true;
  for (const auto& alternative : selection.alternatives) {
    if (!first) screen.item("        ", screen.tr("or", "または"), Colour::grey);
    first = false;
    for (const auto& item : alternative) {
      const auto actual = item.actual.empty() ? std::string(screen.tr("none", "なし")) : item.actual;
      screen.item(item.holds ? "      ✓ " : "      ✗ ",
                  item.holds ? item.written : fmt::format(fmt::runtime(screen.tr("{}  (here: {})", "{}  (実際: {})")), item.written, actual),
                  item.holds ? Colour::none : Colour::yellow);
    }
  }
}

std::string why_not(const Screen& screen, const Explanation& said) {
  if (screen.lang() == Lang::en) return said.why_not;
  if (said.blamed.empty()) return "この活動の場所はどのサービスにも割り当てられていない";
  std::string text;
  for (const auto& one : said.blamed) text += (text.empty() ? "" : "、") + one.selection + (one.holds ? " が成り立つ" : " が成り立たない");
  return text;
}

void print_one(const Screen& screen, const RuleExplained& one) {
  const auto services = one.said.services.empty() ? speaks_for(*one.rule) : fmt::format("{}", fmt::join(one.said.services, ", "));
  screen.item(one.said.matches ? "✓ " : "✗ ", fmt::format("{} {}: {}", services, say_evidence(one.rule->evidence, screen.lang()), one.rule->title),
              one.said.matches ? Colour::green : Colour::none);
  screen.item("    ", one.rule->file, Colour::grey);
  screen.item("    ", fmt::format("{}: {}", screen.tr("condition", "条件"), one.said.condition));
  for (const auto& selection : one.said.selections) {
    screen.item(selection.holds ? "    ✓ " : "    ✗ ", selection.name);
    print_items(screen, selection);
  }
  if (!one.said.matches)
    screen.item("    ", fmt::format("{}: {}", screen.tr("why not", "一致しない理由"), why_not(screen, one.said)), Colour::yellow);
}

}  // namespace

void print_activity_explained(const Screen& screen, const ActivityExplained& explained) {
  screen.line(
      screen.paint(clean(explained.uid.empty() ? std::string(screen.tr("An activity as given", "与えられた活動")) : explained.uid), Colour::bold));
  if (explained.time) screen.item("  time: ", to_the_second(*explained.time));
  if (!explained.url.empty()) screen.item("  url: ", explained.url);
  for (const auto& [field, values] : explained.fields) screen.item(fmt::format("  {}: ", name(field)), fmt::format("{}", fmt::join(values, ", ")));
  screen.item("  ",
              explained.map_entry.empty()
                  ? std::string(screen.tr("No entry of the organisation's map fits its case: it has no matter and no services.",
                                          "組織の対応表に当てはまる項目がない(用件もサービスも決まらない)。"))
                  : fmt::format(fmt::runtime(screen.tr("Meaning given by {}", "意味を与えた項目: {}")), explained.map_entry),
              explained.map_entry.empty() ? Colour::yellow : Colour::grey);
  const auto hits = std::ranges::count_if(explained.rules, [](const RuleExplained& one) { return one.said.matches; });
  screen.heading(fmt::format(fmt::runtime(screen.tr("Rules that match: {}", "一致した規則: {}件")), hits));
  for (const auto& one : explained.rules)
    if (one.said.matches) print_one(screen, one);
  if (static_cast<std::size_t>(hits) == explained.rules.size()) return;
  screen.heading(screen.tr("Nearest to matching", "一致に近かった規則"));
  for (const auto& one : explained.rules)
    if (!one.said.matches) print_one(screen, one);
}

std::string activity_explained_json(const ActivityExplained& explained) {
  JsonWriter json;
  json.object().member("uid", explained.uid).key("fields").object();
  for (const auto& [field, values] : explained.fields) {
    json.key(name(field));
    if (!is_list(field)) {
      json.value(values.front());
      continue;
    }
    json.array();
    for (const auto& value : values) json.value(value);
    json.end_array();
  }
  json.end_object().member("map_entry", explained.map_entry).key("rules").array();
  for (const auto& one : explained.rules) {
    json.object().member("rule", one.rule->id).member("title", one.rule->title).member("file", one.rule->file);
    json.member("service", speaks_for(*one.rule)).member("evidence", name(one.rule->evidence)).member("matches", one.said.matches);
    json.key("services").array();
    for (const auto& service : one.said.services) json.value(service);
    json.end_array().member("why_not", one.said.why_not).member("condition", one.said.condition).key("selections").array();
    for (const auto& selection : one.said.selections) {
      json.object().member("name", selection.name).member("holds", selection.holds).key("alternatives").array();
      for (const auto& alternative : selection.alternatives) {
        json.array();
        for (const auto& item : alternative)
          json.object().member("written", item.written).member("actual", item.actual).member("holds", item.holds).end_object();
        json.end_array();
      }
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
