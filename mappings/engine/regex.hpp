// Regular expressions by RE2: linear time, whatever the text. The only file pair that includes it.
// Expressions are searched anywhere in the text and are case-sensitive unless they say (?i), as in Sigma.
// Thread rule: every const function may be called from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace akashi {

class Regex {
 public:
  // nullptr when the expression cannot be read or is too costly; `error` then says why, as one clause.
  [[nodiscard]] static std::shared_ptr<const Regex> compile(std::string_view expression, std::string& error);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  [[nodiscard]] bool matches(std::string_view text) const;
  [[nodiscard]] const std::string& expression() const;
  // Lower-case words of which every text that matches holds at least one, without ASCII case; empty when there are none to be had. A text without
  // them need not be asked, unless it holds one of the two letters beyond ASCII that are k and s in another case (Kelvin sign and long s).
  [[nodiscard]] std::vector<std::string> needed_words() const;

 private:
  Regex();
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace akashi
