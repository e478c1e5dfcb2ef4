// Pieces that several reports share.
#pragma once

#include <string>
#include <vector>

#include "collector/cli/screen.hpp"
#include "collector/json_writer.hpp"
#include "core/finding.hpp"

namespace akashi {

void write_reasons(JsonWriter& json, std::string_view key, const std::vector<Reason>& reasons, Lang lang);  // [{code, args, text}]
void write_coverage(JsonWriter& json, const std::vector<CoverageNote>& notes);                              // "coverage": [...]
void write_evidence(JsonWriter& json, const Evidence& item);                                                // opens an object; the caller ends it
void print_coverage_notes(const Screen& screen, const std::vector<CoverageNote>& notes);

// What a person can open: the case or document, with its title.
[[nodiscard]] std::string reference(const Evidence& item);
// "2026-11-21T08:00:00Z", for people.
[[nodiscard]] std::string to_the_second(Instant at);
// "case.closed" in words.
[[nodiscard]] std::string say_activity(std::string_view kind, Lang lang);
[[nodiscard]] std::string say_evidence(EvidenceKind kind, Lang lang);

}  // namespace akashi
