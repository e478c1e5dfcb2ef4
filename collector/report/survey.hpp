// What a tool really holds: its places, types, statuses, labels and fields with counts, and a draft of the source's `classify:` to edit.
// The draft says only what the source's map and the product's defaults already say; the rest it lists for a person to decide.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "core/org_map.hpp"

namespace akashi {

struct Survey {
  std::string source;
  std::map<std::string, CaseState> cases;      // by id, as read last
  std::map<std::string, std::uint64_t> kinds;  // kind of activity → how many were read
  std::uint64_t documents = 0, pages = 0;
  bool whole = true;                  // everything of the time asked for was read
  std::vector<std::string> troubles;  // streams that could not be read, one sentence each
};

// attribute (place, type, category, status, severity, label, cf.NAME) → value → cases; fields that sort nothing are left out
using Census = std::map<std::string, std::map<std::string, std::uint64_t>>;
[[nodiscard]] Census census(const Survey& survey);

// YAML, ready to be put under the source. Each place (or type, where there is one place) once; statuses by what `map` says of them; what it says
// nothing of stands in a comment.
[[nodiscard]] std::string classify_draft(const Survey& survey, const OrgMap& map, Lang lang);

void print_survey(const Screen& screen, const Survey& survey, const OrgMap& map);
// {"source", "whole", "pages", "documents", "activities": {kind: n}, "cases": n, "values": {attribute: {value: n}}, "classify_draft", "troubles": []}
[[nodiscard]] std::string survey_json(const Survey& survey, const OrgMap& map, Lang lang);

}  // namespace akashi
