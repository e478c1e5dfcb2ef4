// Text with {placeholders}. There are no expressions: a placeholder is a lower-case word in braces out of a short list that the key allows;
// braces around anything else are ordinary characters (JSON in a query).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace akashi {

using Fillings = std::map<std::string, std::string, std::less<>>;

// fillings("id", "12", "value", "csirt"). For coroutines, in which GCC 12 cannot take a braced list.
template <class... Texts>
[[nodiscard]] Fillings fillings(const Texts&... names_and_values) {
  static_assert(sizeof...(Texts) % 2 == 0);
  const std::vector<std::string> all{std::string(names_and_values)...};
  Fillings made;
  for (std::size_t i = 0; i + 1 < all.size(); i += 2) made[all[i]] = all[i + 1];
  return made;
}

// The words in braces, in order, each as often as it stands there.
[[nodiscard]] std::vector<std::string> placeholders_in(std::string_view text);
// What has no filling becomes empty (the descriptor was checked when it was loaded).
[[nodiscard]] std::string fill(std::string_view text, const Fillings& with);
// RFC 3986: everything but unreserved characters becomes %XX.
[[nodiscard]] std::string percent_encode(std::string_view text);
// The way back; a % without two digits behind it stays.
[[nodiscard]] std::string percent_decode(std::string_view text);
// fill() for a JSON text: each filling is escaped as the inside of a string, but for those that are JSON already ({ids}, {search_after} …).
[[nodiscard]] std::string fill_json(std::string_view text, const Fillings& with);
// One of {ids}: `each` with its {id}, escaped as JSON where {ids} is spliced into a body.
[[nodiscard]] std::string fill_each(std::string_view each, const std::string& id, std::string_view body);
// fill(), each filling percent-encoded, so that a value can neither end a path segment nor begin a query.
[[nodiscard]] std::string fill_path(std::string_view text, const Fillings& with);

}  // namespace akashi
