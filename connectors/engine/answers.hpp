// What an answer means: good, gone, to be asked again, refused, and why. A request's own `answers` come first, then the connector's, then the table
// of what HTTP means everywhere. An answer that is not what was asked for never looks like "nothing there".
#pragma once

#include <optional>
#include <string>

#include "connectors/engine/credentials.hpp"
#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/http.hpp"
#include "connectors/engine/json_page.hpp"
#include "connectors/engine/source_settings.hpp"

namespace akashi {

enum class Verdict : std::uint8_t { good, gone, again, log_in, narrow_window, shrink_page, fail };

struct Judged {
  Verdict verdict = Verdict::good;
  std::optional<JsonPage> page;   // of a good answer; that to a log-in may have none
  Headers headers;                // of the answer
  Error because;                  // why it is not good
  std::optional<Duration> after;  // the tool's own word on when to ask again
  std::string doubt;              // good, but this is missing from it
};

class AnswerJudge {
 public:
  AnswerJudge(const Connector& connector, const SourceSettings& settings, const Credentials& credentials)
      : connector_(connector), settings_(settings), credentials_(credentials) {}

  // `where` is the address without its query. The tool's own sentence (detail) is masked and cut.
  [[nodiscard]] Judged of_list(HttpResponse response, const RequestSpec& spec, const std::string& where) const;
  // An answer to a log-in: the connector's `answers` are about reading and do not count, a refusal is ErrorKind::auth, and a good answer need not be
  // JSON. `with_body` when something is to be taken from it.
  [[nodiscard]] Judged of_log_in(HttpResponse response, const RequestSpec& spec, const std::string& where, bool with_body) const;
  [[nodiscard]] bool holds(const std::vector<Condition>& conditions, const JsonValue& body) const;
  // Until when the tool has no more requests for us, as it says itself.
  [[nodiscard]] std::optional<Duration> until_reset(const Headers& headers, Instant now) const;  // by the header `reset`
  [[nodiscard]] bool used_up(const Headers& headers) const;                                      // by the header `remaining`

 private:
  [[nodiscard]] const AnswerRule* rule_of(const Answers& answers, int status, const Headers& headers, const JsonValue& body) const;
  [[nodiscard]] bool fits(const AnswerRule& rule, const Headers& headers, const JsonValue& body) const;
  [[nodiscard]] Result<JsonPage> opened(std::string body, const std::string& type, int status, const std::string& where) const;
  void apply(const AnswerRule& rule, int status, const std::string& where, Judged& judged) const;

  const Connector& connector_;
  const SourceSettings& settings_;
  const Credentials& credentials_;
};

// The first header of that name, "" when absent.
[[nodiscard]] std::string header_of(const Headers& headers, std::string_view name);

}  // namespace akashi
