#include "collector/config/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "collector/config/people.hpp"
#include "collector/config/places_csv.hpp"
#include "collector/config/policy.hpp"
#include "collector/config/reader.hpp"
#include "connectors/engine/classify.hpp"
#include "core/catalogue.hpp"
#include "core/infer.hpp"
#include "core/yaml.hpp"

namespace akashi {

namespace {

namespace fs = std::filesystem;

class Reader : public SectionReader {
 public:
  using SectionReader::SectionReader;
  void top(const Yaml& root);

 private:
  void store(const Yaml& node);
  void assessments(const Yaml& node);
  void profile(const Yaml& node);
  void service(const std::string& id, const Yaml& node);
  void check_assignment(const Yaml& node, const ServiceProfile& profile);
  void source(const Yaml& node);
  void classify_file(const Yaml& node, SourceConfig& source);
  void auth(const Yaml& node, SourceConfig& source);
  void auth_is_whole(const Yaml& node, const SourceConfig& source, int places);
  void tls(const Yaml& node, SourceConfig& source);
  void params(const Yaml& node, SourceConfig& source);
};

void Reader::store(const Yaml& node) {
  if (!known(node, store_settings())) return;
  Config& config = read_.config;
  text(node, "path", config.store_path);
  text(node, "key_file", config.key_file);
  std::string actors = "pseudonym";
  constexpr std::string_view words[] = {"pseudonym", "clear"};
  one_of(node, "actors", actors, words);
  config.clear_actors = actors == "clear";
}

void Reader::assessments(const Yaml& node) {
  std::vector<std::string> written;
  take(node, "assessments", written, [](const Yaml& value) { return value.as_strings(); });
  for (const std::string& one : written) {
    if (const auto at = parse_time(one)) read_.config.assessments.push_back(*at);
    else error(node.find("assessments")->wrong("\"" + one + "\" is no date", "write 2026-03-31"));
  }
}

void Reader::check_assignment(const Yaml& node, const ServiceProfile& profile) {
  if (!profile.assigned) return;
  const bool inside = *profile.assigned == Assignment::insource || *profile.assigned == Assignment::combined;
  const bool outside = *profile.assigned == Assignment::outsource || *profile.assigned == Assignment::combined;
  // Table 2 of the standard: the responsible party is named with the assignment (R4).
  if (inside && profile.team.empty()) error(node.wrong("an insourced service names its responsible team", "add team:"));
  if (outside && profile.provider.empty()) error(node.wrong("an outsourced service names its contractor", "add provider:"));
}

void Reader::service(const std::string& id, const Yaml& node) {
  if (find_service(id) == nullptr) {
    const std::size_t count = id.empty() ? 0 : services_in_category(id[0]);
    return error(node.wrong(fmt::format("service \"{}\" is not in edition {}", id, catalogue_edition),
                            count == 0 ? "categories are A to I" : fmt::format("{0} has {0}-1 to {0}-{1}", id[0], count)));
  }
  if (!known(node, service_settings())) return;
  ServiceProfile profile;
  profile.criteria = default_criteria(id);
  constexpr std::string_view levels[] = {"unnecessary", "basic", "standard", "advanced", "optional"};
  constexpr std::string_view assignments[] = {"insource", "outsource", "combined", "unassigned"};
  one_of(node, "level", profile.level, levels);
  std::string assigned;
  one_of(node, "assignment", assigned, assignments);
  if (!assigned.empty()) profile.assigned = assignment(assigned);
  text(node, "team", profile.team);
  text(node, "provider", profile.provider);
  text(node, "owner", profile.owner);
  bool applicable = true;
  take(node, "applicable", applicable, [](const Yaml& value) { return value.as_bool(); });
  profile.not_applicable = !applicable;
  take(node, "as_is", profile.as_is, [](const Yaml& value) { return value.as_integer(1, 5); });
  take(node, "as_is_outsource", profile.as_is_outsource, [](const Yaml& value) { return value.as_integer(1, 5); });
  take(node, "to_be", profile.to_be, [](const Yaml& value) { return value.as_integer(1, 5); });
  day_count(node, "warn", profile.criteria.warn_days);
  day_count(node, "stale", profile.criteria.stale_days);
  day_count(node, "look_back", profile.criteria.look_back_days);
  day_count(node, "reports", profile.criteria.report_days);
  day_count(node, "review_within", profile.criteria.review_days);
  std::int64_t agreed_s = 0;
  take(node, "agreed", agreed_s, [](const Yaml& value) { return value.as_seconds(); });
  if (agreed_s > 0) profile.criteria.agreed = std::max(std::chrono::minutes(1), std::chrono::minutes(agreed_s / 60));
  if (profile.criteria.stale_days > 0 && profile.criteria.warn_days > profile.criteria.stale_days)
    error(node.wrong("warn is longer than stale", "warn comes first"));
  if (profile.criteria.look_back_days < profile.criteria.stale_days) {
    if (node.find("look_back") != nullptr)
      error(node.wrong("look_back is shorter than stale", "silence can only be seen as far as is looked back; make look_back at least as long"));
    else profile.criteria.look_back_days = profile.criteria.stale_days;
  }
  check_assignment(node, profile);
  read_.config.profile[id] = std::move(profile);
}

void Reader::profile(const Yaml& node) {
  if (!node.is_map()) return error(node.wrong("expected services by id", "write D-2: {level: basic, ...}"));
  for (const auto& [id, one] : node.members()) service(id, one);
}

void Reader::auth(const Yaml& node, SourceConfig& source) {
  if (!known(node, auth_settings())) return;
  one_of(node, "scheme", source.auth, auth_schemes);
  text(node, "user", source.user);
  text(node, "header", source.header);
  text(node, "token_url", source.token_url);
  text(node, "region", source.region);
  if (std::string name; text(node, "session_token_file", name), !name.empty()) source.session_token = {SecretPlace::Kind::file, path(name)};
  int places = 0;
  source.secret = secret_place(node, places);
  auth_is_whole(node, source, places);
}

void Reader::auth_is_whole(const Yaml& node, const SourceConfig& source, int places) {
  const std::string& scheme = source.auth;
  const bool bare = scheme == "none" || scheme == "mtls";
  if (bare && places != 0) error(node.wrong(fmt::format("scheme {} has no secret, but one is named", scheme), "remove it, or name another scheme"));
  if (!bare && places != 1)
    error(node.wrong("the secret has to come from exactly one place", "give one of file:, env: or credential:; a secret never stands in this file"));
  const std::string_view who = scheme == "basic"           ? "basic needs a user"
                               : scheme == "oauth2_client" ? "oauth2_client needs the client's id"
                               : scheme == "sigv4"         ? "sigv4 needs the id of the access key"
                                                           : "";
  if (!who.empty() && source.user.empty()) error(node.wrong(std::string(who), "add user:"));
  if (!source.token_url.empty() && scheme != "oauth2_client")
    error(node.find("token_url")->wrong("only oauth2_client fetches a token there", "remove it"));
  if (!source.region.empty() && scheme != "sigv4") error(node.find("region")->wrong("only sigv4 signs for a region", "remove it"));
  if (source.session_token.kind != SecretPlace::Kind::none && scheme != "sigv4")
    error(node.find("session_token_file")->wrong("only sigv4 has temporary credentials", "remove it"));
}

void Reader::tls(const Yaml& node, SourceConfig& source) {
  if (!known(node, tls_settings())) return;
  std::string ca;
  text(node, "certificate", source.certificate);
  text(node, "key", source.key);
  text(node, "ca", ca);
  if (source.certificate.empty() != source.key.empty()) error(node.wrong("a certificate and its key belong together", "name both, or neither"));
  if (!ca.empty() && !source.ca_file.empty()) error(node.find("ca")->wrong("ca_file names a private CA already", "keep one of them"));
  if (!ca.empty()) source.ca_file = path(ca);
  if (!source.certificate.empty()) source.certificate = path(source.certificate);
  if (!source.key.empty()) source.key = path(source.key);
}

void Reader::params(const Yaml& node, SourceConfig& source) {
  if (!node.is_map()) return error(node.wrong("expected parameters by name", "write queues: [Incidents]"));
  for (const auto& [key, value] : node.members()) {
    if (auto words = value.as_strings()) source.params[key] = *words;
    else error(words.error());
  }
}

// Rows come after the entries of `classify:`, which go first.
void Reader::classify_file(const Yaml& node, SourceConfig& source) {
  constexpr std::size_t file_max = 8u << 20;
  const auto name = node.as_string();
  if (!name) return error(name.error());
  source.classify_file = path(*name);
  std::ifstream in(source.classify_file, std::ios::binary);
  std::ostringstream bytes;
  if (!in || !(bytes << in.rdbuf())) return error(node.wrong("\"" + *name + "\" cannot be read", "look at its name and its permissions"));
  if (bytes.view().size() > file_max) return error(node.wrong("\"" + *name + "\" is larger than 8 MiB", "it should hold one row a place"));
  const std::string shown = folder_ == "." || name->starts_with('/') ? *name : folder_ + "/" + *name;
  for (PlaceEntry& one : places_of_csv(bytes.view(), shown, read_.errors)) source.classify.push_back(std::move(one));
}

void Reader::source(const Yaml& node) {
  if (!known(node, source_settings())) return;
  SourceConfig one;
  one.where = node.where();
  text(node, "name", one.name);
  text(node, "connector", one.connector);
  text(node, "url", one.url);
  while (one.url.ends_with('/')) one.url.pop_back();
  take(node, "interval", one.interval_s, [](const Yaml& value) { return value.as_seconds(); });
  day_count(node, "start", one.start_days);
  text(node, "ca_file", one.ca_file);
  if (!one.ca_file.empty()) one.ca_file = path(one.ca_file);
  text(node, "proxy", one.proxy);
  take(node, "timeout", one.timeout_s, [](const Yaml& value) { return value.as_seconds(); });
  if (one.timeout_s < 1 || one.timeout_s > 3600) error(node.wrong("timeout is from 1s to 1h"));
  take(node, "answer_bytes_max", one.answer_bytes_max, [](const Yaml& value) { return value.as_integer(1024, std::int64_t{1} << 30); });
  if (const Yaml* list = node.find("params")) params(*list, one);
  take(node, "streams", one.streams, [](const Yaml& value) { return value.as_strings(); });
  if (const Yaml* how = node.find("auth")) auth(*how, one);
  if (const Yaml* how = node.find("tls")) tls(*how, one);
  take(node, "classify", one.classify, parse_classify);
  if (const Yaml* name = node.find("classify_file"); name != nullptr && !name->is_null()) classify_file(*name, one);
  take(node, "documents", one.documents, parse_documents);
  take(node, "approvals", one.approvals, parse_approvals);
  for (const auto& [key, value] : {std::pair{"name", &one.name}, {"connector", &one.connector}, {"url", &one.url}})
    if (value->empty()) error(node.wrong(fmt::format("a source without {}", key), fmt::format("add {}:", key)));
  if (!one.url.empty() && !one.url.starts_with("https://") && !one.url.starts_with("http://"))
    error(node.find("url")->wrong("the address starts with neither https:// nor http://", "copy it from a browser"));
  if (one.name == attested_source) error(node.find("name")->wrong("\"attested\" is what people entered, no tool", "give the source another name"));
  if (one.name.find_first_of("/ \t") != std::string::npos)
    error(node.find("name")->wrong("a source's name holds a blank or a slash", "use letters, digits, - and _"));
  for (const SourceConfig& other : read_.config.sources)
    if (other.name == one.name) error(node.wrong("two sources are called \"" + one.name + "\"", "give each its own name"));
  read_.config.sources.push_back(std::move(one));
}

void Reader::top(const Yaml& root) {
  if (!known(root, top_settings())) return;
  if (const Yaml* node = root.find("cdc"); node != nullptr && known(*node, cdc_settings())) {
    text(*node, "name", read_.config.cdc);
    constexpr std::string_view languages[] = {"en", "ja"};
    one_of(*node, "language", read_.config.language, languages);
    assessments(*node);
  }
  if (const Yaml* node = root.find("store")) store(*node);
  each(root, "sources", [&](const Yaml& item) { source(item); });
  if (const Yaml* node = root.find("services"); node != nullptr && !node->is_null()) profile(*node);
  if (const Yaml* node = root.find("alerts"); node != nullptr && !node->is_null()) read_alerts(*node, read_, folder_);
  read_people(read_, folder_, root);
  if (const Yaml* node = root.find("policy"); node != nullptr && !node->is_null()) read_policy(read_, folder_, *node);
  read_.config.store_path = path(read_.config.store_path);
  read_.config.key_file = path(read_.config.key_file);
  const bool broken_list = !read_.errors.empty();
  if (read_.config.sources.empty() && !broken_list)
    read_.remarks.push_back(root.wrong("no source is configured, so nothing can be seen", "add one under sources:"));
}

}  // namespace

ConfigRead read_config_text(std::string_view text, const std::string& file) {
  ConfigRead read;
  read.config.file = file;
  const auto root = Yaml::parse(text, file);
  if (!root) {
    read.errors.push_back(root.error());
    return read;
  }
  const fs::path folder = fs::path(file).parent_path();
  Reader reader(read, folder.empty() ? "." : folder.string());
  if (root->is_null()) read.errors.push_back(Error{ErrorKind::config, file, "is empty", "`akashi init` writes a commented one"});
  else reader.top(*root);
  return read;
}

ConfigRead read_config(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    ConfigRead read;
    read.errors.push_back(Error{ErrorKind::config, file, "cannot be read", "look at its name and its permissions, or write one with `akashi init`"});
    return read;
  }
  return read_config_text(text.str(), file);
}

Result<std::string> find_config(const std::string& given) {
  if (!given.empty()) return given;
  for (const char* place : {"akashi.yaml", "/etc/akashi/akashi.yaml"})
    if (std::error_code code; fs::exists(place, code)) return std::string(place);
  return fail(ErrorKind::config, "akashi.yaml", "no config found here or in /etc/akashi",
              "`akashi init` writes one; `akashi demo` shows everything without one; or give --config FILE");
}

}  // namespace akashi
