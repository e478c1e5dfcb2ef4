// CSV as spreadsheets save it (RFC 4180, with LF or CRLF): fields in quotes may hold commas, line ends and doubled quotes. Text is UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace akashi {

struct CsvRow {
  int line = 0;  // 1-based, where the row begins
  std::vector<std::string> fields;
};

// Rows that hold nothing but blanks and commas are left out. Refused with FILE:LINE: a quote that is not closed, text behind a closing quote,
// more than 100 000 rows or 200 fields in a row.
[[nodiscard]] Result<std::vector<CsvRow>> parse_csv(std::string_view text, const std::string& file);

}  // namespace akashi
