// Reading a section of the config: every mistake is kept with its line, so that a file is mended in one go.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "collector/config/config.hpp"
#include "collector/config/setting.hpp"
#include "core/yaml.hpp"

namespace akashi {

class SectionReader {
 public:
  // `folder` is the config's: names of files are relative to it.
  SectionReader(ConfigRead& read, std::string folder) : read_(read), folder_(std::move(folder)) {}

 protected:
  void error(Error what) { read_.errors.push_back(std::move(what)); }
  // False, and an error, when the map holds a key that is not one of the settings.
  bool known(const Yaml& node, std::span<const Setting> settings);
  // Sets `into` to what `get` makes of the value under `key`; leaves it alone where there is none.
  template <class T, class Get>
  void take(const Yaml& parent, std::string_view key, T& into, Get get) {
    const Yaml* node = parent.find(key);
    if (node == nullptr || node->is_null()) return;
    if (auto value = get(*node)) into = std::move(*value);
    else error(value.error());
  }
  void text(const Yaml& parent, std::string_view key, std::string& into) {
    take(parent, key, into, [](const Yaml& node) { return node.as_string(); });
  }
  void one_of(const Yaml& parent, std::string_view key, std::string& into, std::span<const std::string_view> words);
  // "35d"; at least one day.
  void day_count(const Yaml& parent, std::string_view key, int& into);
  // Calls `read` for each entry of the list under `key`.
  template <class Read>
  void each(const Yaml& parent, std::string_view key, Read read) {
    const Yaml* node = parent.find(key);
    if (node == nullptr || node->is_null()) return;
    if (!node->is_list()) return error(node->wrong("expected a list", "start each entry with \"- \""));
    for (const Yaml& item : node->items()) read(item);
  }
  // Where a secret stands: exactly one of file, env, credential; `places` counts how many were named.
  [[nodiscard]] SecretPlace secret_place(const Yaml& node, int& places);
  [[nodiscard]] std::string path(const std::string& name) const;

  ConfigRead& read_;
  std::string folder_;
};

}  // namespace akashi
