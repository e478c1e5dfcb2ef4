#include "connectors/engine/json_grammar.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace akashi {
namespace {

constexpr std::size_t key_shown_max = 60;
constexpr std::size_t pointer_shown_max = 300;

bool ends_scalar(char c) { return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ':'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Behind the number that starts here, or nullptr when it is none.
const char* behind_number(const char* c) {
  if (*c == '-') ++c;
  if (!is_digit(*c)) return nullptr;
  if (*c++ != '0') {
    while (is_digit(*c)) ++c;
  }
  if (*c == '.') {
    if (!is_digit(*++c)) return nullptr;
    while (is_digit(*c)) ++c;
  }
  if (*c == 'e' || *c == 'E') {
    ++c;
    if (*c == '+' || *c == '-') ++c;
    if (!is_digit(*c)) return nullptr;
    while (is_digit(*c)) ++c;
  }
  return c;
}

const char* behind_literal(const char* c) {
  if (std::memcmp(c, "true", 4) == 0 || std::memcmp(c, "null", 4) == 0) return c + 4;
  return std::memcmp(c, "false", 5) == 0 ? c + 5 : nullptr;
}

// A name as a step of a JSON pointer, short and printable whatever the tool sent.
std::string step(std::string_view name) {
  std::string text = "/";
  for (const char c : name.substr(0, key_shown_max)) {
    if (c == '~') text += "~0";
    else if (c == '/') text += "~1";
    else text += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? '?' : c;
  }
  while (name.size() > key_shown_max && !text.empty() && (text.back() & 0x80) != 0) text.pop_back();  // no half of a character
  return name.size() > key_shown_max ? text + "..." : text;
}

class Grammar {
 public:
  Grammar(JsonTokens& tokens, const JsonLimits& limits) : t_(tokens), limits_(limits) { open_.reserve(limits.depth_max); }

  Status read() {
    next_escape_ = find_escape(t_.bytes);
    while (true) {
      if (++values_ > limits_.values_max) return too_many();
      const char first = t_.byte(i_);
      if (first == '"') {
        if (!string()) return bad_escape();
      } else if (first == '{' || first == '[') {
        if (open_.size() >= limits_.depth_max) return too_deep();
        open_.push_back({i_++, false});
        if (t_.byte(i_) != first + 2) {  // '}' and ']' stand two behind their opening brackets
          if (first == '{' && !name()) return bad_name();
          continue;
        }
        if (!close()) return duplicate();
      } else if (!scalar(first)) {
        return bad_value();
      }
      bool value_is_due = false;
      while (!value_is_due) {
        if (open_.empty()) return i_ == t_.count ? Status{} : trailing();
        const char opener = t_.byte(open_.back().token);
        const char c = t_.byte(i_);
        if (c == ',' && i_ < t_.count) {
          ++i_;
          if (opener == '{' && !name()) return bad_name();
          value_is_due = true;
        } else if (c == opener + 2) {
          if (!close()) return duplicate();
        } else {
          return bad_separator(opener);
        }
      }
    }
  }

 private:
  struct Open {
    std::uint32_t token;
    bool may_repeat;  // two of its names met in the table below
  };

  const char* find_escape(const char* from) const {
    const char* const end = t_.bytes + t_.at[t_.count];
    const void* const found = std::memchr(from, '\\', static_cast<std::size_t>(end - from));
    return found == nullptr ? end : static_cast<const char*>(found);
  }

  // Escapes are looked for once in the whole document; a string without one costs a comparison.
  bool string() {
    if (t_.bytes + t_.at[i_ + 1] > next_escape_) {
      const std::string_view text = t_.between_quotes(i_);
      if (const std::size_t bad = json_bad_escape(text); bad != std::string_view::npos) {
        bad_escape_ = text.data() + bad;
        return false;
      }
      t_.escaped[i_ / 64] |= std::uint64_t{1} << (i_ % 64);
      next_escape_ = find_escape(text.data() + text.size());
    }
    ++i_;
    return true;
  }

  bool scalar(char first) {
    const char* const begin = t_.bytes + t_.at[i_];
    const char* const behind = first == '-' || is_digit(first) ? behind_number(begin) : behind_literal(begin);
    if (behind == nullptr || !ends_scalar(*behind)) return false;
    ++i_;
    return true;
  }

  // The name of a member and its colon. What a name hashes to is noted; a name that meets another one of its object in seen_ makes
  // the object suspect. Entries only grow, so an entry that an inner object wrote over still speaks against the outer one.
  bool name() {
    const std::uint32_t token = i_;
    if (t_.byte(token) != '"' || !string()) return false;
    if (t_.byte(i_) != ':') return false;
    const std::string_view text = t_.is_escaped(token) ? t_.resolved(token) : t_.between_quotes(token);
    const std::uint32_t hash = t_.is_escaped(token) ? hash_of_copy(text) : json_name_hash(text.data(), text.size());
    t_.note[token] = hash;
    std::uint32_t& last = seen_[(hash ^ open_.size() * 0x9E5U) % seen_.size()];
    open_.back().may_repeat |= last > open_.back().token;
    last = token;
    ++i_;
    return true;
  }

  static std::uint32_t hash_of_copy(std::string_view text) {
    std::string padded(text);
    padded.append(8, '\0');
    return json_name_hash(padded.data(), text.size());
  }

  bool close() {
    const Open done = open_.back();
    t_.note[done.token] = i_;
    if (done.may_repeat && repeats(done.token)) return false;
    ++i_;
    open_.pop_back();
    return true;
  }

  // Sorted by hash and text, so that no choice of names makes it slow.
  bool repeats(std::uint32_t object) {
    struct Name {
      std::uint32_t hash;
      std::uint32_t token;
    };
    std::vector<Name> names;
    for (std::uint32_t token = object + 1; token <= i_ && t_.byte(token) == '"'; token = t_.behind(token + 2) + 1) {
      names.push_back({t_.note[token], token});
    }
    const auto before = [this](const Name& a, const Name& b) {
      if (a.hash != b.hash) return a.hash < b.hash;
      return t_.text_of_string(a.token) < t_.text_of_string(b.token);
    };
    std::sort(names.begin(), names.end(), before);
    const auto same = [&before](const Name& a, const Name& b) { return !before(a, b) && !before(b, a); };
    const auto twice = std::adjacent_find(names.begin(), names.end(), same);
    if (twice != names.end()) repeated_ = twice->token;
    return twice != names.end();
  }

  // ---- errors: everything below runs once at most ----

  std::string pointer() const {
    std::string text;
    for (std::size_t depth = 0; depth < open_.size(); ++depth) {
      const std::uint32_t opener = open_[depth].token;
      const std::uint32_t inner = depth + 1 < open_.size() ? open_[depth + 1].token : i_;
      if (t_.byte(opener) == '[') text += "/" + std::to_string(elements_before(opener, inner));
      else if (inner >= opener + 3 && t_.byte(inner - 1) == ':') text += step(t_.text_of_string(inner - 2));
    }
    if (text.size() > pointer_shown_max) text = text.substr(0, text.find('/', pointer_shown_max)) + "/...";
    return text;
  }

  std::size_t elements_before(std::uint32_t opener, std::uint32_t inner) const {
    std::size_t index = 0;
    for (std::uint32_t token = opener + 1; token < inner; token = t_.behind(token) + 1) {
      if (t_.behind(token) >= inner) break;
      ++index;
    }
    return index;
  }

  std::string byte_text(const char* at) const { return "byte " + std::to_string(at - t_.bytes); }
  std::string place(const char* at) const {
    const std::string text = pointer();
    return text.empty() ? byte_text(at) : text;
  }
  std::string place() const { return place(t_.bytes + t_.at[i_]); }

  std::unexpected<Error> wrong(const std::string& what, const char* mend) const {
    return fail(ErrorKind::schema, place(), what + " at " + byte_text(t_.bytes + t_.at[i_]), mend);
  }
  std::unexpected<Error> truncated() const {
    const std::uint32_t length = t_.at[t_.count];
    return fail(ErrorKind::transient, place(), "the answer ends after " + std::to_string(length) + " bytes before its JSON does",
                "the connection was probably cut, the page is asked for again");
  }
  std::unexpected<Error> not_json(const std::string& what) const {
    if (i_ >= t_.count) return truncated();
    return wrong(what, "the answer is not JSON, look at it with curl and tell the maker of the tool");
  }

  std::unexpected<Error> bad_value() const {
    if (i_ >= t_.count) return truncated();
    const std::string_view rest(t_.bytes + t_.at[i_], t_.at[t_.count] - t_.at[i_]);
    if (i_ + 1 == t_.count && is_cut_short(rest)) return truncated();
    return not_json(rest.front() == '<' ? "HTML instead of a value" : "something that is no JSON value");
  }

  // The last token, and all of it is the beginning of something valid.
  static bool is_cut_short(std::string_view rest) {
    for (const std::string_view literal : {"true", "false", "null"}) {
      if (literal.starts_with(rest)) return true;
    }
    const std::string completed = std::string(rest) + "0 ";
    const bool is_number = rest.front() == '-' || is_digit(rest.front());
    return is_number && !is_digit(rest.back()) && behind_number(completed.data()) == completed.data() + completed.size() - 1;
  }

  std::unexpected<Error> bad_name() const {
    if (i_ >= t_.count) return truncated();
    if (bad_escape_ != nullptr) return bad_escape();
    const bool after_name = t_.byte(i_ - 1) == '"';
    return not_json(after_name ? "no colon after a member's name" : "no name in quotes where a member is due");
  }
  std::unexpected<Error> bad_separator(char opener) const {
    return not_json(opener == '{' ? "neither a comma nor the closing brace of an object" : "neither a comma nor the closing bracket of an array");
  }
  std::unexpected<Error> bad_escape() const {
    return fail(ErrorKind::schema, place(bad_escape_), "an escape that JSON does not know at " + byte_text(bad_escape_),
                "the answer is not JSON, look at it with curl and tell the maker of the tool");
  }
  std::unexpected<Error> trailing() const { return not_json("something after the end of the document"); }
  std::unexpected<Error> too_deep() const {
    return fail(ErrorKind::schema, place(), "brackets are open more than " + std::to_string(limits_.depth_max) + " deep",
                "no known tool answers so deep, look at the answer with curl");
  }
  std::unexpected<Error> too_many() const {
    return fail(ErrorKind::schema, place(), "the answer holds more than " + std::to_string(limits_.values_max) + " values", "ask for smaller pages");
  }
  std::unexpected<Error> duplicate() {
    i_ = repeated_ + 2;
    return fail(ErrorKind::schema, place(), "an object names this member twice at " + byte_text(t_.bytes + t_.at[repeated_]),
                "nobody can say which of the two holds, tell the maker of the tool");
  }

  JsonTokens& t_;
  const JsonLimits& limits_;
  std::uint32_t i_ = 0;  // the token under the hand
  std::size_t values_ = 0;
  const char* next_escape_ = nullptr;  // the first backslash that was not passed yet
  const char* bad_escape_ = nullptr;
  std::uint32_t repeated_ = 0;
  std::vector<Open> open_;
  std::array<std::uint32_t, 4096> seen_{};  // the last token whose name fell here; 0 for none, a name is never token 0
};

}  // namespace

Status check_json_grammar(JsonTokens& tokens, const JsonLimits& limits) { return Grammar(tokens, limits).read(); }

}  // namespace akashi
