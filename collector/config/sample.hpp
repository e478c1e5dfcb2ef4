// The commented config that `akashi init` writes: every setting with its meaning, in the person's language.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/words.hpp"

namespace akashi {

struct SampleSource {
  std::string name, connector, url, scheme, user, secret_file;
  std::vector<std::pair<std::string, std::vector<std::string>>> params;  // the product's required parameters, with a draft of their values
};

[[nodiscard]] std::string sample_config(const std::string& cdc, const std::vector<SampleSource>& sources, Lang lang);

}  // namespace akashi
