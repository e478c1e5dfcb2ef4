// How core makes a reason: reason<"rung.one_person">(actor, count, days). A code that words_table does not hold, or the wrong number of arguments,
// does not compile.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

#include "core/finding.hpp"
#include "core/time.hpp"
#include "core/words_table.hpp"

namespace akashi {

template <std::size_t Size>
struct Code {
  char text[Size]{};
  consteval Code(const char (&literal)[Size]) { std::copy_n(literal, Size, text); }  // implicit: so that reason<"code"> reads as it does
  [[nodiscard]] constexpr std::string_view view() const { return {text, Size - 1}; }
};

[[nodiscard]] inline std::string argument(std::string text) { return text; }
[[nodiscard]] inline std::string argument(std::string_view text) { return std::string(text); }
[[nodiscard]] inline std::string argument(const char* text) { return text; }
[[nodiscard]] inline std::string argument(Instant at) { return format_day(at); }
[[nodiscard]] std::string argument(std::integral auto number) { return std::to_string(number); }

template <Code code, class... Arguments>
[[nodiscard]] Reason reason(Arguments&&... arguments) {
  static_assert(arguments_of(code.view()) >= 0, "words_table has no such code");
  static_assert(arguments_of(code.view()) == static_cast<int>(sizeof...(Arguments)), "words_table gives this code another number of arguments");
  return {std::string(code.view()), {argument(std::forward<Arguments>(arguments))...}};
}

// The code of a rejection, checked in the same way.
template <Code code>
[[nodiscard]] consteval std::string_view rejection() {
  static_assert(arguments_of(code.view()) == 0, "words_table has no such rejection");
  static_assert(code.view().starts_with("rejected."), "the code of a rejection begins with rejected.");
  return find_words(code.view())->code;
}

}  // namespace akashi
