// One poll of one stream, without a socket: next() says what to do, answer() takes what came back. The collector loops:
//
//   StreamPoll poll(connector, stream, settings, store.stream_state(...), now, lookups);
//   for (;;) {
//     auto step = poll.next();   // Error: the poll ends; its kind says whether the source is broken or to be tried later
//     Ask   → send; poll.answer(response) or poll.failed(error)
//     Again → wait `after` (or back off), send again; the engine counts the tries
//     Page  → normalise, match, keep in one transaction, then go on
//     Done  → ended; coverage was in the pages
//   }
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "connectors/engine/descriptor.hpp"
#include "connectors/engine/http.hpp"
#include "connectors/engine/page.hpp"
#include "core/result.hpp"

namespace akashi {

// What the config says of a source, secrets already read.
struct SourceSettings {
  std::string name;
  std::string base_url;                                    // without a trailing slash
  std::string auth;                                        // basic | bearer | header
  std::string user, secret, header;                        // as the scheme needs
  std::map<std::string, std::vector<std::string>> params;  // the descriptor's parameters, e.g. queues: [Incidents, …]
  int start_days = 400;                                    // how far back first contact reads
  std::size_t answer_bytes_max = 32u << 20;
  int requests_per_poll_max = 100000;
};

// id → name tables and the like, kept from poll to poll of one source; bounded.
class LookupTables {
 public:
  using Entry = std::map<std::string, std::string>;
  [[nodiscard]] const Entry* find(const std::string& table, const std::string& key) const;
  void put(const std::string& table, const std::string& key, Entry row, Instant at);
  void expire(Instant older_than);

 private:
  struct Kept {
    Entry row;
    Instant at{};
  };
  std::map<std::string, std::map<std::string, Kept>> tables_;
};

struct Ask {
  HttpRequest request;
};
struct Again {
  HttpRequest request;
  Error because;
  std::optional<Duration> after;  // the tool's own word (Retry-After), when it gave one
};
struct Done {};
using Step = std::variant<Ask, Again, Page, Done>;

class StreamPoll {
 public:
  StreamPoll(const Connector& connector, const StreamSpec& stream, const SourceSettings& settings, std::string state, Instant now,
             LookupTables& lookups);
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
