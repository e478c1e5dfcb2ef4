#include "core/written_day.hpp"

#include <fmt/format.h>

#include <array>

#include "core/document_ref.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t day_bytes_max = 500;

bool take_number(std::string_view& text, std::size_t least, std::size_t most, int& value) {
  std::size_t count = 0;
  value = 0;
  for (; count < most && count < text.size() && text[count] >= '0' && text[count] <= '9'; ++count) value = value * 10 + (text[count] - '0');
  text.remove_prefix(count);
  return count >= least;
}

bool take_text(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

}  // namespace

std::optional<Instant> parse_day(std::string_view text) {
  const auto folded = half_width(cut(trim(text), day_bytes_max));
  constexpr auto forms = std::to_array<std::array<std::string_view, 3>>({{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}});
  for (const auto& [after_year, after_month, after_day] : forms) {
    std::string_view rest = folded;
    int year = 0, month = 0, day = 0;
    if (!take_number(rest, 4, 4, year) || !take_text(rest, after_year) || !take_number(rest, 1, 2, month) || !take_text(rest, after_month) ||
        !take_number(rest, 1, 2, day) || !take_text(rest, after_day))
      continue;
    if (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') continue;
    return parse_time(fmt::format("{:04}-{:02}-{:02}", year, month, day));
  }
  return std::nullopt;
}

}  // namespace akashi
