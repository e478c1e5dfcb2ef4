// A regular expression of a descriptor. The only pair of this floor that includes RE2; matching takes time linear in the text.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace re2 {
class RE2;
}

namespace akashi {

class Pattern {
 public:
  Pattern() = default;  // matches nothing
  // `group` is the number or name of the group that is taken; "" is the first one, or the whole match when there is none.
  [[nodiscard]] static Result<Pattern> compile(const std::string& expression, const std::string& group);
  [[nodiscard]] std::optional<std::string> find(std::string_view text) const;
  [[nodiscard]] std::vector<std::string> find_all(std::string_view text, std::size_t count_max) const;  // one behind the other

 private:
  std::shared_ptr<const re2::RE2> compiled_;
  int group_ = 0;
};

}  // namespace akashi
