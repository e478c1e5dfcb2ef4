#include "collector/demo/rt_query.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "collector/demo/number.hpp"
#include "connectors/engine/json_page.hpp"
#include "core/text.hpp"

namespace akashi::demo {
namespace {

constexpr int depth_max = 32;

bool word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == ':' || c == '-' || c == '{' ||
         c == '}';
}

// Numbers as numbers, everything else (names, times) as text.
int compared(std::string_view a, std::string_view b) {
  const auto x = number_in(a), y = number_in(b);
  if (x && y) return *x < *y ? -1 : *x > *y ? 1 : 0;
  return lower(a).compare(lower(b));
}

bool holds(std::string_view have, std::string_view op, std::string_view want) {
  if (same_word(op, "LIKE")) return lower(have).find(lower(want)) != std::string::npos;
  const int order = compared(have, want);
  if (op == "=") return order == 0;
  if (op == "!=") return order != 0;
  if (op == ">") return order > 0;
  if (op == "<") return order < 0;
  if (op == ">=") return order >= 0;
  return op == "<=" && order <= 0;
}

}  // namespace

class RtQueryReader {
 public:
  explicit RtQueryReader(std::string_view text) : left_(text) {}

  std::optional<RtQuery> whole() {
    auto query = any(0);
    return query && trim(left_).empty() ? std::move(query) : std::nullopt;
  }

 private:
  std::optional<RtQuery> any(int depth) { return several(depth, "OR", RtQuery::Kind::any); }

  std::optional<RtQuery> several(int depth, std::string_view joint, RtQuery::Kind kind) {
    RtQuery query;
    query.kind_ = kind;
    do {
      auto part = kind == RtQuery::Kind::any ? several(depth, "AND", RtQuery::Kind::all) : term(depth);
      if (!part) return std::nullopt;
      query.parts_.push_back(std::move(*part));
    } while (take_word(joint));
    return query;
  }

  std::optional<RtQuery> term(int depth) {
    if (take('(')) {
      if (depth == depth_max) return std::nullopt;
      auto inside = any(depth + 1);
      return take(')') ? std::move(inside) : std::nullopt;
    }
    RtQuery condition;
    condition.kind_ = RtQuery::Kind::condition;
    condition.field_ = word();
    condition.operator_ = sign();
    auto value = operand();
    if (condition.field_.empty() || condition.operator_.empty() || !value) return std::nullopt;
    condition.value_ = std::move(*value);
    return condition;
  }

  void skip() { left_ = left_.substr(std::min(left_.find_first_not_of(" \t"), left_.size())); }
  bool take(char c) {
    skip();
    if (!left_.starts_with(c)) return false;
    left_.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view wanted) {
    skip();
    if (left_.size() <= wanted.size() || !same_word(left_.substr(0, wanted.size()), wanted) || word_char(left_[wanted.size()])) return false;
    left_.remove_prefix(wanted.size());
    return true;
  }
  std::string word() {
    skip();
    std::size_t end = 0;
    while (end < left_.size() && word_char(left_[end])) ++end;
    std::string taken(left_.substr(0, end));
    left_.remove_prefix(end);
    return taken;
  }
  std::string sign() {
    skip();
    for (const std::string_view known : {">=", "<=", "!=", "=", ">", "<"}) {
      if (!left_.starts_with(known)) continue;
      left_.remove_prefix(known.size());
      return std::string(known);
    }
    return take_word("LIKE") ? "LIKE" : "";
  }
  std::optional<std::string> operand() {
    skip();
    if (left_.empty()) return std::nullopt;
    const char quote = left_[0];
    if (quote != '\'' && quote != '"') {
      std::string bare = word();
      return bare.empty() ? std::nullopt : std::optional(std::move(bare));
    }
    const std::size_t end = left_.find(quote, 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string taken(left_.substr(1, end - 1));
    left_.remove_prefix(end + 1);
    return taken;
  }

  std::string_view left_;

 public:
  // Conditions of one field are alternatives, unless a later one says AND; fields hold together.
  static std::optional<RtQuery> from_json(std::string text) {
    const auto page = JsonPage::open(std::move(text));
    if (!page || !page->root().is(JsonKind::array)) return std::nullopt;
    RtQuery query;
    std::map<std::string, std::size_t, std::less<>> group;  // field → its alternatives in query.parts_
    for (const JsonValue entry : page->root().elements()) {
      RtQuery condition;
      condition.kind_ = RtQuery::Kind::condition;
      condition.field_ = entry.member("field").text();
      condition.operator_ = entry.member("operator").is_missing() ? "=" : entry.member("operator").text();
      condition.value_ = entry.member("value").text();
      const bool apart = same_word(entry.member("entry_aggregator").text(), "AND");
      const auto found = group.find(condition.field_);
      if (found != group.end() && !apart) {
        query.parts_[found->second].parts_.push_back(std::move(condition));
        continue;
      }
      group[condition.field_] = query.parts_.size();
      RtQuery alternatives;
      alternatives.kind_ = RtQuery::Kind::any;
      alternatives.parts_.push_back(std::move(condition));
      query.parts_.push_back(std::move(alternatives));
    }
    return query;
  }
};

std::optional<RtQuery> RtQuery::parse_sql(std::string_view text) { return RtQueryReader(text).whole(); }
std::optional<RtQuery> RtQuery::parse_json(std::string text) { return RtQueryReader::from_json(std::move(text)); }

bool RtQuery::fits(const Look& look) const {
  const auto part_fits = [&](const RtQuery& part) { return part.fits(look); };
  if (kind_ == Kind::all) return std::ranges::all_of(parts_, part_fits);
  if (kind_ == Kind::any) return std::ranges::any_of(parts_, part_fits);
  const auto have = look(field_);
  return have && holds(*have, operator_, value_);
}

std::vector<std::string> RtQuery::fields() const {
  if (kind_ == Kind::condition) return {field_};
  std::vector<std::string> all;
  for (const RtQuery& part : parts_) {
    for (std::string& one : part.fields()) all.push_back(std::move(one));
  }
  return all;
}

bool RtQuery::asks_for(std::string_view field) const {
  return std::ranges::any_of(fields(), [&](const std::string& one) { return same_word(one, field); });
}

}  // namespace akashi::demo
