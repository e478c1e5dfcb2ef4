// YAML as the house reads it (descriptors, rules, config): a plain tree that knows its lines. The only pair that includes yaml-cpp.
// Refused with FILE:LINE: syntax errors, duplicate keys, anchors and aliases, several documents, nesting deeper than 32, files over 1 MiB.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace akashi {

class Yaml {
 public:
  enum class Kind : std::uint8_t { null, scalar, list, map };

  // `file` is only used to say where. An empty document is a null node.
  [[nodiscard]] static Result<Yaml> parse(std::string_view text, const std::string& file);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] bool is_map() const { return kind_ == Kind::map; }
  [[nodiscard]] bool is_list() const { return kind_ == Kind::list; }
  [[nodiscard]] bool is_scalar() const { return kind_ == Kind::scalar; }
  [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
  [[nodiscard]] bool quoted() const { return quoted_; }  // scalar written with quotes: never a number or a null
  [[nodiscard]] int line() const { return line_; }       // 1-based, of the key for members of a map
  [[nodiscard]] std::string where() const;               // "FILE:LINE a.b[2].c"

  [[nodiscard]] const std::string& text() const { return text_; }                                      // of a scalar
  [[nodiscard]] const std::vector<Yaml>& items() const { return items_; }                              // of a list
  [[nodiscard]] const std::vector<std::pair<std::string, Yaml>>& members() const { return members_; }  // of a map, in file order
  [[nodiscard]] const Yaml* find(std::string_view key) const;                                          // nullptr when absent or not a map

  // Typed reading; the error says what was expected and what stands there.
  [[nodiscard]] Result<std::string> as_string() const;
  [[nodiscard]] Result<std::int64_t> as_integer(std::int64_t min, std::int64_t max) const;
  [[nodiscard]] Result<bool> as_bool() const;                         // true | false
  [[nodiscard]] Result<std::vector<std::string>> as_strings() const;  // a list of scalars, or one scalar
  [[nodiscard]] Result<std::int64_t> as_seconds() const;              // "30s" "5m" "2h" "7d", ≥ 1 s

  // An error at this node.
  [[nodiscard]] Error wrong(std::string what, std::string mend = {}) const;
  // Every key of this map is one of `known`; the error names the nearest known one. Also refuses a node that is not a map.
  [[nodiscard]] Status only(std::span<const std::string_view> known) const;

 private:
  friend class YamlBuilder;
  Kind kind_ = Kind::null;
  bool quoted_ = false;
  int line_ = 0;
  std::string file_, path_, text_;
  std::vector<Yaml> items_;
  std::vector<std::pair<std::string, Yaml>> members_;
};

}  // namespace akashi
