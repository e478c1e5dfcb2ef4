// Regular expressions by RE2: linear time, whatever the text. The only file pair that includes it.
// Expressions are searched anywhere in the text and are case-sensitive unless they say (?i), as in Sigma.
// Thread rule: every const function may be called from any thread.
#pragma once

#include <memory>
#include <span>
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

 private:
  Regex();
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

// Several expressions asked at once: one pass tells whether any fits, and only then each is asked. No allocation once warm.
class RegexSet {
 public:
  explicit RegexSet(std::vector<std::shared_ptr<const Regex>> expressions);
  ~RegexSet();
  RegexSet(RegexSet&&) noexcept;
  RegexSet& operator=(RegexSet&&) noexcept;
  [[nodiscard]] bool empty() const { return expressions_.empty(); }
  // Calls found(index) for every expression that fits.
  template <class Found>
  void search(std::string_view text, Found found) const {
    if (expressions_.empty() || !may_match(text)) return;
    for (std::size_t i = 0; i < expressions_.size(); ++i)
      if (expressions_[i]->matches(text)) found(i);
  }

 private:
  [[nodiscard]] bool may_match(std::string_view text) const;
  struct Set;
  std::vector<std::shared_ptr<const Regex>> expressions_;
  std::unique_ptr<Set> set_;  // nullptr: too large for one pass, each is asked
};

}  // namespace akashi
