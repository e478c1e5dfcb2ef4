// JsonPage is one answer of a tool, checked as a whole and then read in place.
//
// open() passes over the whole document once: UTF-8, grammar, escapes, duplicate names anywhere, depth and count. What open()
// gave is valid JSON to its last byte, so a record that nobody looks into is checked too, and a page's cursor may be committed.
// Reading afterwards cannot fail: what is not there is JsonKind::missing.
//
// Ownership: the page owns the bytes; a JsonValue and every string_view that it gives live as long as the page, wherever the page is
// moved. Nothing is copied, but for strings with escapes, whose resolved text the page keeps when first asked for.
// Thread rule: a page and its values belong to one thread at a time.
// Memory: the bytes, 4 bytes for each token, at worst nine times the bytes for a document of nothing but brackets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "connectors/engine/json_tokens.hpp"
#include "core/result.hpp"

namespace akashi {

struct JsonLimits {
  std::size_t bytes_max = std::size_t{32} << 20U;
  std::size_t depth_max = 64;          // brackets open at once
  std::size_t values_max = 4'000'000;  // scalars, objects and arrays together
};

enum class JsonKind : std::uint8_t { missing, null, boolean, number, string, object, array };
[[nodiscard]] const char* name(JsonKind kind);  // "an object", "a string", ...

class JsonElements;
class JsonMembers;

class JsonValue {
 public:
  JsonValue() = default;  // missing

  [[nodiscard]] JsonKind kind() const { return kind_; }
  [[nodiscard]] bool is(JsonKind kind) const { return kind_ == kind; }
  [[nodiscard]] bool is_missing() const { return kind_ == JsonKind::missing; }
  // A string's content with escapes resolved; the literal text of a number, true, false and null; empty for the rest.
  [[nodiscard]] std::string_view text() const {
    if (kind_ == JsonKind::string) return tokens_->text_of_string(token_);
    return kind_ >= JsonKind::object || kind_ == JsonKind::missing ? std::string_view{} : tokens_->scalar(token_);
  }
  // The very bytes that were sent, brackets and quotes included; empty when missing.
  [[nodiscard]] std::string_view raw() const;
  // RFC 6901: "" is the value itself, "/a/0/b~1c" goes down. Missing when there is no such thing; costs a pass over the members
  // on the way. PathPlan is for paths that are read again and again.
  [[nodiscard]] JsonValue at(std::string_view pointer) const;
  // The name of the member that this is the value of, as a string; missing for anything else.
  [[nodiscard]] JsonValue name() const;
  // One member of an object by its literal name.
  [[nodiscard]] JsonValue member(std::string_view name) const;
  // Empty for everything but an array or an object respectively, so check the kind where it matters.
  [[nodiscard]] JsonElements elements() const;
  [[nodiscard]] JsonMembers members() const;

 private:
  friend class JsonPage;
  friend class PathPlan;
  friend class JsonElements;
  friend class JsonMembers;
  JsonValue(const JsonTokens* tokens, std::uint32_t token) : tokens_(tokens), token_(token), kind_(kind_of(tokens->byte(token))) {}
  static constexpr JsonKind kind_of(char first) {
    switch (first) {
      case '{':
        return JsonKind::object;
      case '[':
        return JsonKind::array;
      case '"':
        return JsonKind::string;
      case 't':
      case 'f':
        return JsonKind::boolean;
      case 'n':
        return JsonKind::null;
      default:
        return JsonKind::number;
    }
  }

  const JsonTokens* tokens_ = nullptr;
  std::uint32_t token_ = 0;
  JsonKind kind_ = JsonKind::missing;
};

struct JsonMember {
  std::string_view name;  // unescaped
  JsonValue value;
};

// for (JsonValue element : value.elements()); for (auto [name, member] : value.members()). In the document's order.
class JsonElements {
 public:
  class Iterator {
   public:
    JsonValue operator*() const { return {tokens_, token_}; }
    Iterator& operator++();
    bool operator==(std::default_sentinel_t) const { return tokens_ == nullptr; }

   private:
    friend class JsonElements;
    const JsonTokens* tokens_ = nullptr;  // nullptr behind the last one
    std::uint32_t token_ = 0;
    std::uint32_t closing_ = 0;
  };
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

 private:
  friend class JsonValue;
  JsonValue array_;
};

class JsonMembers {
 public:
  class Iterator {
   public:
    JsonMember operator*() const { return {tokens_->text_of_string(token_), {tokens_, token_ + 2}}; }
    Iterator& operator++();
    bool operator==(std::default_sentinel_t) const { return tokens_ == nullptr; }

   private:
    friend class JsonMembers;
    const JsonTokens* tokens_ = nullptr;  // nullptr behind the last one
    std::uint32_t token_ = 0;
    std::uint32_t closing_ = 0;
  };
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

 private:
  friend class JsonValue;
  JsonValue object_;
};

class JsonPage {
 public:
  // A body with this much spare capacity is taken over without a copy.
  static constexpr std::size_t padding_bytes = 64;

  // Errors are ErrorKind::schema with a JSON pointer or "byte N" as their place; a document that ends too early is
  // ErrorKind::transient, because a connection that was cut looks just so. A byte order mark is skipped.
  [[nodiscard]] static Result<JsonPage> open(std::string body, const JsonLimits& limits = {});

  JsonPage(JsonPage&&) noexcept;
  JsonPage& operator=(JsonPage&&) noexcept;
  ~JsonPage();

  [[nodiscard]] JsonValue root() const;

 private:
  struct State;
  explicit JsonPage(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace akashi
