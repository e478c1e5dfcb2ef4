#include "collector/http/header_lines.hpp"

namespace akashi {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

void take_header_line(std::string_view line, Headers& kept, bool& ended) {
  if (line.starts_with("HTTP/")) {
    kept.clear();
    ended = false;
  } else if (trimmed(line).empty()) {
    ended = true;
  } else if (!ended && (line[0] == ' ' || line[0] == '\t')) {
    if (!kept.empty()) kept.back().second.append(" ").append(trimmed(line));
  } else if (const auto colon = line.find(':'); !ended && colon != std::string_view::npos) {
    kept.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
  }
}

}  // namespace akashi
