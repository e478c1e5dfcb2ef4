// A question to the tool as the descriptor writes it, and what its answers mean.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/engine/value_spec.hpp"
#include "core/result.hpp"

namespace akashi {

enum class AnswerAction : std::uint8_t {
  fail,
  retry,
  rate_limited,
  skip_item,      // what was asked for is gone: one listed rejection, not an end
  refresh_auth,   // logged in anew and asked again, once
  narrow_window,  // asked again for half the time
  shrink_page,    // asked again for half as many records
  partial,        // read, and the stream's coverage says what is missing
};

// It fits when all that is given does; a rule of nothing but an action always fits.
struct AnswerRule {
  AnswerAction action = AnswerAction::fail;
  ErrorKind kind = ErrorKind::schema;
  std::string say, mend;
  std::vector<Condition> when{};  // on the answer's body; what is no JSON has no values
  std::string header{};           // this header is there …
  std::string pattern{};          // … and holds this
  Pattern compiled{};
  std::string detail{};  // pointer of the tool's own sentence
};

// By status, 100–599, or by its first digit (4: 4xx), which comes second. Of a list the first rule that fits.
using Answers = std::map<int, std::vector<AnswerRule>>;

using TextPairs = std::vector<std::pair<std::string, std::string>>;

struct RequestSpec {
  std::string method = "GET";
  bool reads = false;  // a POST that only reads
  std::string path;
  TextPairs query, headers;
  std::string body;  // of a POST; JSON unless its headers say another Content-Type
  TextPairs form;    // instead of a body
  Answers answers;   // before the connector's own
};

// Whether {placeholder} stands anywhere in it.
[[nodiscard]] bool fills_in(const RequestSpec& request, std::string_view placeholder);

}  // namespace akashi
