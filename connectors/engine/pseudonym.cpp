#include "connectors/engine/pseudonym.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/digest.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t pseudonym_digits = 12;         // 48 bits: a thousand people share one with a chance of 1 in 500 million
constexpr std::size_t account_max = 200;             // bytes
constexpr std::string_view unit_separator = "\x1f";  // separates what is hashed together

}  // namespace

std::string Pseudonyms::keyed(std::string_view prefix, std::string_view message) const {
  return std::string(prefix) + hex(hmac_sha256(key_, message)).substr(0, pseudonym_digits);
}

std::string Pseudonyms::of(const Person& person) const {
  return clear_ ? person.name : keyed("p-", "person" + std::string(unit_separator) + person.name);
}

Actor Pseudonyms::of(const Roster& roster, std::string_view source, std::string_view account, std::span<const std::string> system) const {
  account = trim(account);
  if (const auto* person = roster.who(source, account)) return {of(*person), person->kind, person->team};
  if (std::ranges::any_of(system, [&](const std::string& known) { return same_word(known, account); })) return {"system", ActorKind::automation, ""};
  if (account.empty()) return {"unknown", ActorKind::unknown, ""};
  if (clear_) return {clean_line(account, account_max), ActorKind::unknown, ""};
  // The source's length keeps a source and an account apart, whatever characters the account holds.
  const auto message = fmt::format("account{0}{1}{0}{2}{0}{3}", unit_separator, source.size(), source, lower(account));
  return {keyed("u-", message), ActorKind::unknown, ""};
}

std::string Pseudonyms::owner(const Roster& roster, std::string_view source, std::string_view written) const {
  written = trim(written);
  if (written.empty()) return {};
  const auto is_team = std::ranges::any_of(roster.people(), [&](const Person& person) { return same_word(person.team, written); });
  return is_team ? clean_line(written, account_max) : of(roster, source, written).actor;
}

std::int64_t Pseudonyms::number_of(std::string_view text) const {
  const auto digest = hmac_sha256(key_, "text" + std::string(unit_separator) + std::string(text));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | digest[i];
  return number == 0 ? 1 : static_cast<std::int64_t>(number);
}

}  // namespace akashi
