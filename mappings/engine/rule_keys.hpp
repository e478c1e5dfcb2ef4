// The keys of a rule, declared once: reading, the list that people see and the JSON Schema of editors are all made of this table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace akashi {

struct RuleKey {
  enum class Is : std::uint8_t {
    text,       // one text of at most 4 KiB
    uuid,       // lower case
    date,       // 2026-11-21
    word,       // one of `words`
    service,    // of the catalogue, or "place", or "document"
    condition,  // over the names of selections
    texts,      // one or a list of them
    tests,      // a list of match and no_match
    anything,   // not read: for people
  };
  std::string_view name;
  std::string_view about;  // for people: what it says
  std::string_view mend;   // when it is missing or wrong; of a word its list stands for it
  Is is = Is::text;
  bool required = true;
  std::span<const std::string_view> words{};
};

// In the order in which rules are written. Every other key of a rule is a selection.
[[nodiscard]] std::span<const RuleKey> rule_keys();
[[nodiscard]] const RuleKey* find_rule_key(std::string_view name);  // nullptr when it is none
[[nodiscard]] std::span<const std::string_view> rule_key_names();

// One key a line, then the fields and the modifiers.
[[nodiscard]] std::string rule_reference();
// JSON Schema (draft 2020-12) of a rule: whatever it refuses reading refuses too; the other way round not, because a condition, an expression and the
// rule's own tests can only be told by reading.
[[nodiscard]] std::string rule_schema();

}  // namespace akashi
