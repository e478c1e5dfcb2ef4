// The request that a descriptor describes, filled in, inside the source's address. What is secret in it stands apart from what may be shown.
#pragma once

#include <string>

#include "connectors/engine/credentials.hpp"

namespace akashi {

class RequestMaker {
 public:
  RequestMaker(const SourceSettings& settings, const Credentials& credentials) : settings_(settings), credentials_(credentials) {}

  // `link` is a next page's address, already confined, or "". Unsigned.
  [[nodiscard]] Result<HttpRequest> make(const RequestSpec& spec, const Fillings& with, const std::string& link) const;

 private:
  [[nodiscard]] bool holds_secret(const std::string& text) const;
  void add_query(const RequestSpec& spec, const Fillings& with, bool linked, std::string& url, HttpRequest& request) const;
  void add_headers(const RequestSpec& spec, const Fillings& with, HttpRequest& request) const;
  void add_body(const RequestSpec& spec, const Fillings& with, HttpRequest& request) const;

  const SourceSettings& settings_;
  const Credentials& credentials_;
};

}  // namespace akashi
