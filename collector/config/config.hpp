// The config file, read and usable: every name resolved, every number in range. Secrets are not in it, only where they are.
#pragma once

#include <string>
#include <vector>

#include "collector/config/alerts.hpp"
#include "collector/config/secret_place.hpp"
#include "connectors/engine/documents.hpp"
#include "core/org_map.hpp"
#include "core/policy.hpp"
#include "core/profile.hpp"
#include "core/result.hpp"
#include "core/roster.hpp"

namespace akashi {

inline constexpr std::string_view auth_schemes[] = {"none", "basic",         "bearer",  "header", "query",
                                                    "body", "oauth2_client", "session", "sigv4",  "mtls"};

struct SourceConfig {
  std::string name, connector, url;
  std::string auth, user, header;  // scheme: one of auth_schemes
  SecretPlace secret;
  std::string token_url, region;  // of oauth2_client and sigv4; empty = the connector's
  SecretPlace session_token;      // of sigv4 with temporary credentials
  std::string certificate, key;   // tls: who we are to the tool, PEM, absolute
  std::int64_t interval_s = 300;
  int start_days = 460;  // more than the longest that a service may rest (G-1, 450): the first contact can say of each whether it was done
  std::string ca_file, proxy;
  std::int64_t timeout_s = 60;  // of one answer
  std::size_t answer_bytes_max = 32u << 20;
  std::map<std::string, std::vector<std::string>> params;
  std::vector<std::string> streams;  // empty = all that are not optional
  std::vector<PlaceEntry> classify;
  std::string classify_file;  // a CSV file with more of them, absolute; empty = none
  DocumentSettings documents;
  ApprovalSettings approvals;
  std::string where;  // FILE:LINE
};

struct Config {
  std::string file;
  std::string cdc = "CDC";
  std::string language;                                           // en | ja | ""
  std::vector<Instant> assessments;                               // days
  std::string store_path = "akashi.db", key_file = "akashi.key";  // absolute after loading
  std::string people_file;                                        // absolute; empty = none
  bool clear_actors = false;
  Roster roster;
  Profile profile;
  Hysteresis hysteresis;
  std::vector<Policy> policies;
  std::vector<SourceConfig> sources;
  AlertsConfig alerts;
};

// Every error of the file, not only the first; the config is usable only when there is none.
struct ConfigRead {
  Config config;
  std::vector<Error> errors;
  std::vector<Error> remarks;  // odd but allowed: shown by `check`
};

[[nodiscard]] ConfigRead read_config(const std::string& file);
[[nodiscard]] ConfigRead read_config_text(std::string_view text, const std::string& file);

// ./akashi.yaml, then /etc/akashi/akashi.yaml; the error says where it looked and that `akashi init` writes one.
[[nodiscard]] Result<std::string> find_config(const std::string& given);

}  // namespace akashi
