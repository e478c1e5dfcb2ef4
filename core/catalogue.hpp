// The CDC service catalogue: 64 services of ITU-T X.1060 edition 2021 (ids and names; our own words for the rest).
#pragma once

#include <span>
#include <string_view>

namespace akashi {

struct Service {
  std::string_view id;  // "D-2"
  std::string_view name_ja, name_en;
  [[nodiscard]] std::string_view category() const { return id.substr(0, 1); }
};

inline constexpr std::string_view catalogue_edition = "2021";

[[nodiscard]] std::span<const Service> catalogue();              // in order A-1 … I-7
[[nodiscard]] const Service* find_service(std::string_view id);  // nullptr when not in the edition
[[nodiscard]] std::size_t services_in_category(char category);   // 0 for an unknown letter

}  // namespace akashi
