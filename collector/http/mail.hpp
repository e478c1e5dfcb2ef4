// One mail on its way to a server, as plain values.
#pragma once

#include <string>
#include <vector>

#include "collector/secrets.hpp"
#include "core/time.hpp"

namespace akashi {

struct MailRequest {
  std::string url;          // smtp://host:port (STARTTLS unless clear_text) or smtps://host:port
  bool clear_text = false;  // no TLS at all
  std::string user;         // empty: we do not sign in
  Secret password;
  std::string from;             // bare addresses
  std::vector<std::string> to;  // empty: nothing is sent, the server is only greeted and signed in to
  std::string message;          // header and body, lines ended by CR LF
  Duration time_max = std::chrono::seconds(60);
};

}  // namespace akashi
