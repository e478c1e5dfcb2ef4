#include "collector/report/survey.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/json_writer.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t values_shown = 20;  // of an attribute; the rest is a number
constexpr std::size_t few_values = 5;     // of a field: worth a look whatever they are

using CountsByValue = std::map<std::string, std::uint64_t>;

std::vector<std::pair<std::string, std::uint64_t>> most_first(const CountsByValue& counts) {
  std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::ranges::greater{}, [](const auto& one) { return one.second; });
  return sorted;
}

// Values come from a tool: one line of bounded length.
std::string yaml_value(std::string_view text) { return in_quotes(clean_line(text, 200)); }

std::string flow(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + yaml_value(word);
  return "[" + out + "]";
}

struct Statuses {
  std::vector<std::string> asked, working, done, refused, unsaid;
};

// One entry of the draft: the cases of one place or type.
struct Group {
  std::string attribute, value;
  std::vector<const CaseState*> cases;
};

std::vector<Group> groups_of(const Survey& survey, const Census& values) {
  const auto many = [&](const char* attribute) {
    const auto found = values.find(attribute);
    return found != values.end() && found->second.size() > 1;
  };
  const std::string by = many("place") || !many("type") ? "place" : "type";
  std::map<std::string, Group> made;
  for (const auto& [id, state] : survey.cases) {
    const auto& value = by == "place" ? state.place : state.type;
    if (value.empty()) continue;  // what became part of another, or is gone: there is nothing to say of it
    auto& group = made[value];
    group.attribute = by;
    group.value = value;
    group.cases.push_back(&state);
  }
  std::vector<Group> all;
  all.reserve(made.size());
  for (auto& [value, group] : made) all.push_back(std::move(group));
  std::ranges::stable_sort(all, std::ranges::greater{}, [](const Group& one) { return one.cases.size(); });
  return all;
}

Statuses statuses_of(const Group& group, const Meaning& meaning) {
  CountsByValue seen;
  for (const auto* state : group.cases)
    if (!state->status.empty()) ++seen[state->status];
  Statuses made;
  for (const auto& [status, count] : most_first(seen)) {
    switch (meaning.of(status)) {
      case StatusMeaning::asked:
        made.asked.push_back(status);
        break;
      case StatusMeaning::working:
        made.working.push_back(status);
        break;
      case StatusMeaning::done:
        made.done.push_back(status);
        break;
      case StatusMeaning::refused:
        made.refused.push_back(status);
        break;
      case StatusMeaning::none:
        made.unsaid.push_back(status);
        break;
    }
  }
  return made;
}

std::string draft_of(const Group& group, const OrgMap& map, Lang lang) {
  const auto tr = [&](std::string_view en, std::string_view ja) { return std::string(lang == Lang::ja ? ja : en); };
  const Meaning meaning = map.meaning(*group.cases.front());
  std::string text = fmt::format("  - when: {{{}: {}}}  # {}\n", group.attribute, yaml_value(group.value),
                                 fmt::format(fmt::runtime(tr("{} cases", "{}件")), group.cases.size()));
  std::string choices;
  for (const auto matter : matters()) choices += (choices.empty() ? "" : " ") + std::string(matter);
  if (meaning.matter.empty()) text += "    # matter: " + tr("one of: ", "次のどれか: ") + choices + "\n";
  else text += "    matter: " + meaning.matter + "\n";
  const auto statuses = statuses_of(group, meaning);
  const std::pair<const char*, const std::vector<std::string>*> lists[] = {
      {"asked", &statuses.asked}, {"working", &statuses.working}, {"done", &statuses.done}, {"refused", &statuses.refused}};
  for (const auto& [key, list] : lists)
    if (!list->empty()) text += fmt::format("    {}: {}\n", key, flow(*list));
  if (!statuses.unsaid.empty())
    text += "    # " + tr("asked, working, done or refused? ", "asked・working・done・refused のどれか: ") + flow(statuses.unsaid) + "\n";
  return text;
}

std::string_view title_of(const Screen& screen, const std::string& attribute) {
  if (attribute == "place") return screen.tr("Places", "場所(キュー・プロジェクト等)");
  if (attribute == "type") return screen.tr("Types", "種別");
  if (attribute == "category") return screen.tr("Categories", "分類");
  if (attribute == "status") return screen.tr("Statuses", "状態");
  if (attribute == "severity") return screen.tr("Severities", "深刻度・優先度");
  if (attribute == "label") return screen.tr("Labels", "ラベル");
  return attribute;
}

}  // namespace

Census census(const Survey& survey) {
  Census made;
  const auto count = [&](const std::string& attribute, const std::string& value) {
    if (!value.empty()) ++made[attribute][value];
  };
  for (const auto& [id, state] : survey.cases) {
    count("place", state.place);
    count("type", state.type);
    count("category", state.category);
    count("status", state.status);
    count("severity", state.severity);
    for (const auto& label : state.labels) count("label", label);
    for (const auto& [name, value] : state.fields) count("cf." + name, value);
  }
  // A field that nearly every case has another value of (addresses, names) sorts nothing.
  std::erase_if(made, [](const auto& one) {
    std::uint64_t cases = 0;
    for (const auto& [value, count_of_it] : one.second) cases += count_of_it;
    return one.first.starts_with("cf.") && one.second.size() > few_values && one.second.size() * 2 > cases;
  });
  return made;
}

std::string classify_draft(const Survey& survey, const OrgMap& map, Lang lang) {
  if (survey.cases.empty()) return {};
  std::string text = "classify:\n";
  for (const auto& group : groups_of(survey, census(survey))) text += draft_of(group, map, lang);
  return text;
}

void print_survey(const Screen& screen, const Survey& survey, const OrgMap& map) {
  screen.line(screen.paint(fmt::format(fmt::runtime(screen.tr("{}: {} cases, {} documents in {} pages", "{}: 案件{}件 文書{}件({}ページ)")),
                                       survey.source, survey.cases.size(), survey.documents, survey.pages),
                           Colour::bold));
  for (const auto& trouble : survey.troubles) screen.item("✗ ", trouble, Colour::red);
  if (!survey.whole)
    screen.item("! ", screen.tr("there is more than was read: --pages and --days reach further", "まだ続きがある。--pages と --days で広げられる"),
                Colour::yellow);
  for (const auto& [attribute, values] : census(survey)) {
    screen.heading(title_of(screen, attribute));
    std::size_t shown = 0;
    for (const auto& [value, count] : most_first(values)) {
      if (++shown > values_shown) {
        screen.line(fmt::format(fmt::runtime(screen.tr("        and {} more", "        ほか{}種")), values.size() - values_shown));
        break;
      }
      screen.item(fmt::format("{:>6}  ", count), clean(value));
    }
  }
  const auto draft = classify_draft(survey, map, screen.lang());
  if (draft.empty()) return screen.line(screen.tr("No case was seen: nothing to classify.", "案件がなかったので、分類するものがない。"));
  screen.heading(screen.tr("A draft to put under the source and to edit", "接続先に書き足して直す下書き"));
  for (const auto line : split(draft, '\n'))
    if (!line.empty()) screen.line(line);
}

std::string survey_json(const Survey& survey, const OrgMap& map, Lang lang) {
  JsonWriter json;
  json.object().member("source", survey.source).member("whole", survey.whole).member("pages", survey.pages).member("documents", survey.documents);
  json.key("activities").object();
  for (const auto& [kind, count] : survey.kinds) json.member(kind, count);
  json.end_object().member("cases", static_cast<std::uint64_t>(survey.cases.size())).key("values").object();
  for (const auto& [attribute, values] : census(survey)) {
    json.key(attribute).object();
    for (const auto& [value, count] : values) json.member(value, count);
    json.end_object();
  }
  json.end_object().member("classify_draft", classify_draft(survey, map, lang)).key("troubles").array();
  for (const auto& trouble : survey.troubles) json.value(trouble);
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
