// A client and servers that misbehave, for the stories about HTTP.
#pragma once

#include <libdeflate.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "collector/http/server.hpp"
#include "collector/http/transport.hpp"
#include "frozen_clock.hpp"

namespace akashi {

// The client's side, with limits short enough that a test need not wait for them.
struct HttpRig {
  FrozenClock clock{Instant(std::chrono::sys_days(std::chrono::year(2026) / 4 / 1))};
  CurlMulti multi{4};
  LineSettings line{.ca_file = {},
                    .certificate = {},
                    .key = {},
                    .proxy = {},
                    .user_agent = "akashi",
                    .connect_time_max = std::chrono::seconds(5),
                    .slow_time_max = std::chrono::seconds(1),
                    .slow_bytes_per_s = 1000,
                    .header_bytes_max = 4096};

  Result<HttpResponse> send(HttpRequest request, std::stop_token stop = {}) {
    return HttpTransport(multi, clock, line).send(request, std::move(stop));
  }
  Result<HttpResponse> get(std::string url) { return send(request(std::move(url))); }
  static HttpRequest request(std::string url) {
    HttpRequest asked;
    asked.url = std::move(url);
    asked.secret_headers = {{"Authorization", "token s3cret"}};
    asked.time_max = std::chrono::seconds(20);
    return asked;
  }
};

// "kind: sentence" with the server's address taken out; "ok STATUS" for an answer.
inline std::string told(const Result<HttpResponse>& result, const std::string& address) {
  if (result) return "ok " + std::to_string(result->status);
  std::string text = std::string(name(result.error().kind)) + ": " + sentence(result.error());
  for (std::size_t at = 0; !address.empty() && (at = text.find(address)) != std::string::npos;) text.replace(at, address.size(), "URL");
  return text;
}

inline std::string gzipped(const std::string& text) {
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(libdeflate_alloc_compressor(9),
                                                                                                 libdeflate_free_compressor);
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
  out.resize(libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), out.data(), out.size()));
  return out;
}

// What a server was asked, for a look afterwards.
class Heard {
 public:
  void add(const ServerRequest& request) {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
  }
  [[nodiscard]] std::vector<ServerRequest> all() {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

 private:
  std::mutex mutex_;
  std::vector<ServerRequest> requests_;
};

}  // namespace akashi
