// AWS Signature Version 4 (header form) over SHA-256: proves who asks without sending the secret.
#pragma once

#include <string>

#include "connectors/engine/http.hpp"
#include "core/time.hpp"

namespace akashi {

struct SigningKey {
  std::string id, secret;
  std::string session_token;  // of temporary credentials, otherwise ""
  std::string region, service;
};

// The headers to send beside the request's own: X-Amz-Date, Authorization and, where they belong, X-Amz-Security-Token and X-Amz-Content-Sha256.
// Signed are the method, the path, the query, the host, the Content-Type and the body as they stand in `request`; good for some minutes from `at`.
[[nodiscard]] Headers sigv4_headers(const HttpRequest& request, const SigningKey& key, Instant at);

}  // namespace akashi
