#include "connectors/engine/json_grammar.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/engine/json_shapes.hpp"
#include "core/text.hpp"

namespace akashi {
namespace {

constexpr std::size_t key_shown_max = 60;
constexpr std::size_t pointer_shown_max = 300;

bool ends_scalar(char c) { return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ':'; }
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

bool is_json_scalar(const char* c) {
  const char* const behind = *c == '-' || is_digit(*c) ? behind_number(c) : behind_literal(c);
  return behind != nullptr && ends_scalar(*behind);
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
  Grammar(JsonTokens& tokens, JsonShapes& shapes, const JsonLimits& limits)
      : t_(tokens), shapes_(shapes), limits_(limits), open_(limits.depth_max + 1) {}

  // What is hot lives in locals of its own: stores into the notes could alias every member, and a struct that is written in parts and read as
  // a whole makes the processor wait.
  Status read() {
    const char* const bytes = t_.bytes;
    const std::uint32_t* const at = t_.at;
    std::uint32_t* const note = t_.note;
    std::uint32_t next_escape = next_escape_ = escape_from(0);
    std::uint32_t i = 0;
    std::size_t depth = 0;
    std::size_t values = 0;
    Shape* shape = shapes_.document();
    std::uint32_t opener = 0;  // of the innermost bracket; open_[1] to open_[depth - 1] are the ones around it
    char closing = 0;
    bool is_suspect = false;
    bool name_is_due = false;
    const auto innermost = [&] { return Open{shape, opener, closing, is_suspect}; };
    const auto at_fault = [&]() -> Grammar& { return stop(i, depth, innermost()); };
    while (true) {
      if (name_is_due) {
        if (!follow(bytes, at, note, next_escape, i, values, shape)) {
          Open open = innermost();
          if (!name(i, depth, open)) return stop(i, depth, open).bad_name(i);
          shape = open.shape;
          is_suspect = open.is_suspect;
          next_escape = next_escape_;
          i += 2;
        }
      }
      if (++values > limits_.values_max) return at_fault().too_many();
      const char first = bytes[at[i]];
      if (first == '"') {
        if (at[i + 1] > next_escape) {
          if (!escapes(i)) return at_fault().bad_escape();
          next_escape = next_escape_;
        }
        ++i;
      } else if (first == '{' || first == '[') {
        if (depth >= limits_.depth_max) return at_fault().too_deep();
        Open& outer = open_[depth++];
        outer.shape = shape;
        outer.token = opener;
        outer.closing = closing;
        outer.is_suspect = is_suspect;
        name_is_due = first == '{';
        shape = name_is_due ? shapes_.inner(shape) : shape;
        opener = i++;
        closing = static_cast<char>(first + 2);  // '}' and ']' stand two behind their opening brackets
        is_suspect = false;
        if (bytes[at[i]] != closing) continue;
      } else if (is_json_scalar(bytes + at[i])) {
        ++i;
      } else {
        return at_fault().bad_value();
      }
      while (bytes[at[i]] != ',' || depth == 0) {
        if (depth == 0) return i == t_.count ? Status{} : at_fault().trailing();
        if (bytes[at[i]] != closing) return at_fault().bad_separator();
        note[opener] = i;
        if (is_suspect && repeats(opener, i)) return at_fault().duplicate();
        ++i;
        const Open& outer = open_[--depth];
        shape = outer.shape;
        opener = outer.token;
        closing = outer.closing;
        is_suspect = outer.is_suspect;
      }
      ++i;
      name_is_due = closing == '}';
    }
  }

 private:
  using Shape = JsonShapes::Node;
  struct Open {
    Shape* shape;  // of an object's names so far, or where an array's elements stand
    std::uint32_t token;
    char closing;
    bool is_suspect;  // two of its names met in seen_
  };

  // Goes along guessed names and values that are strings without escapes, which is what most of a document is. True when it stands at
  // another value, false at a name that was not guessed.
  [[gnu::always_inline]] static bool follow(const char* bytes, const std::uint32_t* at, std::uint32_t* note, std::uint32_t next_escape,
                                            std::uint32_t& i, std::size_t& values, Shape*& shape) {
    while (Shape* const guessed = shape->guess(bytes + at[i])) {
      shape = guessed;
      note[i] = shape->hash();
      i += 2;
      const std::uint32_t next = at[i + 1];
      if (bytes[at[i]] != '"' || bytes[next] != ',' || next > next_escape) return true;
      ++values;
      i += 2;
    }
    return false;
  }

  std::uint32_t escape_from(std::uint32_t from) const {
    const std::uint32_t end = t_.at[t_.count];
    const void* const found = std::memchr(t_.bytes + from, '\\', end - from);
    return found == nullptr ? end : static_cast<std::uint32_t>(static_cast<const char*>(found) - t_.bytes);
  }

  // Escapes are looked for once in the whole document; a string without one costs a comparison. The string holds next_escape_.
  [[gnu::noinline]] bool escapes(std::uint32_t token) {
    const std::string_view text = t_.between_quotes(token);
    const auto end = static_cast<std::uint32_t>(text.data() + text.size() - t_.bytes);
    do {
      const std::size_t length = json_escape_length({t_.bytes + next_escape_, end - next_escape_});
      if (length == 0) {
        bad_escape_ = t_.bytes + next_escape_;
        return false;
      }
      next_escape_ = escape_from(next_escape_ + static_cast<std::uint32_t>(length));
    } while (next_escape_ < end);
    t_.escaped[token / 64] |= std::uint64_t{1} << (token % 64);
    return true;
  }

  // A name that was not guessed, and its colon.
  [[gnu::noinline]] bool name(std::uint32_t token, std::size_t depth, Open& open) {
    if (t_.byte(token) != '"' || (t_.at[token + 1] > next_escape_ && !escapes(token)) || t_.byte(token + 1) != ':') return false;
    Shape* shape = nullptr;
    if (!t_.is_escaped(token)) {
      const std::string_view text = t_.between_quotes(token);
      shape = shapes_.find(open.shape, text.data() - 1, text.size(), t_.bytes + t_.at[token + 1]);
    }
    if (shape != nullptr) {
      open.shape = shape;
      t_.note[token] = shape->hash();
      return true;
    }
    if (open.shape != shapes_.plain()) look_plainly(depth, open, token);
    remember(token, depth, open);
    return true;
  }

  // From here on the names of this object are compared by hash, those before this one too.
  void look_plainly(std::size_t depth, Open& open, std::uint32_t before) {
    open.shape = shapes_.plain();
    for (std::uint32_t token = open.token + 1; token < before; token = t_.behind(token + 2) + 1) remember(token, depth, open);
  }

  // What a name hashes to is noted; a name that meets another one of its object in seen_ makes the object suspect. A later entry of an
  // inner object speaks against the outer one too, so nothing is missed.
  void remember(std::uint32_t token, std::size_t depth, Open& open) {
    const std::string_view text = t_.text_of_string(token);
    std::uint32_t hash = 0;
    if (t_.is_escaped(token)) {
      std::string padded(text);
      padded.append(8, '\0');
      hash = json_name_hash(padded.data(), text.size());
    } else {
      hash = json_name_hash(text.data(), text.size());
    }
    t_.note[token] = hash;
    std::uint32_t& last = seen_[(hash ^ depth * 0x9E5U) % seen_.size()];
    open.is_suspect |= last > open.token;
    last = std::max(last, token);
  }

  struct Name {
    std::uint32_t hash;
    std::uint32_t token;
  };

  // Few names are compared each with each, many sorted by hash and text, so that no choice of names makes it slow.
  [[gnu::noinline]] bool repeats(std::uint32_t object, std::uint32_t closing) {
    names_.clear();
    for (std::uint32_t token = object + 1; token < closing; token = t_.behind(token + 2) + 1) names_.push_back({t_.note[token], token});
    if (names_.size() <= 32 && !few_repeat()) return false;
    const auto before = [this](const Name& a, const Name& b) {
      if (a.hash != b.hash) return a.hash < b.hash;
      return t_.text_of_string(a.token) < t_.text_of_string(b.token);
    };
    std::stable_sort(names_.begin(), names_.end(), before);
    const auto same = [this](const Name& a, const Name& b) { return a.hash == b.hash && t_.text_of_string(a.token) == t_.text_of_string(b.token); };
    const auto twice = std::adjacent_find(names_.begin(), names_.end(), same);
    if (twice != names_.end()) repeated_ = twice->token;
    return twice != names_.end();
  }

  bool few_repeat() const {
    for (std::size_t later = 1; later < names_.size(); ++later) {
      bool equal = false;
      for (std::size_t earlier = 0; earlier < later; ++earlier) equal |= names_[earlier].hash == names_[later].hash;
      if (equal) return true;
    }
    return false;
  }

  // ---- errors: everything below runs once at most ----

  Grammar& stop(std::uint32_t i, std::size_t depth, const Open& open) {
    i_ = i;
    if (depth != 0) open_[depth] = open;
    depth_ = depth;
    return *this;
  }

  std::string pointer(std::uint32_t innermost) const {
    std::string text;
    for (std::size_t depth = 1; depth <= depth_; ++depth) {
      const std::uint32_t opener = open_[depth].token;
      const std::uint32_t inner = depth < depth_ ? open_[depth + 1].token : innermost;
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
    const std::string text = pointer(i_);
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

  std::unexpected<Error> bad_name(std::uint32_t token) {
    if (bad_escape_ != nullptr) return bad_escape();
    const bool is_string = t_.byte(token) == '"' && token < t_.count;
    i_ = is_string ? token + 1 : token;
    return not_json(is_string ? "no colon after a member's name" : "no name in quotes where a member is due");
  }
  std::unexpected<Error> bad_separator() const {
    return not_json(open_[depth_].closing == '}' ? "neither a comma nor the closing brace of an object"
                                                 : "neither a comma nor the closing bracket of an array");
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
  std::unexpected<Error> duplicate() const {
    const std::string where = pointer(repeated_ + 2);
    return fail(ErrorKind::schema, where, "an object names this member twice at " + byte_text(t_.bytes + t_.at[repeated_]),
                "nobody can say which of the two holds, tell the maker of the tool");
  }

  JsonTokens& t_;
  JsonShapes& shapes_;
  const JsonLimits& limits_;
  std::uint32_t next_escape_ = 0;  // the first backslash that was not passed yet
  std::vector<Open> open_;
  std::vector<Name> names_;
  std::array<std::uint32_t, 4096> seen_{};  // the last token whose name fell here; 0 for none, a name is never token 0
  // Where and why reading stopped.
  std::uint32_t i_ = 0;
  std::size_t depth_ = 0;
  const char* bad_escape_ = nullptr;
  std::uint32_t repeated_ = 0;
};

}  // namespace

Status check_json_grammar(JsonTokens& tokens, JsonShapes& shapes, const JsonLimits& limits) { return Grammar(tokens, shapes, limits).read(); }

}  // namespace akashi
