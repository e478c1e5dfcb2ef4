// Where a poll's story and the collector's loop meet: the story leaves a step and sleeps, the loop brings what came of it and wakes the story.
#pragma once

#include <algorithm>
#include <coroutine>
#include <optional>
#include <utility>
#include <variant>

#include "connectors/engine/poll.hpp"

namespace akashi {

class Mailbox {
 public:
  std::optional<Step> out;
  std::variant<std::monostate, HttpResponse, Error> in;
  std::coroutine_handle<> sleeper;

  struct Sleep {
    Mailbox& box;
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> who) noexcept { box.sleeper = who; }
    void await_resume() const noexcept {}
  };
  // co_await box.ask(request): goes on at the loop's next call of next(). References only: GCC 12 destroys an aggregate twice when it is a
  // temporary of an expression with co_await.
  Sleep ask(const HttpRequest& request) { return hand(Ask{request}); }
  Sleep again(const HttpRequest& request, const Error& because, std::optional<Duration> after) { return hand(Again{request, because, after}); }
  Sleep wait(Duration time, const std::string& why) { return hand(Wait{std::min(time, wait_longest), why}); }
  Sleep page(Page& page) { return hand(std::move(page)); }

 private:
  Sleep hand(Step step) {
    out.emplace(std::move(step));
    in = std::monostate{};
    return Sleep{*this};
  }
};

}  // namespace akashi
