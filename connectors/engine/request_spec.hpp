// A question to the tool as the descriptor writes it, and what its answers mean.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace akashi {

enum class AnswerAction : std::uint8_t { fail, retry, rate_limited, skip_item };

struct AnswerRule {
  AnswerAction action = AnswerAction::fail;
  ErrorKind kind = ErrorKind::schema;
  std::string say, mend;
};

struct RequestSpec {
  std::string method = "GET";
  bool reads = false;  // a POST that only reads
  std::string path;
  std::vector<std::pair<std::string, std::string>> query, headers;
  std::string body;
  std::map<int, AnswerRule> answers;  // before the connector's own
};

}  // namespace akashi
