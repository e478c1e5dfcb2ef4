#include "collector/http/curl_multi.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <string_view>

#include "collector/http/header_lines.hpp"
#include "collector/http/reactor.hpp"
#include "collector/http/trouble.hpp"
#include "collector/http/url.hpp"

namespace akashi {

namespace {

long to_ms(Duration time) {
  return static_cast<long>(std::max<std::int64_t>(1, std::chrono::duration_cast<std::chrono::milliseconds>(time).count()));
}
std::string seconds(Duration time) { return fmt::format("{:g} s", static_cast<double>(to_ms(time)) / 1000.0); }

struct EasyEnd {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Transfer {
  std::uint64_t id = 0;
  HttpRequest request;
  std::optional<MailRequest> mail;  // then `request` only says where
  std::size_t mail_sent = 0;
  LineSettings line;
  CurlMulti::Finished finished;
  std::string origin;
  WireAnswer answer;
  std::size_t header_bytes = 0;
  bool header_ended = false;
  std::optional<Trouble> refused;  // why a callback of ours ended it
  std::array<char, CURL_ERROR_SIZE> words{};
  std::unique_ptr<curl_slist, ListEnd> headers, mail_to;
  std::unique_ptr<CURL, EasyEnd> easy;
};

// libcurl is C: no exception may pass through it. Taking fewer bytes than offered ends the transfer.
std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t bytes = size * count;
  transfer.header_bytes += bytes;
  if (transfer.header_bytes > transfer.line.header_bytes_max) {
    transfer.refused = Trouble::header_too_large;
    return 0;
  }
  try {
    if (!transfer.mail) take_header_line({data, bytes}, transfer.answer.headers, transfer.header_ended);
  } catch (const std::bad_alloc&) { return 0; }
  return bytes;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t bytes = size * count;
  if (bytes > transfer.request.answer_bytes_max - transfer.answer.body.size()) {
    transfer.refused = Trouble::body_too_large;
    return 0;
  }
  try {
    transfer.answer.body.append(data, bytes);
  } catch (const std::bad_alloc&) { return 0; }
  return bytes;
}

void add(std::unique_ptr<curl_slist, ListEnd>& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  (void)list.release();
  list.reset(longer);
}

void add_headers(const Headers& headers, std::unique_ptr<curl_slist, ListEnd>& list) {
  for (const auto& [name, value] : headers) add(list, value.empty() ? name + ";" : name + ": " + value);
}

// The tokens' host is another one: it may have a public certificate where the tool has a private one, and our own is not shown to it.
void set_trust(CURL* easy, const LineSettings& line, bool elsewhere) {
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!line.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, line.ca_file.c_str());
    if (!elsewhere) curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  }
  if (line.certificate.empty() || elsewhere) return;
  curl_easy_setopt(easy, CURLOPT_SSLCERT, line.certificate.c_str());
  curl_easy_setopt(easy, CURLOPT_SSLKEY, line.key.c_str());
  curl_easy_setopt(easy, CURLOPT_KEYPASSWD, "");  // otherwise OpenSSL would ask for one at the terminal
}

void set_line(CURL* easy, const LineSettings& line) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, line.proxy.c_str());  // empty: not even the environment's
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, line.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, to_ms(line.connect_time_max));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(line.slow_bytes_per_s));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, std::max(1L, to_ms(line.slow_time_max) / 1000));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
}

void set_request(CURL* easy, Transfer& transfer) {
  const HttpRequest& request = transfer.request;
  add_headers(request.headers, transfer.headers);
  add_headers(request.secret_headers, transfer.headers);
  add(transfer.headers, "Accept-Encoding: gzip");
  if (request.method == "POST") {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
    add(transfer.headers, "Expect:");  // no waiting for "100 Continue"
  }
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, to_ms(request.time_max));
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.answer_bytes_max));
}

void set_callbacks(CURL* easy, Transfer& transfer) {
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.words.data());
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
}

std::size_t on_mail(char* into, std::size_t size, std::size_t count, void* user) noexcept {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view left = std::string_view(transfer.mail->message).substr(transfer.mail_sent);
  const std::size_t bytes = std::min(size * count, left.size());
  std::copy_n(left.begin(), bytes, into);
  transfer.mail_sent += bytes;
  return bytes;
}

void set_mail(CURL* easy, Transfer& transfer) {
  const MailRequest& mail = *transfer.mail;
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, to_ms(transfer.line.connect_time_max));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, to_ms(mail.time_max));
  curl_easy_setopt(easy, CURLOPT_URL, mail.url.c_str());
  curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(mail.clear_text ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (!mail.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, mail.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, mail.password.reveal().c_str());
  }
  if (mail.to.empty()) {
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "NOOP");
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, mail.from.c_str());
  for (const std::string& one : mail.to) add(transfer.mail_to, one);
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, transfer.mail_to.get());
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_mail);
  curl_easy_setopt(easy, CURLOPT_READDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
}

// Numbers of X509_verify_cert_error_string(3); where libcurl itself finds the name wrong, it leaves 0 or 1 (not set).
Trouble tls_trouble(CURL* easy) {
  long result = 0;
  curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &result);
  switch (result) {
    case 0:
    case 1:
    case 62:
    case 64:
      return Trouble::tls_name;
    case 9:
      return Trouble::tls_not_yet_valid;
    case 10:
      return Trouble::tls_expired;
    case 2:
    case 7:
    case 18:
    case 19:
    case 20:
    case 21:
      return Trouble::tls_untrusted;
    default:
      return Trouble::tls_other;
  }
}

Trouble time_trouble(const Transfer& transfer) {
  if (std::string_view(transfer.words.data()).starts_with("Operation too slow")) return Trouble::too_slow;
  curl_off_t connected = 0, sent = 0;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_CONNECT_TIME_T, &connected);
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_PRETRANSFER_TIME_T, &sent);
  return connected == 0 && sent == 0 ? Trouble::connect_time : Trouble::total_time;
}

Trouble handshake_trouble(CURL* easy) {
  long number = 0;
  curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
  return number == ECONNRESET || number == EPIPE || number == ETIMEDOUT ? Trouble::cut_in_handshake : Trouble::tls_other;
}

// The other side says in an alert of TLS that it does not take our certificate, in TLS 1.3 after the handshake.
bool refuses_our_certificate(const Transfer& transfer) {
  const std::string_view words = transfer.words.data();
  for (const char* alert : {"alert certificate required", "alert bad certificate", "alert unknown ca", "alert certificate unknown",
                            "alert certificate expired", "alert certificate revoked", "alert unsupported certificate"}) {
    if (words.find(alert) != std::string_view::npos) return true;
  }
  return false;
}

Trouble trouble_of(CURLcode code, const Transfer& transfer) {
  if (transfer.refused) return *transfer.refused;
  if (refuses_our_certificate(transfer)) return Trouble::client_unknown;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return Trouble::no_such_host;
    case CURLE_COULDNT_CONNECT:
      return Trouble::refused;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
      return Trouble::proxy;
    case CURLE_OPERATION_TIMEDOUT:
      return time_trouble(transfer);
    case CURLE_PARTIAL_FILE:
      return Trouble::truncated;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return Trouble::cut;
    case CURLE_FILESIZE_EXCEEDED:
      return Trouble::body_too_large;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return Trouble::not_http;
    case CURLE_PEER_FAILED_VERIFICATION:
      return tls_trouble(transfer.easy.get());
    case CURLE_SSL_CONNECT_ERROR:
      return handshake_trouble(transfer.easy.get());
    case CURLE_SSL_CACERT_BADFILE:
      return Trouble::ca_file;
    case CURLE_SSL_CERTPROBLEM:
      return Trouble::client_file;
    case CURLE_URL_MALFORMAT:
      return Trouble::bad_request;
    default:
      return Trouble::inside;
  }
}

// What the sentence names. Only texts of ours and libcurl's fixed ones: never anything that was sent.
std::string detail_of(Trouble trouble, CURLcode code, const Transfer& transfer) {
  switch (trouble) {
    case Trouble::connect_time:
      return seconds(std::min(transfer.line.connect_time_max, transfer.request.time_max));
    case Trouble::total_time:
      return seconds(transfer.request.time_max);
    case Trouble::too_slow:
      return fmt::format("{} bytes/s for {}", transfer.line.slow_bytes_per_s, seconds(transfer.line.slow_time_max));
    case Trouble::header_too_large:
      return fmt::format("{} bytes", transfer.line.header_bytes_max);
    case Trouble::body_too_large:
      return fmt::format("{} bytes", transfer.request.answer_bytes_max);
    case Trouble::tls_name:
      return transfer.origin.substr(transfer.origin.find("://") + 3);
    case Trouble::tls_other: {
      long result = 0;
      curl_easy_getinfo(transfer.easy.get(), CURLINFO_SSL_VERIFYRESULT, &result);
      return result <= 1 ? "" : fmt::format(" (the certificate's check gave {})", result);
    }
    case Trouble::ca_file:
      return transfer.line.ca_file;
    case Trouble::client_file:
      return transfer.line.certificate;
    case Trouble::bad_request:
    case Trouble::inside:
      return curl_easy_strerror(code);
    default:
      return {};
  }
}

// A refusal is an answer, too: its code says whether to come again.
Result<WireAnswer> outcome_of_mail(CURLcode code, Transfer& transfer) {
  long status = 0;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_LOGIN_DENIED && status < 400) status = 535;
  const bool refused = status >= 400;
  if (code == CURLE_USE_SSL_FAILED) return std::unexpected(describe(Trouble::no_starttls, transfer.request.url));
  if (code != CURLE_OK && !refused) {
    const Trouble trouble = trouble_of(code, transfer);
    return std::unexpected(describe(trouble, transfer.request.url, detail_of(trouble, code, transfer)));
  }
  transfer.answer.status = refused ? static_cast<int>(status) : 250;
  return std::move(transfer.answer);
}

Result<WireAnswer> outcome(CURLcode code, Transfer& transfer) {
  if (transfer.mail) return outcome_of_mail(code, transfer);
  std::optional<Trouble> trouble;
  if (code != CURLE_OK || transfer.refused) trouble = trouble_of(code, transfer);
  if (!trouble && !transfer.header_ended) trouble = Trouble::cut_in_header;  // libcurl 7.88 calls this a success
  if (trouble) return std::unexpected(describe(*trouble, shown_url(transfer.request.url), detail_of(*trouble, code, transfer)));
  long status = 0;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
  transfer.answer.status = static_cast<int>(status);
  return std::move(transfer.answer);
}

}  // namespace

struct CurlMulti::Inside {
  explicit Inside(std::size_t per_host_max);
  ~Inside();

  std::uint64_t submit(const std::shared_ptr<Transfer>& transfer);  // from any thread
  void start(const std::shared_ptr<Transfer>& transfer);
  void run(const std::shared_ptr<Transfer>& transfer);
  void finish(const std::shared_ptr<Transfer>& transfer, Result<WireAnswer> result);
  void run_next(const std::string& origin);
  void stop(std::uint64_t id);
  void act(curl_socket_t socket, int events);

  static int on_socket(CURL*, curl_socket_t socket, int want, void* user, void*) noexcept;
  static int on_timer(CURLM*, long timeout_ms, void* user) noexcept;

  std::size_t exchanges_per_host_max;
  CURLM* multi = nullptr;
  std::map<std::uint64_t, std::shared_ptr<Transfer>> transfers;          // running and waiting
  std::map<std::string, std::size_t> running;                            // by origin
  std::map<std::string, std::deque<std::shared_ptr<Transfer>>> waiting;  // by origin
  std::atomic<std::uint64_t> next_id{1};
  Reactor reactor;  // last: its thread sees all of the above
};

CurlMulti::Inside::Inside(std::size_t per_host_max)
    : exchanges_per_host_max(std::max<std::size_t>(1, per_host_max)),
      reactor(
          [this](int socket, Reactor::Heard heard) {
            act(socket, (heard.readable ? CURL_CSELECT_IN : 0) | (heard.writable ? CURL_CSELECT_OUT : 0) | (heard.failed ? CURL_CSELECT_ERR : 0));
          },
          [this] { act(CURL_SOCKET_TIMEOUT, 0); }) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  multi = curl_multi_init();
  if (multi == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 64L);
}

CurlMulti::Inside::~Inside() {
  reactor.post([this] {
    while (!transfers.empty()) stop(transfers.begin()->first);
    curl_multi_cleanup(multi);
  });
}

std::uint64_t CurlMulti::Inside::submit(const std::shared_ptr<Transfer>& transfer) {
  transfer->id = next_id.fetch_add(1);
  reactor.post([this, transfer] { start(transfer); });
  return transfer->id;
}

void CurlMulti::Inside::start(const std::shared_ptr<Transfer>& transfer) {
  transfers[transfer->id] = transfer;
  if (running[transfer->origin] < exchanges_per_host_max) return run(transfer);
  waiting[transfer->origin].push_back(transfer);
}

void CurlMulti::Inside::run(const std::shared_ptr<Transfer>& transfer) {
  ++running[transfer->origin];
  transfer->easy.reset(curl_easy_init());
  CURL* easy = transfer->easy.get();
  if (easy == nullptr) throw std::bad_alloc();
  set_trust(easy, transfer->line, transfer->request.elsewhere);
  if (transfer->mail) {
    set_mail(easy, *transfer);
  } else {
    set_line(easy, transfer->line);
    set_request(easy, *transfer);
  }
  set_callbacks(easy, *transfer);
  const CURLMcode code = curl_multi_add_handle(multi, easy);
  if (code == CURLM_OK) return;
  finish(transfer, std::unexpected(describe(Trouble::inside, shown_url(transfer->request.url), curl_multi_strerror(code))));
}

void CurlMulti::Inside::finish(const std::shared_ptr<Transfer>& transfer, Result<WireAnswer> result) {
  curl_multi_remove_handle(multi, transfer->easy.get());
  transfer->easy.reset();
  transfers.erase(transfer->id);
  if (--running[transfer->origin] == 0) running.erase(transfer->origin);
  transfer->finished(std::move(result));
  run_next(transfer->origin);
}

void CurlMulti::Inside::run_next(const std::string& origin) {
  const auto queue = waiting.find(origin);
  if (queue == waiting.end()) return;
  const auto next = queue->second.front();
  queue->second.pop_front();
  if (queue->second.empty()) waiting.erase(queue);
  run(next);
}

void CurlMulti::Inside::stop(std::uint64_t id) {
  const auto found = transfers.find(id);
  if (found == transfers.end()) return;
  const auto transfer = found->second;
  Result<WireAnswer> stopped = std::unexpected(describe(Trouble::stopped, shown_url(transfer->request.url)));
  if (transfer->easy) return finish(transfer, std::move(stopped));
  transfers.erase(found);
  if (const auto queue = waiting.find(transfer->origin); queue != waiting.end()) {
    std::erase(queue->second, transfer);
    if (queue->second.empty()) waiting.erase(queue);
  }
  transfer->finished(std::move(stopped));
}

void CurlMulti::Inside::act(curl_socket_t socket, int events) {
  int still_running = 0, left = 0;
  curl_multi_socket_action(multi, socket, events, &still_running);
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    Transfer* done = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &done);
    const auto transfer = transfers.at(done->id);
    finish(transfer, outcome(code, *transfer));
  }
}

// Called from inside libcurl: they only arm the reactor. What throws there (no memory, no descriptor) ends the program rather than pass through C.
int CurlMulti::Inside::on_socket(CURL*, curl_socket_t socket, int want, void* user, void*) noexcept {
  auto& reactor = static_cast<Inside*>(user)->reactor;
  if (want == CURL_POLL_REMOVE) {
    reactor.forget(socket);
  } else {
    reactor.watch(socket, (want & CURL_POLL_IN) != 0, (want & CURL_POLL_OUT) != 0);
  }
  return 0;
}

int CurlMulti::Inside::on_timer(CURLM*, long timeout_ms, void* user) noexcept {
  auto& reactor = static_cast<Inside*>(user)->reactor;
  reactor.due_in(timeout_ms < 0 ? std::nullopt : std::optional(std::chrono::milliseconds(timeout_ms)));
  return 0;
}

CurlMulti::CurlMulti(std::size_t exchanges_per_host_max) : inside_(std::make_unique<Inside>(exchanges_per_host_max)) {}
CurlMulti::~CurlMulti() = default;

std::uint64_t CurlMulti::begin(HttpRequest request, LineSettings line, Finished finished) {
  auto transfer = std::make_shared<Transfer>();
  transfer->request = std::move(request);
  transfer->line = std::move(line);
  transfer->finished = std::move(finished);
  if (const auto url = parse_url(transfer->request.url)) transfer->origin = url->origin();
  return inside_->submit(transfer);
}

std::uint64_t CurlMulti::begin(MailRequest mail, LineSettings line, Finished finished) {
  auto transfer = std::make_shared<Transfer>();
  transfer->request.url = transfer->origin = mail.url;
  transfer->request.time_max = mail.time_max;
  transfer->mail = std::move(mail);
  transfer->line = std::move(line);
  transfer->finished = std::move(finished);
  return inside_->submit(transfer);
}

void CurlMulti::cancel(std::uint64_t exchange) {
  inside_->reactor.post([inside = inside_.get(), exchange] { inside->stop(exchange); });
}

}  // namespace akashi
