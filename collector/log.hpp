// What the daemon says to its log: sentences, to standard error. The only pair that includes spdlog. Secrets never come here: they live in types
// that do not print (collector/secrets.hpp) and in requests' secret headers, which nobody formats.
#pragma once

#include <string>

namespace akashi::log {

void info(const std::string& sentence);
void warn(const std::string& sentence);
void error(const std::string& sentence);

}  // namespace akashi::log
