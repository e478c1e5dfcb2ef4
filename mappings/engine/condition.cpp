#include "mappings/engine/condition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::array<std::string_view, 6> words{"and", "or", "not", "of", "all", "them"};

RuleCondition leaf(std::size_t selection) {
  RuleCondition made;
  made.selection = selection;
  return made;
}

RuleCondition group(RuleCondition::Kind kind, std::vector<RuleCondition> parts) {
  if (parts.size() == 1 && kind != RuleCondition::Kind::negation) return std::move(parts.front());
  RuleCondition made;
  made.kind = kind;
  made.parts = std::move(parts);
  return made;
}

std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  while (!text.empty()) {
    const auto space = text.find_first_not_of(" \t\r\n");
    if (space == std::string_view::npos) break;
    text.remove_prefix(space);
    const auto end = text.front() == '(' || text.front() == ')' ? std::size_t{1} : std::min(text.size(), text.find_first_of(" \t\r\n()"));
    tokens.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return tokens;
}

class Parser {
 public:
  Parser(std::string_view text, std::span<const std::string_view> names) : tokens_(tokens_of(text)), names_(names) {}

  Result<RuleCondition> whole() {
    auto made = either(0);
    if (made && at_ < tokens_.size())
      return wrong(fmt::format("the condition should end before \"{}\"", tokens_[at_]), "join selections with and, or");
    return made;
  }

 private:
  static std::unexpected<Error> wrong(std::string what, std::string mend = {}) {
    return fail(ErrorKind::config, {}, std::move(what), std::move(mend));
  }
  [[nodiscard]] std::string_view peek() const { return at_ < tokens_.size() ? tokens_[at_] : std::string_view{}; }
  bool take(std::string_view word) {
    if (!same_word(peek(), word)) return false;
    ++at_;
    return true;
  }

  Result<RuleCondition> either(int depth) { return joined("or", RuleCondition::Kind::any_of, depth, &Parser::both); }
  Result<RuleCondition> both(int depth) { return joined("and", RuleCondition::Kind::all_of, depth, &Parser::negated); }

  Result<RuleCondition> joined(std::string_view word, RuleCondition::Kind kind, int depth, Result<RuleCondition> (Parser::*part)(int)) {
    std::vector<RuleCondition> parts;
    do {
      auto made = (this->*part)(depth);
      if (!made) return made;
      parts.push_back(std::move(*made));
    } while (take(word));
    return group(kind, std::move(parts));
  }

  Result<RuleCondition> negated(int depth) {
    if (depth > condition_depth_max) return wrong(fmt::format("the condition is nested deeper than {}", condition_depth_max), "split the rule");
    if (!take("not")) return primary(depth);
    auto made = negated(depth + 1);
    if (!made) return made;
    std::vector<RuleCondition> parts;
    parts.push_back(std::move(*made));
    return group(RuleCondition::Kind::negation, std::move(parts));
  }

  Result<RuleCondition> primary(int depth) {
    if (take("(")) {
      auto made = either(depth + 1);
      if (made && !take(")")) return wrong("a parenthesis of the condition is not closed", "add \")\"");
      return made;
    }
    if (take("1")) return several(RuleCondition::Kind::any_of, "1 of");
    if (take("all")) return several(RuleCondition::Kind::all_of, "all of");
    return named();
  }

  Result<RuleCondition> several(RuleCondition::Kind kind, std::string_view start) {
    if (!take("of")) return wrong(fmt::format("\"{}\" needs a name", start), fmt::format("write \"{} name*\" or \"{} them\"", start, start));
    const auto pattern = peek();
    if (pattern.empty()) return wrong(fmt::format("\"{}\" needs a name", start), fmt::format("write \"{} name*\" or \"{} them\"", start, start));
    ++at_;
    std::vector<RuleCondition> parts;
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (same_word(pattern, "them") || fits_wildcards(names_[i], pattern)) parts.push_back(leaf(i));
    if (parts.empty()) return wrong(fmt::format("no selection fits \"{} {}\"", start, pattern), known());
    return group(kind, std::move(parts));
  }

  Result<RuleCondition> named() {
    const auto word = peek();
    if (word.empty() || word == ")" || is_condition_word(word)) {
      const auto before = at_ > 0 ? fmt::format("after \"{}\"", tokens_[at_ - 1]) : std::string("at the start of the condition");
      return wrong(fmt::format("a selection is missing {}", before), known());
    }
    const auto found = std::ranges::find(names_, word);
    if (found == names_.end()) return wrong(fmt::format("\"{}\" is no selection of this rule", word), meant(word));
    ++at_;
    return leaf(static_cast<std::size_t>(found - names_.begin()));
  }

  [[nodiscard]] std::string meant(std::string_view word) const {
    const auto near = nearest(word, names_);
    return near.empty() ? known() : fmt::format("did you mean \"{}\"", near);
  }
  [[nodiscard]] std::string known() const { return fmt::format("its selections are {}", fmt::join(names_, ", ")); }

  std::vector<std::string_view> tokens_;
  std::span<const std::string_view> names_;
  std::size_t at_ = 0;
};

}  // namespace

std::span<const std::string_view> condition_words() { return words; }

bool is_condition_word(std::string_view word) {
  return std::ranges::any_of(words, [&](std::string_view known) { return same_word(known, word); });
}

Result<RuleCondition> parse_condition(std::string_view text, std::span<const std::string_view> names) { return Parser(text, names).whole(); }

void mark_used(const RuleCondition& condition, std::vector<bool>& used) {
  if (condition.kind == RuleCondition::Kind::selection) used[condition.selection] = true;
  for (const auto& part : condition.parts) mark_used(part, used);
}

}  // namespace akashi
