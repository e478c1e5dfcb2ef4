// The two query languages of RT's REST API, as far as readers use them: TransactionSQL/TicketSQL ("id > 5 AND (Type = 'ticket' OR …)"), and the
// JSON list of {field, operator, value}, in which two conditions on one field are alternatives unless the later says entry_aggregator AND.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akashi::demo {

class RtQuery {
 public:
  // Gives the value of a field as text (times as "2026-04-01 09:00:00"); nothing for a field that the object does not have.
  using Look = std::function<std::optional<std::string>(std::string_view field)>;

  [[nodiscard]] static std::optional<RtQuery> parse_sql(std::string_view text);
  [[nodiscard]] static std::optional<RtQuery> parse_json(std::string text);

  [[nodiscard]] bool fits(const Look& look) const;
  [[nodiscard]] bool asks_for(std::string_view field) const;
  [[nodiscard]] std::vector<std::string> fields() const;  // all that it names

 private:
  friend class RtQueryReader;
  enum class Kind { all, any, condition };
  Kind kind_ = Kind::all;
  std::vector<RtQuery> parts_;
  std::string field_, operator_, value_;
};

}  // namespace akashi::demo
