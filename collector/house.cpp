#include "collector/house.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "collector/http/curl_multi.hpp"
#include "collector/log.hpp"
#include "collector/secrets.hpp"
#include "connectors/engine/chosen.hpp"
#include "core/digest.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

namespace {

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

Result<SecretRead> secret_of(const SecretPlace& place) {
  switch (place.kind) {
    case SecretPlace::Kind::file:
      return secret_from_file(place.name);
    case SecretPlace::Kind::env:
      return secret_from_environment(place.name);
    case SecretPlace::Kind::credential:
      return secret_from_credential(place.name);
    case SecretPlace::Kind::none:
      break;
  }
  return SecretRead{};
}

// A name that no folder of the products has.
Error unknown_product(const SourceConfig& source, const std::string& products) {
  std::vector<std::string> names;
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(products, code)) names.push_back(entry.path().filename().string());
  const auto near = nearest(source.connector, std::vector<std::string_view>(names.begin(), names.end()));
  return {ErrorKind::config, source.where + " connector", "\"" + source.connector + "\" is no known product",
          near.empty() ? "`akashi connectors list` names them" : "did you mean \"" + near + "\"?"};
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
  void streams_of(const SourceConfig& source, const Connector& connector) {
    if (auto fine = check_named(connector, source.streams, source.where + " streams"); !fine) error(fine.error());
  }
  HouseRead& read_;
  House& house_;
};

void Builder::connectors() {
  for (const SourceConfig& source : house_.config.sources) {
    if (source.connector.empty()) continue;
    if (const auto known = house_.connectors.find(source.connector); known != house_.connectors.end()) {
      streams_of(source, known->second);
      continue;
    }
    std::error_code code;
    if (!std::filesystem::exists(house_.folders.products + "/" + source.connector + "/connector.yaml", code)) {
      error(unknown_product(source, house_.folders.products));
      continue;
    }
    auto connector = load_connector(house_.folders.products + "/" + source.connector);
    if (connector) streams_of(source, house_.connectors.emplace(source.connector, std::move(*connector)).first->second);
    else
      for (Error& one : connector_mistakes(house_.folders.products + "/" + source.connector)) error(std::move(one));
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
    if (const auto found = house_.connectors.find(source.connector); found != house_.connectors.end())
      entries.insert(entries.end(), found->second.classify.begin(), found->second.classify.end());
    house_.meanings[source.name] = {OrgMap(std::move(entries)), source.approvals, source.documents.tickets};
  }
}

// What could be seen at all: the kinds that the product's streams give, the matters and services that the map gives its places.
void Builder::sight() {
  house_.placed = placed_by_map(house_);
  for (const SourceConfig& source : house_.config.sources) {
    const auto connector = house_.connectors.find(source.connector);
    if (connector == house_.connectors.end()) continue;
    const auto able = capabilities(house_, source);
    house_.could_show[source.name] = observable(house_.rules, able);
    house_.could_show_reports[source.name] = observable_reports(house_.rules, able);
  }
}

// Reading commands do without the key where they may not read it; they only cannot tell who the authorised heads are.
void Builder::key(bool make) {
  std::error_code code;
  if (!make && !std::filesystem::exists(house_.config.key_file, code)) return;
  auto key = open_pseudonym_key(house_.config.key_file);
  if (!key && make) return error(key.error());
  if (!key) return read_.remarks.push_back(key.error());
  house_.has_key = true;
  house_.key_fingerprint = key->fingerprint;
  house_.pseudonyms = Pseudonyms(key->key.reveal(), house_.config.clear_actors);
  std::vector<std::string> sources;
  sources.reserve(house_.config.sources.size());
  for (const SourceConfig& source : house_.config.sources) sources.push_back(source.name);
  house_.actors = Actors(house_.config.roster, house_.pseudonyms, sources);
}

void Builder::digest() {
  const std::string people_bytes = house_.config.people_file.empty() ? std::string() : bytes_of(house_.config.people_file);
  std::string all = house_.rules_digest + "\n" + bytes_of(house_.config.file) + "\n" + people_bytes + "\n" + std::string(inference_version);
  for (const SourceConfig& source : house_.config.sources)
    if (!source.classify_file.empty()) all += "\n" + bytes_of(source.classify_file);
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
  house->judge = std::make_unique<Judge>(*house->matcher, house->meanings, house->actors);
  read.house = std::move(house);
  return read;
}

namespace {

// Read once, when the source is built; what others may read is warned of, never printed.
Result<std::string> read_secret(const SecretPlace& place) {
  auto read = secret_of(place);
  if (!read) return std::unexpected(read.error());
  if (!read->warning.empty()) log::warn(read->warning);
  return read->secret.reveal();
}

Status add_secrets(const SourceConfig& config, SourceSettings& settings) {
  auto secret = read_secret(config.secret);
  if (!secret) return std::unexpected(secret.error());
  auto session_token = read_secret(config.session_token);
  if (!session_token) return std::unexpected(session_token.error());
  settings.secret = std::move(*secret);
  settings.session_token = std::move(*session_token);
  if (config.key.empty()) return {};
  const auto key = look_at_key(config.key);
  if (!key) return std::unexpected(key.error());
  if (!key->empty()) log::warn(*key);
  return {};
}

SourceSettings settings_of(const SourceConfig& config) {
  SourceSettings settings;
  settings.name = config.name;
  settings.base_url = config.url;
  settings.auth = config.auth;
  settings.user = config.user;
  settings.header = config.header;
  settings.token_url = config.token_url;
  settings.region = config.region;
  settings.client_certificate = !config.certificate.empty();
  settings.params = config.params;
  settings.streams = config.streams;
  settings.start_days = config.start_days;
  settings.answer_bytes_max = config.answer_bytes_max;
  settings.time_max = std::chrono::seconds(config.timeout_s);
  return settings;
}

}  // namespace

std::vector<std::unique_ptr<Source>> build_sources(const House& house, CurlMulti& multi, Clock& clock, std::vector<Error>& errors) {
  std::vector<std::unique_ptr<Source>> sources;
  for (const SourceConfig& config : house.config.sources) {
    auto source = std::make_unique<Source>();
    source->name = config.name;
    source->connector = &house.connectors.at(config.connector);
    source->settings = settings_of(config);
    if (auto added = add_secrets(config, source->settings); !added) {
      Error error = added.error();
      error.where = config.where + " " + error.where;
      errors.push_back(std::move(error));
      continue;
    }
    source->normalising = {
        .roster = {}, .pseudonyms = house.pseudonyms, .documents = config.documents, .approvals = config.approvals, .product = config.connector};
    source->interval_s = config.interval_s;
    LineSettings line;
    line.ca_file = config.ca_file;
    line.certificate = config.certificate;
    line.key = config.key;
    line.proxy = config.proxy;
    source->transport = std::make_unique<HttpTransport>(multi, clock, std::move(line));
    const Budget& budget = source->connector->budget;
    source->budget = std::make_unique<RequestBudget>(budget.requests_per_minute, budget.requests_per_day, clock);
    sources.push_back(std::move(source));
  }
  return sources;
}

}  // namespace akashi
