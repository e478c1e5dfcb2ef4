// The section `alerts:` of the config: who is told what, and when not. Names resolved, numbers in range.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "collector/config/secret_place.hpp"
#include "core/alert.hpp"

namespace akashi {

inline constexpr std::string_view receiver_kinds[] = {"webhook", "slack", "smtp", "alertmanager"};

struct ReceiverConfig {
  std::string name, kind;     // one of receiver_kinds
  std::string url;            // http(s), or smtp:// and smtps://; empty where the secret is the address
  std::string auth = "none";  // none | basic | bearer | header | url
  std::string user, header;
  SecretPlace secret, signing;             // signing: of the body, HMAC-SHA256
  AlertLevel level = AlertLevel::warning;  // and graver
  std::set<std::string> only;              // services and categories; empty = all. Sources always
  std::string language;                    // en | ja | "" = the config's
  std::string from;                        // of mail
  std::vector<std::string> to;
  bool clear_text = false;                    // smtp without TLS
  Duration resend = std::chrono::minutes(1);  // alertmanager: what is still so is said again
  std::string ca_file, proxy;
  std::string where;  // FILE:LINE
};

struct AlertsConfig {
  std::vector<ReceiverConfig> receivers;
  AlertPolicy policy;                   // its limits of business services are filled in from the profile
  std::set<std::string> business_days;  // services
};

class Yaml;
struct ConfigRead;
// Reads the section into read.config.alerts; `folder` is the config's. After sources and services.
void read_alerts(const Yaml& node, ConfigRead& read, const std::string& folder);

}  // namespace akashi
