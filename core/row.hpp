// A row is one activity on the hot path: views into the page (or into an Activity) that owns the bytes. Nothing is copied, nothing is allocated.
// A row is valid as long as its page. The matcher reads rows; what is kept becomes an Activity.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/time.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

struct Row {
  Instant time{};
  std::array<std::string_view, field_count> value{};  // by Field; empty = absent; list fields stay empty here
  std::span<const std::string_view> labels{};
  std::span<const std::string_view> procedures{};
  std::span<const std::string_view> services{};  // services that the organisation gave the place this was done in ("service: place" rules)

  [[nodiscard]] std::string_view operator[](Field f) const { return value[static_cast<std::size_t>(f)]; }
  std::string_view& operator[](Field f) { return value[static_cast<std::size_t>(f)]; }
};

}  // namespace akashi
