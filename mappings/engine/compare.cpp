#include "mappings/engine/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/org_map.hpp"
#include "core/text.hpp"
#include "mappings/engine/address.hpp"

namespace akashi {

namespace {

constexpr std::array<std::string_view, 4> meanings{"asked", "working", "done", "refused"};
constexpr std::array<std::string_view, 5> actor_kind_names{"unknown", "human", "automation", "provider", "shared"};
constexpr std::array<std::string_view, 2> truths{"true", "false"};

std::unexpected<Error> wrong(std::string what, std::string mend) { return fail(ErrorKind::config, {}, std::move(what), std::move(mend)); }

Status check_closed(Field field, const std::string& value) {
  const auto known = closed_values(field);
  if (known.empty()) return {};
  for (const auto& one : known)
    if (one == value) return {};
  const auto near = nearest(value, known);
  return wrong(fmt::format("{} \"{}\" is not known", name(field), value),
               near.empty() ? fmt::format("one of {}", fmt::join(known, ", ")) : fmt::format("did you mean \"{}\"", near));
}

// A written value with its wildcards found: outer stars are flags, inner wildcards stay.
struct Written {
  std::string text;
  bool star_before = false, star_after = false;
  bool inner_wildcard = false, escaped_wildcard = false;
};

Written read_wildcards(std::string_view written) {
  Written read;
  while (written.starts_with('*')) {
    read.star_before = true;
    written.remove_prefix(1);
  }
  for (std::size_t i = 0; i < written.size(); ++i) {
    const char now = written[i];
    const char next = i + 1 < written.size() ? written[i + 1] : '\0';
    if (now == '\\' && (next == '*' || next == '?' || next == '\\')) {
      read.escaped_wildcard = read.escaped_wildcard || next != '\\';
      read.text += next;
      ++i;
    } else if (now == '*' && written.find_first_not_of('*', i) == std::string_view::npos) {
      read.star_after = true;
      break;
    } else {
      read.inner_wildcard = read.inner_wildcard || now == '*' || now == '?';
      read.text += now;
    }
  }
  return read;
}

Result<RulePattern> word_pattern(Compare compare, Field field, std::string_view written) {
  auto read = read_wildcards(written);
  if (read.text.empty()) return wrong("a value of only \"*\" asks for any value", fmt::format("write \"{}|exists: true\"", name(field)));
  const bool before = read.star_before || compare == Compare::contains || compare == Compare::endswith;
  const bool after = read.star_after || compare == Compare::contains || compare == Compare::startswith;
  RulePattern made;
  made.text = lower(read.text);
  if (read.inner_wildcard) {
    if (read.escaped_wildcard) return wrong("wildcards and escaped wildcards stand in one value", "write it as an expression with |re");
    made.compare = Compare::glob;
    made.text = (before ? "*" : "") + made.text + (after ? "*" : "");
    return made;
  }
  made.compare = before ? (after ? Compare::contains : Compare::endswith) : (after ? Compare::startswith : Compare::equals);
  if (made.compare == Compare::equals)
    if (auto known = check_closed(field, made.text); !known) return std::unexpected(known.error());
  return made;
}

Result<RulePattern> expression_pattern(std::string_view written) {
  RulePattern made;
  made.compare = Compare::re;
  made.text = written;
  std::string error;
  made.regex = Regex::compile(written, error);
  if (!made.regex) return wrong(fmt::format("the expression cannot be used: {}", error), "expressions are RE2's");
  return made;
}

}  // namespace

// Fields whose values are a closed list: a misspelt value would silently never match.
std::span<const std::string_view> closed_values(Field field) {
  switch (field) {
    case Field::kind:
      return activity_kinds();
    case Field::matter:
      return matters();
    case Field::actor_kind:
      return actor_kind_names;
    case Field::meaning:
      return meanings;
    case Field::drill:
      return truths;
    default:
      return {};
  }
}

std::optional<double> rank(Field field, std::string_view value) {
  const auto scale = severity_words();
  if (field == Field::severity)
    for (std::size_t i = 0; i < scale.size(); ++i)
      if (same_word(scale[i], value)) return static_cast<double>(i + 1);
  if (field == Field::severity || value.empty()) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || std::isnan(number)) return std::nullopt;
  return number;
}

Result<RulePattern> make_pattern(Compare compare, Field field, std::string_view written) {
  if (written.empty()) return wrong("a value is empty", fmt::format("write \"{}|exists: false\" for an absent field", name(field)));
  const auto bytes_max = compare == Compare::re ? expression_bytes_max : pattern_bytes_max;
  if (written.size() > bytes_max) return wrong(fmt::format("a value is longer than {} bytes", bytes_max), "shorten it");
  if (compare == Compare::re) return expression_pattern(written);
  if (compare == Compare::cidr) {
    if (!parse_network(written)) return wrong(fmt::format("\"{}\" is no network", written), "write it like 192.0.2.0/24 or 2001:db8::/32");
    return RulePattern{.compare = compare, .text = std::string(written)};
  }
  if (compare == Compare::gte || compare == Compare::lte) {
    if (!rank(field, written))
      return wrong(fmt::format("\"{}\" cannot be compared with {}", written, name(compare)),
                   field == Field::severity ? fmt::format("severities are {}", fmt::join(severity_words(), ", ")) : "write a number");
    return RulePattern{.compare = compare, .text = lower(written)};
  }
  return word_pattern(compare, field, written);
}

bool fits(const RulePattern& pattern, Field field, std::string_view value) {
  if (value.empty()) return false;
  const auto& text = pattern.text;
  switch (pattern.compare) {
    case Compare::equals:
      return same_word(value, text);
    case Compare::contains:
      return lower(value).find(text) != std::string::npos;
    case Compare::startswith:
      return same_word(value.substr(0, text.size()), text);
    case Compare::endswith:
      return value.size() >= text.size() && same_word(value.substr(value.size() - text.size()), text);
    case Compare::glob:
      return fits_wildcards(value, text);
    case Compare::re:
      return pattern.regex->matches(value);
    case Compare::cidr: {
      const auto network = parse_network(text);
      const auto address = parse_address(value);
      return network && address && network->holds(*address);
    }
    case Compare::gte:
    case Compare::lte: {
      const auto mine = rank(field, value), limit = rank(field, text);
      return mine && limit && (pattern.compare == Compare::gte ? *mine >= *limit : *mine <= *limit);
    }
    case Compare::exists:
      return true;
    case Compare::fieldref:
      return false;  // no value alone says
  }
  return false;
}

bool fits(const RulePattern& pattern, Field field, const Row& row) {
  return std::ranges::any_of(values_of(row, field), [&](std::string_view value) {
    if (pattern.compare != Compare::fieldref) return fits(pattern, field, value);
    return !value.empty() && std::ranges::any_of(values_of(row, pattern.other), [&](std::string_view other) { return same_word(value, other); });
  });
}

}  // namespace akashi
