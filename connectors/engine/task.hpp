// A Task is a piece of polling that can stop in the middle to wait for an answer: a coroutine that starts when it is awaited and gives one
// value. It lets a poll be written as the story it is, though nothing here waits for a socket.
// Thread rule: a task and everything it awaits run on the thread that resumes them, one at a time.
// A task that is destroyed before its end takes its locals with it; nothing is leaked, nothing goes on.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace akashi {

template <class T>
class Task {
 public:
  struct promise_type {
    std::optional<T> value;
    std::coroutine_handle<> awaiting = std::noop_coroutine();
    std::exception_ptr thrown;

    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct Final {
      [[nodiscard]] bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> done) noexcept { return done.promise().awaiting; }
      void await_resume() const noexcept {}
    };
    Final final_suspend() noexcept { return {}; }
    template <class U>
    void return_value(U&& given) {
      value.emplace(std::forward<U>(given));
    }
    void unhandled_exception() { thrown = std::current_exception(); }
  };

  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      if (handle_) handle_.destroy();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  ~Task() {
    if (handle_) handle_.destroy();
  }

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
    handle_.promise().awaiting = awaiting;
    return handle_;
  }
  T await_resume() { return std::move(result()); }

  // For the outermost task, which nobody awaits.
  [[nodiscard]] std::coroutine_handle<> handle() const { return handle_; }
  [[nodiscard]] bool done() const { return handle_.done(); }
  [[nodiscard]] T& result() const {
    if (handle_.promise().thrown) std::rethrow_exception(handle_.promise().thrown);
    return *handle_.promise().value;
  }

 private:
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_;
};

}  // namespace akashi
