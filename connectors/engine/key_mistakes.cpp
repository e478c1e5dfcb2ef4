// Walks a descriptor by the tables of its keys, so that all misspelt and missing keys are told at once.
#include <fmt/format.h>

#include <algorithm>

#include "connectors/engine/descriptor_read.hpp"
#include "connectors/engine/keys.hpp"
#include "connectors/engine/schema.hpp"
#include "core/vocabulary.hpp"

namespace akashi {

namespace {

class KeyWalk {
 public:
  KeyWalk(const std::vector<Section>& sections, std::vector<Error>& found) : sections_(sections), found_(found) {}

  void section(const Yaml& node, std::string_view name) {
    const auto known = std::ranges::find(sections_, name, &Section::name);
    if (known != sections_.end()) keys(node, *known);
  }

  void keys(const Yaml& node, const Section& section) {
    if (!node.is_map()) return;  // that it should be one is told by who reads it
    for (const auto& [key, value] : node.members()) {
      const auto shape = std::ranges::find(section.keys, key, &KeyShape::name);
      if (shape == section.keys.end()) unknown(value, key, section);
      else below(value, shape->form);
    }
    for (const auto& shape : section.keys)
      if (shape.required && node.find(shape.name) == nullptr)
        found_.push_back(node.wrong(fmt::format("the key \"{}\" is missing", shape.name), fmt::format("it says {}", shape.about)));
  }

 private:
  void unknown(const Yaml& value, const std::string& key, const Section& section) {
    std::vector<std::string_view> names;
    names.reserve(section.keys.size());
    for (const auto& shape : section.keys) names.push_back(shape.name);
    const auto near = nearest(key, names);
    found_.push_back(value.wrong("unknown key \"" + key + "\"",
                                 near.empty() ? fmt::format("known here: {}", fmt::join(names, ", ")) : "did you mean \"" + near + "\"?"));
  }

  void each(const Yaml& list, std::string_view name) {
    for (const auto& item : list.items()) section(item, name);
  }

  void one_or_more(const Yaml& value, std::string_view name) {
    if (value.is_list()) each(value, name);
    else section(value, name);
  }

  void below(const Yaml& value, const Form& form) {
    using Is = Form::Is;
    if (form.is == Is::section || form.is == Is::value) return section(value, form.of);
    if (form.is == Is::sections || form.is == Is::values) return one_or_more(value, form.of);
    if ((form.is != Is::named && form.is != Is::by_status) || !value.is_map()) return;
    for (const auto& [name, member] : value.members()) one_or_more(member, form.of);
  }

  const std::vector<Section>& sections_;
  std::vector<Error>& found_;
};

}  // namespace

std::vector<Error> key_mistakes(const Yaml& root) {
  std::vector<Error> found;
  const auto sections = reading::connector_sections();
  KeyWalk(sections, found).keys(root, sections.front());
  return found;
}

}  // namespace akashi
