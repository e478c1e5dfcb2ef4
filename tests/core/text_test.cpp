#include "core/text.hpp"

#include "catch.hpp"

using namespace akashi;

TEST_CASE("wildcards fit the whole text, one question mark one character") {
  struct {
    std::string_view text, pattern;
    bool fits;
  } const table[] = {
      {"Incidents", "incidents", true},
      {"Incidents", "Incident", false},
      {"Incident", "Incidents", false},
      {"", "", true},
      {"", "*", true},
      {"", "?", false},
      {"x", "", false},
      {"abc", "a*c", true},
      {"abcd", "a*c", false},
      {"a drill today", "*drill*", true},
      {"Drill", "*drill*", true},
      {"dril", "*drill*", false},
      {"訓練", "??", true},
      {"訓練", "?", false},
      {"訓練（机上）", "訓練*", true},
      {"机上訓練", "*訓練", true},
      {"Ä", "ä", false},
      {"aXbXc", "a?b?c", true},
      {"mississippi", "m*iss*pi", true},
      {"mississippi", "m*iss*x", false},
      {"a*b", "a*b", true},
      {"aaa", "**a**", true},
      {"[x]", "[x]", true},
      {"\xff", "?", true},
  };
  for (const auto& row : table) {
    INFO(row.text << " against " << row.pattern);
    CHECK(fits_wildcards(row.text, row.pattern) == row.fits);
  }
}

TEST_CASE("a pattern made to be slow is not") {
  const std::string text(20000, 'a');
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "a*";
  CHECK_FALSE(fits_wildcards(text, pattern + "b"));
  CHECK(fits_wildcards(text, pattern));
}

TEST_CASE("trimming takes the ideographic space too, and nothing inside") {
  CHECK(trim("　 D-2\t\r\n") == "D-2");
  CHECK(trim(" a　b ") == "a　b");
  CHECK(trim("　　 ").empty());
  CHECK(trim("").empty());
  CHECK(trim("\xe3\x80") == "\xe3\x80");
}

TEST_CASE("full-width ASCII becomes ASCII, nothing else does") {
  CHECK(half_width("Ｄ－２：［ａ］～　訓") == "D-2:[a]~ 訓");
  CHECK(half_width("ﾄﾞ\xEF\xBC") == "ﾄﾞ\xEF\xBC");
}

TEST_CASE("case folds in ASCII only") {
  CHECK(lower("ÄBC訓") == "Äbc訓");
  CHECK(same_word("Resolved", "resolveD"));
  CHECK_FALSE(same_word("Resolved", "Resolve"));
  CHECK_FALSE(same_word("[", "{"));
}

TEST_CASE("a cut never splits a character") {
  CHECK(cut("abc", 3) == "abc");
  CHECK(cut("abc", 2) == "ab");
  CHECK(cut("訓練", 6) == "訓練");
  CHECK(cut("訓練", 5) == "訓");
  CHECK(cut("訓練", 4) == "訓");
  CHECK(cut("訓練", 2).empty());
  CHECK(cut("a😀", 4) == "a");
  CHECK(cut(std::string(10, '\x80'), 5).size() <= 5);  // stray bytes end the looking back
}

TEST_CASE("splitting keeps empty parts") {
  CHECK(split("a,b", ',') == std::vector<std::string_view>{"a", "b"});
  CHECK(split("", ',') == std::vector<std::string_view>{""});
  CHECK(split(",", ',') == std::vector<std::string_view>{"", ""});
}

TEST_CASE("UTF-8 is checked strictly") {
  for (const std::string_view good : {"", "abc", "é", "訓練", "😀", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"}) CHECK(is_utf8(good));
  for (const std::string_view bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xE3\x81", "\xF0\x80\x80\x80",
                                     "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xE3\x81"}) {
    INFO(bad.size());
    CHECK_FALSE(is_utf8(bad));
  }
}

TEST_CASE("a kept line cannot steer a terminal or lie about its order") {
  CHECK(clean_line(" Phishing\x1b[2J drill\r\n", 100) == "Phishing [2J drill");
  CHECK(clean_line("a\xC2\x9B"
                   "b",
                   100) == "a b");
  CHECK(clean_line("invoice\u202Efdp.exe", 100) == "invoicefdp.exe");
  CHECK(clean_line("a\u2066b\u2069c", 100) == "abc");
  CHECK(clean_line("a\u2028b", 100) == "a b");
  CHECK(clean_line("訓練\xFFx", 100) == "訓練\uFFFDx");
  CHECK(clean_line("訓練訓練", 7) == "訓練");
  CHECK(clean_line(std::string(1000000, '\xFF'), 90).size() <= 90);
  CHECK(is_utf8(clean_line(std::string(1000000, '\xFF'), 91)));
  CHECK(clean_line("", 10).empty());
  CHECK(clean_line("\u201Cquoted\u201D 2〜3", 100) == "\u201Cquoted\u201D 2〜3");
}
