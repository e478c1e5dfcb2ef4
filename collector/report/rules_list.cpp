#include "collector/report/rules_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "collector/json_writer.hpp"
#include "collector/report/pieces.hpp"
#include "core/words.hpp"

namespace akashi {

namespace {

void write_errors(JsonWriter& json, std::string_view key, const std::vector<Error>& errors) {
  json.key(key).array();
  for (const Error& one : errors) json.object().member("where", one.where).member("what", one.what).member("mend", one.mend).end_object();
  json.end_array();
}

std::ptrdiff_t matching(const Rule& rule) { return std::ranges::count(rule.tests, true, &Sample::match); }

std::size_t test_count(const std::vector<RuleTested>& tested) {
  std::size_t count = 0;
  for (const auto& one : tested) count += one.outcomes.size();
  return count;
}

void write_selections(JsonWriter& json, const Rule& rule) {
  json.key("selections").array();
  for (const auto& selection : rule.selections) {
    json.object().member("name", selection.name).key("alternatives").array();
    for (const auto& items : selection.alternatives) {
      json.array();
      for (const auto& item : items) json.value(item.written);
      json.end_array();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

std::string_view status_of(const Rule& rule) { return rule.stable ? "stable" : "experimental"; }

std::string service_in_words(const Rule& rule, const Screen& screen) {
  if (rule.speaks_for == Rule::For::place)
    return std::string(screen.tr("the services that the organisation gave the place", "組織がその場所に割り当てたサービス"));
  if (rule.speaks_for == Rule::For::document) return std::string(screen.tr("the services that the document names", "文書が挙げるサービス"));
  const Service* service = find_service(rule.service);
  return fmt::format("{} {}", rule.service, service == nullptr ? "" : name(*service, screen.lang()));
}

}  // namespace

void print_lint(const Screen& screen, const LoadedRules& loaded, const std::vector<Error>& remarks) {
  for (const Error& one : loaded.errors) screen.item("✗ ", sentence(one), Colour::red);
  for (const Error& one : remarks) screen.item("! ", sentence(one), Colour::yellow);
  const bool fine = loaded.errors.empty();
  const auto text = fmt::format(fmt::runtime(screen.tr("{} rules can be used, {} mistakes, {} remarks", "使える規則{}件、誤り{}件、気になる点{}件")),
                                loaded.rules.size(), loaded.errors.size(), remarks.size());
  screen.item(fine ? "✓ " : "✗ ", text, fine ? Colour::green : Colour::red);
}

std::string lint_json(const LoadedRules& loaded, const std::vector<Error>& remarks) {
  JsonWriter json;
  json.object().member("rules", static_cast<std::uint64_t>(loaded.rules.size()));
  write_errors(json, "errors", loaded.errors);
  write_errors(json, "remarks", remarks);
  json.end_object();
  return json.text();
}

void print_tests(const Screen& screen, const std::vector<RuleTested>& tested, const std::vector<Error>& errors) {
  for (const Error& one : errors) screen.item("✗ ", sentence(one), Colour::red);
  std::size_t failed = 0;
  for (const auto& one : tested) {
    for (const auto& outcome : one.outcomes) {
      if (outcome.holds) continue;
      ++failed;
      const auto expected = outcome.sample->match ? screen.tr("a match is expected, and", "一致するはずだが、一致しない:")
                                                  : screen.tr("no match is expected, and the rule matches", "一致しないはずだが、一致する");
      screen.item("✗ ", fmt::format("{}: {} {}", outcome.sample->where, expected, outcome.why), Colour::red);
    }
  }
  const bool fine = failed == 0 && errors.empty();
  screen.item(fine ? "✓ " : "✗ ",
              fmt::format(fmt::runtime(screen.tr("{} rules, {} tests, {} failed; {} rules cannot be read",
                                                 "規則{}件、試験{}件、失敗{}件、読めない規則の誤り{}件")),
                          tested.size(), test_count(tested), failed, errors.size()),
              fine ? Colour::green : Colour::red);
}

std::string tests_json(const std::vector<RuleTested>& tested, const std::vector<Error>& errors) {
  JsonWriter json;
  json.object().member("rules", static_cast<std::uint64_t>(tested.size())).member("tests", static_cast<std::uint64_t>(test_count(tested)));
  json.key("failed").array();
  for (const auto& one : tested) {
    for (const auto& outcome : one.outcomes) {
      if (outcome.holds) continue;
      json.object().member("rule", one.rule->id).member("file", one.rule->file).member("where", outcome.sample->where);
      json.member("expected", outcome.sample->match ? "match" : "no_match").member("why", outcome.why).end_object();
    }
  }
  json.end_array();
  write_errors(json, "errors", errors);
  json.end_object();
  return json.text();
}

std::string rule_path(const Rule& rule, const std::string& folder) {
  const auto relative = std::filesystem::path(rule.file).lexically_relative(folder).string();
  return relative.empty() || relative == "." || relative.starts_with("..") ? rule.file : relative;
}

std::string speaks_for(const Rule& rule) {
  if (rule.speaks_for == Rule::For::place) return "place";
  return rule.speaks_for == Rule::For::document ? "document" : rule.service;
}

void print_rules(const Screen& screen, std::span<const Rule* const> rules, const std::string& folder) {
  Table table({{std::string(screen.tr("For", "対象"))},
               {std::string(screen.tr("Evidence", "証拠"))},
               {std::string(screen.tr("Title", "題")), false, true},
               {std::string(screen.tr("Status", "状態"))},
               {std::string(screen.tr("Tests", "試験")), true},
               {std::string(screen.tr("File", "ファイル"))}});
  for (const Rule* rule : rules)
    table.row({speaks_for(*rule), say_evidence(rule->evidence, screen.lang()), rule->title,
               std::string(rule->stable ? screen.tr("stable", "安定") : screen.tr("experimental", "試験中")), std::to_string(rule->tests.size()),
               rule_path(*rule, folder)},
              rule->stable ? Colour::none : Colour::yellow);
  table.print(screen);
  screen.line(fmt::format(
      fmt::runtime(screen.tr("{} rules. `akashi mappings show FILE` shows one in full.", "規則{}件。全文は `akashi mappings show ファイル`。")),
      rules.size()));
}

void print_rule(const Screen& screen, const Rule& rule) {
  screen.line(screen.paint(clean(rule.title), Colour::bold));
  const auto line = [&](std::string_view en, std::string_view ja, std::string_view text) {
    screen.item(fmt::format("  {}: ", screen.tr(en, ja)), text);
  };
  line("id", "識別子", rule.id);
  line("file", "ファイル", rule.file);
  line("speaks for", "対象", service_in_words(rule, screen));
  line("as", "証拠の種類", say_evidence(rule.evidence, screen.lang()));
  line("status", "状態", fmt::format("{}, {}, {}", status_of(rule), rule.author, rule.date));
  line("its silence", "見つからないとき",
       rule.silence_says_nothing ? screen.tr("says nothing: the work may be done where it does not look", "何も言えない(見えない場所で行われうる)")
                                 : screen.tr("counts, where its source was read completely", "完全に読めた範囲では「行われていない」と言える"));
  line("why", "理由", rule.why);
  screen.heading(screen.tr("Holds when", "一致する条件"));
  screen.item("  ", rule.condition_text);
  for (const auto& selection : rule.selections) {
    screen.item("  ", selection.name + ":", Colour::bold);
    bool first = true;
    for (const auto& items : selection.alternatives) {
      if (!first) screen.item("    ", screen.tr("or", "または"), Colour::grey);
      first = false;
      for (const auto& item : items) screen.item("    ", item.written);
    }
  }
  screen.heading(screen.tr("What else looks like this", "似ていて違うもの"));
  for (const auto& one : rule.falsepositives) screen.item("  - ", one);
  screen.line();
  screen.item("  ", fmt::format(fmt::runtime(screen.tr("{} tests match, {} do not", "一致の試験{}件、不一致の試験{}件")), matching(rule),
                                static_cast<std::ptrdiff_t>(rule.tests.size()) - matching(rule)));
}

std::string rules_json(std::span<const Rule* const> rules) {
  JsonWriter json;
  json.object().key("rules").array();
  for (const Rule* rule : rules) {
    json.object().member("id", rule->id).member("title", rule->title).member("file", rule->file).member("service", speaks_for(*rule));
    json.member("evidence", name(rule->evidence)).member("status", status_of(*rule)).member("silence_counts", !rule->silence_says_nothing);
    json.member("condition", rule->condition_text);
    write_selections(json, *rule);
    json.member("why", rule->why).member("author", rule->author).member("date", rule->date).key("falsepositives").array();
    for (const auto& one : rule->falsepositives) json.value(one);
    json.end_array().key("tests").object().member("match", static_cast<std::int64_t>(matching(*rule)));
    json.member("no_match", static_cast<std::int64_t>(rule->tests.size()) - matching(*rule)).end_object().member("digest", rule->digest).end_object();
  }
  json.end_array().end_object();
  return json.text();
}

}  // namespace akashi
