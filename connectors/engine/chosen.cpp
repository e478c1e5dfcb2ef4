#include "connectors/engine/chosen.hpp"

#include <algorithm>

#include "core/vocabulary.hpp"

namespace akashi {

bool is_read(const Connector& connector, const StreamSpec& stream, const std::vector<std::string>& named, const SourceParams& params) {
  if (named.empty() ? stream.optional : std::ranges::find(named, stream.name) == named.end()) return false;
  if (stream.for_each.empty()) return true;
  const auto given = params.find(stream.for_each);
  if (given != params.end()) return !given->second.empty();
  const auto* declared = connector.parameter(stream.for_each);
  return declared != nullptr && (declared->required || !declared->standard.empty());  // a required one that is missing is an error of its own
}

Status check_named(const Connector& connector, const std::vector<std::string>& named, const std::string& where) {
  std::vector<std::string_view> known;
  known.reserve(connector.streams.size());
  for (const auto& stream : connector.streams) known.emplace_back(stream.name);
  for (const auto& name : named) {
    if (connector.stream(name) != nullptr) continue;
    const auto near = nearest(name, known);
    std::string all;
    for (const auto one : known) all += (all.empty() ? "" : ", ") + std::string(one);
    return fail(ErrorKind::config, where, connector.title + " has no stream \"" + name + "\"",
                near.empty() ? "name some of these: " + all : "did you mean \"" + near + "\"?");
  }
  return {};
}

}  // namespace akashi
