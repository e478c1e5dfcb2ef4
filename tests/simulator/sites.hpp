// The tools' answers: JSON in the shape of a product, as of a moment. A site is made once of a finished desk and then only read.
#pragma once

#include <memory>

#include "collector/http/server.hpp"
#include "desk.hpp"

namespace akashi::simulator {

class Site {
 public:
  virtual ~Site() = default;
  // `now`: the true time; everything the tool says is by its own clock. `rights_short`: the reader lacks a right for now, and the tool lets that be
  // seen.
  [[nodiscard]] virtual ServerAnswer answer(const ServerRequest& request, Instant now, bool rights_short) const = 0;
};

[[nodiscard]] std::unique_ptr<Site> rt_site(const Desk& desk);
[[nodiscard]] std::unique_ptr<Site> redmine_site(const Desk& desk);
[[nodiscard]] std::unique_ptr<Site> opensearch_site(const Desk& desk);
[[nodiscard]] std::unique_ptr<Site> mediawiki_site(const Desk& desk);

// "https://tool.example/path?a=b" as a server sees it.
[[nodiscard]] ServerRequest as_seen(const std::string& method, const std::string& url, const std::string& body);
[[nodiscard]] ServerAnswer json_answer(std::string body, int status = 200);
[[nodiscard]] int number_in(std::string_view text, int otherwise);

}  // namespace akashi::simulator
