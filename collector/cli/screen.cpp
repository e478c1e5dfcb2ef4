#include "collector/cli/screen.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ostream>

namespace akashi {

namespace {

struct Range {
  char32_t first, last;
};

// East Asian Wide and Fullwidth (UAX #11) in the blocks that occur in practice, and emoji.
constexpr std::array wide{Range{0x1100, 0x115F}, Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},  Range{0x4E00, 0x9FFF},
                          Range{0xA000, 0xA4CF}, Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE4F},  Range{0xFF00, 0xFF60},
                          Range{0xFFE0, 0xFFE6}, Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};
constexpr std::array zero{Range{0x0300, 0x036F}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x206F},
                          Range{0x3099, 0x309A}, Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}};

bool in(std::span<const Range> ranges, char32_t point) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return range.first <= point && point <= range.last; });
}

struct Glyph {
  std::size_t bytes;
  std::size_t columns;
  bool control;
};

// The character at the start of `text` (not empty). A byte that is no UTF-8 counts as one column and as control: it is not shown as it is.
Glyph glyph(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {1, 1, lead < 0x20 || lead == 0x7F};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || length > text.size()) return {1, 1, true};
  char32_t point = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {1, 1, true};
    point = (point << 6) | (byte(i) & 0x3Fu);
  }
  // Direction marks and C1 controls could re-order or drive a terminal: shown as blank.
  if ((point >= 0x80 && point < 0xA0) || (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069)) return {length, 1, true};
  return {length, in(zero, point) ? 0u : in(wide, point) ? 2u : 1u, false};
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::size_t used = display_width(text);
  const std::string blank(width > used ? width - used : 0, ' ');
  return right ? blank + text : text + blank;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Glyph one = glyph(text);
    columns += one.columns;
    text.remove_prefix(one.bytes);
  }
  return columns;
}

std::string clean(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const Glyph one = glyph(text);
    if (one.control) shown += ' ';
    else shown += text.substr(0, one.bytes);
    text.remove_prefix(one.bytes);
  }
  return shown;
}

std::string fit(std::string_view text, std::size_t width) {
  std::string shown = clean(text);
  if (display_width(shown) <= width) return shown;
  std::string_view rest = shown;
  std::size_t columns = 0, bytes = 0;
  while (!rest.empty()) {
    const Glyph one = glyph(rest);
    if (columns + one.columns + 1 > width) break;
    columns += one.columns;
    bytes += one.bytes;
    rest.remove_prefix(one.bytes);
  }
  shown.resize(bytes);
  return width == 0 ? "" : shown + "…";
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  const std::string shown = clean(text);
  std::vector<std::string> lines;
  std::string_view rest = shown;
  while (!rest.empty()) {
    std::size_t columns = 0, bytes = 0, blank = 0;
    while (bytes < rest.size()) {
      const Glyph one = glyph(rest.substr(bytes));
      if (columns + one.columns > width && bytes > 0) break;
      if (rest[bytes] == ' ') blank = bytes;
      columns += one.columns;
      bytes += one.bytes;
    }
    // Words stay whole where a blank stands in the last third; Japanese has none and breaks anywhere.
    if (bytes < rest.size() && rest[bytes] != ' ' && blank > bytes / 2) bytes = blank;
    lines.emplace_back(rest.substr(0, bytes));
    rest.remove_prefix(bytes);
    while (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

Screen Screen::on(std::ostream& out, int descriptor, Lang lang) {
  const bool terminal = isatty(descriptor) == 1;
  std::size_t width = 80;
  if (winsize size{}; terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) width = std::min<std::size_t>(size.ws_col, 120);
  const char* no_colour = std::getenv("NO_COLOR");
  return Screen(out, lang, terminal && (no_colour == nullptr || *no_colour == '\0'), width);
}

std::string Screen::paint(std::string text, Colour colour) const {
  if (!colour_ || colour == Colour::none) return text;
  constexpr std::array<std::string_view, 6> codes{"", "31", "32", "33", "90", "1"};
  return fmt::format("\x1b[{}m{}\x1b[0m", codes[static_cast<std::size_t>(colour)], text);
}

void Screen::line(std::string_view text) const { out_ << text << "\n"; }

void Screen::heading(std::string_view text) const { out_ << "\n" << paint(std::string(text), Colour::bold) << "\n"; }

void Screen::item(std::string_view lead, std::string_view text, Colour colour) const {
  const std::size_t indent = display_width(lead);
  bool first = true;
  for (const std::string& part : wrap(text, width_ > indent + 10 ? width_ - indent : 40)) {
    out_ << (first ? std::string(lead) : std::string(indent, ' ')) << paint(part, colour) << "\n";
    first = false;
  }
}

void Table::row(std::vector<std::string> cells, Colour colour) {
  for (std::string& cell : cells) cell = clean(cell);
  cells.resize(columns_.size());
  rows_.push_back({std::move(cells), colour});
}

void Table::print(const Screen& screen) const {
  std::vector<std::size_t> widths;
  std::size_t fixed = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = display_width(columns_[i].title);
    for (const Row& one : rows_) width = std::max(width, display_width(one.cells[i]));
    widths.push_back(width);
    if (!columns_[i].stretches) fixed += width + 2;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::size_t left = screen.width() > fixed + 8 ? screen.width() - fixed : 8;
    if (columns_[i].stretches) widths[i] = std::min(widths[i], left);
  }
  const auto line_of = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool last = i + 1 == cells.size();
      std::string cell = fit(cells[i], widths[i]);
      line += last && !columns_[i].right ? cell : padded(cell, widths[i], columns_[i].right) + (last ? "" : "  ");
    }
    return line;
  };
  std::vector<std::string> titles;
  titles.reserve(columns_.size());
  for (const Column& column : columns_) titles.push_back(column.title);
  screen.line(screen.paint(line_of(titles), Colour::bold));
  for (const Row& one : rows_) screen.line(screen.paint(line_of(one.cells), one.colour));
}

Lang choose_language(std::string_view given, std::string_view configured) {
  for (const std::string_view word : {given, configured})
    if (!word.empty()) return word == "ja" ? Lang::ja : Lang::en;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("ja") ? Lang::ja : Lang::en;
  }
  return Lang::en;
}

}  // namespace akashi
