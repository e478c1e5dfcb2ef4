// Lists and maps of texts inside one column: a JSON array, or a JSON object of texts; "" when empty. Any bytes come back as they were given.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace akashi {

[[nodiscard]] std::string write_list(const std::vector<std::string>& list);
[[nodiscard]] std::string write_map(const std::map<std::string, std::string>& map);
// What was not written by the functions above gives what could be read of it.
[[nodiscard]] std::vector<std::string> read_list(std::string_view json);
[[nodiscard]] std::map<std::string, std::string> read_map(std::string_view json);

// One text as JSON, quotes included.
[[nodiscard]] std::string quote(std::string_view text);

}  // namespace akashi
