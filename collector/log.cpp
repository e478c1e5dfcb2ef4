#include "collector/log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace akashi::log {

namespace {

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> one = [] {
    auto made = spdlog::stderr_color_mt("akashi");
    made->set_pattern("%Y-%m-%dT%H:%M:%S%z %^%l%$ %v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *one;
}

}  // namespace

void info(const std::string& sentence) { logger().info("{}", sentence); }
void warn(const std::string& sentence) { logger().warn("{}", sentence); }
void error(const std::string& sentence) { logger().error("{}", sentence); }

}  // namespace akashi::log
