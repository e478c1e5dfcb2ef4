// A key of a descriptor is declared once: its name, how it is read, what it means. The table parses, refuses unknown and missing keys (naming the
// nearest known one) and prints the reference.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/yaml.hpp"

namespace akashi {

template <class T>
struct Key {
  std::string_view name;
  std::string_view about;
  Status (*read)(const Yaml&, T&);
  bool required = false;
};

// Those of `keys` that are there; whether the others are known is the caller's to see.
template <class T>
[[nodiscard]] Status read_known(const Yaml& node, T& into, std::span<const Key<T>> keys) {
  for (const auto& key : keys) {
    const Yaml* value = node.find(key.name);
    if (value == nullptr) {
      if (key.required)
        return std::unexpected(node.wrong("the key \"" + std::string(key.name) + "\" is missing", "it says " + std::string(key.about)));
      continue;
    }
    if (auto read = key.read(*value, into); !read) return read;
  }
  return {};
}

template <class T>
[[nodiscard]] Status read_keys(const Yaml& node, T& into, std::span<const Key<T>> keys) {
  std::vector<std::string_view> names;
  for (const auto& key : keys) names.push_back(key.name);
  if (auto fine = node.only(names); !fine) return fine;
  return read_known<T>(node, into, keys);
}

// One map that holds the keys of two things.
template <class A, class B>
[[nodiscard]] Status read_keys_of_two(const Yaml& node, A& a, std::span<const Key<A>> keys_of_a, B& b, std::span<const Key<B>> keys_of_b) {
  std::vector<std::string_view> names;
  for (const auto& key : keys_of_a) names.push_back(key.name);
  for (const auto& key : keys_of_b) names.push_back(key.name);
  if (auto fine = node.only(names); !fine) return fine;
  if (auto read = read_known<A>(node, a, keys_of_a); !read) return read;
  return read_known<B>(node, b, keys_of_b);
}

template <class T>
[[nodiscard]] std::string describe_keys(std::string_view title, std::span<const Key<T>> keys) {
  std::string text = std::string(title) + "\n";
  for (const auto& key : keys) text += "  " + std::string(key.name) + (key.required ? " (required)" : "") + ": " + std::string(key.about) + "\n";
  return text;
}

namespace keys {

// Readers for members, to stand in a table: keys::text<&T::member>.
template <auto Member>
struct OwnerOf;
template <class T, class M, M T::*Member>
struct OwnerOf<Member> {
  using type = T;
};
template <auto Member>
using Owner = typename OwnerOf<Member>::type;

template <auto Member>
Status text(const Yaml& node, Owner<Member>& into) {
  auto value = node.as_string();
  if (!value) return std::unexpected(value.error());
  into.*Member = *value;
  return {};
}

template <auto Member>
Status texts(const Yaml& node, Owner<Member>& into) {
  auto value = node.as_strings();
  if (!value) return std::unexpected(value.error());
  into.*Member = *value;
  return {};
}

template <auto Member>
Status flag(const Yaml& node, Owner<Member>& into) {
  auto value = node.as_bool();
  if (!value) return std::unexpected(value.error());
  into.*Member = *value;
  return {};
}

template <auto Member, int Min, int Max>
Status number(const Yaml& node, Owner<Member>& into) {
  auto value = node.as_integer(Min, Max);
  if (!value) return std::unexpected(value.error());
  into.*Member = static_cast<int>(*value);
  return {};
}

template <auto Member>
Status duration(const Yaml& node, Owner<Member>& into) {
  auto value = node.as_seconds();
  if (!value) return std::unexpected(value.error());
  into.*Member = std::chrono::seconds(*value);
  return {};
}

}  // namespace keys

}  // namespace akashi
