#include "collector/http/reactor.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <thread>
#include <utility>

namespace akashi {
namespace {

namespace asio = boost::asio;
using Side = asio::posix::stream_descriptor;

struct Watch {
  Watch(asio::io_context& context, int socket) : descriptor(context, socket) {}
  ~Watch() {
    if (descriptor.is_open()) descriptor.release();  // ends its waits; the socket stays its owner's
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  Side descriptor;
  bool want_read = false, want_write = false;
  bool reading = false, writing = false;
};

}  // namespace

struct Reactor::Inside {
  Ready ready;
  std::function<void()> due;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  asio::steady_timer timer{context};
  std::map<int, std::shared_ptr<Watch>> watches;
  std::thread thread;

  // Handlers hold the watch; one that is no longer the socket's current watch was forgotten meanwhile and says nothing.
  [[nodiscard]] bool current(int socket, const std::shared_ptr<Watch>& watch) const {
    const auto found = watches.find(socket);
    return found != watches.end() && found->second == watch;
  }

  void wait(int socket, const std::shared_ptr<Watch>& watch, bool read) {
    (read ? watch->reading : watch->writing) = true;
    watch->descriptor.async_wait(read ? Side::wait_read : Side::wait_write, [this, socket, watch, read](const boost::system::error_code& error) {
      (read ? watch->reading : watch->writing) = false;
      if (error == asio::error::operation_aborted || !current(socket, watch)) return;
      const bool wanted = read ? watch->want_read : watch->want_write;
      if (wanted) ready(socket, {.readable = read, .writable = !read, .failed = static_cast<bool>(error)});
      if (current(socket, watch)) listen(socket, watch);
    });
  }

  void listen(int socket, const std::shared_ptr<Watch>& watch) {
    if (watch->want_read && !watch->reading) wait(socket, watch, true);
    if (watch->want_write && !watch->writing) wait(socket, watch, false);
  }
};

Reactor::Reactor(Ready ready, std::function<void()> due) : inside_(std::make_unique<Inside>()) {
  inside_->ready = std::move(ready);
  inside_->due = std::move(due);
  inside_->thread = std::thread([inside = inside_.get()] { inside->context.run(); });
}

Reactor::~Reactor() {
  post([inside = inside_.get()] {
    inside->watches.clear();
    inside->timer.cancel();
    inside->work.reset();
  });
  inside_->thread.join();
}

void Reactor::post(std::function<void()> work) { asio::post(inside_->context, std::move(work)); }

void Reactor::watch(int socket, bool read, bool write) {
  auto& watch = inside_->watches[socket];
  if (!watch) watch = std::make_shared<Watch>(inside_->context, socket);
  watch->want_read = read;
  watch->want_write = write;
  inside_->listen(socket, watch);
}

void Reactor::forget(int socket) {
  const auto found = inside_->watches.find(socket);
  if (found == inside_->watches.end()) return;
  found->second->descriptor.release();
  inside_->watches.erase(found);
}

void Reactor::due_in(std::optional<std::chrono::milliseconds> time) {
  inside_->timer.cancel();
  if (!time) return;
  inside_->timer.expires_after(*time);
  inside_->timer.async_wait([inside = inside_.get()](const boost::system::error_code& error) {
    if (!error) inside->due();
  });
}

}  // namespace akashi
