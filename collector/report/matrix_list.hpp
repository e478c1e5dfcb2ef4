// The matrix for people, for programs and for spreadsheets.
#pragma once

#include <string>

#include "collector/cli/screen.hpp"
#include "collector/matrix.hpp"

namespace akashi {

// Services down, sources across, in as many groups of sources as the screen's width asks for; then the organisation's own map, then what needs a
// document or a person.
void print_matrix(const Screen& screen, const Matrix& matrix);
// {"as_of", "edition", "sources": [{name, product}], "services": [{service, name_ja, name_en, category, state, rung, cells: [{source, shows,
//  silence_counts, acts, demands, procedures, last, sight, why}], places: [{source, when, matter, given, work, asked[], working[], done[], refused[],
//  drill, where}], procedures: [{source, id, title, version, owner, url}], procedures_in: [{source, when, owner}],
//  needs_a_person, beyond_tools}]}
[[nodiscard]] std::string matrix_json(const Matrix& matrix, Lang lang);
// RFC 4180, a line a service and source. `bom`: with a byte order mark, by which Excel knows UTF-8.
[[nodiscard]] std::string matrix_csv(const Matrix& matrix, Lang lang, bool bom);

// What of a service no tool's interface shows, in one sentence.
[[nodiscard]] std::string_view beyond_tools(std::string_view service, Lang lang);

// A cell of a CSV file. What a spreadsheet would take for a formula is given an apostrophe: titles are written by others.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace akashi
