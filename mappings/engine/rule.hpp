// A rule says which activities speak for which service, and as what kind of evidence. It is written like a Sigma rule: named selections of fields
// and a condition over them; one rule a file, with its reason and its own tests.
// A Rule that exists is usable: every field, value, modifier, expression and service in it was checked when it was read.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/row.hpp"
#include "core/vocabulary.hpp"
#include "mappings/engine/regex.hpp"

namespace akashi {

// How one written value is compared. Written wildcards ('*', '?') become startswith, endswith, contains or glob when the rule is read.
// fieldref compares with another field of the same activity: "actor|fieldref: subject_id", somebody's own doing.
enum class Compare : std::uint8_t { equals, contains, startswith, endswith, glob, re, cidr, gte, lte, exists, fieldref };
[[nodiscard]] std::string_view name(Compare compare);

// One written value of a field. All but `re` compare without ASCII case; `text` is lower case then.
struct RulePattern {
  Compare compare = Compare::equals;
  std::string text{};
  std::shared_ptr<const Regex> regex{};  // of re
  Field other = Field::kind;             // of fieldref
};

// One line of a selection, "title|contains: [a, b]": any of the patterns, or each of them where all is set. `exists: false` is negated.
struct Item {
  Field field = Field::kind;
  std::vector<RulePattern> patterns;
  bool all = false;
  bool negated = false;
  std::string written;  // as in the file, for people: "title|contains: a, b"
};

// Every item must hold; a selection is a list of such maps, of which one must hold.
using Items = std::vector<Item>;
struct Selection {
  std::string name;
  std::vector<Items> alternatives;
};

struct RuleCondition {
  enum class Kind : std::uint8_t { selection, all_of, any_of, negation };
  Kind kind = Kind::selection;
  std::size_t selection = 0;         // index, of selection
  std::vector<RuleCondition> parts;  // of all_of, any_of; one of negation
};

// Values of a made-up activity.
struct Sample {
  std::vector<std::pair<Field, std::vector<std::string>>> values;
  bool match = false;  // what the rule is expected to say
  std::string where;
};

struct Rule {
  std::string id, title, why, author, date;
  bool stable = false;
  // Which service it speaks for: the one named; each that the organisation gave the place of the work; or those that the document names which the
  // activity is about (an approval), which is not known before judging.
  enum class For : std::uint8_t { service, place, document };
  For speaks_for = For::service;
  std::string service;  // "D-2"; empty unless one is named
  EvidenceKind evidence = EvidenceKind::exercise;
  // What it finds counts, but that it finds nothing licenses no word about absence: the same work may be done where it does not look.
  bool silence_says_nothing = false;
  std::vector<Selection> selections;
  RuleCondition condition;
  std::string condition_text;
  std::vector<std::string> falsepositives;
  std::vector<Sample> tests;
  std::string file;
  std::string digest;  // hex SHA-256 over what decides: id, status, service, evidence, selections, condition
};

// A row over a sample; the sample must outlive it.
class SampleRow {
 public:
  explicit SampleRow(const Sample& sample);
  SampleRow(const SampleRow&) = delete;
  SampleRow& operator=(const SampleRow&) = delete;
  [[nodiscard]] const Row& row() const { return row_; }

 private:
  Row row_;
  std::vector<std::string_view> labels_, procedures_, services_;
};

// The values that a row holds for a field: none, one, or a list's. The result lives as long as the row.
[[nodiscard]] std::span<const std::string_view> values_of(const Row& row, Field field);

}  // namespace akashi
