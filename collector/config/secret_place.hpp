// Where a secret stands; the secret itself is never in the config.
#pragma once

#include <cstdint>
#include <string>

namespace akashi {

struct SecretPlace {
  enum class Kind : std::uint8_t { none, file, env, credential };
  Kind kind = Kind::none;
  std::string name;  // path (made absolute), variable or credential
};

}  // namespace akashi
