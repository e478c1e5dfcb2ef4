// One question to the tool: the request that the descriptor describes, its answer judged, tried again where that helps, opened as JSON.
// What an HTTP status means stands in one table here; a request's and a connector's own `answers` come before it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "connectors/engine/json_page.hpp"
#include "connectors/engine/mailbox.hpp"
#include "connectors/engine/placeholders.hpp"
#include "connectors/engine/task.hpp"

namespace akashi {

struct Answered {
  JsonPage page;
  std::string url;
  Headers headers{};
};

// What a refused request should be asked as instead; the list's own paging does it (answers: action narrow_window, shrink_page). The error beside it
// is what the poll ends with when that cannot be done any more.
enum class Wish : std::uint8_t { none, narrow_window, shrink_page };

class Asking {
 public:
  Asking(const Connector& connector, const SourceSettings& settings, Mailbox& box) : connector_(connector), settings_(settings), box_(box) {}

  // What is given has to outlive the task. The answer; nothing when the descriptor says skip_item (what was asked for is gone). `link` is a next
  // page's address, already confined.
  [[nodiscard]] Task<Result<std::optional<Answered>>> ask(const RequestSpec& spec, const Fillings& with, const std::string& link);
  [[nodiscard]] Task<Result<std::optional<Answered>>> ask(const RequestSpec& spec, const Fillings& with) { return ask(spec, with, no_link_); }

  // Of the last ask(), when it gave an error: none, or what to ask instead.
  [[nodiscard]] Wish wish() const { return wish_; }

  // Counted since the last call of take_counts().
  struct Counts {
    std::uint64_t requests = 0, bytes = 0;
  };
  Counts take_counts() { return std::exchange(counts_, {}); }
  [[nodiscard]] std::optional<Duration> server_ahead() const { return server_ahead_; }  // of our clock, by the Date header of the first answer
  [[nodiscard]] Instant last_received() const { return last_received_; }

 private:
  [[nodiscard]] Result<HttpRequest> request_for(const RequestSpec& spec, const Fillings& with, const std::string& link) const;
  void add_credentials(HttpRequest& request) const;
  [[nodiscard]] AnswerRule rule_for(const RequestSpec& spec, int status) const;
  [[nodiscard]] Result<JsonPage> opened(HttpResponse response, const std::string& where) const;
  [[nodiscard]] Task<Result<HttpResponse>> brought(const HttpRequest* asked, const RequestSpec& spec, const Error* before);

  const std::string no_link_;
  const Connector& connector_;
  const SourceSettings& settings_;
  Mailbox& box_;
  Counts counts_;
  std::uint64_t requests_ = 0;
  Wish wish_ = Wish::none;
  std::optional<Duration> server_ahead_;
  Instant last_received_{};
};

}  // namespace akashi
