#include "collector/config/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/vocabulary.hpp"

namespace akashi {

namespace fs = std::filesystem;

bool SectionReader::known(const Yaml& node, std::span<const Setting> settings) {
  const auto names = keys(settings);
  if (auto ok = node.only(names); !ok) return error(ok.error()), false;
  return true;
}

void SectionReader::one_of(const Yaml& parent, std::string_view key, std::string& into, std::span<const std::string_view> words) {
  const Yaml* node = parent.find(key);
  if (node == nullptr || node->is_null()) return;
  const auto value = node->as_string();
  if (!value) return error(value.error());
  if (std::find(words.begin(), words.end(), *value) == words.end()) {
    const std::string near = nearest(*value, words);
    return error(
        node->wrong(fmt::format("\"{}\" is none of {}", *value, fmt::join(words, ", ")), near.empty() ? "" : "did you mean \"" + near + "\"?"));
  }
  into = *value;
}

void SectionReader::day_count(const Yaml& parent, std::string_view key, int& into) {
  std::int64_t seconds = 0;
  take(parent, key, seconds, [](const Yaml& node) { return node.as_seconds(); });
  if (seconds > 0) into = static_cast<int>(std::max<std::int64_t>(1, seconds / 86400));
}

SecretPlace SectionReader::secret_place(const Yaml& node, int& places) {
  SecretPlace found;
  places = 0;
  for (const auto& [key, kind] :
       {std::pair{"file", SecretPlace::Kind::file}, {"env", SecretPlace::Kind::env}, {"credential", SecretPlace::Kind::credential}}) {
    std::string name;
    text(node, key, name);
    if (name.empty()) continue;
    ++places;
    found = {kind, kind == SecretPlace::Kind::file ? path(name) : name};
  }
  return found;
}

std::string SectionReader::path(const std::string& name) const { return fs::absolute(fs::path(folder_) / name).lexically_normal().string(); }

}  // namespace akashi
