#include "collector/http/trouble.hpp"

#include <fmt/format.h>

#include <utility>

namespace akashi {
namespace {

struct Words {
  ErrorKind kind;
  const char* what;  // {} takes the detail
  const char* mend;
};

Words words(Trouble trouble) {
  using enum ErrorKind;
  switch (trouble) {
    case Trouble::no_such_host:
      return {transient, "the host name cannot be resolved", "check the host in url, and the name service of this machine"};
    case Trouble::refused:
      return {transient, "cannot connect", "check host and port in url, that the tool is running, and the firewalls between"};
    case Trouble::proxy:
      return {transient, "the configured proxy cannot be reached or refuses", "check proxy in the config"};
    case Trouble::connect_time:
      return {transient, "no connection within {}", "check host and port in url, and the firewalls between"};
    case Trouble::total_time:
      return {transient, "no complete answer within {}", "the tool is slow or stalled; raise the time limit if such answers are normal"};
    case Trouble::too_slow:
      return {transient, "the answer drips slower than {}", "the tool or the line is overloaded"};
    case Trouble::cut:
      return {transient, "the connection was cut before the answer was complete", "the tool or something between closed it"};
    case Trouble::cut_in_header:
      return {transient, "the connection was cut inside the header of the answer", "the tool or something between closed it"};
    case Trouble::cut_in_handshake:
      return {transient, "the connection was cut while TLS was being agreed on", "check that the port in url speaks TLS"};
    case Trouble::truncated:
      return {transient, "the answer is shorter than its header promised", "the tool or something between cut it"};
    case Trouble::empty_answer:
      return {transient, "empty answer with status 200", "an empty answer is not an empty result; something between cut it"};
    case Trouble::header_too_large:
      return {schema, "the header of the answer is larger than header_bytes_max ({})", "check that url names the tool's API"};
    case Trouble::body_too_large:
      return {schema, "the answer is larger than answer_bytes_max ({})", "ask for smaller pages, or raise answer_bytes_max for this source"};
    case Trouble::bad_gzip:
      return {transient, "the compressed answer cannot be read: {}", "something between damaged or cut it"};
    case Trouble::unknown_encoding:
      return {schema, "the answer is encoded as {}, which was not asked for", "check what stands between the tool and this machine"};
    case Trouble::not_http:
      return {schema, "the answer is not HTTP", "check the port and scheme in url"};
    case Trouble::tls_untrusted:
      return {config, "the certificate is signed by nobody this machine trusts", "name the file with the CA's certificate in ca_file"};
    case Trouble::tls_name:
      return {config, "the certificate is for another name than {}", "use the name that stands in the certificate in url"};
    case Trouble::tls_expired:
      return {config, "the certificate has expired", "renew it on the tool's side, and check this machine's date"};
    case Trouble::tls_not_yet_valid:
      return {config, "the certificate is not valid yet", "check the date of this machine and of the certificate"};
    case Trouble::tls_other:
      return {config, "TLS cannot be agreed on{}", "check that the port in url speaks TLS 1.2 or newer"};
    case Trouble::ca_file:
      return {config, "ca_file {} cannot be read as certificates", "name a readable PEM file"};
    case Trouble::client_file:
      return {config, "the certificate {} and its key cannot be used", "name a PEM certificate and the key that belongs to it, without a passphrase"};
    case Trouble::client_unknown:
      return {config, "the tool wants a certificate of ours that it knows", "name one that the tool accepts under tls: certificate and key"};
    case Trouble::no_starttls:
      return {config, "the mail server offers no STARTTLS", "use its port that does (587), or smtps://"};
    case Trouble::redirect_elsewhere:
      return {config, "the tool sends us on to {}, where credentials are not carried", "set url to that address if it is the tool's own"};
    case Trouble::redirect_loop:
      return {config, "more than {} redirects in a row", "set url to the address where they end"};
    case Trouble::redirect_of_post:
      return {config, "the tool answers a POST with a redirect to {}", "set url to the address that answers without one"};
    case Trouble::bad_request:
      return {config, "the request cannot be sent: {}", "correct url or the descriptor"};
    case Trouble::stopped:
      return {transient, "stopped before the answer was complete", ""};
    case Trouble::inside:
      return {transient, "the transfer failed: {}", ""};
  }
  return {transient, "the transfer failed", ""};
}

}  // namespace

Error describe(Trouble trouble, std::string where, const std::string& detail) {
  const Words said = words(trouble);
  return {said.kind, std::move(where), fmt::format(fmt::runtime(said.what), detail), said.mend};
}

}  // namespace akashi
