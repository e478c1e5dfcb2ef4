// One poll of one stream, without a socket: next() says what to do, answer() takes what came back. The collector loops:
//
//   StreamPoll poll(connector, stream, settings, store.stream_state(...), now, lookups, &session);
//   for (;;) {
//     auto step = poll.next();   // Error: the poll ends; its kind says whether the source is broken or to be tried later
//     Ask   → send; poll.answer(response) or poll.failed(error)
//     Again → wait `after` (or back off), send again; the engine counts the tries
//     Wait  → let that time pass, then go on; nothing is answered
//     Page  → normalise, match, keep in one transaction, then go on
//     Done  → ended; coverage was in the pages
//   }
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/http.hpp"
#include "connectors/engine/lookup_tables.hpp"
#include "connectors/engine/page.hpp"
#include "connectors/engine/session.hpp"
#include "connectors/engine/source_settings.hpp"
#include "core/result.hpp"

namespace akashi {

struct Ask {
  HttpRequest request;
};
struct Again {
  HttpRequest request;
  Error because;
  std::optional<Duration> after;  // the tool's own word (Retry-After), when it gave one
};
// The tool is to be left alone for a while: its quota is used up, or a job of its own is not done yet. At most wait_longest at a time.
struct Wait {
  Duration time{};
  std::string why;  // one clause, for whoever watches
};
inline constexpr Duration wait_longest = std::chrono::minutes(15);
struct Done {};
using Step = std::variant<Ask, Again, Wait, Page, Done>;

class StreamPoll {
 public:
  // `session` outlives the poll and is handed to the source's next one; without it the poll logs in for itself alone.
  StreamPoll(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, std::string state, Instant now,
             LookupTables& lookups, Session* session = nullptr);
  ~StreamPoll();
  StreamPoll(StreamPoll&&) noexcept;

  [[nodiscard]] Result<Step> next();
  void answer(HttpResponse response);  // to the last Ask or Again
  void failed(Error error);            // the transport could not bring one

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace akashi
