// One line of JSON, member by member, for outcomes that people compare. Empty texts and lists are left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace akashi {

[[nodiscard]] std::string json_text(std::string_view text);  // with quotes

class JsonLine {
 public:
  JsonLine& text(std::string_view name, std::string_view value);
  JsonLine& texts(std::string_view name, const std::vector<std::string>& values);
  JsonLine& number(std::string_view name, std::uint64_t value);
  JsonLine& truth(std::string_view name, bool value);
  JsonLine& time(std::string_view name, const std::optional<Instant>& at);
  JsonLine& raw(std::string_view name, std::string_view json);
  [[nodiscard]] std::string str() const { return "{" + members_ + "}"; }
  [[nodiscard]] bool empty() const { return members_.empty(); }

 private:
  std::string members_;
};

}  // namespace akashi
