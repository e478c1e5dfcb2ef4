#include "connectors/engine/wording.hpp"

#include <algorithm>
#include <array>

#include "connectors/engine/html_lines.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t text_bytes_max = 64u << 10;
constexpr std::size_t wording_bytes_min = 60;

bool begins_forwarded(std::string_view line) {
  constexpr auto marks = std::to_array<std::string_view>({"original message-----", "元のメッセージ-----", "forwarded message-----"});
  if (!line.starts_with("-----")) return false;
  const auto low = lower(line);
  return std::ranges::any_of(marks, [&](std::string_view mark) { return low.ends_with(mark); });
}

}  // namespace

std::string own_lines(std::string_view text) {
  text = cut(text, text_bytes_max);
  const auto plain = half_width(looks_like_html(text) ? html_to_lines(text) : std::string(text));
  std::string own;
  for (const auto whole : split(plain, '\n')) {
    const auto line = trim(whole);
    if (line.empty() || line.starts_with(">")) continue;
    if (begins_forwarded(line)) break;
    if (!own.empty()) own += '\n';
    own += line;
  }
  return own;
}

std::int64_t wording(std::string_view written, const Pseudonyms& pseudonyms) {
  std::string plain;
  plain.reserve(written.size());
  for (const char c : lower(written)) {
    const bool space = static_cast<unsigned char>(c) <= ' ';
    if (!space) plain += c;
    else if (!plain.empty() && plain.back() != ' ') plain += ' ';
  }
  return plain.size() < wording_bytes_min ? 0 : pseudonyms.number_of(plain);
}

}  // namespace akashi
