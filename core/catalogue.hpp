// The CDC service catalogue: 64 services of ITU-T X.1060 edition 2021 (ids and names; our own words for the rest).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace akashi {

struct Service {
  std::string_view id;  // "D-2"
  std::string_view name_ja, name_en;
  [[nodiscard]] std::string_view category() const { return id.substr(0, 1); }
};

inline constexpr std::string_view catalogue_edition = "2021";

[[nodiscard]] std::span<const Service> catalogue();              // in order A-1 … I-7
[[nodiscard]] const Service* find_service(std::string_view id);  // nullptr when not in the edition
// The sentence for an id that is none: `service "D-8" is not in edition 2021; D has D-1 to D-7`.
[[nodiscard]] Error unknown_service(std::string where, std::string_view id);
// The ids named in a text, in order, each once: "D-2, D-4", "Ｄ－２ インシデントハンドリング", "D-2 to D-5", "D-2〜D-7". Ids that are no service are
// left out, and so is everything where the text makes an exception ("D-2 except D-3", "D-3を除く"): which services it means is then not ours to
// guess.
[[nodiscard]] std::vector<std::string> services_named(std::string_view text);
[[nodiscard]] std::size_t services_in_category(char category);  // 0 for an unknown letter

}  // namespace akashi
