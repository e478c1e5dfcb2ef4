#include "collector/notify/courier.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "collector/log.hpp"

namespace akashi {

namespace {

constexpr std::size_t rows_max = 100;  // of one look into the outbox
constexpr Duration first_wait = std::chrono::minutes(1), longest_wait = std::chrono::hours(1), told_longest = days(1);
constexpr Duration look_every = std::chrono::seconds(5);  // the outbox is looked into; quiet windows and waits end at any time

}  // namespace

Duration back_off(int tries, const std::optional<Duration>& told) {
  Duration wait = first_wait;
  for (int i = 1; i < tries && wait < longest_wait; ++i) wait *= 2;
  wait = std::min(wait, longest_wait);
  return told ? std::clamp(*told, wait, told_longest) : wait;
}

Result<Round> deliver(Receiver& receiver, AlertStore& store, Clock& clock, const std::stop_token& stop) {
  Round round;
  const auto due = store.outgoing(receiver.name, clock.now(), rows_max);
  if (!due) return std::unexpected(due.error());
  for (const Outgoing& row : *due) {
    if (stop.stop_requested()) break;
    const Sending sending = receiver.notifier->send(row, clock.now(), stop);
    if (!sending.status && stop.stop_requested()) break;  // dropped by ourselves: that was no try
    Delivery done{.outgoing = row.id, .sent = sending.status.has_value(), .at = clock.now(), .next_try = {}, .error = {}};
    if (done.sent) {
      ++round.sent;
    } else {
      ++round.failed;
      round.error = done.error = sentence(sending.status.error());
      done.next_try = done.at + back_off(row.tries + 1, sending.told);
    }
    if (auto kept = store.delivered(done); !kept) return std::unexpected(kept.error());
    if (!done.sent) break;  // the others wait for their own turn: a receiver that is gone is knocked at once a round
  }
  return round;
}

Courier::Courier(std::vector<Receiver> receivers, AlertStore& store, Clock& clock) : receivers_(std::move(receivers)), store_(store), clock_(clock) {
  for (Receiver& one : receivers_) threads_.emplace_back([this, &one] { serve(one); });
}

Courier::~Courier() {
  stop_.request_stop();
  for (std::thread& one : threads_) one.join();
}

void Courier::wake() {
  const std::lock_guard lock(mutex_);
  ++wakes_;
  woken_.notify_all();
}

void Courier::keep_up(Receiver& receiver, Instant& said_last) {
  const auto every = receiver.notifier->resend();
  const Instant now = clock_.now();
  if (!every || (now >= said_last && now - said_last < *every)) return;
  said_last = now;
  const auto open = store_.told_open(receiver.name);
  if (!open) return log::error(sentence(open.error()));
  if (const auto said = receiver.notifier->keep_up(*open, now, stop_.get_token()); !said.status && !stop_.stop_requested())
    log::warn(sentence(said.status.error()));
}

void Courier::serve(Receiver& receiver) {
  const auto stop = stop_.get_token();
  Instant said_last{};
  std::string last_error;
  while (!stop.stop_requested()) {
    std::uint64_t seen = 0;
    {
      const std::lock_guard lock(mutex_);
      seen = wakes_;
    }
    const auto round = deliver(receiver, store_, clock_, stop);
    if (!round) log::error(sentence(round.error()));
    else if (round->failed > 0 && round->error != last_error) log::warn(round->error);  // said once, not every minute
    if (round) last_error = round->failed > 0 ? round->error : round->sent > 0 ? std::string() : last_error;
    keep_up(receiver, said_last);
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, stop, look_every, [&] { return wakes_ != seen; });
  }
}

std::vector<Receiver> make_receivers(const AlertsConfig& config, const Voice& centre, CurlMulti& multi, Clock& clock, std::vector<Error>& errors) {
  std::vector<Receiver> receivers;
  for (const ReceiverConfig& one : config.receivers) {
    auto made = make_notifier(one, centre, multi, clock);
    if (made) receivers.push_back({one.name, std::move(*made)});
    else errors.push_back(made.error());
  }
  return receivers;
}

}  // namespace akashi
