// A key of a descriptor is declared once: its name, how it is read, what may stand there, what it means. The table parses, refuses unknown and
// missing keys (naming the nearest known one), prints the reference and makes the JSON Schema that editors use.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/yaml.hpp"

namespace akashi {

// What may stand under a key, as far as it can be told without the rest of the descriptor.
struct Form {
  enum class Is : std::uint8_t {
    text,           // any scalar
    texts,          // one or a list of them
    flag,           // true or false
    number,         // min to max
    duration,       // 30s, 5m, 2h, 7d
    set_duration,   // the same, or {parameter}
    word,           // one of `of`, "|" between them
    pointer,        // "/a/b" or ""
    pointers,       // a list of them
    far_pointer,    // the same with ^ before it, or "#"
    far_pointers,   // a list of them
    pairs,          // a map of names and texts
    lists,          // a map of names and one or more texts
    text_or_pairs,  // one text, or a map of names and texts
    taken,          // a map of names and pointers or {header: NAME}
    section,        // the section `of`
    sections,       // a list of it
    named,          // a map of names and it
    by_status,      // a map of HTTP statuses and it, or lists of it
    value,          // a text, a pointer, or the section `of`
    values,         // one or a list of them
  };
  Is is = Is::text;
  std::string_view of{};
  long min = 0, max = 0;
};

template <class T>
struct Reader {
  Status (*read)(const Yaml&, T&);
  Form form;
  Status operator()(const Yaml& node, T& into) const { return read(node, into); }
};

template <class T>
struct Key {
  std::string_view name;
  std::string_view about;
  Reader<T> read;
  bool required = false;
};

// A key without its reader.
struct KeyShape {
  std::string_view name, about;
  Form form;
  bool required = false;
};

// One map of the descriptor's, by the name that forms call it.
struct Section {
  std::string_view name, title;
  std::vector<KeyShape> keys;
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
[[nodiscard]] std::vector<KeyShape> shapes_of(std::span<const Key<T>> keys) {
  std::vector<KeyShape> shapes;
  shapes.reserve(keys.size());
  for (const auto& key : keys) shapes.push_back({key.name, key.about, key.read.form, key.required});
  return shapes;
}

template <class T>
[[nodiscard]] Section section(std::string_view name, std::string_view title, std::span<const Key<T>> keys) {
  return {name, title, shapes_of<T>(keys)};
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
inline constexpr Reader<Owner<Member>> text{[](const Yaml& node, Owner<Member>& into) -> Status {
                                              auto value = node.as_string();
                                              if (!value) return std::unexpected(value.error());
                                              into.*Member = *value;
                                              return {};
                                            },
                                            {Form::Is::text}};

template <auto Member>
inline constexpr Reader<Owner<Member>> texts{[](const Yaml& node, Owner<Member>& into) -> Status {
                                               auto value = node.as_strings();
                                               if (!value) return std::unexpected(value.error());
                                               into.*Member = *value;
                                               return {};
                                             },
                                             {Form::Is::texts}};

template <auto Member>
inline constexpr Reader<Owner<Member>> flag{[](const Yaml& node, Owner<Member>& into) -> Status {
                                              auto value = node.as_bool();
                                              if (!value) return std::unexpected(value.error());
                                              into.*Member = *value;
                                              return {};
                                            },
                                            {Form::Is::flag}};

template <auto Member, int Min, int Max>
inline constexpr Reader<Owner<Member>> number{[](const Yaml& node, Owner<Member>& into) -> Status {
                                                auto value = node.as_integer(Min, Max);
                                                if (!value) return std::unexpected(value.error());
                                                into.*Member = static_cast<int>(*value);
                                                return {};
                                              },
                                              {Form::Is::number, {}, Min, Max}};

template <auto Member>
inline constexpr Reader<Owner<Member>> duration{[](const Yaml& node, Owner<Member>& into) -> Status {
                                                  auto value = node.as_seconds();
                                                  if (!value) return std::unexpected(value.error());
                                                  into.*Member = std::chrono::seconds(*value);
                                                  return {};
                                                },
                                                {Form::Is::duration}};

// Words that stand for something: {"no kind of paging", {{"page", Paging::page}, …}}.
template <class E, std::size_t N>
struct Words {
  std::string_view no;  // what another word is
  std::array<std::pair<std::string_view, E>, N> all;
};

template <class E, std::size_t N>
[[nodiscard]] std::string listed(const Words<E, N>& words) {
  std::string text;
  for (std::size_t i = 0; i < N; ++i) text += std::string(i == 0 ? "" : i + 1 == N ? " or " : ", ") + std::string(words.all[i].first);
  return text;
}

// What the word stands for; another one is refused.
template <class E, std::size_t N>
[[nodiscard]] Result<E> read_word(const Yaml& node, const Words<E, N>& words) {
  auto word = node.as_string();
  if (!word) return std::unexpected(word.error());
  for (const auto& [known, value] : words.all) {
    if (*word == known) return value;
  }
  return std::unexpected(node.wrong("\"" + *word + "\" is " + std::string(words.no), "write " + listed(words)));
}

// The words of a table as a form has them, "|" between them.
template <const auto& Table>
struct Joined {
  static constexpr std::size_t size = [] {
    std::size_t count = 0;
    for (const auto& [word, value] : Table.all) count += word.size() + 1;
    return count;
  }();
  static constexpr std::array<char, size> text = [] {
    std::array<char, size> made{};
    std::size_t at = 0;
    for (const auto& [word, value] : Table.all) {
      for (const char one : word) made[at++] = one;
      made[at++] = '|';
    }
    return made;
  }();
  static constexpr Form form{Form::Is::word, {text.data(), size - 1}};
};

template <auto Member, const auto& Table>
inline constexpr Reader<Owner<Member>> word{[](const Yaml& node, Owner<Member>& into) -> Status {
                                              auto value = read_word(node, Table);
                                              if (!value) return std::unexpected(value.error());
                                              into.*Member = *value;
                                              return {};
                                            },
                                            Joined<Table>::form};

}  // namespace keys

}  // namespace akashi
