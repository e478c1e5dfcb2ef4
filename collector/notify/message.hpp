// What a change of an alert says to people: one subject, a few lines, Japanese or English.
#pragma once

#include <string>
#include <vector>

#include "core/alert_store.hpp"
#include "core/words.hpp"

namespace akashi {

// What all messages of one receiver share.
struct Voice {
  std::string cdc;
  Lang lang = Lang::en;
  Duration offset{};  // of the organisation's clock
};

struct Message {
  std::string subject;             // "[警報] D-2 インシデントハンドリング: 対応漏れ"
  std::vector<std::string> lines;  // without line ends
  [[nodiscard]] std::string text() const;
};

[[nodiscard]] Message message(const AlertChange& change, const Voice& voice);
[[nodiscard]] Message test_message(const std::string& receiver, const Voice& voice);

[[nodiscard]] std::string say(AlertLevel level, Lang lang);
[[nodiscard]] std::string say(AlertKind kind, Lang lang);
// Closed because nobody can see any more whether it is so, which is not its end.
[[nodiscard]] inline bool lost_sight(const Alert& alert) { return alert.over && alert.over->code == "alert.unseen"; }
// "D-2 Incident handling", or the source's name.
[[nodiscard]] std::string about(const Alert& alert, Lang lang);
// "2026-04-01 18:00 (+09:00)"
[[nodiscard]] std::string local_time(Instant at, Duration offset);

}  // namespace akashi
