// A message as RFC 5322 text: plain UTF-8, fit for every server.
#pragma once

#include <string>
#include <vector>

#include "collector/notify/message.hpp"

namespace akashi {

struct MailHead {
  std::string from;
  std::vector<std::string> to;
  std::string id;      // of this mail, without its domain: the same at every try
  std::string thread;  // of the alert: its mails stand together; may be empty
  std::string key;     // X-Akashi-Key
};

// Lines end with CR LF; none is longer than 78 characters.
[[nodiscard]] std::string mail_text(const MailHead& head, const Message& message, Instant date);
// RFC 2047, in UTF-8: several words of at most 75 characters, none cut inside a character. ASCII stays as it is.
[[nodiscard]] std::string encoded_word(std::string_view text);
// "Wed, 01 Apr 2026 09:00:00 +0000"
[[nodiscard]] std::string mail_date(Instant at);

}  // namespace akashi
