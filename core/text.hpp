// Plain work on text, the same everywhere: ASCII case, trimming, wildcards, a cut that never splits a character. No locale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace akashi {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }  // ASCII
[[nodiscard]] std::string lower(std::string_view text);                         // A–Z only; every other byte stays
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);           // equal but for ASCII case
[[nodiscard]] std::string_view trim(std::string_view text);                     // white space, also the ideographic space U+3000, at both ends
// Full-width ASCII (Ｄ－２：) as ASCII, the ideographic space as a space; every other byte stays.
[[nodiscard]] std::string half_width(std::string_view text);
[[nodiscard]] inline bool blank(std::string_view text) { return trim(text).empty(); }
// "text" as YAML and JSON read it back: quotes and backslashes escaped, control characters as spaces.
[[nodiscard]] std::string in_quotes(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char at);

// '*' any characters, '?' one character (UTF-8), everything else itself but for ASCII case; the whole text has to fit.
// Costs at most text × pattern; both are short in what calls it.
[[nodiscard]] bool fits_wildcards(std::string_view text, std::string_view pattern);

// At most bytes_max bytes, cut before a character that would be split.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t bytes_max);
// One line fit to be shown and kept, whatever came: at most bytes_max bytes, broken UTF-8 as U+FFFD, control characters (terminal escapes, line
// ends) as spaces, marks that turn the direction of writing left out, trimmed.
[[nodiscard]] std::string clean_line(std::string_view text, std::size_t bytes_max);
[[nodiscard]] bool is_utf8(std::string_view text);  // RFC 3629: shortest forms, no surrogates

}  // namespace akashi
