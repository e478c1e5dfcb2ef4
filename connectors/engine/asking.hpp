// One question to the tool: the request that the descriptor describes, signed, its answer judged, tried again where that helps, opened as JSON.
// Where the scheme has a log-in, that comes first, and once more when the tool refuses what it gave before.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "connectors/engine/answers.hpp"
#include "connectors/engine/credentials.hpp"
#include "connectors/engine/json_page.hpp"
#include "connectors/engine/mailbox.hpp"
#include "connectors/engine/placeholders.hpp"
#include "connectors/engine/request_maker.hpp"
#include "connectors/engine/session.hpp"
#include "connectors/engine/task.hpp"

namespace akashi {

struct Answered {
  JsonPage page;
  std::string url;  // without secrets
  Headers headers{};
};

// What a refused request should be asked as instead; the list's own paging does it (answers: action narrow_window, shrink_page). The error beside it
// is what the poll ends with when that cannot be done any more.
enum class Wish : std::uint8_t { none, narrow_window, shrink_page };

class Asking {
 public:
  // `now` is when the poll begins; from then on the answers tell the time.
  Asking(const Connector& connector, const SourceSettings& settings, Mailbox& box, Session& session, Instant now);
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  // The scheme is known and has what it needs.
  [[nodiscard]] Status check() const { return credentials_.check(); }
  [[nodiscard]] std::string masked(std::string text) const { return credentials_.masked(std::move(text)); }
  // What is given has to outlive the task. The answer; nothing when the descriptor says skip_item (what was asked for is gone). `link` is a next
  // page's address, already confined.
  [[nodiscard]] Task<Result<std::optional<Answered>>> ask(const RequestSpec& spec, const Fillings& with, const std::string& link);
  [[nodiscard]] Task<Result<std::optional<Answered>>> ask(const RequestSpec& spec, const Fillings& with) { return ask(spec, with, no_link_); }

  // Of the last ask(), when it gave an error: none, or what to ask instead.
  [[nodiscard]] Wish wish() const { return wish_; }
  // What was missing from answers that were read all the same (action partial), since the last call.
  [[nodiscard]] std::set<std::string> take_doubts() { return std::exchange(doubts_, {}); }
  [[nodiscard]] std::uint64_t doubtful() const { return doubtful_; }  // answers of that kind since the beginning

  // Counted since the last call of take_counts().
  struct Counts {
    std::uint64_t requests = 0, bytes = 0;
  };
  Counts take_counts() { return std::exchange(counts_, {}); }
  [[nodiscard]] std::optional<Duration> server_ahead() const { return server_ahead_; }  // of our clock, by the Date header of the first answer
  [[nodiscard]] Instant last_received() const { return last_received_; }

 private:
  // What is asked: a request of a stream, a step of a log-in, or for a token (neither).
  struct Question {
    const RequestSpec* spec = nullptr;
    const Fillings* with = nullptr;
    const std::string* link = nullptr;
    const LoginStep* step = nullptr;
  };
  [[nodiscard]] Result<HttpRequest> request_of(const Question& question) const;
  [[nodiscard]] Judged judge(const Question& question, const std::string& where);
  void note(const HttpResponse& response);
  void note_quota(const Question& question, const Judged& judged);
  [[nodiscard]] Task<Result<Judged>> answer_to(const Question& question);  // retries inside; an error is final
  [[nodiscard]] Task<Status> be_quiet();                                   // until the tool has requests for us again
  [[nodiscard]] Task<Status> log_in();                                     // when that has to be done
  [[nodiscard]] Task<Status> one_step(const LoginStep& step);
  [[nodiscard]] Task<Status> fetch_token();
  [[nodiscard]] Status one_more();

  const std::string no_link_;
  const Connector& connector_;
  const SourceSettings& settings_;
  Mailbox& box_;
  Session& session_;
  Credentials credentials_;
  RequestMaker maker_;
  AnswerJudge judge_;
  Instant now_;
  Counts counts_;
  std::uint64_t requests_ = 0;
  Wish wish_ = Wish::none;
  std::set<std::string> doubts_;
  std::uint64_t doubtful_ = 0;
  std::optional<Duration> server_ahead_;
  Instant last_received_{};
};

}  // namespace akashi
