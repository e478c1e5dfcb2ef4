#include "mappings/engine/automaton.hpp"

#include <set>

#include "catch.hpp"
#include "core/text.hpp"
#include "mappings/engine/regex.hpp"
#include "tests/mappings/random_rules.hpp"

using namespace akashi;
using Where = Automaton::Where;

namespace {

using Found = std::multiset<std::uint32_t>;

Found found(const std::vector<std::string>& words, Where where, const std::string& text) {
  Automaton automaton;
  REQUIRE(automaton.build(words, where));
  Found all;
  automaton.scan(text, [&](std::uint32_t word) { all.insert(word); });
  return all;
}

Found found_by_looking(const std::vector<std::string>& words, Where where, const std::string& text) {
  Found all;
  const auto low = lower(text);
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (where == Where::start && low.starts_with(word)) all.insert(i);
    if (where == Where::end && low.ends_with(word)) all.insert(i);
    if (where == Where::anywhere)
      for (auto at = low.find(word); at != std::string::npos; at = low.find(word, at + 1)) all.insert(i);
  }
  return all;
}

std::string text_of(dice::Dice& dice, std::size_t letters, std::size_t size_max) {
  static const std::string alphabet = "abcABC\xE3\x81\x82 x";
  std::string text;
  for (std::size_t i = 0, size = 1 + dice.below(size_max); i < size; ++i) text += alphabet[dice.below(letters)];
  return text;
}

}  // namespace

TEST_CASE("every word is found at every place, also inside and across others") {
  const std::vector<std::string> words{"he", "she", "his", "hers", "he"};
  CHECK(found(words, Where::anywhere, "USHERS") == Found{0, 1, 3, 4});
  CHECK(found({"aaa", "aa"}, Where::anywhere, "aaaa") == Found{0, 0, 1, 1, 1});
  CHECK(found({"abc", "bcd", "cde"}, Where::anywhere, "abcde") == Found{0, 1, 2});
  CHECK(found({"host"}, Where::start, "hosthost") == Found{0});
  CHECK(found({"host", "t", "hos"}, Where::end, "hosthost") == Found{0, 1});
  CHECK(found({"host"}, Where::anywhere, "") == Found{});
  CHECK(found({"host"}, Where::anywhere, "hos") == Found{});
}

TEST_CASE("no words find nothing") { CHECK(found({}, Where::anywhere, "text") == Found{}); }

TEST_CASE("words by dice are found where looking finds them") {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    dice::Dice dice(seed);
    const auto letters = 2 + dice.below(10);
    const bool long_ones = dice.one_in(2);  // words of three bytes and more take the way that skips
    std::vector<std::string> words;
    for (std::size_t i = 0, count = 1 + dice.below(6); i < count; ++i)
      words.push_back((long_ones ? lower(text_of(dice, letters, 2)) + "bc" : "") + lower(text_of(dice, letters, 4)));
    const auto text = text_of(dice, letters, 60);
    for (const auto where : {Where::anywhere, Where::start, Where::end}) {
      const auto wanted = found_by_looking(words, where, text);
      if (found(words, where, text) != wanted) FAIL("seed " << seed << ", " << text << " for " << fmt::format("{}", fmt::join(words, "|")));
    }
  }
}

TEST_CASE("more words than the table may hold are refused, not built") {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < 3000; ++i) words.push_back(fmt::format("{:06}", i) + std::string(250, static_cast<char>('a' + i % 26)));
  Automaton automaton;
  CHECK_FALSE(automaton.build(words, Where::anywhere));
}

TEST_CASE("a text that matches an expression holds one of the words that it needs") {
  const std::vector<std::string> expressions{"^phish(ing)? mail$",
                                             "(?i)CVE-20[0-9]{2}",
                                             "(failed|denied) [0-9]+ times",
                                             "mail|phish",
                                             "a.*malware",
                                             "[a-z]+",
                                             "(?i)sky",
                                             "x{3,5}abc",
                                             "T1[0-9]{3}",
                                             "不審な?メール",
                                             "\\x{212A}elvin",
                                             "(abc)?"};
  std::set<std::string> with_words;
  for (const auto& expression : expressions) {
    std::string error;
    const auto regex = Regex::compile(expression, error);
    REQUIRE(regex);
    const auto words = regex->needed_words();
    if (!words.empty()) with_words.insert(expression);
    dice::Dice dice(7);
    static const std::vector<std::string> pieces{"phish",    "ing",  " ",       "mail", "CVE-20", "26",     "failed", "denied",
                                                 " 7 times", "a",    "malware", "s",    "\u017f", "ky",     "K",      "\u212a",
                                                 "y",        "xxxx", "abc",     "T1",   "021",    "不審な", "メール", "elvin"};
    for (int i = 0; i < 3000; ++i) {
      std::string text;
      for (std::size_t k = 0, count = 1 + dice.below(5); k < count; ++k) text += dice.pick(pieces);
      if (!regex->matches(text) || words.empty()) continue;
      const bool beyond = text.find("\u017f") != std::string::npos || text.find("\u212a") != std::string::npos;
      const bool seen = std::ranges::any_of(words, [&](const std::string& word) { return lower(text).find(word) != std::string::npos; });
      if (!seen && !beyond) FAIL(expression << " matches " << text);
    }
  }
  CHECK(with_words.contains("(failed|denied) [0-9]+ times"));
  CHECK(with_words.contains("mail|phish"));
  CHECK_FALSE(with_words.contains("[a-z]+"));
  CHECK_FALSE(with_words.contains("(abc)?"));
}
