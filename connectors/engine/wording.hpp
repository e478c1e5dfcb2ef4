// What somebody wrote of their own, and whether it was written before. The text itself is never kept.
// The text is hostile: its first 64 KiB, the cost is linear.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "connectors/engine/pseudonym.hpp"

namespace akashi {

// The lines of it, trimmed: HTML as lines of text, full-width ASCII as ASCII; without empty lines, lines quoted from somebody else (">") and
// everything from where a message was forwarded.
[[nodiscard]] std::string own_lines(std::string_view text);

// The same number for the same text, but for case and white space. 0 of less than 60 bytes: a sentence or two in English, one in Japanese; "closed,
// no findings" is written alike by everybody. `written` is what own_lines() gives.
[[nodiscard]] std::int64_t wording(std::string_view written, const Pseudonyms& pseudonyms);

}  // namespace akashi
