// The grammar pass: reads the tokens of a document once, refuses what is not JSON, and notes in them where containers close, what
// member names hash to and which strings hold escapes. Used by JsonPage::open alone.
#pragma once

#include "connectors/engine/json_page.hpp"
#include "connectors/engine/json_shapes.hpp"
#include "connectors/engine/json_tokens.hpp"

namespace akashi {

// tokens.at, count and bytes are given, note has room for count entries; UTF-8, control characters in strings and closed
// quotes have been checked. Shapes may have learned from earlier documents. Errors as JsonPage::open says.
[[nodiscard]] Status check_json_grammar(JsonTokens& tokens, JsonShapes& shapes, const JsonLimits& limits);

}  // namespace akashi
