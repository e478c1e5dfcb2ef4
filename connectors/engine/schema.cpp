#include "connectors/engine/schema.hpp"

#include <fmt/format.h>

#include "connectors/engine/descriptor_read.hpp"
#include "connectors/engine/json_line.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

constexpr const char* scalar_schema = R"({"type":["string","number","boolean","null"]})";
constexpr const char* pointer = R"({"type":"string","pattern":"^(/.*)?$"})";
constexpr const char* far_pointer = R"({"type":"string","pattern":"^\\^*(/.*|#)?$"})";

std::string ref(std::string_view section) { return fmt::format(R"({{"$ref":"#/$defs/{}"}})", section); }
std::string list_of(std::string_view of) { return fmt::format(R"({{"type":"array","items":{}}})", of); }
std::string map_of(std::string_view of) { return fmt::format(R"({{"type":"object","additionalProperties":{}}})", of); }
std::string any_of(std::string_view a, std::string_view b) { return fmt::format(R"({{"anyOf":[{},{}]}})", a, b); }

std::string one_of_words(std::string_view words) {
  std::string all;
  for (const auto word : split(words, '|')) {
    if (!word.empty()) all += (all.empty() ? "" : ",") + json_text(word);
  }
  return R"({"enum":[)" + all + "]}";
}

std::string by_status(std::string_view section) {
  const auto rules = any_of(ref(section), list_of(ref(section)));
  return fmt::format(R"({{"type":"object","patternProperties":{{"^[1-5]([0-9][0-9]|xx)$":{}}},"additionalProperties":false}})", rules);
}

std::string schema_of(const Form& form) {
  using Is = Form::Is;
  switch (form.is) {
    case Is::text:
      return scalar_schema;
    case Is::texts:
      return any_of(scalar_schema, list_of(scalar_schema));
    case Is::flag:
      return R"({"type":"boolean"})";
    case Is::number:
      return fmt::format(R"({{"type":"integer","minimum":{},"maximum":{}}})", form.min, form.max);
    case Is::duration:
      return R"({"type":"string","pattern":"^[0-9]{1,5}[smhd]$"})";
    case Is::set_duration:
      return R"({"type":"string","pattern":"^([0-9]{1,5}[smhd]|\\{[a-z_]+\\})$"})";
    case Is::word:
      return one_of_words(form.of);
    case Is::pointer:
      return pointer;
    case Is::pointers:
      return list_of(pointer);
    case Is::far_pointer:
      return far_pointer;
    case Is::far_pointers:
      return list_of(far_pointer);
    case Is::pairs:
      return map_of(scalar_schema);
    case Is::lists:
      return map_of(any_of(scalar_schema, list_of(scalar_schema)));
    case Is::text_or_pairs:
      return any_of(scalar_schema, map_of(scalar_schema));
    case Is::taken:
      return map_of(any_of(pointer, R"({"type":"object","properties":{"header":{"type":"string"}},"required":["header"]})"));
    case Is::section:
      return ref(form.of);
    case Is::sections:
      return list_of(ref(form.of));
    case Is::named:
      return map_of(ref(form.of));
    case Is::by_status:
      return by_status(form.of);
    case Is::value:
      return any_of(scalar_schema, ref(form.of));
    case Is::values:
      return any_of(any_of(scalar_schema, ref(form.of)), list_of(any_of(scalar_schema, ref(form.of))));
  }
  return "{}";
}

std::string body_of(const Section& section) {
  std::string properties;
  std::string required;
  for (const auto& key : section.keys) {
    const auto form = schema_of(key.form);
    properties +=
        fmt::format(R"({}{}:{{"description":{},{})", properties.empty() ? "" : ",\n   ", json_text(key.name), json_text(key.about), form.substr(1));
    if (key.required) required += (required.empty() ? "" : ",") + json_text(key.name);
  }
  return fmt::format(R"("description":{},"type":"object","properties":{{
   {}}},"required":[{}],"additionalProperties":false)",
                     json_text(section.title), properties, required);
}

}  // namespace

std::string connector_reference() {
  std::string text;
  for (const auto& section : reading::connector_sections()) {
    text += fmt::format("{}: {}\n", section.name, section.title);
    for (const auto& key : section.keys) {
      const bool words = key.form.is == Form::Is::word;
      std::string known;
      for (const auto word : split(words ? key.form.of : std::string_view(), '|'))
        if (!word.empty()) known += (known.empty() ? "" : ", ") + std::string(word);
      text += fmt::format("  {}{}: {}{}\n", key.name, key.required ? " (required)" : "", key.about, known.empty() ? "" : " [" + known + "]");
    }
  }
  return text;
}

std::string connector_schema() {
  const auto sections = reading::connector_sections();
  std::string definitions;
  for (std::size_t i = 1; i < sections.size(); ++i)
    definitions += fmt::format("{}  {}:{{{}}}", i == 1 ? "" : ",\n", json_text(sections[i].name), body_of(sections[i]));
  return fmt::format(R"({{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"connector.yaml",{},
 "$defs":{{
{}
 }}
}}
)",
                     body_of(sections.front()), definitions);
}

}  // namespace akashi
