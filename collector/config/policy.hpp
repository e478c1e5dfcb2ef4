// The config's `policy:` section: how long a rung has to hold before it is offered, how long nothing new is offered after a decision, and what is
// accepted without a person looking at each (core/policy.hpp).
#pragma once

#include <span>
#include <string>

#include "collector/config/config.hpp"
#include "collector/config/setting.hpp"
#include "core/yaml.hpp"

namespace akashi {

[[nodiscard]] std::span<const Setting> policy_settings();
[[nodiscard]] std::span<const Setting> acceptance_settings();  // of an entry under accept:

// The roster has to be read before: an author who is not on it is remarked on.
void read_policy(ConfigRead& read, const std::string& folder, const Yaml& node);

}  // namespace akashi
