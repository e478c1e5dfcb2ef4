// The demo's two tools on the loopback, and the config that reads them. The same code polls them as any real tool; nothing else is special.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "collector/clock.hpp"
#include "core/result.hpp"

namespace akashi {

struct DemoConfig {
  std::string text;         // akashi.yaml
  std::string rt_token;     // to be written to rt.token beside it, mode 0600
  std::string redmine_key;  // to be written to redmine.key
};

class DemoSite {
 public:
  // A year of a small SOC before `now`. Ports: 0 picks free ones.
  [[nodiscard]] static Result<std::unique_ptr<DemoSite>> start(Instant now, int rt_port = 0, int redmine_port = 0);
  ~DemoSite();

  [[nodiscard]] std::string rt_url() const;
  [[nodiscard]] std::string redmine_url() const;
  [[nodiscard]] DemoConfig config() const;
  [[nodiscard]] std::uint64_t requests() const;  // answered by both

  // The next thing happens in the SOC; says what, in English and Japanese. Safe beside the servers.
  struct Happened {
    std::string en, ja;
  };
  Happened happen(Instant at);

 private:
  struct Inside;
  explicit DemoSite(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace akashi
