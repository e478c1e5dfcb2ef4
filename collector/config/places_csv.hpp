// The organisation's own map from a spreadsheet (`classify_file:` of a source): a row a place, the columns of an entry of `classify:` (in English or
// Japanese). Several values in one field are separated by semicolons.
// A column "cf.NAME" is a condition on a custom field; severities, agreed times by severity ("critical=1h; high=4h") and what a provider's report
// tells have columns, too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/org_map.hpp"
#include "core/result.hpp"

namespace akashi {

// What the rows say, in their order; every mistake of the first line, and the first of the rows, as FILE:LINE.
[[nodiscard]] std::vector<PlaceEntry> places_of_csv(std::string_view bytes, const std::string& file, std::vector<Error>& errors);

}  // namespace akashi
