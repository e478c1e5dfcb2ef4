#include "collector/cli/screen.hpp"

#include <sstream>

#include "catch.hpp"
#include "collector/report/pieces.hpp"
#include "core/vocabulary.hpp"

using namespace akashi;

TEST_CASE("columns are counted as a terminal shows them") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("証拠") == 4);
  CHECK(display_width("ｱｶｼ") == 3);             // half-width katakana
  CHECK(display_width("か\xE3\x82\x99") == 2);  // combining voiced mark
  CHECK(display_width("\xFF\xFE") == 2);        // not UTF-8: one a byte
}

TEST_CASE("every kind of act has its word in both languages") {
  for (const auto kind : activity_kinds()) {
    INFO(kind);
    CHECK(say_activity(kind, Lang::en).find('.') == std::string::npos);
    CHECK(static_cast<unsigned char>(say_activity(kind, Lang::ja).front()) > 0x7F);
  }
}

TEST_CASE("what does not fit is cut with an ellipsis, never inside a character") {
  CHECK(fit("インシデント対応", 16) == "インシデント対応");
  CHECK(fit("インシデント対応", 15) == "インシデント対…");
  CHECK(fit("インシデント対応", 14) == "インシデント…");
  CHECK(fit("abcdef", 0).empty());
}

TEST_CASE("a tool's text cannot drive the terminal") {
  CHECK(clean("a\x1b[31mb\nc") == "a [31mb c");
  CHECK(clean("x\xE2\x80\xAEy") == "x y");  // right-to-left override
  CHECK(clean("a\xC2\x9B"
              "b") == "a b");  // C1 control sequence introducer
}

TEST_CASE("text wraps at blanks, and Japanese anywhere") {
  CHECK(wrap("one two three", 8) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap("完全に読めた期間", 6) == std::vector<std::string>{"完全に", "読めた", "期間"});
  CHECK(wrap("", 10) == std::vector<std::string>{""});
}

TEST_CASE("a table stays within 80 columns, whatever the names") {
  std::ostringstream out;
  const Screen screen(out, Lang::ja, false, 80);
  Table table({{"ID"}, {"サービス", false, true}, {"状態"}, {"数", true}});
  table.row({"G-4", "エンドポイントセキュリティ製品基本運用とその他とても長い名前のサービスの説明", "実施されている", "12"});
  table.row({"D-2", "短い", "盲", "3"});
  table.print(screen);
  std::istringstream lines(out.str());
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) CHECK(display_width(line) <= 80);
  CHECK(count == 3);
}

TEST_CASE("no colour where there is no terminal") {
  std::ostringstream out;
  const Screen screen(out, Lang::en, false, 80);
  CHECK(screen.paint("x", Colour::red) == "x");
  CHECK(Screen(out, Lang::en, true, 80).paint("x", Colour::red) == "\x1b[31mx\x1b[0m");
}
