// What a person reads on a terminal: language, colour (only on a terminal), width, tables that stay readable at 80 columns with full-width Japanese.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "core/words.hpp"

namespace akashi {

// Columns that text takes on a terminal: 2 for East Asian wide and full-width characters and emoji, 0 for combining marks. Not UTF-8: one a byte.
[[nodiscard]] std::size_t display_width(std::string_view text);
// At most `width` columns, "…" in place of what was cut; control characters become spaces (a tool's text must not drive the terminal).
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);
[[nodiscard]] std::string clean(std::string_view text);
// Lines of at most `width` columns, broken at blanks where there are any, else anywhere between characters.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

enum class Colour : std::uint8_t { none, red, green, yellow, grey, bold };

class Screen {
 public:
  Screen(std::ostream& out, Lang lang, bool colour, std::size_t width) : out_(out), lang_(lang), colour_(colour), width_(width) {}
  // Width and colour as the terminal of this file descriptor says; NO_COLOR and pipes give none; a pipe is 80 wide.
  static Screen on(std::ostream& out, int descriptor, Lang lang);

  [[nodiscard]] Lang lang() const { return lang_; }
  [[nodiscard]] std::size_t width() const { return width_; }
  // The words in the screen's language.
  [[nodiscard]] std::string_view tr(std::string_view en, std::string_view ja) const { return lang_ == Lang::ja ? ja : en; }
  [[nodiscard]] std::string paint(std::string text, Colour colour) const;

  void line(std::string_view text = {}) const;
  void heading(std::string_view text) const;
  // Wrapped, with `lead` before the first line and as much blank before the others.
  void item(std::string_view lead, std::string_view text, Colour colour = Colour::none) const;

 private:
  std::ostream& out_;
  Lang lang_;
  bool colour_;
  std::size_t width_;
};

struct Column {
  std::string title;
  bool right = false;      // right-aligned
  bool stretches = false;  // takes what is left, cut with "…"; at most one
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void row(std::vector<std::string> cells, Colour colour = Colour::none);
  void print(const Screen& screen) const;
  [[nodiscard]] bool empty() const { return rows_.empty(); }

 private:
  struct Row {
    std::vector<std::string> cells;
    Colour colour;
  };
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

// ja when the given language, then LC_ALL, LC_MESSAGES, LANG say so; else en.
[[nodiscard]] Lang choose_language(std::string_view given, std::string_view configured);

}  // namespace akashi
