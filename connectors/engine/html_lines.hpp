// HTML as lines of text, for reading a head or references out of it: tags that end a line become line ends, cells of a table "| a | b |", the rest of
// the tags vanish, the common entities become characters. Linear, never fails, never longer than what came.
#pragma once

#include <string>
#include <string_view>

namespace akashi {

[[nodiscard]] bool looks_like_html(std::string_view text);
[[nodiscard]] std::string html_to_lines(std::string_view text);

}  // namespace akashi
