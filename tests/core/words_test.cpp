#include "core/words.hpp"

#include <set>

#include "catch.hpp"
#include "core/reasons.hpp"
#include "core/words_table.hpp"

using namespace akashi;

TEST_CASE("every code stands once, speaks both languages, and its languages take the same arguments") {
  std::set<std::string_view> codes;
  for (const auto& words : words_table) {
    INFO(words.code);
    CHECK(codes.insert(words.code).second);
    CHECK_FALSE(words.en.empty());
    CHECK_FALSE(words.ja.empty());
    CHECK(placeholders(words.en) == placeholders(words.ja));
    CHECK_FALSE(words.en.ends_with('.'));
    CHECK_FALSE(words.ja.ends_with("。"));
  }
}

TEST_CASE("every code with its arguments leaves no placeholder open, in either language") {
  for (const auto& words : words_table) {
    INFO(words.code);
    Reason reason{std::string(words.code), {}};
    for (int i = 0; i < arguments_of(words.code); ++i) reason.args.push_back("<" + std::to_string(i) + ">");
    for (const auto lang : {Lang::en, Lang::ja}) {
      const auto said = say(reason, lang);
      CHECK(placeholders(said) == 0);
      CHECK(said.find_first_of("{|}") == std::string::npos);
      for (const auto& argument : reason.args) CHECK(said.find(argument) != std::string::npos);
    }
  }
}

TEST_CASE("the words never speak of maturity, nor rank") {
  for (const auto& words : words_table) {
    INFO(words.code);
    CHECK(words.en.find("matur") == std::string_view::npos);
    CHECK(words.ja.find("成熟") == std::string_view::npos);
  }
}

TEST_CASE("every state, confidence and comparison has a word in both languages") {
  for (int i = 0; i <= static_cast<int>(State::out_of_scope); ++i) CHECK_FALSE(say(static_cast<State>(i), Lang::ja).starts_with("state."));
  for (int i = 0; i <= static_cast<int>(Confidence::high); ++i) CHECK_FALSE(say(static_cast<Confidence>(i), Lang::ja).starts_with("confidence."));
  for (int i = 0; i <= static_cast<int>(Supported::not_determinable); ++i)
    CHECK_FALSE(say(static_cast<Supported>(i), Lang::ja).starts_with("supported."));
  CHECK(say(State::missed_demand, Lang::ja) == "対応漏れ");
  CHECK(say(State::missed_demand, Lang::en) == "missed demand");
}

TEST_CASE("a sentence takes its arguments as they are; an argument may be a word of the house") {
  CHECK(say(reason<"state.upstream">("D-1", "@state.late"), Lang::en) == "whether anything called for it is unknown, because D-1 is “late”");
  CHECK(say(reason<"state.upstream">("D-1", "@state.late"), Lang::ja) == "D-1 が「実施遅れ」のため、需要の有無が分からない");
  CHECK(say(reason<"blind.broken">("rt {1}", "{0} and @everybody"), Lang::en) == "rt {1} cannot be read: {0} and @everybody");
  CHECK(say(Reason{"no.such.code", {"x"}}, Lang::en) == "no.such.code");
  CHECK(say_rejection("rejected.bulk", Lang::ja) == "一括操作(同じ秒に20件を超える)");
}

TEST_CASE("English counts one and many") {
  CHECK(say(reason<"sure.acts">(1, 1, 1), Lang::en) == "1 act on 1 case by 1 person");
  CHECK(say(reason<"sure.acts">(31, 2, 2), Lang::en) == "31 acts on 2 cases by 2 people");
  CHECK(say(reason<"counter.missed">(1, "rt:ticket/7", "2026-04-01"), Lang::en) ==
        "1 demand was not met in the agreed time; the oldest is rt:ticket/7 of 2026-04-01");
}
