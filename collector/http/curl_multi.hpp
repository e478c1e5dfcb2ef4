// Exchanges over libcurl's multi interface, driven by Boost.Asio: one thread, many exchanges, connections kept and reused. The only pair that
// includes libcurl. One exchange is one request and one answer as they are on the wire: nothing is followed, inflated or tried again here.
// Thread rule: begin() and cancel() from any thread; `finished` is called exactly once, on the inside thread, and must not block.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "collector/http/mail.hpp"
#include "connectors/engine/http.hpp"
#include "core/result.hpp"

namespace akashi {

// Whom to trust and how long to wait; the same for all requests of a source.
struct LineSettings {
  std::string ca_file;           // PEM; replaces the system's list of authorities for this source; empty: the system's
  std::string certificate, key;  // PEM: who we are to the source's own host; empty: nobody in particular
  std::string proxy;             // "http://proxy:3128"; empty: none, whatever the environment says; never used for loopback
  std::string user_agent = "akashi";
  Duration connect_time_max = std::chrono::seconds(10);
  Duration slow_time_max = std::chrono::seconds(20);  // an answer slower than slow_bytes_per_s for this long is given up
  std::size_t slow_bytes_per_s = 16;
  std::size_t header_bytes_max = 64u << 10;
};

struct WireAnswer {
  int status = 0;
  Headers headers;
  std::string body;  // without chunk marks, still compressed; at most the request's answer_bytes_max
};

class CurlMulti {
 public:
  using Finished = std::function<void(Result<WireAnswer>)>;

  // At most this many exchanges with one scheme, host and port at once; the others wait their turn, their time limits not running.
  explicit CurlMulti(std::size_t exchanges_per_host_max = 4);
  ~CurlMulti();  // unfinished exchanges end as stopped
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;

  // The request's address must have been parsed before: http(s), no userinfo, no line break in any header.
  std::uint64_t begin(HttpRequest request, LineSettings line, Finished finished);
  // Over SMTP. The answer's status is the server's last code (250 when it took the mail); what it said is not kept.
  std::uint64_t begin(MailRequest mail, LineSettings line, Finished finished);
  void cancel(std::uint64_t exchange);  // ends it as stopped; unknown or finished ones are ignored

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace akashi
