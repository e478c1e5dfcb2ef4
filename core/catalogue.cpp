#include "core/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/text.hpp"

namespace akashi {

namespace {

constexpr Service services[] = {
#include "catalogue_2021.inc"
};

bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr auto hyphens = std::to_array<std::string_view>({"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2212"});
constexpr auto ranges = std::to_array<std::string_view>({"to", "~", "\u301c", "..", "から"});
constexpr auto exceptions = std::to_array<std::string_view>({"except", "not ", "without", "excluding", "除く", "除き", "以外", "対象外"});

bool take_any(std::string_view& text, std::span<const std::string_view> words) {
  const auto at = std::ranges::find_if(words, [&](std::string_view word) { return same_word(text.substr(0, word.size()), word); });
  if (at == words.end()) return false;
  text.remove_prefix(at->size());
  return true;
}

// An id at the start of text, moved over: a category's letter, a hyphen, a number. Whether it is a service is not asked.
struct Id {
  char category = ' ';
  int number = 0;
};
std::optional<Id> take_id(std::string_view& text) {
  auto rest = text;
  if (rest.empty() || lower(rest.substr(0, 1)) < "a" || lower(rest.substr(0, 1)) > "i") return std::nullopt;
  Id id{static_cast<char>(lower(rest.substr(0, 1)).front() - 'a' + 'A'), 0};
  rest.remove_prefix(1);
  if (!take_any(rest, hyphens)) return std::nullopt;
  std::size_t digits = 0;
  for (; digits < rest.size() && is_digit(rest[digits]); ++digits)
    if (digits < 3) id.number = id.number * 10 + (rest[digits] - '0');
  if (digits == 0 || digits > 2 || (digits < rest.size() && is_alphanumeric(rest[digits]))) return std::nullopt;
  rest.remove_prefix(digits);
  text = rest;
  return id;
}

void add_service(std::vector<std::string>& found, char category, int number) {
  const auto id = fmt::format("{}-{}", category, number);
  if (find_service(id) != nullptr && std::ranges::find(found, id) == found.end()) found.push_back(id);
}

}  // namespace

std::span<const Service> catalogue() { return services; }

const Service* find_service(std::string_view id) {
  const auto at = std::ranges::find(services, id, &Service::id);
  return at == std::end(services) ? nullptr : at;
}

std::size_t services_in_category(char category) {
  return static_cast<std::size_t>(std::ranges::count_if(services, [&](const Service& service) { return service.id.front() == category; }));
}

Error unknown_service(std::string where, std::string_view id) {
  const auto what = fmt::format("service \"{}\" is not in edition {}", cut(id, 40), catalogue_edition);
  const auto letter = id.size() > 1 && id[1] == '-' ? id[0] : ' ';
  const auto upper = letter >= 'a' && letter <= 'i' ? static_cast<char>(letter - 'a' + 'A') : letter;
  const auto count = services_in_category(upper);
  auto mend = count > 0 ? fmt::format("{0} has {0}-1 to {0}-{1}", upper, count) : std::string("its ids run from A-1 to I-7, like D-2");
  return Error{ErrorKind::config, std::move(where), what, std::move(mend)};
}

std::vector<std::string> services_named(std::string_view text) {
  constexpr std::size_t text_max = 2000;  // a list of all 64 with their names is shorter
  const auto plain = half_width(cut(text, text_max));
  std::vector<std::string> found;
  if (std::ranges::any_of(exceptions, [&](std::string_view word) { return lower(plain).find(word) != std::string::npos; })) return found;
  std::string_view rest = plain;
  for (bool inside_word = false; !rest.empty();) {
    const auto first = inside_word ? std::nullopt : take_id(rest);
    if (!first) {
      inside_word = is_alphanumeric(rest.front()) || rest.front() == '-';
      rest.remove_prefix(1);
      continue;
    }
    add_service(found, first->category, first->number);
    auto after = trim(rest);
    if (!take_any(after, ranges)) continue;
    after = trim(after);
    const auto last = take_id(after);
    if (!last || last->category != first->category) continue;
    for (int number = first->number + 1; number <= last->number; ++number) add_service(found, first->category, number);
    rest = after;
  }
  return found;
}

}  // namespace akashi
