#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/catalogue.hpp"
#include "core/text.hpp"
#include "core/vocabulary.hpp"
#include "mappings/engine/compare.hpp"
#include "mappings/engine/condition.hpp"
#include "mappings/engine/read_rule.hpp"
#include "mappings/engine/rule_keys.hpp"
#include "mappings/engine/selection.hpp"

namespace akashi {

namespace {

std::string enum_of(std::span<const std::string_view> words) {
  std::string all;
  for (const auto word : words) all += (all.empty() ? "" : ",") + in_quotes(word);
  return "{\"enum\":[" + all + "]}";
}

std::vector<std::string_view> field_names() {
  std::vector<std::string_view> all;
  all.reserve(field_count);
  for (std::size_t i = 0; i < field_count; ++i) all.push_back(name(static_cast<Field>(i)));
  return all;
}

constexpr const char* value = R"({"type":["string","number","boolean"],"minLength":1})";

std::string one_or_some(std::string_view of, std::size_t max) {
  return fmt::format(R"({{"anyOf":[{0},{{"type":"array","items":{0},"minItems":1,"maxItems":{1}}}]}})", of, max);
}

// A word of a closed list in any case, or something with wildcards.
std::string closed(std::span<const std::string_view> words) {
  std::string all;
  for (const auto word : words)
    all += (all.empty() ? "" : ",") + (word == "true" || word == "false" ? std::string(word) + "," : "") + in_quotes(word);
  return fmt::format(R"({{"anyOf":[{{"enum":[{}]}},{{"type":"string","pattern":"[*?A-Z\\\\]"}}]}})", all);
}

std::string selection_body() {
  const auto fields = fmt::format("{}", fmt::join(field_names(), "|"));
  std::string compares;
  for (const auto word : modifier_words())
    if (word != "all" && word != "exists" && word != "fieldref") compares += (compares.empty() ? "" : "|") + std::string(word);
  std::string properties;
  const auto add = [&](const std::string& pattern, const std::string& body) {
    properties += (properties.empty() ? "" : ",\n   ") + in_quotes(pattern) + ":" + body;
  };
  add(fmt::format("^({})(\\|all)*(\\|({}))?(\\|all)*$", fields, compares), one_or_some(value, values_of_item_max));
  add(fmt::format("^({})(\\|all)*\\|exists(\\|all)*$", fields), R"({"enum":[true,false,"true","false"]})");
  add(fmt::format("^({})(\\|all)*\\|fieldref(\\|all)*$", fields), one_or_some(enum_of(field_names()), values_of_item_max));
  for (const auto word : field_names())
    if (const auto known = closed_values(*field(word)); !known.empty())
      add(fmt::format("^{}(\\|all)*$", word), one_or_some(closed(known), values_of_item_max));
  return fmt::format(R"({{"type":"object","minProperties":1,"additionalProperties":false,"patternProperties":{{
   {}}}}})",
                     properties);
}

std::string sample_body() {
  std::string properties;
  constexpr const char* given = R"({"type":["string","number","boolean","null"]})";
  for (const auto word : field_names()) {
    const auto body = is_list(*field(word)) ? fmt::format(R"({{"anyOf":[{0},{{"type":"array","items":{0}}}]}})", given) : one_or_some(given, 1);
    properties += (properties.empty() ? "" : ",") + in_quotes(word) + ":" + body;
  }
  return fmt::format(R"({{"type":"object","minProperties":1,"additionalProperties":false,"properties":{{{}}}}})", properties);
}

std::string services() {
  std::vector<std::string_view> all{"place", "document"};
  for (const Service& service : catalogue()) all.push_back(service.id);
  return enum_of(all);
}

std::string form_of(const RuleKey& key) {
  switch (key.is) {
    case RuleKey::Is::text:
    case RuleKey::Is::condition:
      return R"({"type":["string","number","boolean"],"pattern":"\\S"})";
    case RuleKey::Is::uuid:
      return R"({"type":"string","pattern":"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"})";
    case RuleKey::Is::date:
      return R"({"type":"string","pattern":"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"})";
    case RuleKey::Is::word:
      return enum_of(key.words);
    case RuleKey::Is::service:
      return services();
    case RuleKey::Is::texts:
      return R"({"anyOf":[{"type":["string","number","boolean"]},{"type":"array","minItems":1}]})";
    case RuleKey::Is::tests:
      return fmt::format(
          R"({{"type":"array","maxItems":{},"items":{{"type":"object","minProperties":1,"maxProperties":1,)"
          R"("additionalProperties":false,"properties":{{"match":{{"$ref":"#/$defs/sample"}},"no_match":{{"$ref":"#/$defs/sample"}}}}}}}})",
          rule_tests_max);
    case RuleKey::Is::anything:
      return "{}";
  }
  return "{}";
}

}  // namespace

std::string rule_reference() {
  std::string text;
  for (const auto& key : rule_keys())
    text += fmt::format("{}{}: {}{}\n", key.name, key.required ? " (required)" : "", key.about,
                        key.words.empty() ? "" : fmt::format(" [{}]", fmt::join(key.words, ", ")));
  text += "any other key is a selection: a map of fields, or a list of such maps; \"field|modifier: value or list of values\"\n";
  text += "fields:\n";
  for (const auto word : field_names()) {
    const auto known = closed_values(*field(word));
    text += fmt::format("  {}{}\n", word, known.empty() ? "" : fmt::format(" [{}]", fmt::join(known, ", ")));
  }
  return text + fmt::format("modifiers: {}\n", fmt::join(modifier_words(), ", "));
}

std::string rule_schema() {
  std::string properties, required;
  for (const auto& key : rule_keys()) {
    const auto form = form_of(key).substr(1);
    properties += fmt::format("{}{}:{{\"description\":{}{}{}", properties.empty() ? "" : ",\n   ", in_quotes(key.name), in_quotes(key.about),
                              form == "}" ? "" : ",", form);
    if (key.required) required += (required.empty() ? "" : ",") + in_quotes(key.name);
  }
  return fmt::format(R"({{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"a rule: which activity speaks for which service",
 "type":"object","required":[{}],"properties":{{
   {}}},
 "not":{{"propertyNames":{}}},
 "propertyNames":{{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$","not":{}}},
 "additionalProperties":{{"$ref":"#/$defs/selection"}},
 "$defs":{{
  "fields":{},
  "selection":{{"description":"holds when every line holds; a list of maps when one does","anyOf":[{{"$ref":"#/$defs/fields"}},
   {{"type":"array","items":{{"$ref":"#/$defs/fields"}},"minItems":1,"maxItems":{}}}]}},
  "sample":{}
 }}
}}
)",
                     required, properties, enum_of(rule_key_names()), enum_of(condition_words()), selection_body(), alternatives_of_selection_max,
                     sample_body());
}

}  // namespace akashi
