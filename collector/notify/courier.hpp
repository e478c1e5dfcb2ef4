// The courier works off the outbox: one thread for each receiver, so that one that is slow or gone holds up nobody. What could not be sent is tried
// again, after a minute, then ever later up to an hour, until it is sent: a row is struck out only when the receiver took it. After a crash between
// sending and striking out it is sent again with the same key.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "collector/clock.hpp"
#include "collector/notify/notifier.hpp"

namespace akashi {

struct Receiver {
  std::string name;
  std::unique_ptr<Notifier> notifier;
};

// How long to wait after so many tries in vain; the receiver's own word is never shortened, up to a day.
[[nodiscard]] Duration back_off(int tries, const std::optional<Duration>& told);

// Sends what is due now, once each; the error is the store's, or the first receiver's. `failed` counts rows that were not taken.
struct Round {
  std::size_t sent = 0, failed = 0;
  std::string error;  // of the last that failed
};
[[nodiscard]] Result<Round> deliver(Receiver& receiver, AlertStore& store, Clock& clock, const std::stop_token& stop);

class Courier {
 public:
  Courier(std::vector<Receiver> receivers, AlertStore& store, Clock& clock);
  ~Courier();  // a message under way is dropped and sent after the next start
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;
  void wake();  // something new may be due

 private:
  void serve(Receiver& receiver);
  void keep_up(Receiver& receiver, Instant& said_last);

  std::vector<Receiver> receivers_;
  AlertStore& store_;
  Clock& clock_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::uint64_t wakes_ = 0;
  std::stop_source stop_;
  std::vector<std::thread> threads_;
};

// The receivers at work, secrets read. Errors name the receiver; the others are there all the same.
[[nodiscard]] std::vector<Receiver> make_receivers(const AlertsConfig& config, const Voice& centre, CurlMulti& multi, Clock& clock,
                                                   std::vector<Error>& errors);

}  // namespace akashi
