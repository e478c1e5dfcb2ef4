// From records to activities, cases and documents, as the descriptor says. Pure. Every record becomes at least one of them or a rejection with
// its reason in the page's manifest; nothing is dropped in silence.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "connectors/engine/page.hpp"
#include "connectors/engine/values.hpp"

namespace akashi {

struct Extraction {
  const StreamSpec& stream;
  const SourceSettings& source;
  const std::string& product;
  Instant seen{};
  Instant not_before{};      // what is older was not asked for
  const ClockFormat& clock;  // of times that do not say their own
};

// The records of a page. Where they are children of records, `around` holds the parent of each, and `parents` every parent once.
struct Records {
  std::vector<JsonValue> all, around, parents;
  // What is around the record, and the record itself.
  [[nodiscard]] Levels levels(std::size_t record) const { return around.empty() ? Levels(1, all[record]) : Levels{around[record], all[record]}; }
};

// Adds to page. ErrorKind::schema when more than missing_max per cent (a fifth) of at least five records lack a field that the descriptor needs.
[[nodiscard]] Status extract_records(const Extraction& how, Values& values, const Records& records, Page& page);
[[nodiscard]] Status extract_records(const Extraction& how, Values& values, std::span<const JsonValue> records, Page& page);
// The rows of an attachment as cases, each once.
void extract_attached(const Extraction& how, Values& values, const AttachedRows& rows, Page& page);

}  // namespace akashi
