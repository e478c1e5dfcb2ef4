#include "collector/http/server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <stdexcept>
#include <thread>

#include "core/text.hpp"

namespace akashi {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr std::uint32_t header_bytes_max = 64u << 10;
constexpr std::uint64_t body_bytes_max = 1u << 20;
constexpr std::uint64_t open_connections_max = 64;
constexpr auto idle_time_max = std::chrono::seconds(30);

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int low = c | 0x20;
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

void read_target(ServerRequest& request) {
  const std::string_view target = request.target;
  const std::size_t question = std::min(target.find('?'), target.size());
  request.path = percent_decoded(target.substr(0, question), false);
  for (std::string_view rest = target.substr(std::min(question + 1, target.size())); !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    const std::size_t equals = std::min(one.find('='), one.size());
    request.query.emplace_back(percent_decoded(one.substr(0, equals), true), percent_decoded(one.substr(std::min(equals + 1, one.size())), true));
  }
}

ServerRequest read_request(const http::request<http::string_body>& from) {
  ServerRequest request;
  request.method = std::string(from.method_string());
  request.target = std::string(from.target());
  for (const auto& field : from) request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  request.body = from.body();
  read_target(request);
  return request;
}

bool has(const Headers& headers, std::string_view name) {
  return std::ranges::any_of(headers, [&](const auto& header) { return same_word(header.first, name); });
}

std::string bytes_of(const ServerAnswer& answer) {
  if (!answer.raw.empty()) return answer.raw;
  std::string out =
      fmt::format("HTTP/1.1 {} {}\r\n", answer.status, std::string_view(http::obsolete_reason(static_cast<http::status>(answer.status))));
  for (const auto& [name, value] : answer.headers) out += name + ": " + value + "\r\n";
  if (!has(answer.headers, "Content-Length") && !has(answer.headers, "Transfer-Encoding") && answer.status != 204) {
    out += fmt::format("Content-Length: {}\r\n", answer.body.size());
  }
  return out + "\r\n" + answer.body;
}

struct ServerCounts {
  std::atomic<std::uint64_t> accepted{0}, open{0}, open_max{0}, requests{0};
};

// One connection: read a request, answer it, read the next. Kept alive by its own handlers.
class ServerSession : public std::enable_shared_from_this<ServerSession> {
 public:
  ServerSession(tcp::socket socket, const LoopbackServer::Handler& handler, ServerCounts& counts)
      : stream_(std::move(socket)), timer_(stream_.get_executor()), handler_(handler), counts_(counts) {
    const std::uint64_t open = ++counts_.open;
    if (open > counts_.open_max) counts_.open_max = open;
  }
  ~ServerSession() { --counts_.open; }
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;

  void read() {
    parser_.emplace();
    parser_->header_limit(header_bytes_max);
    parser_->body_limit(body_bytes_max);
    stream_.expires_after(idle_time_max);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) return self->answer();
      if (error.category() == make_error_code(http::error::bad_method).category() && error != http::error::end_of_stream) self->refuse();
    });
  }

 private:
  // What came was no request: said in plain HTTP, as servers do, then closed.
  void refuse() {
    bytes_ = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    sent_ = 0;
    close_after_ = true;
    mischief_ = {};
    write();
  }

  void answer() {
    ++counts_.requests;
    const bool keep = parser_->get().keep_alive();
    ServerAnswer answer;
    try {
      answer = handler_(read_request(parser_->get()));
    } catch (const std::exception& error) {
      answer = {.status = 500, .headers = {{"Content-Type", "text/plain"}}, .body = error.what(), .raw = {}, .mischief = {}};
    }
    mischief_ = answer.mischief;
    bytes_ = bytes_of(answer);
    sent_ = 0;
    close_after_ = !keep || !answer.raw.empty() || mischief_.cut_after || has(answer.headers, "Connection");
    if (mischief_.cut_after) bytes_.resize(std::min(bytes_.size(), *mischief_.cut_after));
    stream_.expires_never();
    if (mischief_.stall > Duration{} && !mischief_.stall_after) return pause(mischief_.stall);
    write();
  }

  void pause(Duration time) {
    timer_.expires_after(time);
    timer_.async_wait([self = shared_from_this()](beast::error_code error) {
      if (!error) self->write();
    });
  }

  void write() {
    if (sent_ == bytes_.size()) return done();
    std::size_t size = bytes_.size() - sent_;
    if (mischief_.drip_bytes > 0) size = std::min(size, mischief_.drip_bytes);
    if (mischief_.stall_after && sent_ < *mischief_.stall_after) size = std::min(size, *mischief_.stall_after - sent_);
    asio::async_write(stream_, asio::buffer(bytes_.data() + sent_, size), [self = shared_from_this()](beast::error_code error, std::size_t count) {
      if (!error) self->wrote(count);
    });
  }

  void wrote(std::size_t count) {
    sent_ += count;
    if (mischief_.stall_after && sent_ == *mischief_.stall_after) return pause(mischief_.stall);
    if (mischief_.drip_bytes > 0 && sent_ < bytes_.size()) return pause(mischief_.drip_pause);
    write();
  }

  void done() {
    if (!close_after_) return read();
    beast::error_code ignored;
    if (mischief_.reset) {
      stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
    } else {
      stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }
    stream_.socket().close(ignored);
  }

  beast::tcp_stream stream_;
  asio::steady_timer timer_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  const LoopbackServer::Handler& handler_;
  ServerCounts& counts_;
  Mischief mischief_;
  std::string bytes_;
  std::size_t sent_ = 0;
  bool close_after_ = false;
};

}  // namespace

struct LoopbackServer::Inside {
  explicit Inside(Handler given, int port) : handler(std::move(given)) {
    const tcp::endpoint here(asio::ip::address_v4::loopback(), static_cast<unsigned short>(port));
    acceptor.open(here.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(here);
    acceptor.listen();
    bound = acceptor.local_endpoint().port();
    accept();
  }

  void accept() {
    acceptor.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) {
        ++counts.accepted;
        if (counts.open < open_connections_max) std::make_shared<ServerSession>(std::move(socket), handler, counts)->read();
      }
      accept();
    });
  }

  Handler handler;
  ServerCounts counts;  // before the context: sessions that end with it still count
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  int bound = 0;
  std::thread thread;
};

LoopbackServer::LoopbackServer(Handler handler, int port) {
  try {
    inside_ = std::make_unique<Inside>(std::move(handler), port);
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error(fmt::format("cannot listen on 127.0.0.1:{}: {}", port, error.code().message()));
  }
  inside_->thread = std::thread([inside = inside_.get()] { inside->context.run(); });
}

LoopbackServer::~LoopbackServer() {
  inside_->context.stop();
  inside_->thread.join();
}

int LoopbackServer::port() const { return inside_->bound; }
std::string LoopbackServer::url() const { return fmt::format("http://127.0.0.1:{}", port()); }
std::uint64_t LoopbackServer::connections() const { return inside_->counts.accepted; }
std::uint64_t LoopbackServer::connections_max() const { return inside_->counts.open_max; }
std::uint64_t LoopbackServer::requests() const { return inside_->counts.requests; }

std::string ServerRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_word(key, name)) return value;
  }
  return {};
}

std::optional<std::string> ServerRequest::parameter(std::string_view name) const {
  const auto found = std::ranges::find_if(query, [&](const auto& pair) { return pair.first == name; });
  return found == query.end() ? std::nullopt : std::optional(found->second);
}

std::string percent_decoded(std::string_view text, bool plus) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (escape) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(plus && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

}  // namespace akashi
