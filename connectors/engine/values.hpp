// Reading values out of records as a descriptor's ValueSpecs say. Pure: what a lookup does not know yet is noted as wanted, and the reading is
// done again when it has been asked for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/json_page.hpp"
#include "connectors/engine/lookup_tables.hpp"
#include "connectors/engine/source_settings.hpp"

namespace akashi {

// Rows that belong to the records of a page: attachment → id → rows. The rows view into pages that the owner keeps.
using AttachedRows = std::map<std::string, std::map<std::string, std::vector<JsonValue>>>;

// A record and, inside it, the elements that were gone into; the innermost is the last.
using Levels = std::vector<JsonValue>;

class Values {
 public:
  // `part` is the value of the stream's for_each parameter.
  Values(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, const LookupTables& lookups, Instant now,
         std::string part);

  void attach(const AttachedRows* rows) { attached_ = rows; }

  // The value as text; lists become lines; nothing when absent, null or unset.
  [[nodiscard]] std::optional<std::string> read(const ValueSpec& spec, const Levels& levels);
  // The same for labels: each element of a list, or each piece of a text that is split.
  void read_each(const ValueSpec& spec, const Levels& levels, std::vector<std::string>& into);
  // Written as the value's own format says, or else like `otherwise`.
  [[nodiscard]] std::optional<Instant> read_time(const ValueSpec& spec, const Levels& levels, const ClockFormat& otherwise);
  // The format with the zone that the source's parameter names; notes what is wrong with it in `broken`.
  [[nodiscard]] ClockFormat zoned(const ClockFormat& format);
  [[nodiscard]] bool hold(const std::vector<Condition>& conditions, const Levels& levels);
  // Values of a parameter as the source gives them, or the descriptor's default.
  [[nodiscard]] const std::vector<std::string>& parameter(std::string_view name) const;

  // (lookup, id) that were needed and not known; cleared by the caller when they have been asked for.
  std::set<std::pair<std::string, std::string>> wanted;
  // A pattern of a parameter that cannot be read; the poll ends with it.
  std::optional<Error> broken;

 private:
  [[nodiscard]] JsonValue at(const Pointer& pointer, const std::string& of, const Levels& levels);
  [[nodiscard]] std::optional<std::string> raw(const ValueSpec& spec, const Levels& levels);
  [[nodiscard]] std::optional<std::string> joined(const ValueSpec& spec, const Levels& levels);
  [[nodiscard]] std::optional<std::string> finished(const ValueSpec& spec, std::optional<std::string> text);
  [[nodiscard]] std::optional<std::string> texts_of(const ValueSpec& spec, const Levels& levels);
  [[nodiscard]] const std::vector<JsonValue>* rows_of(const std::string& attachment, const Levels& levels);
  [[nodiscard]] std::optional<std::string> looked_up(const ValueSpec& spec, const std::string& id);
  [[nodiscard]] std::optional<std::string> matched(const ValueSpec& spec, const std::string& text);
  [[nodiscard]] bool holds(const Condition& condition, const Levels& levels);
  [[nodiscard]] bool is_something(const Condition& condition, const Levels& levels);
  [[nodiscard]] bool in_time(const Condition& condition, const Levels& levels);
  [[nodiscard]] std::optional<std::string> picked(const ValueSpec& spec, const std::vector<std::string>& keys, const Levels& levels);
  [[nodiscard]] std::vector<std::string> expanded(const std::vector<std::string>& words) const;
  [[nodiscard]] bool among(const std::string& value, const std::vector<std::string>& words) const;

  const Connector& connector_;
  const StreamSpec& stream_;
  const SourceSettings& settings_;
  const LookupTables& lookups_;
  Instant now_;
  std::string part_;
  const AttachedRows* attached_ = nullptr;
  std::map<std::pair<std::string, std::string>, Pattern> patterns_;  // of parameters
  std::map<const ValueSpec*, ClockFormat> formats_;                  // whose zone is a parameter
};

// A scalar as text; an array of scalars as lines; nothing for null, missing and objects.
[[nodiscard]] std::optional<std::string> text_of(const JsonValue& value);
// A decimal number, the whole text.
[[nodiscard]] std::optional<double> number_in(std::string_view text);

}  // namespace akashi
