#include "mappings/engine/read_rule.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/catalogue.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "mappings/engine/clauses.hpp"
#include "mappings/engine/condition.hpp"
#include "mappings/engine/rule_keys.hpp"
#include "mappings/engine/rule_tests.hpp"
#include "mappings/engine/rules.hpp"
#include "mappings/engine/selection.hpp"

namespace akashi {

namespace {

constexpr std::size_t selections_max = 50;
constexpr std::size_t text_bytes_max = 4096;

bool is_lower_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_lower_hex(text[i])) return false;
  }
  return true;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i != 4 && i != 7 && !is_digit(text[i])) return false;
  const auto month = text.substr(5, 2), day = text.substr(8, 2);
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !text.empty() && letter(text.front()) && std::ranges::all_of(text, [&](char c) { return letter(c) || is_digit(c); });
}

class Reader {
 public:
  Reader(const Yaml& root, const std::string& file, std::vector<Error>& errors, OwnTests own_tests)
      : root_(root), errors_(errors), errors_before_(errors.size()), own_tests_(own_tests) {
    rule_.file = file;
  }

  std::optional<Rule> read() {
    read_head();
    read_selections();
    read_condition();
    read_falsepositives();
    read_tests();
    if (errors_.size() > errors_before_) return std::nullopt;
    check_whole();
    if (errors_.size() > errors_before_) return std::nullopt;
    rule_.digest = rule_digest(rule_);
    return std::move(rule_);
  }

 private:
  void wrong(const Yaml& node, std::string what, std::string mend = {}) { errors_.push_back(node.wrong(std::move(what), std::move(mend))); }

  // The text of a key, fit for what the table says of it; "" when it is missing (which is told where every rule has it) or wrong (which is told).
  std::string text_of(std::string_view name) {
    const auto& key = *find_rule_key(name);
    const auto mend = key.words.empty() ? std::string(key.mend) : fmt::format("one of {}", fmt::join(key.words, ", "));
    const auto* node = root_.find(name);
    if (node == nullptr) {
      if (key.required && !misspelt(name)) wrong(root_, fmt::format("a rule needs \"{}\"", name), mend);
      return {};
    }
    if (node->is_null() || (node->is_scalar() && trim(node->text()).empty())) {
      wrong(*node, fmt::format("{} is empty", name), mend);
      return {};
    }
    if (!node->is_scalar() || node->text().size() > text_bytes_max) {
      wrong(*node, fmt::format("{} is one text of at most {} bytes", name, text_bytes_max), mend);
      return {};
    }
    const auto value = std::string(trim(node->text()));
    return check(key, *node, value) ? value : std::string();
  }

  // Whether the text is what the table says; what is wrong with it is told.
  bool check(const RuleKey& key, const Yaml& node, const std::string& value) {
    if (key.is == RuleKey::Is::uuid && !is_uuid(value)) {
      wrong(node, fmt::format("\"{}\" is no UUID", value), "write it in lower case, like 3f0a2b54-9d1c-4b7e-8a66-0c5d2e7f1a90");
      return false;
    }
    if (key.is == RuleKey::Is::date && !is_date(value)) {
      wrong(node, fmt::format("\"{}\" is no date", value), std::string(key.mend));
      return false;
    }
    if (key.is != RuleKey::Is::word || std::ranges::find(key.words, value) != key.words.end()) return true;
    const auto near = nearest(value, key.words);
    wrong(node, fmt::format("{} \"{}\" is not known", key.name, value),
          near.empty() ? fmt::format("one of {}", fmt::join(key.words, ", ")) : fmt::format("did you mean \"{}\"", near));
    return false;
  }

  void read_head() {
    rule_.title = text_of("title");
    rule_.id = text_of("id");
    rule_.stable = text_of("status") == "stable";
    read_service();
    rule_.why = text_of("why");
    rule_.author = text_of("author");
    rule_.date = text_of("date");
    if (const auto kind = text_of("evidence"); !kind.empty()) rule_.evidence = *evidence_kind(kind);
    rule_.silence_says_nothing = text_of("silence") == "says_nothing";
  }

  void read_service() {
    const auto value = text_of("service");
    if (value == "place") rule_.speaks_for = Rule::For::place;
    if (value == "document") rule_.speaks_for = Rule::For::document;
    if (value.empty() || rule_.speaks_for != Rule::For::service) return;
    if (find_service(value) != nullptr) {
      rule_.service = value;
      return;
    }
    const auto count = services_in_category(value.front());
    wrong(*root_.find("service"), fmt::format("service \"{}\" is not in edition {}", value, catalogue_edition),
          count > 0 ? fmt::format("{} has {}-1 to {}-{}", value.front(), value.front(), value.front(), count)
                    : std::string("its categories are A to I, for example D-2; or write \"place\" or \"document\""));
  }

  void read_selections() {
    for (const auto& [key, node] : root_.members()) {
      if (find_rule_key(key) != nullptr) continue;
      if (!is_name(key) || is_condition_word(key)) {
        wrong(node, fmt::format("\"{}\" cannot name a selection", key), "use letters, digits and _, and none of the condition's words");
        continue;
      }
      if (const auto near = looks_misspelt(key, node); !near.empty()) {
        wrong(node, fmt::format("\"{}\" is neither a key of a rule nor a selection", key), fmt::format("did you mean \"{}\"", near));
        continue;
      }
      names_.push_back(key);
      nodes_.push_back(&node);
      if (auto selection = read_selection(key, node, errors_)) rule_.selections.push_back(std::move(*selection));
    }
    if (names_.size() > selections_max) wrong(root_, fmt::format("a rule has at most {} selections", selections_max), "split the rule");
    if (names_.empty()) wrong(root_, "a rule needs a selection", "add one, for example \"closed: {kind: case.closed}\"");
  }

  // Whether another key looks like this one misspelt, which is told where it stands.
  bool misspelt(std::string_view key) {
    return std::ranges::any_of(root_.members(), [&](const auto& member) {
      return find_rule_key(member.first) == nullptr && looks_misspelt(member.first, member.second) == key;
    });
  }

  // A key that is close to one of ours, no map, and not asked about was meant to be that.
  std::string looks_misspelt(const std::string& key, const Yaml& node) {
    const auto* condition = root_.find("condition");
    if (node.is_map() || (condition != nullptr && condition->text().find(key) != std::string::npos)) return {};
    return nearest(key, rule_key_names());
  }

  void read_condition() {
    rule_.condition_text = text_of("condition");
    if (rule_.condition_text.empty() || names_.empty()) return;
    const std::vector<std::string_view> views(names_.begin(), names_.end());
    auto condition = parse_condition(rule_.condition_text, views);
    if (!condition) return wrong(*root_.find("condition"), condition.error().what, condition.error().mend);
    std::vector<bool> used(names_.size());
    mark_used(*condition, used);
    for (std::size_t i = 0; i < used.size(); ++i)
      if (!used[i]) wrong(*nodes_[i], fmt::format("selection \"{}\" is not used by the condition", names_[i]), "use it, or take it out");
    rule_.condition = std::move(*condition);
  }

  void read_falsepositives() {
    const auto* node = root_.find("falsepositives");
    if (node == nullptr && misspelt("falsepositives")) return;
    if (node == nullptr) return wrong(root_, "a rule needs \"falsepositives\"", std::string(find_rule_key("falsepositives")->mend));
    auto texts = node->as_strings();
    if (!texts || texts->empty()) return wrong(*node, "falsepositives is a list of texts", std::string(find_rule_key("falsepositives")->mend));
    rule_.falsepositives = std::move(*texts);
  }

  void read_tests() {
    const auto* node = root_.find("tests");
    if (node == nullptr) return;
    if (!node->is_list() || node->items().size() > rule_tests_max)
      return wrong(*node, fmt::format("tests is a list of at most {} tests", rule_tests_max), std::string(find_rule_key("tests")->mend));
    for (const auto& one : node->items())
      if (auto sample = read_sample(one, errors_)) rule_.tests.push_back(std::move(*sample));
  }

  // What can only be said of a rule that was read: enough tests, true ones, and a condition that can hold.
  void check_whole() {
    const auto matching = std::ranges::count(rule_.tests, true, &Sample::match);
    const auto others = static_cast<std::ptrdiff_t>(rule_.tests.size()) - matching;
    if (rule_.stable && (matching == 0 || others == 0))
      wrong(*root_.find("status"), "a stable rule needs a test that matches and one that does not",
            fmt::format("add a \"{}\", or call it experimental", matching == 0 ? "match" : "no_match"));
    if (own_tests_ == OwnTests::must_hold)
      for (const auto& outcome : run_tests(rule_)) {
        if (outcome.holds) continue;
        const bool match = outcome.sample->match;
        errors_.push_back({ErrorKind::config, outcome.sample->where,
                           fmt::format("the test expects {}, and the rule says otherwise", match ? "a match" : "no match"),
                           match ? "because " + outcome.why : std::string("mend the rule or the test")});
      }
    const auto parts = take_apart(std::span(&rule_, 1));
    if (!parts) return wrong(*root_.find("condition"), parts.error().what, parts.error().mend);
    if (parts->clauses.empty()) wrong(*root_.find("condition"), "the condition can never hold", "it asks for a selection and its opposite");
  }

  const Yaml& root_;
  std::vector<Error>& errors_;
  std::size_t errors_before_;
  OwnTests own_tests_;
  Rule rule_;
  std::vector<std::string> names_;
  std::vector<const Yaml*> nodes_;
};

}  // namespace

std::optional<Rule> read_rule(std::string_view text, const std::string& file, std::vector<Error>& errors, OwnTests own_tests) {
  const auto root = Yaml::parse(text, file);
  if (!root) {
    errors.push_back(root.error());
    return std::nullopt;
  }
  if (!root->is_map()) {
    errors.push_back({ErrorKind::config, root->is_null() ? file : root->where(), "a rule is a map of keys", "start with \"title:\""});
    return std::nullopt;
  }
  return Reader(*root, file, errors, own_tests).read();
}

}  // namespace akashi
