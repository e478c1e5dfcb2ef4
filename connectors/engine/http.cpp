#include "connectors/engine/http.hpp"

#include "core/text.hpp"

namespace akashi {

std::string HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_word(key, name)) return value;
  }
  return {};
}

}  // namespace akashi
