// How a request becomes an answer. Two implementations: HttpTransport, and the tests' own.
#pragma once

#include <stop_token>

#include "collector/clock.hpp"
#include "collector/http/curl_multi.hpp"
#include "connectors/engine/http.hpp"
#include "core/result.hpp"

namespace akashi {

class Transport {
 public:
  virtual ~Transport() = default;
  // Blocks until the answer is there, refused, or a stop is asked for (which ends it at once). Any status is an answer; an error is:
  //   transient  unreachable, timed out, cut, shorter than promised, empty with status 200, stopped
  //   config     TLS cannot be trusted, sent on to another host, a request that cannot be sent
  //   schema     larger than a limit, not HTTP, an encoding that was not asked for
  // Its place is the address without query and userinfo. Safe from several threads.
  [[nodiscard]] virtual Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) = 0;
};

// Over libcurl. Light: one per source (who is trusted differs), all on one CurlMulti, which must outlive it.
// Redirects are followed for GET only, at most three in a row, never to another scheme, host or port.
class HttpTransport final : public Transport {
 public:
  HttpTransport(CurlMulti& multi, Clock& clock, LineSettings line);
  [[nodiscard]] Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override;

 private:
  [[nodiscard]] Result<WireAnswer> exchange(const HttpRequest& request, const std::stop_token& stop);
  CurlMulti& multi_;
  Clock& clock_;
  LineSettings line_;
};

}  // namespace akashi
