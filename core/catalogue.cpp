#include "core/catalogue.hpp"

#include <algorithm>

namespace akashi {

namespace {

constexpr Service services[] = {
#include "catalogue_2021.inc"
};

}  // namespace

std::span<const Service> catalogue() { return services; }

const Service* find_service(std::string_view id) {
  const auto at = std::ranges::find(services, id, &Service::id);
  return at == std::end(services) ? nullptr : at;
}

std::size_t services_in_category(char category) {
  return static_cast<std::size_t>(std::ranges::count_if(services, [&](const Service& service) { return service.id.front() == category; }));
}

}  // namespace akashi
