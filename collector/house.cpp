#include "collector/house.hpp"

#include <fstream>
#include <sstream>

#include "collector/http/curl_multi.hpp"
#include "collector/secrets.hpp"
#include "connectors/engine/classify.hpp"
#include "core/digest.hpp"
#include "mappings/engine/observable.hpp"

namespace akashi {

namespace {

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

class Builder {
 public:
  Builder(HouseRead& read, House& house) : read_(read), house_(house) {}

  void connectors();
  void rules();
  void maps();
  void sight();
  void key(bool make);
  void digest();

 private:
  void error(Error what) { read_.errors.push_back(std::move(what)); }
  HouseRead& read_;
  House& house_;
};

void Builder::connectors() {
  for (const SourceConfig& source : house_.config.sources) {
    if (source.connector.empty() || house_.connectors.contains(source.connector)) continue;
    auto connector = load_connector(house_.folders.products + "/" + source.connector);
    if (connector) house_.connectors.emplace(source.connector, std::move(*connector));
    else error(connector.error());
  }
}

void Builder::rules() {
  LoadedRules loaded = load_rules(house_.folders.rules);
  for (Error& one : loaded.errors) error(std::move(one));
  house_.rules_digest = akashi::rules_digest(loaded.rules);
  auto matcher = Matcher::compile(loaded.rules);
  house_.rules = std::move(loaded.rules);
  if (matcher) house_.matcher = std::make_unique<Matcher>(std::move(*matcher));
  else error(matcher.error());
}

void Builder::maps() {
  for (const SourceConfig& source : house_.config.sources) {
    std::vector<PlaceEntry> entries = source.classify;
    if (const auto found = house_.connectors.find(source.connector); found != house_.connectors.end() && !found->second.classify.is_null()) {
      auto defaults = parse_classify(found->second.classify);
      if (defaults) entries.insert(entries.end(), defaults->begin(), defaults->end());
      else error(defaults.error());
    }
    house_.maps[source.name] = OrgMap(std::move(entries));
  }
}

// What could be seen at all: the kinds that the product's streams give, the matters and services that the map gives its places.
void Builder::sight() {
  for (const SourceConfig& source : house_.config.sources) {
    const auto connector = house_.connectors.find(source.connector);
    if (connector == house_.connectors.end()) continue;
    house_.could_show[source.name] = observable(house_.rules, capabilities(connector->second, house_.maps[source.name]));
  }
}

void Builder::key(bool make) {
  auto key = read_key_file(house_.config.key_file, make);
  if (key) house_.pseudonyms = std::make_unique<Pseudonyms>(std::move(*key), house_.config.clear_actors);
  else if (make) error(key.error());
  else read_.remarks.push_back(key.error());
}

void Builder::digest() {
  std::string all = house_.rules_digest + "\n" + bytes_of(house_.config.file) + "\n" + std::string(inference_version);
  for (const auto& [name, connector] : house_.connectors) all += "\n" + bytes_of(connector.directory + "/connector.yaml");
  house_.mapping_digest = hex(sha256(all));
}

}  // namespace

HouseRead build_house(const std::string& config_file, const std::string& data_folder, bool make_key) {
  HouseRead read;
  ConfigRead config = read_config(config_file);
  read.errors = std::move(config.errors);
  read.remarks = std::move(config.remarks);
  auto folders = find_data(data_folder);
  if (!folders) {
    read.errors.push_back(folders.error());
    return read;
  }
  auto house = std::make_unique<House>();
  house->config = std::move(config.config);
  house->folders = *folders;
  Builder builder(read, *house);
  builder.connectors();
  builder.rules();
  builder.maps();
  if (!house->matcher) return read;
  builder.sight();
  builder.key(make_key && read.errors.empty());
  builder.digest();
  house->judge = std::make_unique<Judge>(*house->matcher, house->maps);
  read.house = std::move(house);
  return read;
}

std::vector<std::unique_ptr<Source>> build_sources(const House& house, CurlMulti& multi, Clock& clock, std::vector<Error>& errors) {
  std::vector<std::unique_ptr<Source>> sources;
  for (const SourceConfig& config : house.config.sources) {
    auto secret = read_secret(config.secret);
    if (!secret) {
      Error error = secret.error();
      error.where = config.where + " " + error.where;
      errors.push_back(std::move(error));
      continue;
    }
    auto source = std::make_unique<Source>();
    source->name = config.name;
    source->connector = &house.connectors.at(config.connector);
    source->settings = {.name = config.name,
                        .base_url = config.url,
                        .auth = config.auth,
                        .user = config.user,
                        .secret = secret->reveal(),
                        .header = config.header,
                        .params = config.params,
                        .start_days = config.start_days,
                        .answer_bytes_max = config.answer_bytes_max};
    source->normalising = {house.config.roster, *house.pseudonyms, config.documents, config.approvals, config.connector};
    source->map = house.maps.at(config.name);
    source->interval_s = config.interval_s;
    source->transport = std::make_unique<HttpTransport>(multi, clock, LineSettings{.ca_file = config.ca_file, .proxy = config.proxy});
    source->budget = std::make_unique<RequestBudget>(source->connector->budget.requests_per_minute, clock);
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace akashi
