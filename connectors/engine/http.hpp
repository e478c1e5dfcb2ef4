// A request and an answer as plain values. Nothing here opens a socket: the collector's transport sends the one and brings the other.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.hpp"

namespace akashi {

using Headers = std::vector<std::pair<std::string, std::string>>;  // names compare case-insensitively

struct HttpRequest {
  std::string method = "GET";  // GET, or POST where the descriptor names the request as a read
  std::string url;             // absolute, percent-encoded, inside the source's scheme, host, port and path prefix
  Headers headers;
  Headers secret_headers;        // credentials: sent to this host only, never logged, never carried over a redirect to another host
  std::string secret_query;      // name=value&…, percent-encoded: put behind the address when it is sent, never shown
  bool empty_is_answer = false;  // a 200 without a body is one: of receivers, never of what is read
  bool elsewhere = false;        // to another host than the source's: the one that gives tokens
  std::string body;
  std::size_t answer_bytes_max = 32u << 20;  // after inflating
  Duration time_max = std::chrono::seconds(60);
};

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;  // inflated
  Instant received{};
  [[nodiscard]] std::string header(std::string_view name) const;  // "" when absent; names compare case-insensitively
};

}  // namespace akashi
