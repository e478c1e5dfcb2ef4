// What the account may do at the tool, by the tool's own word (the descriptor's `privileges`): asked by `akashi check --connect` and by nothing else.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/engine/poll.hpp"

namespace akashi {

// The answer to one of the descriptor's `privileges`, for one value of its for_each.
struct Rights {
  std::string about;
  std::vector<std::string> has;       // as the tool calls them, sorted
  std::vector<std::string> missing;   // needed, and neither held nor part of a wider one that is held
  std::vector<std::string> too_much;  // held, and nothing here needs it
  std::string without, mend;          // of the descriptor
  std::string unknown;                // not empty: the tool did not tell, and why; the rest is empty
};

// Led like StreamPoll, but gives no pages. What the tool does not tell is a Rights with `unknown`; an error is only that it lets nobody in.
class RightsPoll {
 public:
  RightsPoll(const Connector& connector, const SourceSettings& settings, Instant now, Session* session = nullptr);
  ~RightsPoll();

  [[nodiscard]] Result<Step> next();
  void answer(HttpResponse response);
  void failed(Error error);
  [[nodiscard]] const std::vector<Rights>& told() const;  // whole when next() said Done

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace akashi
