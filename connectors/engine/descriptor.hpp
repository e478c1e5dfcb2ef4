// A connector is the description of a product's API: data, read from connectors/products/<product>/connector.yaml. Parsed and usable are the
// same here: what load_connector gives has been checked as a whole, every pointer, placeholder, kind and pattern.
// Read-only by construction: GET, and POST only where the descriptor says `reads: true`. There are no expressions; {placeholders} come from a
// short list that each key allows.
// Errors: ErrorKind::config, "connector.yaml:LINE path: what; mend", with the nearest known key for a misspelt one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connectors/engine/auth_spec.hpp"
#include "connectors/engine/stream_spec.hpp"
#include "core/org_map.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "core/yaml.hpp"

namespace akashi {

struct Permission {
  std::string right, on, purpose, without;
};

struct Parameter {
  std::string name, about;
  bool required = false;
  std::vector<std::string> standard;  // when the source gives none
};

// id → row tables. `table` is read as a whole, `one` is asked for id by id; both are kept for ttl.
struct LookupSpec {
  std::string name;
  bool one_by_one = false;
  RequestSpec request;
  std::string for_each;  // a parameter: the table is read once per value
  ListPath records;
  std::string key, or_key;
  std::map<std::string, std::vector<std::string>>
      columns;    // column → pointers in the row, the first that is filled counts; "/list/*/name": a line each
  int limit = 0;  // rows per page, when the request has {offset} or {page}
  Duration ttl = std::chrono::hours(24);
};

struct Connector {
  std::string directory, title, product, kind;
  std::vector<std::string> docs, blind_spots;
  std::vector<Permission> permissions;
  std::vector<AuthSpec> auth;
  std::vector<Parameter> parameters;
  Budget budget;
  Answers answers;
  std::vector<Privilege> privileges;
  std::string xssi;  // what stands before every JSON answer, against scripts
  std::vector<LookupSpec> lookups;
  std::vector<StreamSpec> streams;
  std::vector<PlaceEntry> classify;  // the product's defaults of the organisation's map

  [[nodiscard]] const StreamSpec* stream(std::string_view name) const;
  [[nodiscard]] const Parameter* parameter(std::string_view name) const;
  [[nodiscard]] const LookupSpec* lookup(std::string_view name) const;
};

// directory holds connector.yaml.
[[nodiscard]] Result<Connector> load_connector(const std::string& directory);
// Everything that is wrong with it as far as it can be told at once: every unknown and missing key, and what load_connector stops at; empty when
// nothing is.
[[nodiscard]] std::vector<Error> connector_mistakes(const std::string& directory);
[[nodiscard]] std::vector<Error> connector_mistakes(std::string_view text, const std::string& file);
[[nodiscard]] Result<Connector> parse_connector(std::string_view text, const std::string& file);

}  // namespace akashi
