// Rules and activities by dice, for tests that hold two ways of reading a rule together.
#pragma once

#include <fmt/format.h>

#include <random>
#include <string>
#include <vector>

#include "mappings/engine/read_rule.hpp"
#include "mappings/engine/rule.hpp"

namespace dice {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class List>
  const auto& pick(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::mt19937_64 engine_;
};

inline const std::vector<std::string>& fields() {
  static const std::vector<std::string> all{"kind", "matter", "product", "title", "text", "labels", "severity", "subject_id", "services", "actor"};
  return all;
}

// Values that often are, or nearly are, what a rule asks for.
inline std::string value(Dice& dice, const std::string& field) {
  static const std::vector<std::string> kinds{"case.opened", "case.closed", "case.answered", "alert.judged"},
      matters{"incident", "intake", "recovery"}, severities{"low", "medium", "high", "critical", "P1"},
      addresses{"192.0.2.7", "198.51.100.20", "2001:db8::7", "host-7"}, services{"D-1", "D-2", "G-11"};
  static const std::vector<std::string> words{"phish",        "phishing", "ish", "mail", "ab",  "aba", "abab",
                                              "不審なメール", "メール",   "x",   "10",   "2.5", "a*b", "malware"};
  if (field == "kind") return dice.pick(kinds);
  if (field == "matter") return dice.pick(matters);
  if (field == "severity") return dice.pick(severities);
  if (field == "subject_id") return dice.pick(addresses);
  if (field == "services") return dice.pick(services);
  std::string text = dice.pick(words);
  while (dice.one_in(2)) text += (dice.one_in(3) ? "" : " ") + dice.pick(words);
  return text;
}

inline std::string mixed_case(Dice& dice, std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z' && dice.one_in(4)) c = static_cast<char>(c - 'a' + 'A');
  return text;
}

inline std::string item(Dice& dice) {
  static const std::vector<std::string> ways{"", "", "|contains", "|startswith", "|endswith", "|contains|all", "|re", "|exists"};
  static const std::vector<std::string> expressions{"^phish", "mail$", "a.b", "(?i)PHISH", "[0-9]+", "ab(ab)*$", "メー"};
  const auto field = dice.pick(fields());
  auto way = dice.pick(ways);
  if (field == "subject_id" && dice.one_in(2)) return field + "|cidr: [192.0.2.0/24, '2001:db8::/32']";
  if (field == "severity" && dice.one_in(2))
    return fmt::format("{}|{}: {}", field, dice.one_in(2) ? "gte" : "lte", dice.one_in(2) ? "medium" : "high");
  if (dice.one_in(12)) return field + "|fieldref: " + dice.pick(fields());
  if (way == "|exists") return fmt::format("{}|exists: {}", field, dice.one_in(2) ? "true" : "false");
  std::string values;
  for (std::size_t i = 0, count = 1 + dice.below(3); i < count; ++i) {
    std::string one = way == "|re" ? dice.pick(expressions) : value(dice, field);
    if (way.empty() && dice.one_in(4)) one = "*" + one;
    if (way.empty() && dice.one_in(4)) one += "*";
    if (way.empty() && dice.one_in(6)) one.insert(one.size() / 2, "?");
    values += fmt::format("{}'{}'", i == 0 ? "" : ", ", one);
  }
  return fmt::format("{}{}: [{}]", field, way, values);
}

inline std::string condition(Dice& dice, std::size_t depth) {
  static const std::vector<std::string> names{"sel_a", "sel_b", "other"};
  if (depth == 0 || dice.one_in(3)) return dice.pick(names);
  switch (dice.below(5)) {
    case 0:
      return "not " + condition(dice, depth - 1);
    case 1:
      return dice.one_in(2) ? "1 of sel_*" : "all of them";
    case 2:
      return fmt::format("({} or {})", condition(dice, depth - 1), condition(dice, depth - 1));
    default:
      return fmt::format("{} and {}", condition(dice, depth - 1), condition(dice, depth - 1));
  }
}

// Not every text is a rule: some conditions leave a selection out or contradict themselves.
inline std::string rule_text(Dice& dice, std::size_t number) {
  std::string text = fmt::format(
      "title: Rule {0}\nid: 00000000-0000-4000-8000-{0:012x}\nstatus: experimental\nservice: {1}\nwhy: dice\nauthor: dice\ndate: 2026-01-01\n"
      "evidence: exercise\nfalsepositives: [none known]\n",
      number, dice.one_in(4) ? "place" : "D-2");
  for (const auto* name : {"sel_a", "sel_b", "other"}) {
    text += std::string(name) + ":\n";
    for (std::size_t i = 0, maps = 1 + dice.below(2); i < maps; ++i) {
      text += "  - " + item(dice) + "\n";
      auto more = item(dice);
      const auto key = more.substr(0, more.find(':'));
      if (dice.one_in(2) && text.rfind("- " + key + ":") == std::string::npos) text += "    " + more + "\n";
    }
  }
  return text + "condition: " + condition(dice, 3) + "\n";
}

inline std::vector<akashi::Rule> rules(Dice& dice, std::size_t wanted) {
  std::vector<akashi::Rule> made;
  for (std::size_t tries = 0; made.size() < wanted && tries < wanted * 50; ++tries) {
    std::vector<akashi::Error> errors;
    if (auto rule = akashi::read_rule(rule_text(dice, made.size()), "dice.yaml", errors)) made.push_back(std::move(*rule));
  }
  return made;
}

inline akashi::Sample sample(Dice& dice) {
  akashi::Sample made;
  for (const auto& name : fields()) {
    if (dice.one_in(4)) continue;
    const auto field = *akashi::field(name);
    std::vector<std::string> values;
    for (std::size_t i = 0, count = akashi::is_list(field) ? dice.below(4) : 1; i < count; ++i) values.push_back(mixed_case(dice, value(dice, name)));
    made.values.emplace_back(field, std::move(values));
  }
  return made;
}

}  // namespace dice
