// `init`: writes a commented config. Asks where a person sits at a terminal and did not say --yes; flags answer beforehand.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "collector/cli/connectors.hpp"
#include "collector/cli/opening.hpp"
#include "collector/config/sample.hpp"
#include "collector/data_folders.hpp"

namespace akashi {

namespace {

namespace fs = std::filesystem;

std::string ask(Desk desk, const std::string& question, const std::string& standard) {
  desk.out << question;
  if (!standard.empty()) desk.out << " [" << standard << "]";
  desk.out << ": " << std::flush;
  std::string answer;
  if (!std::getline(std::cin, answer) || answer.empty()) return standard;
  return answer;
}

// Required parameters, with the places that the product's own defaults know as a draft.
std::vector<std::pair<std::string, std::vector<std::string>>> drafted(const Connector& connector) {
  std::vector<std::string> places;
  for (const PlaceEntry& entry : connector.classify)
    for (const auto& [attribute, values] : entry.when.conditions)
      if (attribute == "place") places.insert(places.end(), values.begin(), values.end());
  std::vector<std::pair<std::string, std::vector<std::string>>> params;
  for (const Parameter& parameter : connector.parameters)
    if (parameter.required) params.emplace_back(parameter.name, places.empty() ? std::vector<std::string>{parameter.name} : places);
  return params;
}

Result<SampleSource> source_from(const Arguments& given, Desk desk, const Screen& screen, bool asking, const DataFolders& folders) {
  const auto answer = [&](const std::string& flag, std::string_view en, std::string_view ja, const std::string& standard) {
    return !flag.empty() || !asking ? (flag.empty() ? standard : flag) : ask(desk, std::string(screen.tr(en, ja)), standard);
  };
  const std::vector<std::string> known = product_names(folders);
  SampleSource source;
  source.connector = answer(given.init_connector, "Which tool", "どのツールを読むか", known.empty() ? "rt" : known.back());
  if (std::ranges::find(known, source.connector) == known.end()) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string near = nearest(source.connector, views);
    return fail(ErrorKind::config, "--connector", "\"" + source.connector + "\" is no known product",
                near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : "did you mean \"" + near + "\"?");
  }
  const auto connector = load_connector(folders.products + "/" + source.connector);
  if (!connector) return std::unexpected(connector.error());
  source.url =
      answer(given.init_url, "Its address, as in a browser", "そのアドレス(ブラウザーと同じもの)", "https://" + source.connector + ".example");
  source.name = answer(given.init_name, "A short name for it", "短い名前", source.connector);
  source.user = given.init_user;
  const AuthSpec* scheme = nullptr;
  for (const AuthSpec& one : connector->auth)
    if (scheme == nullptr || (!source.user.empty() && one.scheme == "basic")) scheme = &one;
  source.scheme = scheme == nullptr ? "bearer" : scheme->scheme;
  const bool named = source.scheme == "basic" || source.scheme == "session" || source.scheme == "oauth2_client" || source.scheme == "sigv4";
  if (named && source.user.empty()) source.user = answer("", "User, or id of the client or key", "利用者名(またはクライアント・鍵のID)", "akashi");
  if (source.scheme != "none" && source.scheme != "mtls")
    source.secret_file = answer(given.init_secret_file, "File that holds the token (made by you, mode 0600)",
                                "トークンを置くファイル(自分で作る。権限0600)", source.name + ".token");
  source.params = drafted(*connector);
  return source;
}

}  // namespace

int command_init(const Arguments& arguments, Desk desk) {
  const Screen screen = screen_for(arguments, desk, "");
  if (fs::exists(arguments.init_output))
    return refuse(desk, Error{ErrorKind::config, arguments.init_output, "is there already", "edit it, or write another with --output FILE"});
  const auto folders = find_data(arguments.data);
  if (!folders) return refuse(desk, folders.error());
  const bool asking = !arguments.yes && isatty(STDIN_FILENO) == 1;
  const bool with_source = asking || !arguments.init_connector.empty() || !arguments.init_url.empty();
  std::vector<SampleSource> sources;
  std::string cdc = "CSIRT";
  if (asking) cdc = ask(desk, std::string(screen.tr("Name of your cyber defence centre", "CDC(SOC・CSIRT)の名称")), cdc);
  if (with_source) {
    auto source = source_from(arguments, desk, screen, asking, *folders);
    if (!source) return refuse(desk, source.error());
    sources.push_back(std::move(*source));
  }
  std::ofstream out(arguments.init_output);
  if (!(out << sample_config(cdc, sources, screen.lang())) || !out.flush())
    return refuse(desk, Error{ErrorKind::config, arguments.init_output, "cannot be written", "look at the folder's permissions"});
  screen.item(
      "",
      fmt::format(fmt::runtime(screen.tr(
                      "{} written. Next: put the token into {}, say who your people are and what your queues mean, then `akashi check --connect`.",
                      "{} を書いた。次は、トークンを {} に置き、名簿とキューの意味を書き、`akashi check --connect` で確かめる。")),
                  arguments.init_output, sources.empty() ? std::string("…") : sources.front().secret_file));
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
