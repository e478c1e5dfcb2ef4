// What the config says of a source, secrets already read.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace akashi {

struct SourceSettings {
  std::string name;
  std::string base_url;                                    // without a trailing slash
  std::string auth;                                        // one of the descriptor's schemes
  std::string user, secret, header;                        // as the scheme needs; header "" = the descriptor's
  std::string token_url;                                   // of oauth2_client, instead of the descriptor's
  std::string region, session_token;                       // of sigv4; session_token only with temporary credentials
  bool client_certificate = false;                         // the source shows one (tls), so that scheme none may be enough
  std::map<std::string, std::vector<std::string>> params;  // the descriptor's parameters, e.g. queues: [Incidents, …]
  std::vector<std::string> streams;                        // the descriptor's streams that are read; empty = all that are not optional
  int start_days = 460;                                    // how far back first contact reads
  std::size_t answer_bytes_max = 32u << 20;
  Duration time_max = std::chrono::seconds(60);  // of one answer
  int requests_per_poll_max = 100000;
};

}  // namespace akashi
