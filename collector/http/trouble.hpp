// What can go wrong between a request and its answer, and the one sentence for each. A table: no socket, no library.
#pragma once

#include <string>

#include "core/result.hpp"

namespace akashi {

enum class Trouble {
  no_such_host,
  refused,
  proxy,
  connect_time,
  total_time,
  too_slow,
  cut,  // reset or closed before the answer was complete
  cut_in_header,
  cut_in_handshake,
  truncated,     // fewer bytes than promised
  empty_answer,  // a 200 without a body
  header_too_large,
  body_too_large,
  bad_gzip,
  unknown_encoding,
  not_http,
  tls_untrusted,
  tls_name,
  tls_expired,
  tls_not_yet_valid,
  tls_other,
  ca_file,
  client_file,     // our own certificate or its key
  client_unknown,  // the tool does not know our certificate, or there is none
  no_starttls,     // of a mail server
  redirect_elsewhere,
  redirect_loop,
  redirect_of_post,
  bad_request,  // ours: no http address, userinfo in it, a line break in a header, another method than GET or POST
  stopped,
  inside,  // the library refused for a reason of ours
};

// `detail` fills the sentence where it names something: a host, a limit, a file. It must never hold a secret.
[[nodiscard]] Error describe(Trouble trouble, std::string where, const std::string& detail = {});

}  // namespace akashi
