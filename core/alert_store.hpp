// What the store keeps of alerts: every change of them for good, an outbox with a row for each change and receiver, and the pauses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/alert.hpp"
#include "core/result.hpp"

namespace akashi {

// One change goes to one receiver, from that time on.
struct Notice {
  std::size_t change = 0;  // in the news
  std::string receiver;
  Instant due{};
};

// What one judgement says, kept together with it: either both are, or neither.
struct AlertsKept {
  AlertNews news;
  std::vector<Notice> notices;
};

struct AlertEvent {
  std::int64_t id = 0;
  AlertChange change;
};

// A row of the outbox that is to be sent.
struct Outgoing {
  std::int64_t id = 0;
  std::string receiver;
  std::string key;  // the same at every try, another for every row: receivers tell a repetition by it
  AlertEvent event;
  std::optional<Alert> before;  // the alert as it was before this change
  int tries = 0;
};

struct Delivery {
  std::int64_t outgoing = 0;
  bool sent = false;
  Instant at{};        // of this try
  Instant next_try{};  // when it was not sent
  std::string error;   // a sentence, when it was not sent
};

struct ReceiverState {
  std::string receiver;
  std::uint64_t waiting = 0;         // rows that are not sent
  std::optional<Instant> last_sent;  // the newest that was
  int tries = 0;                     // of the row that failed most often and still waits
  std::string error;                 // of its last try
};

class AlertStore {
 public:
  virtual ~AlertStore() = default;
  virtual Result<AlertBook> alert_book() = 0;
  // As they were at `as_of`, by id; closed ones too when asked for.
  virtual Result<std::vector<Alert>> alerts(bool closed_too, Instant as_of = Instant::max()) = 0;
  virtual Result<std::vector<AlertEvent>> alert_history(std::int64_t alert) = 0;  // oldest first; empty: no such alert
  virtual Result<std::vector<Pause>> pauses() = 0;                                // ended ones too, by id
  // Refuse (ErrorKind::config) a pause of what is paused, and the end of what is not.
  virtual Status pause(const Pause& pause) = 0;
  virtual Status resume(const Pause& ended) = 0;  // target, ended, ended_by, ended_because

  // What is due, oldest first; of one alert the changes come one after the other, the next only when the one before was sent.
  virtual Result<std::vector<Outgoing>> outgoing(const std::string& receiver, Instant now, std::size_t limit) = 0;
  virtual Status delivered(const Delivery& delivery) = 0;
  virtual Result<std::vector<ReceiverState>> receiver_states() = 0;
  // Open alerts of which it has heard and that are neither silent nor paused, as it was last told of them.
  virtual Result<std::vector<Alert>> told_open(const std::string& receiver) = 0;
};

}  // namespace akashi
