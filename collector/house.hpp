// The composition root: everything built from the config and the data folders, in order, once. Nothing else wires parts together.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "collector/config/config.hpp"
#include "collector/data_folders.hpp"
#include "collector/judge.hpp"
#include "collector/source.hpp"
#include "connectors/engine/descriptor.hpp"
#include "core/infer.hpp"
#include "mappings/engine/matcher.hpp"
#include "mappings/engine/observable.hpp"
#include "mappings/engine/rules.hpp"

namespace akashi {

struct House {
  Config config;
  DataFolders folders;
  std::map<std::string, Connector> connectors;  // the products that the config names
  std::vector<Rule> rules;
  std::map<std::string, SourceMeaning> meanings;                    // by source
  std::map<std::string, std::set<std::string>> could_show;          // by source: the services whose work rules could evidence from it
  std::map<std::string, std::set<std::string>> could_show_reports;  // the same of provider reports and their reviews
  std::set<std::string> placed;                                     // the services that the organisation's own map gives a place, in any source
  std::string rules_digest, mapping_digest;                         // of the rules; of everything that decides what activities mean
  Pseudonyms pseudonyms;
  bool has_key = false;         // the pseudonyms' key could be read; without it nothing is polled, and nobody is known by name
  std::string key_fingerprint;  // tells keys apart without telling the key
  Actors actors;
  std::unique_ptr<Matcher> matcher;
  std::unique_ptr<Judge> judge;
};

struct HouseRead {
  std::unique_ptr<House> house;  // usable when there are no errors
  std::vector<Error> errors, remarks;
};

// Reads config, descriptors and rules. `make_key`: make the pseudonyms' key file when it is missing.
[[nodiscard]] HouseRead build_house(const std::string& config_file, const std::string& data_folder, bool make_key);

// The sources at work, secrets read. Errors name the source.
class CurlMulti;
[[nodiscard]] std::vector<std::unique_ptr<Source>> build_sources(const House& house, CurlMulti& multi, Clock& clock, std::vector<Error>& errors);

// What a source could show, known before anything was read from it: the kinds that its streams give, the places that the map knows.
// Of a place that only the product's defaults know it says which services the organisation records elsewhere (place.elsewhere).
[[nodiscard]] Capabilities capabilities(const House& house, const SourceConfig& source);
// The services that rules would see in the places of the organisation's own map, without what the products' defaults add.
[[nodiscard]] std::set<std::string> placed_by_map(const House& house);

// A service that the organisation's map records elsewhere, and that was done or asked for in a default place all the same: this source is needed,
// too, to speak of its absence. Of the view's evidence, into its sources' could_show.
void add_used_places(const House& house, View& view);

// Everything inference may look at, as of then.
[[nodiscard]] Result<View> make_view(const House& house, Store& store, Instant as_of);

}  // namespace akashi
