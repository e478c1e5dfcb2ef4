// One thread that waits for sockets and for one timer, on Boost.Asio. It watches sockets that others own and never closes one.
// Thread rule: post() from any thread; everything else, and all callbacks, on the reactor's own thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace akashi {

class Reactor {
 public:
  struct Heard {
    bool readable = false, writable = false, failed = false;
  };
  using Ready = std::function<void(int socket, Heard heard)>;

  Reactor(Ready ready, std::function<void()> due);
  ~Reactor();  // runs what was posted before, then ends the thread
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  void post(std::function<void()> work);
  void watch(int socket, bool read, bool write);               // replaces what was wanted of it; `ready` is called until it is forgotten
  void forget(int socket);                                     // before its owner closes it
  void due_in(std::optional<std::chrono::milliseconds> time);  // one timer; nothing: none

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace akashi
