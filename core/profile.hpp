// The profile and the people's own scores: what the organisation says of a service in its config (R2–R9 of the evaluation process).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/criteria.hpp"

namespace akashi {

enum class Assignment : std::uint8_t { unassigned, insource, outsource, combined };
[[nodiscard]] std::string_view name(Assignment assignment);
[[nodiscard]] std::optional<Assignment> assignment(std::string_view name);

struct ServiceProfile {
  std::string level;                   // unnecessary basic standard advanced optional; empty = unset
  std::optional<Assignment> assigned;  // nullopt = the config says nothing (judged as insource, and said so)
  std::string team, provider, owner;   // responsible team (insource), contractor (outsource), inside owner
  std::string owner_actor;             // the inside owner as an actor or a team; set when a view is made
  bool not_applicable = false;         // score N/A: decided not to do it in this form
  std::optional<int> as_is;            // manual score 1–5: never overwritten; of a combined service the insourced one
  std::optional<int> as_is_outsource;  // of a combined service the outsourced one
  std::optional<int> to_be;
  Criteria criteria;
};

using Profile = std::map<std::string, ServiceProfile, std::less<>>;  // by service id; absent services have defaults

}  // namespace akashi
