#include "mappings/engine/rule.hpp"

#include <array>

namespace akashi {

namespace {
constexpr std::array<std::string_view, 11> compare_names{"equals", "contains", "startswith", "endswith", "wildcards", "re",
                                                         "cidr",   "gte",      "lte",        "exists",   "fieldref"};
}

std::string_view name(Compare compare) { return compare_names[static_cast<std::size_t>(compare)]; }

SampleRow::SampleRow(const Sample& sample) {
  for (const auto& [field, values] : sample.values) {
    if (!is_list(field)) {
      row_[field] = values.empty() ? std::string_view{} : std::string_view(values.front());
      continue;
    }
    auto& list = field == Field::labels ? labels_ : field == Field::procedures ? procedures_ : services_;
    list.assign(values.begin(), values.end());
  }
  row_.labels = labels_;
  row_.procedures = procedures_;
  row_.services = services_;
}

std::span<const std::string_view> values_of(const Row& row, Field field) {
  switch (field) {
    case Field::labels:
      return row.labels;
    case Field::procedures:
      return row.procedures;
    case Field::services:
      return row.services;
    default:
      break;
  }
  const auto& value = row.value[static_cast<std::size_t>(field)];
  return value.empty() ? std::span<const std::string_view>{} : std::span<const std::string_view>(&value, 1);
}

}  // namespace akashi
