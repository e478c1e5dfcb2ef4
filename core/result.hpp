// One error idiom for the whole house. Errors are values: a kind chosen by what the caller does about it, a place that a
// person can open, what is wrong, and the sentence that mends it. Exceptions of a library end in the file that includes it.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace akashi {

enum class ErrorKind {
  config,        // the user mends a file; nothing is retried before it changes
  auth,          // credentials refused; not retried before they change (no hammering)
  permission,    // a named right is missing; the stream is blind until it is granted
  rate_limited,  // try again when the tool says so
  transient,     // try again with back-off
  schema,        // the tool's answer is not what the descriptor says; the stream is broken, not empty
  storage,       // the store could not keep it; nothing was committed
};

[[nodiscard]] constexpr bool worth_retrying(ErrorKind kind) { return kind == ErrorKind::transient || kind == ErrorKind::rate_limited; }
[[nodiscard]] constexpr const char* name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::config:
      return "config";
    case ErrorKind::auth:
      return "auth";
    case ErrorKind::permission:
      return "permission";
    case ErrorKind::rate_limited:
      return "rate_limited";
    case ErrorKind::transient:
      return "transient";
    case ErrorKind::schema:
      return "schema";
    case ErrorKind::storage:
      return "storage";
  }
  return "unknown";
}

struct Error {
  ErrorKind kind = ErrorKind::config;
  std::string where;  // "FILE:LINE path", a JSON pointer, a URL without its query; never a secret
  std::string what;   // one clause, no full stop
  std::string mend;   // one clause, what to do; may be empty
};

// "where: what; mend", the one way an error is shown.
[[nodiscard]] inline std::string sentence(const Error& error) {
  std::string text = error.where.empty() ? error.what : error.where + ": " + error.what;
  if (!error.mend.empty()) text += "; " + error.mend;
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';  // one line, whatever was quoted in it
  }
  return text;
}

template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;
};

using Status = Result<void>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string where, std::string what, std::string mend = {}) {
  return std::unexpected<Error>(Error{kind, std::move(where), std::move(what), std::move(mend)});
}

}  // namespace akashi
