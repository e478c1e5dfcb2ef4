// A small HTTP/1.1 server for this machine only, on Boost.Beast: the demo's tools, and the tests' misbehaving ones. One thread; the handler runs on
// it. It listens on 127.0.0.1 and nowhere else. Limits: request header 64 KiB, body 1 MiB, 64 connections, 30 s without a request.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/engine/http.hpp"

namespace akashi {

struct ServerRequest {
  std::string method;
  std::string target;                                      // as sent
  std::string path;                                        // decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  Headers headers;
  std::string body;
  [[nodiscard]] std::string header(std::string_view name) const;                    // "" when absent; names compare case-insensitively
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;  // the first of that name
};

// How an answer goes wrong on its way; nothing set: it does not. Counts are bytes of the whole answer, header included.
struct Mischief {
  Duration stall{};                        // silence before the first byte
  std::optional<std::size_t> stall_after;  // silence of `stall` after this many bytes instead
  std::size_t drip_bytes = 0;              // this many at a time, `drip_pause` between; 0: all at once
  Duration drip_pause = std::chrono::milliseconds(50);
  std::optional<std::size_t> cut_after;  // then the connection is closed …
  bool reset = false;                    // … with a reset instead of an end
};

struct ServerAnswer {
  int status = 200;
  Headers headers;  // Content-Length is added where neither it nor Transfer-Encoding stands here
  std::string body;
  std::string raw;  // when set, sent instead of all of the above, then the connection is closed
  Mischief mischief;
};

class LoopbackServer {
 public:
  using Handler = std::function<ServerAnswer(const ServerRequest&)>;

  explicit LoopbackServer(Handler handler, int port = 0);  // 0: a free one; throws std::runtime_error when it cannot listen
  ~LoopbackServer();                                       // closes all connections, joins its thread
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  [[nodiscard]] int port() const;
  [[nodiscard]] std::string url() const;                // "http://127.0.0.1:PORT"
  [[nodiscard]] std::uint64_t connections() const;      // accepted since the start
  [[nodiscard]] std::uint64_t connections_max() const;  // most at one time
  [[nodiscard]] std::uint64_t requests() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// "%E8%A8%BC+x" → "証 x"; a broken escape stays as it is. `plus` only in queries.
[[nodiscard]] std::string percent_decoded(std::string_view text, bool plus);

}  // namespace akashi
